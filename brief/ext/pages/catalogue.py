"""The data catalogue: a card for each table, that leads to the table's page."""

from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from brief import project
from brief.ext import anchors
from brief.ext.citations.metadata import publication
from brief.ext.datasets.data_package import FILES
from brief.ext.datasets.published import parts, published
from brief.ext.dependencies import note_input
from brief.ext.nodes import way_up
from brief.ext.pages.used_by import by_table
from brief.ext.pages.verification import FOLDER as CHECKS
from brief.ext.places import RegisterPlace, places
from brief.ext.templating import render
from brief.project import CITATION
from brief.releases import in_words, late


class CatalogueDirective(RegisterPlace):
    """{catalogue}: every table with what it is, how large, of which years and release, and what uses it."""

    def run(self):
        root = project.find_root(Path(self.env.srcdir))
        note_input(self.env, root / "data" / "datapackage.json")
        note_input(self.env, root / CHECKS, view="folder")
        note_input(self.env, root / CITATION, view="edition day")
        for entry in project.package(root)["resources"]:
            note_input(self.env, root / "data" / entry["path"])
        return super().run()


class ShowCatalogue(SphinxPostTransform):
    """The cards, by chapter."""

    def run(self, **kwargs):
        for node in places(self.document, "catalogue"):
            tables, titles = list(published(self.app).values()), parts(self.app)
            folders = [table.name.partition("/")[0] for table in tables]
            kept = ["recipe" if "recipe" in table.entry else "hand" for table in tables]
            made = [("recipe", "By a recipe, of a publisher's file"), ("hand", "By hand")]
            html = render(
                "catalogue.html",
                tables=tables,
                uses=by_table(self.app),
                parts=titles,
                files=FILES,
                up=way_up(self.app.builder, self.env.docname),
                anchor=anchors.table,
                day=publication(self.app).date,
                in_words=in_words,
                late=late,
                list="#catalogue",
                first="chapter",
                all=f"{len(tables)} tables",
                choices=[
                    ("chapter", "Chapter", [(f, title, folders.count(f)) for f, title in titles.items()]),
                    ("kept", "Made", [(name, words, kept.count(name)) for name, words in made if name in kept]),
                ],
                orders=[("title", "title"), ("rows", "rows, most first"), ("uses", "uses, most first")],
            )
            node.replace_self(nodes.raw("", html, format="html"))
