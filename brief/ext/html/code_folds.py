"""Code on the page: folded away, a figure's in the line under it, in one fold at the end for the rest."""

from functools import partial

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from brief.ext.compat.of_notebooks import CELL, INPUT, OUTPUT, is_part_of_cell
from brief.ext.figures.drawings import menu
from brief.ext.nodes import fold
from brief.ext.places import places


class FoldCode(SphinxPostTransform):
    """Put the code of figures into the lines under them, that of the other cells into a fold, at {chapter-code}."""

    def run(self, **kwargs):
        rest = []
        menus = {line["figure"]: line for line in self.document.findall(menu)}
        for cell in list(self.document.findall(_is_cell)):
            code = [n for n in cell.findall(nodes.literal_block) if _is_input(n.parent)]
            drawn = [n["figure"] for n in cell.findall(nodes.comment) if n.get("figure") in menus]
            if drawn:
                menus[drawn[0]].extend(code)
            elif any(not isinstance(n, nodes.comment) for output in cell.findall(_is_output) for n in output):
                continue
            else:
                rest += code
            cell.parent.remove(cell)
        for place in places(self.document, "chapter-code"):
            below = fold("", *rest, summary="Code: how the numbers of this chapter are computed")
            place.replace_self(below if rest else [])


_is_cell, _is_input, _is_output = (partial(is_part_of_cell, part=part) for part in (CELL, INPUT, OUTPUT))
