"""Workbooks that are written: tables of ours, and copies with findings in them."""

import datetime as dt
import os
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from tulevaisuus._optional_libraries import openpyxl
from tulevaisuus.exchange.csv_and_excel.csv_source import GUARDED
from tulevaisuus.formats.files import replacing

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["new_workbook", "put", "save", "save_sheets", "save_table", "set_widths"]

_TITLE = 31
"""The most characters of the name of a sheet."""

_NARROW, _WIDE = 8, 60
_FIRST_DAY = dt.date(1900, 3, 1)
"""Earlier days are text: Excel has no numbers for them, or wrong ones, as 1900 was no leap year."""


def save_table(
    path: str | os.PathLike[str],
    title: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[object]],
) -> None:
    """Write a workbook of one sheet, with the headers frozen and the columns wide enough.

    Args:
        path: Where to.
        title: The name of the sheet.
        headers: The texts of the first row.
        rows: The cells of the others; ``None`` is an empty one.
    """
    save_sheets(path, [(title, headers, rows)])


def save_sheets(
    path: str | os.PathLike[str],
    sheets: Iterable[tuple[str, Sequence[str], Sequence[Sequence[object]]]],
) -> None:
    """Write a workbook of several sheets: of each the name, the headers and the rows of cells."""
    book = cast("Workbook", openpyxl().Workbook())
    cast("Any", book).remove(book.active)
    for title, headers, rows in sheets:
        _fill(cast("Worksheet", cast("Any", book).create_sheet(title[:_TITLE])), headers, rows)
    save(path, book)


def _fill(sheet: "Worksheet", headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    bold = openpyxl("openpyxl.styles").Font(bold=True)
    for column, header in enumerate(headers, 1):
        put(sheet, 1, column, header).font = bold
    for row, cells in enumerate(rows, 2):
        for column, value in enumerate(cells, 1):
            if value is not None:
                put(sheet, row, column, value)
    sheet.freeze_panes = "A2"
    set_widths(sheet, [headers, *rows])


def new_workbook(title: str) -> "tuple[Workbook, Worksheet]":
    """Return a workbook, and its only sheet."""
    book = cast("Workbook", openpyxl().Workbook())
    sheet = cast("Worksheet", book.active)
    sheet.title = title[:_TITLE]
    return book, sheet


def put(sheet: "Worksheet", row: int, column: int, value: object) -> "Cell":
    """Put a value into a cell: text stays text, whatever it looks like."""
    if isinstance(value, dt.date) and value < _FIRST_DAY:
        value = value.isoformat()
    cell = cast("Cell", sheet.cell(row, column))
    cell.value = cast("Any", value)
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl would make a formula of "=1+1", an error of "#N/A"
        cell.number_format = "@"
        cast("Any", cell).quotePrefix = value[:1] in {*GUARDED}
    elif isinstance(value, Decimal):
        cell.number_format = "#,##0.00"
    elif isinstance(value, dt.date):
        cell.number_format = "d.m.yyyy"
    return cell


def set_widths(sheet: "Worksheet", rows: Sequence[Sequence[object]]) -> None:
    """Make columns as wide as their longest text, within bounds."""
    letters = openpyxl("openpyxl.utils").get_column_letter
    for column, cells in enumerate(zip(*rows, strict=True), 1):
        longest = max(len(str(cell)) for cell in cells if cell is not None)
        width = min(max(longest + 2, _NARROW), _WIDE)
        sheet.column_dimensions[letters(column)].width = width


def save(path: str | os.PathLike[str], book: "Workbook") -> None:
    """Save a workbook so that it is complete, or the file as it was before."""
    with replacing(path) as file:
        book.save(file)
