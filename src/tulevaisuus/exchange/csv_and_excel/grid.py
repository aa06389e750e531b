"""`Grid`: the cells of a sheet as they are in the file, and the names of cells, such as ``B17``."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

import attrs

from tulevaisuus.exchange.table_messages import TableMessage
from tulevaisuus.findings.location import Location

__all__ = [
    "CellProblem",
    "Grid",
    "MergedRange",
    "Position",
    "as_text",
    "cell_name",
    "column_name",
    "column_number",
    "format_row_numbers",
]

_ALPHABET_SIZE = 26
"""Columns are named with the letters A to Z, and then with two and three of them."""

_MAX_ROWS_IN_MESSAGE = 10
"""If there are more rows, a message ends with an ellipsis."""

Position: TypeAlias = tuple[int, int]
"""Row and column, both counted from 1."""


class CellProblem(NamedTuple):
    """Replaces a value that cannot be used, with the message that says why."""

    message: TableMessage
    text: str


class MergedRange(NamedTuple):
    """A range of merged cells: its first row and column, and its last row and column."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        """Return the range as spreadsheet programs write it: ``A5:A7``."""
        return f"{cell_name(self.top, self.left)}:{cell_name(self.bottom, self.right)}"


@attrs.frozen(kw_only=True)
class Grid:
    """The cells of one sheet that are not empty, by row and column number.

    Attributes:
        rows: The cells, in the order of the sheet: texts, numbers, booleans, dates and times as
            the file has them, or a `CellProblem`.
        source: The file.
        sheet: The name of the sheet.
        merges: The ranges of merged cells.
        hidden_rows: The numbers of hidden rows.
        struck_rows: The numbers of rows whose cells are all struck through.
        hidden_columns: The numbers of hidden columns.
        epoch: The date from which a workbook counts days: it stores a date as their number.
        units: The problems of cells whose number format shows another unit than euros.
        comma_separated: Whether commas separate the columns of a CSV file, so that a number with
            a decimal comma may have become two cells.
    """

    rows: Mapping[int, Mapping[int, object]]
    source: str | None = None
    sheet: str | None = None
    merges: tuple[MergedRange, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    struck_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    epoch: dt.date = dt.date(1899, 12, 30)
    units: Mapping[Position, CellProblem] = attrs.field(factory=dict[Position, CellProblem])
    comma_separated: bool = False

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell, ``""`` if it is empty."""
        return as_text(self.rows.get(row, {}).get(column))

    def location(self, row: int, column: int | None = None) -> Location:
        """Return the location of a cell, or of a whole row."""
        if column is None:
            return Location(source=self.source, sheet=self.sheet, row=row)
        cell, text = cell_name(row, column), self.text(row, column)
        return Location(
            source=self.source, sheet=self.sheet, row=row, cell=cell, snippet=text or None
        )

    def texts(self, row: int) -> Iterator[tuple[int, str]]:
        """Return the texts of a row with their columns."""
        return ((column, as_text(value)) for column, value in self.rows.get(row, {}).items())


def as_text(value: object) -> str:
    """Return the value of a cell as text.

    >>> as_text(5), as_text(True), as_text(None)
    ('5', 'True', '')
    """
    if isinstance(value, CellProblem):
        return value.text
    return "" if value is None else str(value)


def column_name(column: int) -> str:
    """Return the letters of a column.

    >>> column_name(1), column_name(26), column_name(27), column_name(16384)
    ('A', 'Z', 'AA', 'XFD')
    """
    name = ""
    while column:
        column, letter = divmod(column - 1, _ALPHABET_SIZE)
        name = chr(ord("A") + letter) + name
    return name


def column_number(name: str) -> int:
    """Return the number of a column with these letters.

    >>> column_number("A"), column_number("AA")
    (1, 27)
    """
    number = 0
    for letter in name:
        number = number * _ALPHABET_SIZE + ord(letter) - ord("A") + 1
    return number


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell in spreadsheet programs.

    >>> cell_name(17, 2)
    'B17'
    """
    return f"{column_name(column)}{row}"


def format_row_numbers(rows: Iterable[int]) -> tuple[str, ...]:
    """Return row numbers as messages show them, with ranges.

    >>> format_row_numbers([3, 5, 6, 7])
    ('3', '5–7')
    """
    last_by_first: dict[int, int] = {}  # of each range
    first, last = 0, -1
    for row in sorted(rows):
        if row != last + 1:
            first = row
        last_by_first[first] = last = row
    texts = [
        str(first) if first == last else f"{first}–{last}" for first, last in last_by_first.items()
    ]
    if len(texts) > _MAX_ROWS_IN_MESSAGE:
        return (*texts[:_MAX_ROWS_IN_MESSAGE], "…")
    return tuple(texts)
