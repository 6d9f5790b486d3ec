"""Each table's own page: all its rows to sort, filter and page, each with an address, and who uses it.

Made by a template, not by docutils: a page of its own for each of many tables costs milliseconds. Without script it is
a plain table. Of a long table the page holds the first rows and a script beside it the rest, which is asked for when a
reader turns to the table.
"""

import json
from html import escape
from pathlib import Path

from sphinx.application import Sphinx

from brief import formats, project
from brief.ext.citations import tags
from brief.ext.citations.metadata import publication, table_address
from brief.ext.content_security import policed
from brief.ext.datasets import dataset
from brief.ext.datasets.data_package import marked
from brief.ext.datasets.published import Published, parts, published
from brief.ext.domain import register
from brief.ext.figures.drawings import themed
from brief.ext.pages.used_by import SHOWN, Uses, by_table
from brief.ext.pages.verification import records
from brief.ext.templating import css_string, json_in_script, render
from brief.releases import in_words, overdue

LONG = 60  # characters: a column of longer texts has room for a line of them
FIRST = 100  # rows that a browser with script makes at once: what more there are in the page, it reads when asked
PLAIN = 1_000  # rows in the page itself: what a browser lays out at once, and a first view can weigh


def cell(text: str, field: dict, table: Published, up: str, sources: dict[str, tuple[str, str]]) -> str:
    """A cell as HTML: what it says, a source as a link to its entry, a code with what it stands for."""
    if field["name"] == "source" and text in sources:
        short, id = sources[text]
        place = f"{up}{table.app.config.brief_bibliography_page}.html#{id}"
        return f'<a href="{place}">{escape(short)}</a>'
    if name := table.names.get(field["name"], {}).get(text, ""):
        return f'{escape(text)} <span class="gloss">{escape(name)}</span>'
    if text.startswith(("https://", "http://")):
        return f'<a href="{escape(text, quote=True)}">{escape(text)}</a>'
    return escape(text)


def rows(table: Published, up: str) -> list[list[str]]:
    """The rows' cells as HTML, behind each row's id."""
    fields = table.entry["schema"]["fields"]
    sources = {use.source.key: (use.source.short, use.id) for use in table.sources if use.id}
    made = []
    for field in fields:
        texts = table.held.texts[field["name"]]
        shown = {text: cell(text, field, table, up, sources) for text in {*texts}}
        made.append([shown[text] for text in texts])
    return [[id, *cells] for id, *cells in zip(table.ids, *made, strict=True)]


def body(made: list[list[str]], numbers: list[bool], begins: int = 1) -> str:
    """Rows of a table's body, each with its number, which leads to its address."""
    begin = [' class="number"' if number else "" for number in numbers]
    lines = []
    for place, (id, *cells) in enumerate(made, begins):
        said = "".join(f"<td{kind}>{text}</td>" for kind, text in zip(begin, cells, strict=True))
        lines.append(f'<tr id="{escape(id)}"><th scope="row"><a href="#{escape(id)}">{place}</a></th>{said}</tr>')
    return "\n".join(lines)


def rules(field: dict, schema: dict) -> str:
    """What a column's cells must be, in words."""
    said = field.get("constraints", {})
    lines = ["part of the key"] if field["name"] in schema.get("primaryKey", []) else []
    lines += [name for name in ("required", "unique") if said.get(name)]
    lines += [f"at least {said['minimum']}"] if "minimum" in said else []
    lines += [f"at most {said['maximum']}"] if "maximum" in said else []
    lines += [f"like {said['pattern']}"] if "pattern" in said else []
    lines += [f"one of {', '.join(map(str, said['enum']))}"] if "enum" in said else []
    keys = [key for key in schema.get("foreignKeys", []) if key["fields"] == [field["name"]]]
    lines += [f"in {key['reference']['resource']}" for key in keys]
    return "; ".join(lines)


def page(table: Published, uses: Uses, compared: str) -> dict[str, bytes]:
    """A table's page and, of a long table, the script of its other rows, by their paths in the site.

    compared: the day when it was last compared with its sources; "" for never.
    """
    app, entry = table.app, table.entry
    up, folder = "../" * table.page.count("/"), table.name.partition("/")[0]
    fields, made = entry["schema"]["fields"], rows(table, up)
    kinds = ["num" if field["type"] in ("integer", "number", "year") else "string" for field in fields]
    numbers = [field["type"] in ("integer", "number") for field in fields]
    figures, texts, address = uses.figures, table.held.texts, table_address(app, table.name)
    linked = json_in_script(dataset.document(table, up))
    html = render(
        "table-page.html",
        table=table,
        uses=uses,
        compared=compared,
        entry=entry,
        tags=tags.tags(app, tags.TABLES, entry["title"], entry["description"], address, linked=linked),
        address=address,
        up=up,
        config=app.config,
        part=parts(app)[folder],
        home=register(app.env).homes().get(folder, ""),
        fields=list(zip(fields, kinds, numbers, strict=True)),
        labels=[
            (place, css_string(formats.with_unit(field["title"], formats.unit_of(field))))
            for place, field in enumerate(fields, 2)
        ],
        long=[place for place, field in enumerate(fields, 2) if max(map(len, texts[field["name"]]), default=0) > LONG],
        body=body(made[:FIRST], numbers),
        more=body(made[FIRST:PLAIN], numbers, FIRST + 1),
        plain=PLAIN,
        rest=Path(table.page).with_suffix(".rows.js").name if len(made) > PLAIN else "",
        drawings=[(form, themed(figures[0].record["svg"][form], app.config)) for form in ("wide", "narrow")]
        if figures
        else [],
        rules=rules,
        marked=list(marked(table)),
        shown=SHOWN,
        in_words=in_words,
        late=overdue(entry.get("next_expected", ""), publication(app).date),
        favicon=Path(app.config.html_favicon or "").name,
    )
    files = {table.page: policed(html).encode()}
    if len(made) > PLAIN:
        rest = json.dumps(made[PLAIN:], ensure_ascii=False, separators=(",", ":"))
        files[str(Path(table.page).with_suffix(".rows.js"))] = f"window.briefRows = {rest};\n".encode()
    return files


def pages(app: Sphinx) -> dict[str, bytes]:
    """Every table's page, by its path in the folder of the catalogue."""
    home, uses, found = f"{app.config.brief_catalogue_page}/", by_table(app), {}
    compared = {record["table"]: record["date"] for record in records(project.find_root(Path(app.srcdir)))}
    for name, table in published(app).items():
        found |= page(table, uses[name], compared.get(name, ""))
    return {path.removeprefix(home): content for path, content in found.items()}
