"""{updates}: every change of a fact, finding or indicator since the first edition, from the editions' kept facts.

editions/notes.yml may say why: {version: {id: reason}}, "Correction: ..." where the earlier value was wrong. By an
address, {"page#anchor": reason}, it says why that is gone.
"""

from pathlib import Path

import yaml
from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from brief import formats, project
from brief.ext import anchors
from brief.ext.citations.metadata import publication
from brief.ext.dependencies import note_input
from brief.ext.facts import changed_facts, edition_records, export
from brief.ext.places import RegisterPlace, places


def noted(root: Path) -> dict[str, dict[str, str]]:
    """What editors say of changes, by edition and by the id of what changed, or by the address that is gone."""
    file = root / edition_records.NOTES
    return (yaml.safe_load(file.read_text("utf-8")) if file.is_file() else None) or {}


class UpdatesDirective(RegisterPlace):
    """{updates}: a section for each edition, newest first. {latest-update}: the newest in a line that leads there."""

    def run(self):
        root = project.find_root(Path(self.env.srcdir))
        note_input(self.env, root / edition_records.FOLDER, view="folder")
        return super().run()


class ShowUpdates(SphinxPostTransform):
    """Compare each edition with the one before it, and this build with the last."""

    def run(self, **kwargs):
        for node in places(self.document, "updates", "latest-update"):
            made, notes = self.editions()
            pairs = zip([None, *made.values()], made.items(), strict=False)
            found = [(v, r, changed_facts.compare(b, r) if b else None) for b, (v, r) in pairs]
            if node["name"] == "latest-update":
                node.replace_self(self.line(found[-1][0], found[-1][2]))
            else:
                node.replace_self([self.section(v, r, c, notes.get(v, {})) for v, r, c in reversed(found)])

    def editions(self) -> tuple[dict[str, dict], dict]:
        """Each edition's facts by its version, this build's last; the notes that say why they changed."""
        root, paper = project.find_root(Path(self.env.srcdir)), publication(self.app)
        notes, made = noted(root), edition_records.records(root)
        present = export.contents(self.app)
        if paper.version in made and not paper.frozen:
            made["unpublished"] = present | {"edition": "unpublished"}
        else:
            made[paper.version] = present
        return made, notes

    def line(self, version: str, found: changed_facts.Changes | None) -> nodes.paragraph:
        """What is new, and where all of it is listed."""
        said = "This is the first edition" if found is None else f"Since the last edition: {found.summary()}"
        uri = self.app.builder.get_relative_uri(self.env.docname, self.config.brief_updates_page)
        link = nodes.reference("", "Updates and corrections", internal=True, refuri=uri)
        return nodes.paragraph("", "", nodes.Text(f"{said} ({version}). "), link)

    def section(self, version: str, record: dict, found: changed_facts.Changes | None, notes: dict) -> nodes.section:
        """One edition's."""
        title = "Since then, unpublished" if version == "unpublished" else f"Edition {version}"
        section = nodes.section("", nodes.title("", title), ids=[anchors.edition(version)])
        stamp = f"{formats.render(record['date'], 'day')}. Fingerprint of the data: {record['fingerprint'][:12]}. "
        said = "The first edition." if found is None else f"{found.summary().capitalize()}."
        section += nodes.paragraph("", stamp + said)
        lines = [line for kind in found.HEADINGS for line in getattr(found, kind)] if found else []
        told = [(line, notes.get(line.partition(":")[0], "")) for line in lines]
        told += [(f"address {at} is gone", reason) for at, reason in notes.items() if "/" in at or "#" in at]
        if told:
            items = nodes.bullet_list()
            for line, reason in told:
                items += nodes.list_item("", nodes.paragraph("", f"{line}{f'. {reason}' if reason else ''}"))
            section += items
        return section
