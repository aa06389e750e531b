"""Writes workbooks: tables of entities, and copies of tables with their findings."""

import datetime as dt
import os
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from tulevaisuus._optional_libraries import openpyxl
from tulevaisuus.exchange.csv_and_excel.formula_escapes import FORMULA_STARTS
from tulevaisuus.formats.files import replacing

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["new_workbook", "save", "save_sheets", "save_table", "set_widths", "write_cell"]

_MAX_TITLE_LENGTH = 31
"""How long the name of a sheet may be in Excel."""

_MIN_WIDTH, _MAX_WIDTH = 8, 60
"""The bounds of the width of a column, in characters."""

_MARGIN = 2
"""How many characters a column is wider than its longest text."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML, and so a workbook, cannot have."""

_FIRST_DATE = dt.date(1900, 3, 1)
"""Earlier dates are written as text.

Excel has no numbers for dates before 1900, and wrong ones for the first two months of 1900, as it
treats that year as a leap year.
"""


def save_table(
    path: str | os.PathLike[str],
    title: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[object]],
) -> None:
    """Write a workbook of one sheet, with the headers frozen and the columns wide enough.

    Args:
        path: The path of the file.
        title: The name of the sheet.
        headers: The texts of the first row.
        rows: The cells of the other rows; ``None`` is an empty cell.
    """
    save_sheets(path, [(title, headers, rows)])


def save_sheets(
    path: str | os.PathLike[str],
    sheets: Iterable[tuple[str, Sequence[str], Sequence[Sequence[object]]]],
) -> None:
    """Write a workbook of several sheets, each with its name, headers and rows."""
    book = cast("Workbook", openpyxl().Workbook())
    cast("Any", book).remove(book.active)
    for title, headers, rows in sheets:
        sheet = cast("Any", book).create_sheet(title[:_MAX_TITLE_LENGTH])
        _write_rows(cast("Worksheet", sheet), headers, rows)
    save(path, book)


def _write_rows(
    sheet: "Worksheet", headers: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """Write headers and rows to an empty sheet."""
    bold = openpyxl("openpyxl.styles").Font(bold=True)
    for column, header in enumerate(headers, 1):
        write_cell(sheet, 1, column, header).font = bold
    for row, cells in enumerate(rows, 2):
        for column, value in enumerate(cells, 1):
            if value is not None:
                write_cell(sheet, row, column, value)
    sheet.freeze_panes = "A2"
    set_widths(sheet, [headers, *rows])


def new_workbook(title: str) -> "tuple[Workbook, Worksheet]":
    """Return a new workbook and its only sheet."""
    book = cast("Workbook", openpyxl().Workbook())
    sheet = cast("Worksheet", book.active)
    sheet.title = title[:_MAX_TITLE_LENGTH]
    return book, sheet


def write_cell(sheet: "Worksheet", row: int, column: int, value: object) -> "Cell":
    r"""Write a value to a cell; a text stays text, even if it looks like a formula.

    Control characters, which no workbook can have, are written as messages show them: ``\u001b``.
    """
    if isinstance(value, str):
        value = _FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", value)
    if isinstance(value, dt.date) and value < _FIRST_DATE:
        value = value.isoformat()
    cell = cast("Cell", sheet.cell(row, column))
    cell.value = cast("Any", value)
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl would turn "=1+1" into a formula, and "#N/A" into an error
        cell.number_format = "@"
        cast("Any", cell).quotePrefix = value[:1] in {*FORMULA_STARTS}
    elif isinstance(value, Decimal):
        cell.number_format = "#,##0.00"
    elif isinstance(value, dt.date):
        cell.number_format = "d.m.yyyy"
    return cell


def set_widths(sheet: "Worksheet", rows: Sequence[Sequence[object]]) -> None:
    """Make columns as wide as their longest text, within limits."""
    letters = openpyxl("openpyxl.utils").get_column_letter
    for column, cells in enumerate(zip(*rows, strict=True), 1):
        longest = max(len(str(cell)) for cell in cells if cell is not None)
        width = min(max(longest + _MARGIN, _MIN_WIDTH), _MAX_WIDTH)
        sheet.column_dimensions[letters(column)].width = width


def save(path: str | os.PathLike[str], book: "Workbook") -> None:
    """Save a workbook atomically: on any error the old file stays."""
    with replacing(path) as file:
        book.save(file)
