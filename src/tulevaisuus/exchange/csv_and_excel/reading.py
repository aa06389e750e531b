"""`read_table`: reads entities from a CSV file or from a sheet of a workbook.

A table is read in four steps: the file becomes a `Grid` (its cells), the headers give a `Layout`
(which field each column holds), each row becomes an `Entry` (plain data for one entity), and the
`Intake` makes entities of the entries and collects the findings (reported problems and notes). A
register is a collection of the entities of one class, by key; a portfolio has a register for each
class, but only one `Programme`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.csv_encoding_and_delimiter import Dialect
from tulevaisuus.exchange.csv_and_excel.finding_locations import TableLocator
from tulevaisuus.exchange.csv_and_excel.grid import Grid, format_row_numbers
from tulevaisuus.exchange.csv_and_excel.header_findings import read_layout
from tulevaisuus.exchange.csv_and_excel.header_meanings import HeaderMap
from tulevaisuus.exchange.csv_and_excel.header_rows import (
    count_known_headers,
    without_findings_column,
)
from tulevaisuus.exchange.csv_and_excel.repeated_ids import with_earlier_rows
from tulevaisuus.exchange.csv_and_excel.row_reading import TableEntries
from tulevaisuus.exchange.csv_and_excel.sheet_finder import FoundSheet, SheetFinder, TableInput
from tulevaisuus.exchange.csv_and_excel.table_mapping import TableMapping, require_options
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.formats.decoding import check_class
from tulevaisuus.formats.intake import Intake
from tulevaisuus.formats.limits import Limits, limits_or_default
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.programme import Programme

__all__ = ["read_sheet", "read_table", "unreadable_result"]


def read_table(
    source: TableInput,
    cls: type[Entity],
    *,
    sheet: str | None = None,
    headers: Mapping[str, str] | None = None,
    constants: Mapping[str, object] | None = None,
    ids: str | None = None,
    dialect: Dialect | None = None,
    limits: Limits | None = None,
) -> Reading:
    """Read entities from a CSV file or an Excel workbook, and never raise for its contents.

    The known headers are in ``exchange/data/headers.toml``, in Finnish, Swedish and English. An
    empty cell means that the value is unknown. Values are never rounded, and ambiguous values are
    reported, not guessed. Each finding has the sheet, row and cell as a spreadsheet program shows
    them.

    Args:
        source: A path (``.gz`` and ``.zst`` are decompressed), bytes, or a file opened in binary
            mode.
        cls: The class of the entities, one entity per row.
        sheet: The sheet of a workbook; by default the visible sheet with the most known headers.
        headers: Extra headers, mapped to fields: ``{"Euroa": "amount_eur"}``.
        constants: Values by field, for empty cells and fields without a column.
        ids: Template for missing ids, from other fields: ``"{project}-{call}"``; ``{row}`` is the
            number of the row.
        dialect: Encoding, delimiter and decimal mark, where you know them; see `Dialect`.
        limits: Maximum size of the file and number of findings; see `Limits`.

    Raises:
        UnknownCodeError: ``headers``, ``constants`` or ``ids`` name a field that does not exist.
        InvalidValueError: One of the ``constants``, or the template ``ids``, is not valid.
        ModuleNotFoundError: The file is a workbook, and the extra ``excel`` is not installed.
        OSError: The file cannot be opened.
        TypeError: No register of a portfolio holds the class, or an option has another type.
    """
    _require_register(cls)
    require_options(headers, constants, dialect)
    table_mapping = TableMapping(
        HeaderMap(cls, headers), constants or {}, ids, dialect or Dialect()
    )
    limits = limits_or_default(limits)
    count_headers = functools.partial(count_known_headers, vocabulary=table_mapping.vocabulary)
    found_sheet = SheetFinder(table_mapping.dialect, limits, sheet, count_headers).find(source)
    return read_sheet(found_sheet, table_mapping, limits)


def read_sheet(found_sheet: FoundSheet, table_mapping: TableMapping, limits: Limits) -> Reading:
    """Read entities from a sheet that `SheetFinder` has found.

    Args:
        found_sheet: The sheet, and the findings about its file.
        table_mapping: How rows become entities.
        limits: How many findings are kept.
    """
    if found_sheet.grid is None:
        return unreadable_result(found_sheet, limits, table_mapping.cls.plural)
    return _SheetReader(found_sheet.grid, found_sheet.findings, table_mapping, limits).read()


def _require_register(cls: type[Entity]) -> None:
    """Raise a `TypeError` for a `Programme`, or for a class that uses the register name of another.

    A user's own class, such as one for costs, is allowed: the `Reading` has a register for it.
    """
    check_class(cls, Entity)
    class_with_name = REGISTERS.get(cls.plural)
    has_name_of_other = class_with_name is not None and not issubclass(cls, class_with_name)
    if issubclass(cls, Programme) or has_name_of_other:
        raise TypeError(f"no register of a portfolio holds a {cls.__name__}")


def unreadable_result(found_sheet: FoundSheet, limits: Limits, *registers: str) -> Reading:
    """Make a `Reading` that has only the findings about a file without a readable sheet.

    Args:
        found_sheet: The findings about the file.
        limits: How many findings are kept.
        registers: The registers that are incomplete, as the file could not be read.
    """
    intake = Intake(limits.findings)
    file = Location(source=found_sheet.source)
    intake.report(
        attrs.evolve(finding, location=finding.location or file) for finding in found_sheet.findings
    )
    intake.reject(*registers)
    return intake.reading(source=None)


class _SheetReader:
    """Reads the rows of one sheet."""

    def __init__(
        self, grid: Grid, findings: Iterable[Finding], table_mapping: TableMapping, limits: Limits
    ) -> None:
        self.grid = grid
        self.table_mapping = table_mapping
        self.cls = table_mapping.cls
        self.path = f"/{table_mapping.cls.plural}"
        self.intake = Intake(limits.findings)
        sheet = Location(source=grid.source, sheet=grid.sheet)
        self.intake.report(
            attrs.evolve(finding, path=self.path, location=finding.location or sheet)
            for finding in findings
        )

    def read(self) -> Reading:
        """Return the entities of the rows, and the findings."""
        # `write_checked` makes copies of tables with a column of findings. Such a copy can be read
        # as well; the locations of findings are those in the copy.
        vocabulary = self.table_mapping.vocabulary
        data_grid = without_findings_column(self.grid, vocabulary)
        layout = read_layout(data_grid, vocabulary)
        if isinstance(layout, Finding):  # the headers could not be read
            return self._without_rows(layout)
        self.intake.report(layout.findings)
        entries = TableEntries(self.table_mapping, layout, data_grid, self.intake.report)
        row_numbers = [row for row in data_grid.rows if row > layout.header_row]
        self._report_special_rows(row_numbers, entries)
        # Most rows are clearly entities, with usual values, and are read by a faster function.
        # `iter_entries` reads the others cell by cell.
        plain_rows = entries.read_fast(data_grid, row_numbers)
        self.intake.take_all(entries.iter_entries(data_grid, row_numbers, plain_rows))
        reading = self.intake.reading(source=None, locator=entries.locator(self.grid))
        findings = with_earlier_rows(
            reading.findings,
            self.grid,
            entries.columns,
            entries.first_rows,
            self.table_mapping.ids,
        )
        return attrs.evolve(reading, findings=tuple(findings))

    def _without_rows(self, header_finding: Finding) -> Reading:
        """Return a reading without entities, as the headers could not be read."""
        self.intake.report([header_finding])
        self.intake.reject(self.cls.plural)
        locator = TableLocator(self.grid, row_numbers=(), columns={})
        return self.intake.reading(source=None, locator=locator)

    def _report_special_rows(self, row_numbers: Sequence[int], entries: TableEntries) -> None:
        """Report blank rows, which are skipped, and hidden and struck rows, which are read."""
        first = entries.header_row + 1
        last = max(row_numbers, default=entries.header_row)
        blank = {*range(first, last)}.difference(row_numbers)
        hidden = self.grid.hidden_rows.intersection(row_numbers)
        struck = self.grid.struck_rows.intersection(row_numbers)
        for message, rows in (
            (table_messages.BLANK_ROWS, blank),
            (table_messages.HIDDEN_ROWS, hidden),
            (table_messages.STRUCK_ROWS, struck),
        ):
            if rows:
                finding = message.finding(rows=format_row_numbers(rows))
                entries.report_row(self.grid, finding, row=min(rows))
