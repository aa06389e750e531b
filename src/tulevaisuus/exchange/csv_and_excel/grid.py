"""`Grid`: a sheet as a source has it, cell by cell, and what a spreadsheet program calls a cell."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

import attrs

from tulevaisuus.exchange.table_messages import TableMessage
from tulevaisuus.findings.location import Location

__all__ = ["CellProblem", "Grid", "Merge", "Place", "as_text", "cell_name", "column_name"]

_LETTERS = 26

Place: TypeAlias = tuple[int, int]
"""Row and column, both counted from 1."""


class CellProblem(NamedTuple):
    """The placeholder of a value that a cell does not have."""

    message: TableMessage
    text: str


class Merge(NamedTuple):
    """Merged cells: the first and the last row and column of them."""

    first: Place
    last: Place

    def __str__(self) -> str:
        """Write them as spreadsheet programs do: ``A5:A7``."""
        return f"{cell_name(*self.first)}:{cell_name(*self.last)}"


@attrs.frozen(kw_only=True)
class Grid:
    """The cells of one sheet that hold something, by row and column.

    ``rows`` are in their order. Values are texts, numbers, truth, days and times, as the source
    has them, or `CellProblem`. ``epoch`` is the day zero of numbers that mean days. ``units`` are
    the cells whose number format shows another unit than euros. ``comma_separated`` tells of a CSV
    file that a comma in a number may have made two cells of it.
    """

    rows: Mapping[int, Mapping[int, object]]
    source: str | None = None
    sheet: str | None = None
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    epoch: dt.date = dt.date(1899, 12, 30)
    units: Mapping[Place, CellProblem] = attrs.field(factory=dict[Place, CellProblem])
    comma_separated: bool = False

    def text(self, row: int, column: int) -> str:
        """Return what a cell shows, nothing if it is empty."""
        return as_text(self.rows.get(row, {}).get(column))

    def location(self, row: int, column: int | None = None) -> Location:
        """Return the place of a cell or row as a spreadsheet program shows it."""
        if column is None:
            return Location(source=self.source, sheet=self.sheet, row=row)
        cell, text = cell_name(row, column), self.text(row, column)
        return Location(
            source=self.source, sheet=self.sheet, row=row, cell=cell, snippet=text or None
        )

    def texts(self, row: int) -> Iterator[tuple[int, str]]:
        """Return the texts of a row with their columns."""
        return ((column, as_text(each)) for column, each in self.rows.get(row, {}).items())


def as_text(value: object) -> str:
    """Write the value of a cell as text.

    >>> as_text(5), as_text(True), as_text(None)
    ('5', 'True', '')
    """
    if isinstance(value, CellProblem):
        return value.text
    return "" if value is None else str(value)


def column_name(column: int) -> str:
    """Return what a spreadsheet program calls a column.

    >>> column_name(1), column_name(26), column_name(27), column_name(16384)
    ('A', 'Z', 'AA', 'XFD')
    """
    name = ""
    while column:
        column, letter = divmod(column - 1, _LETTERS)
        name = chr(ord("A") + letter) + name
    return name


def cell_name(row: int, column: int) -> str:
    """Return what a spreadsheet program calls a cell.

    >>> cell_name(17, 2)
    'B17'
    """
    return f"{column_name(column)}{row}"
