"""`write_checked`: writes a copy of a table with the findings beside the cells.

A finding is a reported problem or note. Its location has the row and perhaps the cell.
"""

from __future__ import annotations

import functools
import math
import os
from collections.abc import Container, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import attrs

from tulevaisuus._optional_libraries import openpyxl
from tulevaisuus.exchange.csv_and_excel.finding_locations import TableLocator
from tulevaisuus.exchange.csv_and_excel.header_meanings import normalise
from tulevaisuus.exchange.csv_and_excel.words_in_cells import word_to_write, words_meaning
from tulevaisuus.exchange.csv_and_excel.xlsx_reading import is_zip, load
from tulevaisuus.exchange.csv_and_excel.xlsx_writing import (
    new_workbook,
    save,
    set_widths,
    write_cell,
)
from tulevaisuus.exchange.table_messages import phrase
from tulevaisuus.findings.argument_checks import has_type
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LANGUAGES, require_language
from tulevaisuus.findings.report import Report
from tulevaisuus.findings.severity import Severity
from tulevaisuus.formats.reading_result import Reading

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["write_checked"]

_COLOURS = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.NOTE: "DDEBF7"}
"""The pale red, yellow and blue that spreadsheet programs use themselves."""

_COLUMNS = ("code", "severity", "place", "finding")
"""The columns of the sheet that lists the findings, by the names of their headers' texts."""

_COLOURED_COLUMNS = (1, 2)
"""The columns of that sheet which are coloured by severity: the code and the severity."""

_COLUMN_WIDTH = 60
"""The width of the column of findings beside the table, in characters."""

_LINE_HEIGHT, _MAX_HEIGHT = 15, 409
"""In points: the usual height of a row, and the largest that Excel allows."""

_MAX_TEXT_LENGTH = 32_000
"""Excel allows 32,767 characters in a cell."""


def write_checked(
    source: str | os.PathLike[str],
    path: str | os.PathLike[str],
    reading: Reading,
    findings: Report | Iterable[Finding] | None = None,
    *,
    language: str = "fi",
) -> None:
    """Write a copy of a table as a workbook that shows the findings.

    Sheets, values, formulas and formats stay; a CSV file becomes a workbook. The sheet that was
    read gets a new last column with the findings, and the cells that they are about are coloured.
    An extra sheet lists all findings. A copy of a copy has only the new findings. If ``findings``
    is a report, rows on which no rule was checked are marked as such. Drawings and macros are lost,
    as openpyxl does not keep them. Written atomically: on any error the old file stays.

    Args:
        source: The workbook or CSV file that was read.
        path: The path of the copy; its suffix is ``.xlsx``.
        reading: The result of reading the file.
        findings: The report of `check`, or the findings to show; by default those of reading.
        language: The language of the findings.

    Raises:
        ValueError: The path does not end in ``.xlsx`` or is that of the source, or the file could
            not be read as a table, or is another one than was read.
        TypeError: ``reading`` is no `Reading`.
        UnknownLanguageError: The language is not ``fi``, ``sv`` or ``en``.
        ModuleNotFoundError: The extra ``excel`` is not installed.
        OSError: A file cannot be opened or written.
    """
    _require_arguments(source, path, language)
    table = _locator_of(source, reading)
    shown = [*(reading.findings if findings is None else findings)]
    book, sheet = _open_copy(Path(source), table)
    unchecked = findings.unchecked if isinstance(findings, Report) else ()
    unchecked_rows = {entity.location.row for entity in unchecked if entity.location}
    _SheetMarker(sheet, table, language).mark(shown, unchecked_rows)
    _add_findings_sheet(book, shown, language)
    save(path, book)


def _require_arguments(
    source: str | os.PathLike[str], path: str | os.PathLike[str], language: str
) -> None:
    """Check the language, and that the path is that of a workbook other than the source."""
    require_language(language)
    if not os.fspath(path).lower().endswith(".xlsx"):
        raise ValueError(f"give a path that ends in .xlsx, not {os.fspath(path)!r}")
    if Path(path).exists() and Path(path).samefile(source):
        raise ValueError(f"give a path other than that of the source, {os.fspath(source)!r}")


def _locator_of(source: str | os.PathLike[str], reading: Reading) -> TableLocator:
    """Return what knows the rows of a table in its file; a file that is no table has none."""
    if not has_type(reading, Reading):
        raise TypeError(f"give the result of reading the table, not {type(reading).__name__}")
    locator = reading.locator
    if not isinstance(locator, TableLocator):
        raise ValueError(f"{os.fspath(source)!r} could not be read as a table")  # noqa: TRY004 - the file is wrong
    return locator


def _open_copy(source: Path, table: TableLocator) -> tuple[Workbook, Worksheet]:
    """Return the workbook and the sheet that was read, or a new workbook for a CSV file."""
    data = source.read_bytes()
    if is_zip(data):
        book = load(data, data_only=False)
        if table.grid.sheet not in book.sheetnames:
            raise ValueError(f"{os.fspath(source)!r} is not the workbook that was read")
        return book, cast("Worksheet", book[table.grid.sheet])
    book, sheet = new_workbook("CSV")
    for row, cells in table.grid.rows.items():
        for column, value in cells.items():
            write_cell(sheet, row, column, value)
    return book, sheet


class _SheetMarker:
    """Shows findings on the sheet that was read."""

    def __init__(self, sheet: Worksheet, table: TableLocator, language: str) -> None:
        self.sheet = sheet
        self.table = table
        self.language = language

    def mark(self, findings: Iterable[Finding], unchecked_rows: Container[int | None]) -> None:
        """Colour the cells, and fill the column of findings.

        No rule was checked on ``unchecked_rows``, as they could not be read.
        """
        by_row: dict[int, list[Finding]] = {}
        for finding in findings:
            if finding.location and finding.location.row:
                by_row.setdefault(finding.location.row, []).append(finding)
        header_row, column = self._prepare_column(min(self.table.grid.rows))
        for row, row_findings in by_row.items():
            # A cell keeps the colour of its last finding, which must be the most severe one.
            mildest_first = sorted(row_findings, key=lambda finding: finding.severity.rank)
            for finding in mildest_first:
                if finding.location and finding.location.cell:
                    _colour(cast("Cell", self.sheet[finding.location.cell]), finding.severity)
            if row != header_row:
                text = self._row_text(row_findings, is_unchecked=row in unchecked_rows)
                cell = write_cell(self.sheet, row, column, text)
                _wrap(_colour(cell, mildest_first[-1].severity))
                self._make_room(row, text)

    def _make_room(self, row: int, text: str) -> None:
        """Make a row as high as its findings need: not every program does that for wrapped text."""
        lines = sum(max(1, math.ceil(len(line) / _COLUMN_WIDTH)) for line in text.split("\n"))
        dimension: Any = self.sheet.row_dimensions[row]
        height = min(lines * _LINE_HEIGHT, _MAX_HEIGHT)
        dimension.height = max(height, dimension.height or 0)

    def _row_text(self, findings: Iterable[Finding], *, is_unchecked: bool) -> str:
        """Return the text for the column of findings."""
        lines = [_finding_line(finding, self.language) for finding in findings]
        if is_unchecked:
            lines.append(phrase("row", "unchecked").get(self.language))
        return "\n".join(lines)[:_MAX_TEXT_LENGTH]

    def _prepare_column(self, first_row: int) -> tuple[int, int]:
        """Return the header row and the column for findings.

        If the sheet is itself a checked copy, its column is emptied and used again.
        """
        header_row = self.table.header_row or first_row
        title = word_to_write("findings", self.language)
        for column, text in self.table.grid.texts(header_row):
            if normalise(text) in words_meaning("findings"):
                self._empty_column(column)
                write_cell(self.sheet, header_row, column, title)
                return header_row, column
        merged = (merge.right for merge in self.table.grid.merges)
        filled = (column for cells in self.table.grid.rows.values() for column in cells)
        column = max([*filled, *merged]) + 1
        write_cell(self.sheet, header_row, column, title).font = _make_style("Font", bold=True)
        letter = openpyxl("openpyxl.utils").get_column_letter(column)
        self.sheet.column_dimensions[letter].width = _COLUMN_WIDTH
        return header_row, column

    def _empty_column(self, column: int) -> None:
        """Remove the findings of an earlier copy, and their colours."""
        for row, cells in self.table.grid.rows.items():
            if column in cells:
                cell = cast("Cell", self.sheet.cell(row, column))
                cell.value = None
                cell.fill = _make_style("PatternFill")


def _add_findings_sheet(book: Workbook, findings: Sequence[Finding], language: str) -> None:
    """Add a sheet that lists all findings, also those that are not about a row."""
    title = word_to_write("findings", language)
    headers = _headers(language)
    for old in [sheet for sheet in book.worksheets if _is_findings_sheet(sheet)]:
        book.remove(old)
    sheet = cast("Worksheet", book.create_sheet(title))
    rows = [
        (
            finding.code,
            finding.severity.label.get(language),
            _location_text(finding),
            finding.message(language),
        )
        for finding in findings
    ]
    for row, cells in enumerate([headers, *rows], 1):
        for column, text in enumerate(cells, 1):
            write_cell(sheet, row, column, text)
    for column in range(1, len(headers) + 1):
        cast("Cell", sheet.cell(1, column)).font = _make_style("Font", bold=True)
    for row, finding in enumerate(findings, 2):
        for column in _COLOURED_COLUMNS:
            _colour(cast("Cell", sheet.cell(row, column)), finding.severity)
    sheet.freeze_panes = "A2"
    set_widths(sheet, [headers, *rows])


def _headers(language: str) -> tuple[str, ...]:
    """Return the headers of the sheet of findings."""
    return tuple(phrase("columns", name).get(language) for name in _COLUMNS)


def _is_findings_sheet(sheet: Worksheet) -> bool:
    """Return whether a sheet is the list of findings of an earlier copy."""
    texts = tuple(sheet.cell(1, column).value for column in range(1, len(_COLUMNS) + 1))
    return normalise(sheet.title) in words_meaning("findings") and texts in [
        _headers(language) for language in LANGUAGES
    ]


def _finding_line(finding: Finding, language: str) -> str:
    """Return the cell, if there is one, and the message."""
    cell = finding.location.cell if finding.location else None
    return f"{cell}: {finding.message(language)}" if cell else finding.message(language)


def _location_text(finding: Finding) -> str:
    """Return sheet and cell, or sheet and row: ``Taul1!E1``, ``Taul1!5``."""
    location = finding.location
    return "" if location is None else str(attrs.evolve(location, source=None))


def _colour(cell: Cell, severity: Severity) -> Cell:
    """Colour a cell by the severity of a finding; return the cell."""
    cell.fill = _make_style("PatternFill", fill_type="solid", start_color=_COLOURS[severity])
    return cell


def _wrap(cell: Cell) -> None:
    cell.alignment = _make_style("Alignment", wrap_text=True, vertical="top")


@functools.cache  # few styles; openpyxl is slow to compare equal styles that are several objects
def _make_style(name: str, **values: object) -> Any:  # noqa: ANN401 - openpyxl may not be installed
    """Make a style object of openpyxl."""
    return getattr(openpyxl("openpyxl.styles"), name)(**values)
