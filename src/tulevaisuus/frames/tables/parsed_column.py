"""The expressions for a column of a data frame: the values, texts and checks of its cells."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple, TypeAlias

import narwhals.stable.v2 as nw

from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.frames.engines.expressions import (
    any_of,
    is_true,
)

__all__ = [
    "CellCheck",
    "ParsedColumn",
    "Parsing",
    "WrongType",
    "any_check_fails",
    "any_outside",
    "invalid_unless",
    "text_of",
]


class CellCheck(NamedTuple):
    """A check of the cells of a column: the code of its finding, and which cells are invalid.

    ``any_invalid`` tells of all cells together whether one may be, where that takes less: of
    numbers and days the least and the most are enough.
    """

    code: str
    is_invalid: nw.Expr
    any_invalid: nw.Expr | None = None


class ParsedColumn(NamedTuple):
    """The expressions for a column: the values of its cells, their texts, and the checks of them.

    ``value`` is meaningful only where no check marks the cell invalid. The value of an amount is in
    cents. ``unguarded`` gives the same values faster, but may fail unless every cell is valid.
    """

    value: nw.Expr
    text: nw.Expr
    checks: tuple[CellCheck, ...] = ()
    unguarded: nw.Expr | None = None


class WrongType(NamedTuple):
    """A column whose type does not fit its field; ``hint`` is the key of a text on what to do."""

    expected: LocalizedText
    hint: str


Parsing: TypeAlias = ParsedColumn | WrongType
"""The result of parsing a column."""


def invalid_unless(
    column: nw.Expr, finding_code: str, right: nw.Expr, any_invalid: nw.Expr | None = None
) -> CellCheck:
    """Return the check that a cell is empty or meets a condition.

    Args:
        column: The column.
        finding_code: The code of the finding on a cell that does not.
        right: The condition.
        any_invalid: Whether one of all cells may fail it, where that takes less.
    """
    return CellCheck(finding_code, ~column.is_null() & ~is_true(right), any_invalid)


def any_outside(column: nw.Expr, least: nw.Expr | int, most: dt.date | int) -> nw.Expr:
    """Return whether a value of the column is below the least or above the most."""
    outside: nw.Expr = (column.min() < least) | (column.max() > most)
    return outside


def _is_text(dtype: Any) -> bool:  # noqa: ANN401 - narwhals' types
    return isinstance(dtype, nw.String | nw.Categorical | nw.Enum)


def text_of(column: nw.Expr, dtype: Any) -> nw.Expr | None:  # noqa: ANN401 - narwhals' types
    """Return the texts of a column, ``None`` if it is no column of text."""
    if isinstance(dtype, nw.String):
        return column
    return column.cast(nw.String) if _is_text(dtype) else None


def any_check_fails(checks: Iterable[CellCheck]) -> nw.Expr:
    """Return the condition that at least one of the checks marks a cell invalid."""
    return any_of(check.is_invalid for check in checks)
