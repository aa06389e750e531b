"""`read_table`: a CSV file or a sheet of a workbook as a source of the intake."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.columns import HeaderMap
from tulevaisuus.exchange.csv_and_excel.csv_source import Dialect
from tulevaisuus.exchange.csv_and_excel.entries import TableEntries, TableLocator
from tulevaisuus.exchange.csv_and_excel.grid import Grid
from tulevaisuus.exchange.csv_and_excel.header_rows import known_headers, without_findings
from tulevaisuus.exchange.csv_and_excel.layout import Layout, lay_out, listed
from tulevaisuus.exchange.csv_and_excel.mapping import TableMapping
from tulevaisuus.exchange.csv_and_excel.sheet_finder import FoundSheet, SheetFinder, TableInput
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.formats.decoding import check_class
from tulevaisuus.formats.intake import Intake
from tulevaisuus.formats.limits import Limits
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.programme import Programme

__all__ = ["read_opened", "read_table", "unreadable"]


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

    The headers are those of ``exchange/data/headers.toml``, in Finnish, Swedish or English. An
    empty cell is not known. Nothing is rounded, and what is ambiguous is a finding; each finding
    has the sheet, row and cell as a spreadsheet program shows them.

    Args:
        source: A path (``.gz`` and ``.zst`` are unpacked), bytes, or a file open for bytes.
        cls: The class of the entities; each row is one.
        sheet: The sheet of a workbook; by default the first visible one with known headers.
        headers: Further headers, and the fields that they mean: ``{"Euroa": "amount_eur"}``.
        constants: Values by field, for empty cells and fields without a column.
        ids: How ids are made where there are none, of other fields: ``"{project}-{call}"``;
            ``{row}`` is the number of the row.
        dialect: What is known of a CSV file, and the decimal separator of texts.
        limits: What is read at most; see `Limits`.

    Raises:
        UnknownCodeError: ``headers``, ``constants`` or ``ids`` name a field that is none.
        InvalidValueError: One of the ``constants`` is not valid.
        ModuleNotFoundError: It is a workbook, and the extra ``excel`` is not installed.
        OSError: The file cannot be opened.
        TypeError: No register of a portfolio holds the class.
    """
    _require_register(cls)
    mapping = TableMapping(HeaderMap(cls, headers), constants or {}, ids, dialect or Dialect())
    limits = limits or Limits()
    score = functools.partial(known_headers, headers=mapping.headers)
    opened = SheetFinder(mapping.dialect, limits, sheet, score).open(source)
    return read_opened(opened, mapping, limits)


def read_opened(opened: FoundSheet, mapping: TableMapping, limits: Limits) -> Reading:
    """Read entities from a sheet that was found already.

    Args:
        opened: The sheet, and what there is to report of its file.
        mapping: How rows become entities.
        limits: How many findings are kept.
    """
    if opened.grid is None:
        return unreadable(opened, mapping.cls.plural)
    return _TableSource(opened.grid, opened.findings, mapping, limits).read()


def _require_register(cls: type[Entity]) -> None:
    """Raise a `TypeError` for a class whose entities no register could hold.

    A class that no portfolio knows, such as that of costs, has a register of its own in a reading.
    """
    check_class(cls, Entity)
    if issubclass(cls, Programme) or not issubclass(cls, REGISTERS.get(cls.plural, cls)):
        raise TypeError(f"no register of a portfolio holds a {cls.__name__}")


def unreadable(opened: FoundSheet, *registers: str) -> Reading:
    """Return the findings on a file without a sheet that could be read."""
    intake = Intake()
    location = Location(source=opened.source)
    intake.report(
        each if each.location else attrs.evolve(each, location=location) for each in opened.findings
    )
    intake.reject(*registers)
    return intake.reading(None)


class _TableSource:
    """The rows of one sheet, as a source of entries."""

    def __init__(
        self, grid: Grid, findings: Iterable[Finding], mapping: TableMapping, limits: Limits
    ) -> None:
        self.grid = grid
        self.mapping = mapping
        self.cls = mapping.cls
        self.path = f"/{mapping.cls.plural}"
        self.intake = Intake(limits.findings)
        place = Location(source=grid.source, sheet=grid.sheet)
        self.intake.report(
            attrs.evolve(each, path=self.path, location=each.location or place) for each in findings
        )

    def read(self) -> Reading:
        """Hand each row to the intake."""
        grid = without_findings(self.grid, self.mapping.headers)
        layout = lay_out(grid, self.mapping.headers)
        if not isinstance(layout, Layout):
            self.intake.report([layout])
            self.intake.reject(self.cls.plural)
            return self.intake.reading(None, locator=TableLocator(self.grid, (), {}))
        self.intake.report(layout.findings)
        entries = TableEntries(self.mapping, layout, grid, self.intake.report)
        numbers = [row for row in grid.rows if row > layout.header]
        self._report_rows(numbers, entries)
        certain = entries.certain(grid, numbers)
        self.intake.take_all(entries.of(grid, numbers, certain))
        return self.intake.reading(None, locator=entries.locator(self.grid))

    def _report_rows(self, numbers: Sequence[int], entries: TableEntries) -> None:
        """Report the rows that are left out as blank, and those that nobody may have seen."""
        first = entries.header + 1
        blank = {*range(first, max(numbers, default=entries.header))}.difference(numbers)
        hidden = self.grid.hidden_rows.intersection(numbers)
        for message, rows in (
            (table_messages.BLANK_ROWS, blank),
            (table_messages.HIDDEN_ROWS, hidden),
        ):
            if rows:
                entries.note(self.grid, message.finding(rows=listed(rows)), row=min(rows))
