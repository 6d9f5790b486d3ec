"""Record a fact: a value the prose quotes, with unit, period and the sources of its rows."""

from brief import formats
from brief.door import FACT
from brief.kernel.record import emit, plain, provenance


def fact(id: str, value, rows, unit: str = "", period: str = "", fmt: str | None = None) -> None:
    """Record `value` under `id`, to be quoted in prose as {fact}`id`.

    rows: the DataFrame rows (or a list of such) that the value was computed from; tables and sources are
    taken from them. fmt: see `brief.formats`. Raises ValueError when the value is missing, is not finite,
    does not fit its format, or has no rows behind it.
    """
    value = plain(value)
    fmt = formats.default_format(value) if fmt is None else fmt
    text = formats.render(value, fmt)
    record = {"id": id, "value": value, "fmt": fmt, "unit": unit, "period": str(period)}
    emit(FACT, record | provenance(rows), f"{id}: {text}")


def stated(statements, id: str, fmt: str | None = None, scale: float = 1) -> None:
    """Record one row of a statements table as the fact `id`: value times `scale`, unit, period, source."""
    rows = statements[statements["id"] == id]
    if len(rows) != 1:
        raise ValueError(f"{statements.attrs.get('table')} has {len(rows)} rows with id {id!r}, not one")
    row = rows.iloc[0]
    value = row["value"] if scale == 1 else row["value"] * scale
    unit = "" if row.isna()["unit"] else row["unit"]
    period = "" if row.isna()["period"] else row["period"]
    fact(id, value, rows, unit=unit, period=period, fmt=fmt)
