"""The records that a kernel leaves in a notebook's outputs, and that the Sphinx extension reads there.

Nothing else crosses. A record is a JSON object under one of the MIME types below, so the execution
cache, HTML, EPUB and PDF all see the same thing. Each has besides its own the key `line`: of its cell, from 1.
Imported by `kernel` and `ext`; imports neither.
"""

from typing import Any, TypedDict

TABLE = "application/vnd.brief.table+json"
FACT = "application/vnd.brief.fact+json"
FIGURE = "application/vnd.brief.figure+json"
READS = "application/vnd.brief.reads+json"
SKETCH = "application/vnd.brief.sketch+json"
STANDING = "application/vnd.brief.standing+json"
# What else a row may say of the value in it, by the names of its columns; the card of a quoted number shows it.
SAID = ("statement", "stated_by", "counted_by", "who", "quote", "stated", "status", "confidence", "note", "caveat")
MIME_TYPES = (TABLE, FACT, FIGURE, READS, SKETCH, STANDING)
# The metadata of an output that holds a record: its other forms say the same to who reads no records.
RECORDED = "brief"


class Provenance(TypedDict):
    """What a record rests on: names of tables, keys of sources, each sorted."""

    tables: list[str]
    sources: list[str]


class TableRead(TypedDict):
    """A table was read: `digest` covers its bytes and its schema."""

    name: str
    digest: str


class Reads(TypedDict):
    """What else a run read, each with what it was then.

    `files`: our own modules and any file of the book, by path in the book, with their digests.
    `settings`: values of _config.yml by name, with digests.
    `environment`: variables by name, with digests of their values ("absent" when not set).
    `versions`: libraries by name, Python and the epoch.
    """

    files: dict[str, str]
    settings: dict[str, str]
    environment: dict[str, str]
    versions: dict[str, str]


class Estimate(TypedDict):
    """One source's answer where sources disagree: who says it, what they counted, from `low` to `high`."""

    who: str
    what: str
    low: float | int
    high: float | int
    source: str


class CellRead(TypedDict):
    """A cell that a value came from: its table, the key of its row by column, its own column, its value and source.

    `text` is the value as it reads, `words` says what it is: "1,200", "Alder: Loaves".
    """

    table: str
    row: dict[str, float | int | str]
    column: str
    value: float | int | str
    source: str
    text: str
    words: str


class Step(TypedDict):
    """How a value was made: `op` applied to the steps `of`, or to `cells`, places in the fact's list of cells.

    `op` is cell, sum, max, min, latest, first, count, none (of those looked at) or different (how many values) of
    cells, given (a number that the chapter gives), or + - * / round abs, low end or high end of an interval (of steps).
    Two dates differ by days. `text` is the value as it reads, `words` says what it is.
    """

    op: str
    value: float | int | str
    of: list["Step"]
    cells: list[int]
    text: str
    words: str


class Calculation(TypedDict):
    """How a fact's value was made, None where that was not followed; `said` is what its only row says of it.

    `said` has those of the columns statement, stated_by, quote, status, confidence, note and others that the row has.
    """

    calculation: Step | None
    cells: list[CellRead]
    said: dict[str, str]


class Fact(TypedDict):
    """A value the prose quotes. `fmt` is a `formats` spec.

    `value` is a number, a string or an ISO date; where sources disagree it is the [lowest, highest] of
    `estimates`, which is empty otherwise. `deniable`: whether other data could give another value.
    """

    id: str
    value: float | int | str | list[float | int | str]
    estimates: list[Estimate]
    fmt: str
    unit: str
    period: str
    calculation: Step | None
    cells: list[CellRead]
    said: dict[str, str]
    deniable: bool
    tables: list[str]
    sources: list[str]


class Condition(TypedDict):
    """`left op right` over facts, whose full ids are `facts`.

    `kind` is "finding" (must hold), "indicator" (turns us when true) or "figure" (must hold: words of a title say it).
    """

    id: str
    kind: str
    line: int
    says: str
    left: float | int | str
    op: str
    right: float | int | str
    met: bool
    unit: str
    fmt: str
    tables: list[str]
    sources: list[str]
    facts: list[str]


class Control(TypedDict):
    """An input beside a figure that sets the parameter `name` of its live chart.

    `kind` is "range" (whole numbers from `low` to `high`) or "select" (one of `options`, or none at first).
    """

    name: str
    kind: str
    label: str
    value: int | None
    low: int
    high: int
    options: list[str]


class Figure(TypedDict):
    """A chart in every form, with the papers it travels with. Its title, subtitle and note are in its chapter's text.

    `alt`: what it shows, in words, which are the chapter's (`own_words`) or made of what is drawn. `svg`: the drawing,
    by width name. `live`: the Vega-Lite specification of the chart that a reader can act on, by width name; empty when
    there is nothing to act on. `controls`: the inputs that set its parameters. `data`: the rows and columns drawn, as
    `columns`, their `titles` in words, `types` (Table Schema) and `rows`.
    """

    id: str
    alt: str
    own_words: bool
    svg: dict[str, str]
    live: dict[str, dict[str, Any]]
    controls: list[Control]
    data: dict[str, list[Any]]
    tables: list[str]
    sources: list[str]


class Sketch(TypedDict):
    """A small chart without axes (`svg`), with what it shows in words, as of a `Figure`."""

    id: str
    svg: str
    alt: str
    own_words: bool
    tables: list[str]
    sources: list[str]


class Standing(TypedDict):
    """One measure of the economies compared: `cells` are {"name": economy, "value": number or None}, in their order.

    `values` are those of all economies that have one, by code. `absent` is what stands where there is no value. `fmt`
    is a `formats` spec.
    """

    id: str
    label: str
    unit: str
    period: str
    fmt: str
    absent: str
    cells: list[dict[str, Any]]
    values: dict[str, Any]
    tables: list[str]
    sources: list[str]
