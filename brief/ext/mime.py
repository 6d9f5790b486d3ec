"""Take records from notebook outputs into the register. MyST-NB finds this class by its entry point."""

from docutils import nodes

from brief.ext.compat.of_notebooks import page_renderer, read_notebook
from brief.ext.domain import register
from brief.ext.execution import notebook as notebooks
from brief.ext.figures import release_age
from brief.records import FIGURE, MIME_TYPES, RECORDED


class RecordRenderer:
    """Registers each record, and shows none: roles and directives do. Alike for every builder."""

    # Any priority will do: of a record's output no other form is taken.
    mime_priority_overrides = [("*", mime, 1) for mime in MIME_TYPES]  # noqa: RUF012

    @staticmethod
    def handle_mime(renderer, data, inline) -> list[nodes.Element] | None:
        if data.mime_type not in MIME_TYPES:
            return [] if RECORDED in data.output_metadata else None  # what the record says, for notebook viewers
        env, record = page_renderer(renderer).sphinx_env, data.content
        if data.mime_type == FIGURE:
            words = {
                "title": "",
                "subtitle": "",
                "note": "",
                "spelled": "",
                "quotes": [],
                "placed": False,
            }  # until {chart} says them
            record = {**record, **words, "late": release_age.lines(env, record["tables"])}
        register(env).note_record(data.mime_type, env.docname, record, _before(env, data.cell_index) + record["line"])
        # An output with nothing in it would be left out with a warning.
        return [nodes.comment(figure=record["id"]) if data.mime_type == FIGURE else nodes.comment()]


def _before(env, index: int) -> int:
    """The line of the page's file before the first of a cell: records count their lines in it."""
    if "brief_cells" not in env.temp_data:
        notebook = read_notebook(env, env.docname)
        env.temp_data["brief_cells"] = {
            n: notebooks.line_of(env, env.docname, notebook, cell, 0)
            for n, cell in enumerate(notebook.cells)
            if cell.cell_type == "code"
        }
    return env.temp_data["brief_cells"].get(index, 0)
