"""`SheetFinder`: detects the type of a file, and chooses the sheet to read.

A grid is the cells of one sheet; a CSV file has a single one. A finding is a reported problem or
note.
"""

import codecs
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, TypeAlias

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel import xlsx_reading
from tulevaisuus.exchange.csv_and_excel.csv_encoding_and_delimiter import Dialect, grid_of_csv
from tulevaisuus.exchange.csv_and_excel.grid import Grid
from tulevaisuus.exchange.csv_and_excel.header_meanings import normalise
from tulevaisuus.exchange.csv_and_excel.words_in_cells import words_meaning
from tulevaisuus.exchange.csv_and_excel.xlsx_reading import WorkbookSheets
from tulevaisuus.findings import found_values, messages
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.formats.files import bytes_of, name_of
from tulevaisuus.formats.limits import Limits
from tulevaisuus.formats.other_file_types import describe_other_file_type

__all__ = ["FoundSheet", "SheetFinder", "TableInput"]

TableInput: TypeAlias = "str | os.PathLike[str] | bytes | IO[bytes]"
"""Where a table is: a path, its bytes, or a file opened in binary mode."""

_WORKBOOK_SUFFIXES = (".xlsx", ".xlsm")
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""The marks with which UTF-16 files begin.

Such a file has zero bytes, but is text: it is read if the dialect names the encoding.
"""

_JSON_DOCUMENT = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*["}]|\[\s*[{\]])')
"""The beginning of a JSON document; a header in brackets has letters after the bracket."""


@attrs.frozen
class FoundSheet:
    """The sheet to read, or ``None`` if there is none, and the findings about the file."""

    source: str | None
    grid: Grid | None
    findings: tuple[Finding, ...] = ()


class SheetFinder:
    """Chooses which sheet of a file to read."""

    def __init__(
        self,
        dialect: Dialect,
        limits: Limits,
        sheet: str | None,
        count_headers: Callable[[Grid], int],
    ) -> None:
        """Set how files are read.

        Args:
            dialect: The encoding and delimiter of a CSV file.
            limits: How large the file may be.
            sheet: The name of the sheet, if the caller has chosen one.
            count_headers: Returns how many headers of a sheet are known.
        """
        self.dialect = dialect
        self.limits = limits
        self.sheet = sheet
        self.count_headers = count_headers

    def find(self, source: TableInput) -> FoundSheet:
        """Return the sheet to read, or the findings that say why there is none."""
        name = None if isinstance(source, bytes) else name_of(source)
        data = bytes_of(source, self.limits)
        if isinstance(data, Finding):
            return FoundSheet(name, None, (data,))
        problem = self._file_problem(data, name)
        if problem is not None:
            return FoundSheet(name, None, (problem,))
        if xlsx_reading.is_zip(data):
            return self._find_in_workbook(data, name)
        if self.sheet is not None:
            found = found_values.quote(self.sheet)
            return FoundSheet(name, None, (table_messages.SHEET_OF_TEXT.finding(found=found),))
        parsed = grid_of_csv(data, name, self.dialect, self.count_headers)
        return _report_if_empty(name, parsed.grid, parsed.findings)

    def _file_problem(self, data: bytes, name: str | None) -> Finding | None:
        """Return the finding about a file that is too large, or neither text nor a workbook."""
        if len(data) > self.limits.bytes:
            return messages.TOO_LARGE.finding(limit=self.limits.bytes)
        if xlsx_reading.is_old_office(data):
            return xlsx_reading.old_office_finding(data)
        if xlsx_reading.is_zip(data):
            return None
        other_type = _type_other_than_table(data)
        if other_type:
            return table_messages.OTHER_FILE_TYPE.finding(found=other_type)
        if not data.strip() or not (name or "").lower().endswith(_WORKBOOK_SUFFIXES):
            return None
        is_text = b"\n" in data and b"\0" not in data
        message = (
            table_messages.TEXT_NAMED_LIKE_WORKBOOK if is_text else table_messages.NOT_A_WORKBOOK
        )
        return message.finding()

    def _find_in_workbook(self, data: bytes, name: str | None) -> FoundSheet:
        """Return the sheet with the name that the caller gave, or else the one that fits best."""
        sheets = xlsx_reading.read_workbook(data, name, self.limits.bytes)
        if isinstance(sheets, Finding):
            return FoundSheet(name, None, (sheets,))
        if self.sheet is None:
            return self._find_with_most_headers(sheets, name)
        grids = {str(grid.sheet): grid for grid in (*sheets.visible, *sheets.hidden)}
        if self.sheet in grids:
            return _report_if_empty(name, grids[self.sheet], ())
        found = found_values.quote(self.sheet)
        missing = table_messages.NO_SUCH_SHEET.finding(found=found, known=tuple(grids))
        return FoundSheet(name, None, (missing,))

    def _find_with_most_headers(self, sheets: WorkbookSheets, name: str | None) -> FoundSheet:
        """Return the visible sheet with the most known headers, and report the other sheets."""
        header_counts = [self.count_headers(grid) for grid in sheets.visible]
        chosen = _choose_sheet(sheets.visible, header_counts)
        if chosen is None or not chosen.rows:
            return FoundSheet(name, None, (_no_cells_finding(sheets.hidden),))
        findings = _unread_sheet_findings(chosen, sheets, header_counts)
        return FoundSheet(name, chosen, tuple(findings))


def _type_other_than_table(data: bytes) -> LocalizedText | None:
    """Return the type of a file that is neither a workbook nor text with columns."""
    if _JSON_DOCUMENT.match(data):
        return found_values.found("json_document")
    return None if data.startswith(_UTF16_MARKS) else describe_other_file_type(data)


def _report_if_empty(
    name: str | None, grid: Grid | None, findings: Iterable[Finding]
) -> FoundSheet:
    """Return the sheet with its findings, or only the finding that the sheet is empty.

    The findings about an empty sheet are left out: without rows they are of no use.
    """
    if grid is not None and not grid.rows:
        return FoundSheet(name, None, (table_messages.EMPTY_TABLE.finding(),))
    return FoundSheet(name, grid, tuple(findings))


def _no_cells_finding(hidden: Iterable[Grid]) -> Finding:
    """Make the finding that no visible sheet has cells; it names the hidden sheets with cells."""
    filled = tuple(str(grid.sheet) for grid in hidden if grid.rows)
    if filled:
        return table_messages.ONLY_HIDDEN_SHEETS.finding(sheets=filled)
    return table_messages.EMPTY_TABLE.finding()


def _choose_sheet(grids: Sequence[Grid], header_counts: Sequence[int]) -> Grid | None:
    """Return the visible sheet with the most known headers, the first one of several.

    If no sheet has a known header, return the first sheet with cells, or else the first sheet.

    Args:
        grids: The visible sheets, in the order of the workbook.
        header_counts: How many headers of each sheet are known.
    """
    # More headers win, then any cells over none; of equal sheets the first one stays.
    best: Grid | None = None
    best_rank = (-1, False)
    for grid, header_count in zip(grids, header_counts, strict=True):
        rank = (header_count, bool(grid.rows))
        if rank > best_rank:
            best, best_rank = grid, rank
    return best


def _unread_sheet_findings(
    chosen: Grid, sheets: WorkbookSheets, header_counts: Sequence[int]
) -> Iterator[Finding]:
    """Report the sheets that are not read.

    The finding is a warning if a visible one has known headers, too, and otherwise a note.

    Args:
        chosen: The sheet that is read.
        sheets: All sheets.
        header_counts: How many headers of each visible sheet are known.
    """
    sheet = str(chosen.sheet)
    counts_of_others = {
        str(grid.sheet): count
        for grid, count in zip(sheets.visible, header_counts, strict=True)
        if count and _is_other(grid, chosen)
    }
    if counts_of_others:
        others = sorted(counts_of_others, key=lambda other: counts_of_others[other], reverse=True)
        yield table_messages.SHEETS_WITH_HEADERS_NOT_READ.finding(sheet=sheet, others=tuple(others))
        return
    unread = (grid for grid in (*sheets.visible, *sheets.hidden) if grid.rows)
    names = tuple(str(grid.sheet) for grid in unread if _is_other(grid, chosen))
    if names:
        yield table_messages.SHEETS_NOT_READ.finding(sheet=sheet, others=names)


def _is_other(grid: Grid, chosen: Grid) -> bool:
    """Return whether a sheet is not the chosen one, nor the list of findings in a checked copy."""
    return grid is not chosen and normalise(str(grid.sheet)) not in words_meaning("findings")
