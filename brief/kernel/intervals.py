"""What chance leaves open of a share that was found among few."""

from typing import Any

import pandas as pd

from brief.kernel.values import Value, given

_Z = 1.96  # standard deviations on each side, for a confidence of 95 per cent


def interval(hits: Any, of: Any) -> tuple[Any, Any]:
    """The ends of the 95% interval of the share `hits` / `of`, in per cent, by Wilson's method: low, high.

    It is where the true share may lie if these were drawn from many. Of values with cells the ends are such values.
    """
    n = float(of)
    share = float(hits) / n
    middle = share + _Z**2 / (2 * n)
    reach = _Z * (share * (1 - share) / n + _Z**2 / (4 * n**2)) ** 0.5
    low, high = ((middle + side * reach) / (1 + _Z**2 / n) * 100 for side in (-1, 1))
    if not isinstance(hits, Value) and not isinstance(of, Value):
        return low, high
    parts = (given(hits), given(of))
    return Value(low, "low end", parts), Value(high, "high end", parts)


def with_shares(rows: pd.DataFrame, hits: str, of: str, share: str) -> pd.DataFrame:
    """`rows` with a column `share`, their per cent `hits` / `of`, and the ends of its interval as `low` and `high`."""
    ends = [interval(*pair) for pair in zip(rows[hits], rows[of], strict=True)]
    low, high = zip(*ends, strict=True)
    return rows.assign(**{share: rows[hits] / rows[of] * 100}, low=low, high=high)
