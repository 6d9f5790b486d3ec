"""{updates}: every change of a fact, finding or indicator since the first edition, from the editions' kept facts.

editions/notes.yml may say why: {version: {id: reason}}, "Correction: ..." where the earlier value was wrong.
"""

from pathlib import Path

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from brief import book
from brief.build import changes, editions, export
from brief.build.freshness import VIEWS, note_input
from brief.build.publication import publication
from brief.build.register import register

NOTES = f"{editions.RECORDS}/notes.yml"


def folder_digest(path: Path) -> str:
    """Digest of the files in a folder and their names."""
    return book.digest(*(part for file in sorted(path.glob("*")) for part in (file.name.encode(), file.read_bytes())))


class update_list(nodes.General, nodes.Element):
    """Where the changes go, once every fact is known."""


class UpdatesDirective(SphinxDirective):
    """{updates}: a section for each edition, the newest first."""

    def run(self):
        root = book.find_root(Path(self.env.srcdir))
        register(self.env).note("whole", self.env.docname, {"view": "updates"})
        note_input(self.env, root / editions.RECORDS, view="folder")
        return [update_list()]


class ShowUpdates(SphinxPostTransform):
    """Compare each edition with the one before it, and this build with the last."""

    default_priority = 5

    def run(self, **kwargs):
        for node in list(self.document.findall(update_list)):
            node.replace_self(self.sections())

    def sections(self) -> list[nodes.Node]:
        root, paper = book.find_root(Path(self.env.srcdir)), publication(self.app)
        notes = (yaml.safe_load((root / NOTES).read_text("utf-8")) if (root / NOTES).is_file() else None) or {}
        made = editions.records(root)
        present = export.contents(self.app)
        if paper.version in made and not paper.frozen:
            made["unpublished"] = present | {"edition": "unpublished"}
        else:
            made[paper.version] = present
        result = []
        for before, (version, record) in zip([None, *made.values()], made.items(), strict=False):
            found = changes.compare(before, record) if before else None
            result.insert(0, self.section(version, record, found, notes.get(version, {})))
        return result

    def section(self, version: str, record: dict, found: changes.Changes | None, notes: dict) -> nodes.section:
        """One edition's."""
        title = "Since then, unpublished" if version == "unpublished" else f"Edition {version}"
        section = nodes.section("", nodes.title("", title), ids=[nodes.make_id(f"edition-{version}")])
        stamp = f"{record['date']}. Fingerprint of the data: {record['fingerprint'][:12]}. "
        said = "The first edition." if found is None else f"{found.summary().capitalize()}."
        section += nodes.paragraph("", stamp + said)
        lines = [line for kind in found.HEADINGS for line in getattr(found, kind)] if found else []
        if lines:
            items = nodes.bullet_list()
            for line in lines:
                reason = notes.get(line.partition(":")[0], "")
                items += nodes.list_item("", nodes.paragraph("", f"{line}{f'. {reason}' if reason else ''}"))
            section += items
        return section


def setup(app: Sphinx) -> None:
    VIEWS["folder"] = folder_digest
    app.add_node(update_list)
    app.add_directive("updates", UpdatesDirective)
    app.add_post_transform(ShowUpdates)
