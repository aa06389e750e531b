"""Finding the sheet of a table: which kind of file it is, and which of its sheets is read."""

import codecs
import os
from collections.abc import Callable, Iterable, Iterator
from typing import IO, TypeAlias

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel import xlsx_source
from tulevaisuus.exchange.csv_and_excel.columns import folded, words
from tulevaisuus.exchange.csv_and_excel.csv_source import Dialect, grid_of_csv
from tulevaisuus.exchange.csv_and_excel.grid import Grid
from tulevaisuus.exchange.source_bytes import bytes_of
from tulevaisuus.findings import expectations, messages
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.files import name_of
from tulevaisuus.formats.foreign_files import foreign_file
from tulevaisuus.formats.limits import Limits

__all__ = ["FoundSheet", "SheetFinder", "TableInput"]

TableInput: TypeAlias = "str | os.PathLike[str] | bytes | IO[bytes]"
"""Where a table is: a path, its bytes, or a file that is open for bytes."""

_WORKBOOKS = (".xlsx", ".xlsm")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""Text in this is read if the dialect says so."""


@attrs.frozen
class FoundSheet:
    """The sheet that is read, if there is one, and what there is to report of the file."""

    source: str | None
    grid: Grid | None
    findings: tuple[Finding, ...] = ()


class SheetFinder:
    """Finds the sheet that is read in a file."""

    def __init__(
        self, dialect: Dialect, limits: Limits, sheet: str | None, score: Callable[[Grid], int]
    ) -> None:
        """Take what is known of the file.

        Args:
            dialect: How a CSV file is written.
            limits: How large the file may be.
            sheet: The sheet to read.
            score: Tells how many headers of a sheet are known.
        """
        self.dialect = dialect
        self.limits = limits
        self.sheet = sheet
        self.score = score

    def open(self, source: TableInput) -> FoundSheet:
        """Return the sheet of a file that is to be read."""
        name = None if isinstance(source, bytes) else name_of(source)
        data = bytes_of(source, self.limits)
        if isinstance(data, Finding):
            return FoundSheet(name, None, (data,))
        wrong = self._not_read(data, name)
        if wrong is not None:
            return FoundSheet(name, None, (wrong,))
        return self._workbook(data, name) if xlsx_source.is_zip(data) else self._text(data, name)

    def _not_read(self, data: bytes, name: str | None) -> Finding | None:
        """Return the finding on a file that is too large, or neither text nor a workbook."""
        if len(data) > self.limits.bytes:
            return messages.TOO_LARGE.finding(limit=self.limits.bytes)
        if xlsx_source.is_old_office(data):
            return xlsx_source.old_office(data)
        if xlsx_source.is_zip(data):
            return None
        foreign = None if data.startswith(_UTF16) else foreign_file(data)
        if foreign:
            return table_messages.FOREIGN_FILE.finding(found=foreign)
        is_named_so = (name or "").lower().endswith(_WORKBOOKS)
        return table_messages.NOT_A_WORKBOOK.finding() if is_named_so and data.strip() else None

    def _text(self, data: bytes, name: str | None) -> FoundSheet:
        made = grid_of_csv(data, name, self.dialect, self.score)
        return self._unless_empty(name, made.grid, made.findings)

    def _unless_empty(
        self, name: str | None, grid: Grid | None, findings: Iterable[Finding]
    ) -> FoundSheet:
        if grid is not None and not grid.rows:
            return FoundSheet(name, None, (table_messages.EMPTY_TABLE.finding(),))
        return FoundSheet(name, grid, tuple(findings))

    def _workbook(self, data: bytes, name: str | None) -> FoundSheet:
        sheets = xlsx_source.read_workbook(data, name, self.limits.bytes)
        if isinstance(sheets, Finding):
            return FoundSheet(name, None, (sheets,))
        grids = {str(grid.sheet): grid for grid in (*sheets.grids, *sheets.hidden)}
        if self.sheet is not None:
            if self.sheet in grids:
                return self._unless_empty(name, grids[self.sheet], ())
            found = expectations.quote(self.sheet)
            missing = table_messages.NO_SUCH_SHEET.finding(found=found, known=tuple(grids))
            return FoundSheet(name, None, (missing,))
        filled = [grid for grid in sheets.grids if grid.rows]
        tables = sorted(filter(self.score, filled), key=lambda grid: -self.score(grid))
        chosen = next(iter([*tables, *filled, *sheets.grids]), None)
        return self._unless_empty(name, chosen, _others(chosen, tables, grids.values()))


def _others(chosen: Grid | None, tables: list[Grid], grids: Iterable[Grid]) -> Iterator[Finding]:
    """Report the sheets that are not read: a warning if they have known headers, too."""
    unread = tuple(str(grid.sheet) for grid in grids if grid.rows and _is_other(grid, chosen))
    also = tuple(str(grid.sheet) for grid in tables if _is_other(grid, chosen))
    if chosen is not None and also:
        yield table_messages.SEVERAL_TABLES.finding(sheet=str(chosen.sheet), others=also)
    elif chosen is not None and unread:
        yield table_messages.OTHER_SHEETS.finding(sheet=str(chosen.sheet), others=unread)


def _is_other(grid: Grid, chosen: Grid | None) -> bool:
    """Return whether a sheet is neither the chosen one nor a list that `write_checked` made."""
    return grid is not chosen and folded(str(grid.sheet)) not in words("findings")
