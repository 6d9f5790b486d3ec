"""What a reader wants to know of a chapter first: minutes to read, when it was last checked, when new data are due.

All of it follows from the page, the records in checks/ and the tables' descriptors: nothing is typed.
"""

from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from brief import formats, project, settings
from brief.ext.citations.directive import styled_citation
from brief.ext.citations.metadata import publication
from brief.ext.dependencies import PACKAGE, note_input
from brief.ext.domain import register
from brief.ext.figures.downloads import resources
from brief.ext.pages.verification import FOLDER, records
from brief.names import chapter_of
from brief.releases import in_words, overdue

PACE = 230  # words a minute, of adults who read English prose to themselves


def note_inputs(app: Sphinx, doctree) -> None:
    """A chapter depends on what was checked, and on when releases are due."""
    if settings.is_chapter(app.env.docname, app.config):
        root = project.find_root(Path(app.srcdir))
        note_input(app.env, root / FOLDER, view="folder")
        note_input(app.env, root / PACKAGE, view="releases")


class ShowReadingLine(SphinxPostTransform):
    """Put the line under a chapter's title."""

    def run(self, **kwargs):
        docname = self.env.docname
        title = self.document.next_node(nodes.title)
        if title is None or not settings.is_chapter(docname, self.config):
            return
        text = escape(" · ".join(said(self.app, self.document)))
        if place := self.citation():
            text += f' · <a href="#{place}">cite this chapter</a>'
        line = nodes.raw("", f'<div class="reading-line screen-only">{text}</div>', format="html")
        title.parent.insert(title.parent.index(title) + 1, line)

    def citation(self) -> str:
        """The anchor of the section that says how to cite the chapter: for keys it is two hundred stops away."""
        for shown in self.document.findall(styled_citation):
            section = shown.parent
            return str(section["ids"][0]) if isinstance(section, nodes.section) else ""
        return ""


def said(app: Sphinx, document: nodes.document) -> list[str]:
    """The parts of the line."""
    docname, day = app.env.docname, publication(app).date
    prose = [p for p in document.findall(nodes.paragraph) if isinstance(p.parent, nodes.section | nodes.container)]
    minutes = max(1, round(sum(len(p.astext().split()) for p in prose) / PACE))
    parts = [f"{minutes} minute{'s' * (minutes > 1)} to read"]
    checked = [r["date"] for r in records(project.find_root(Path(app.srcdir))) if r["chapter"] == chapter_of(docname)]
    if checked:
        parts.append(f"last checked against its sources on {formats.render(max(checked), 'date')}")
    known = resources(app)
    due = sorted(
        (known[name]["next_expected"], known[name]["title"])
        for name in {record["name"] for record in register(app.env).of("tables", docname)}
        if known.get(name, {}).get("next_expected")
    )
    if due and not overdue(due[-1][0], day):
        when = next(when for when, _ in due if not overdue(when, day))
        parts.append(f"its next data are due in {in_words(when)}")
    elif due:
        parts.append(f"newer data were due in {in_words(due[-1][0])}")
    return parts
