"""`write_checked`: a copy of a table with its findings in it, cell by cell."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tulevaisuus._optional_libraries import openpyxl
from tulevaisuus.exchange.csv_and_excel.columns import first_word, folded, words
from tulevaisuus.exchange.csv_and_excel.entries import TableLocator
from tulevaisuus.exchange.csv_and_excel.xlsx_source import is_zip, load
from tulevaisuus.exchange.csv_and_excel.xlsx_writing import new_workbook, put, save, set_widths
from tulevaisuus.exchange.table_messages import phrase
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LANGUAGES
from tulevaisuus.findings.lookup_errors import UnknownLanguageError
from tulevaisuus.findings.severity import Severity
from tulevaisuus.formats.reading_result import Reading

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["write_checked"]

_COLOURS = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.NOTE: "DDEBF7"}
"""Red, yellow and blue, as pale as spreadsheet programs themselves mark cells."""

_WIDTH = 60
_LONGEST = 32_000
"""A cell holds a few characters more."""


def write_checked(
    source: str | os.PathLike[str],
    path: str | os.PathLike[str],
    reading: Reading,
    findings: Iterable[Finding] | None = None,
    *,
    language: str = "fi",
) -> None:
    """Write a copy of a table as a workbook, with findings on it.

    Sheets, values, formulas and formats stay; a CSV file becomes a workbook. The sheet that was
    read gets a column of findings behind its last one, and the cells of findings are coloured; a
    further sheet lists all findings. A copy of a copy has only the new ones. openpyxl keeps no
    drawings and no macros. The file is complete, or as it was before.

    Args:
        source: The workbook or CSV file that was read.
        path: Where the copy goes; it ends in ``.xlsx``.
        reading: What came of reading the file.
        findings: What is wrong, as `check` finds it; by default what reading found.
        language: The language of the findings.

    Raises:
        ValueError: The path does not end in ``.xlsx`` or leads to the source, or the file could
            not be read as a table.
        UnknownLanguageError: The language is none of the three.
        ModuleNotFoundError: The extra ``excel`` is not installed.
        OSError: A file cannot be opened or written.
    """
    if language not in LANGUAGES:
        raise UnknownLanguageError(language, LANGUAGES)
    if not os.fspath(path).lower().endswith(".xlsx"):
        raise ValueError(f"give a path that ends in .xlsx, not {os.fspath(path)!r}")
    if Path(path).exists() and Path(path).samefile(source):
        raise ValueError(f"give a path other than that of the source, {os.fspath(source)!r}")
    table = reading.locator
    if not isinstance(table, TableLocator):
        raise ValueError(f"{os.fspath(source)!r} could not be read as a table")  # noqa: TRY004 - the file is wrong
    found = [*(reading.findings if findings is None else findings)]
    book, sheet = _copy_of(Path(source), table)
    _Marking(sheet, table, language).mark(found)
    _list_all(book, found, language)
    save(path, book)


def _copy_of(source: Path, table: TableLocator) -> tuple[Workbook, Worksheet]:
    """Return the workbook and its sheet that was read; of a CSV file, one with its cells."""
    with source.open("rb") as file:
        data = file.read()
    if is_zip(data):
        book = load(data, data_only=False)
        return book, cast("Worksheet", book[str(table.grid.sheet)])
    book, made = new_workbook("CSV")
    for row, cells in table.grid.rows.items():
        for column, value in cells.items():
            put(made, row, column, value)
    return book, made


class _Marking:
    """Puts findings on the sheet that was read."""

    def __init__(self, sheet: Worksheet, table: TableLocator, language: str) -> None:
        self.sheet = sheet
        self.table = table
        self.language = language

    def mark(self, findings: Iterable[Finding]) -> None:
        """Colour the cells, and fill the column of findings."""
        by_row: dict[int, list[Finding]] = {}
        for each in findings:
            if each.location and each.location.row:
                by_row.setdefault(each.location.row, []).append(each)
        header, column = self._column(min(self.table.grid.rows))
        for row, found in by_row.items():
            mildest_first = sorted(found, key=lambda each: each.severity.rank)
            for each in mildest_first:
                if each.location and each.location.cell:
                    _colour(cast("Cell", self.sheet[each.location.cell]), each.severity)
            if row != header:
                text = "\n".join(_line(each, self.language) for each in found)[:_LONGEST]
                _wrap(_colour(put(self.sheet, row, column, text), mildest_first[-1].severity))

    def _column(self, first: int) -> tuple[int, int]:
        """Return the row of headers and the column of findings, emptied if it was there already."""
        header = self.table.header or first
        title = first_word("findings", self.language)
        for column, text in self.table.grid.texts(header):
            if folded(text) in words("findings"):
                self._empty(column)
                put(self.sheet, header, column, title)
                return header, column
        merged = (each.last[1] for each in self.table.grid.merges)
        used = (column for cells in self.table.grid.rows.values() for column in cells)
        column = max([*used, *merged]) + 1
        put(self.sheet, header, column, title).font = _styles("Font", bold=True)
        letter = openpyxl("openpyxl.utils").get_column_letter(column)
        self.sheet.column_dimensions[letter].width = _WIDTH
        return header, column

    def _empty(self, column: int) -> None:
        for row, cells in self.table.grid.rows.items():
            if column in cells:
                cell = cast("Cell", self.sheet.cell(row, column))
                cell.value = None
                cell.fill = _styles("PatternFill")


def _list_all(book: Workbook, findings: Sequence[Finding], language: str) -> None:
    """Add a sheet of all findings, also of those that are about no row."""
    title = first_word("findings", language)
    headers = _headers(language)
    for old in [each for each in book.worksheets if _is_list(each)]:
        book.remove(old)
    sheet = cast("Worksheet", book.create_sheet(title))
    rows = [(each.code, _place(each), each.message(language)) for each in findings]
    for row, cells in enumerate([headers, *rows], 1):
        for column, text in enumerate(cells, 1):
            put(sheet, row, column, text)
    for column in range(1, len(headers) + 1):
        cast("Cell", sheet.cell(1, column)).font = _styles("Font", bold=True)
    for row, each in enumerate(findings, 2):
        _colour(cast("Cell", sheet.cell(row, 1)), each.severity)
    sheet.freeze_panes = "A2"
    set_widths(sheet, [headers, *rows])


def _headers(language: str) -> tuple[str, ...]:
    return tuple(phrase("columns", each).get(language) for each in ("code", "place", "finding"))


def _is_list(sheet: Worksheet) -> bool:
    """Return whether a sheet is the list of findings of an earlier copy."""
    texts = tuple(sheet.cell(1, column).value for column in range(1, 4))
    return folded(sheet.title) in words("findings") and texts in [
        _headers(each) for each in LANGUAGES
    ]


def _line(finding: Finding, language: str) -> str:
    place = finding.location.cell if finding.location else None
    return ": ".join(each for each in (place, finding.message(language)) if each)


def _place(finding: Finding) -> str:
    """Return sheet and cell, or sheet and row."""
    where = finding.location
    if where is None:
        return ""
    row = None if where.row is None else f"{where.row}:{where.row}"
    return "!".join(each for each in (where.sheet, where.cell or row) if each)


def _colour(cell: Cell, severity: Severity) -> Cell:
    cell.fill = _styles("PatternFill", fill_type="solid", start_color=_COLOURS[severity])
    return cell


def _wrap(cell: Cell) -> None:
    cell.alignment = _styles("Alignment", wrap_text=True, vertical="top")


def _styles(name: str, **values: object) -> Any:  # noqa: ANN401 - a module that may not be there
    """Make a style of openpyxl."""
    return getattr(openpyxl("openpyxl.styles"), name)(**values)
