"""The tables as a reader downloads them: a cell that a spreadsheet would run as a formula is made text."""

import csv
import io

# What begins a formula in Excel, LibreOffice or Google Sheets, also behind a tab or a line end (OWASP, CSV injection).
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(content: bytes, schema: dict) -> bytes:
    """A table's bytes with an apostrophe before each text that would run; the very bytes when there is none."""
    texts = {field["name"] for field in schema["fields"] if field["type"] == "string"}
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    risky = [(row, name) for row in rows for name in texts if (row[name] or "").startswith(_STARTS)]
    if not risky:
        return content
    for row, name in risky:
        row[name] = "'" + row[name]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def unsafe(text: str) -> str:
    """A cell of a downloaded table as it stands in data/."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_STARTS) else text
