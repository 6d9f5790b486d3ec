"""Values of facts computed anew from the tables: plain `csv` and arithmetic, each with the rows it follows from.

`VALUES[id](t)` gives (value, rows by table); `t(name)` is a table, a dict of texts for each row.
"""

VALUES = {}


def value(*ids):
    """Register a function of a table reader, and of the id where it serves several, under facts' ids."""

    def keep(make):
        for id in ids:
            VALUES[id] = (lambda t, id=id: make(t, id)) if len(ids) > 1 else make
        return make

    return keep


def where(rows, **wanted):
    """The rows that have these texts."""
    return [row for row in rows if all(row[column] == text for column, text in wanted.items())]


def one(rows, column, **wanted):
    """The number in `column` of the one row that has these texts, and that row."""
    (row,) = where(rows, **wanted)
    return float(row[column]), [row]


def single(table, column, **wanted):
    """A fact that is a cell of a table."""

    def make(t):
        number, rows = one(t(table), column, **wanted)
        return number, {table: rows}

    return make
