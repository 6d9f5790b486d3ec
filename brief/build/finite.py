"""A check that frictionless lacks: a number is finite."""

from collections.abc import Iterator
from decimal import Decimal

from frictionless import Check, errors


class Finite(Check):
    """NaN and infinity are numbers to a parser and to nobody else."""

    type = "finite"
    Errors = [errors.ConstraintError]  # noqa: RUF012 (frictionless' contract)

    def validate_row(self, row) -> Iterator:
        for name, cell in row.items():
            if isinstance(cell, float | Decimal) and not Decimal(cell).is_finite():
                yield errors.ConstraintError.from_row(row, note="finite", field_name=name)
