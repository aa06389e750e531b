"""`read_table`: a CSV file or a sheet of a workbook as a source of the intake."""

import bisect
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from tulevaisuus.exchange import messages
from tulevaisuus.exchange.cells import CellReader
from tulevaisuus.exchange.columns import ColumnMapping, HeaderMap, Path, TargetField
from tulevaisuus.exchange.csv_source import Dialect
from tulevaisuus.exchange.grid import Grid, Merge, Place
from tulevaisuus.exchange.header_rows import known_headers
from tulevaisuus.exchange.layout import Layout, lay_out, listed
from tulevaisuus.exchange.row import Merged, Row, Sheet
from tulevaisuus.exchange.row_kinds import RowKinds
from tulevaisuus.exchange.sheet_finder import FoundSheet, SheetFinder, TableInput
from tulevaisuus.exchange.table_mapping import TableMapping
from tulevaisuus.findings import pointers
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.formats.decoding import check_class
from tulevaisuus.formats.intake import Entry, Intake, Reading
from tulevaisuus.formats.limits import Limits
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.programme import Programme

__all__ = ["TableLocator", "read_opened", "read_table", "unreadable"]


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


@attrs.frozen
class TableLocator:
    """Knows the row of each entity, the columns of its fields, and the row of their headers."""

    grid: Grid
    rows: tuple[int, ...]
    columns: Mapping[int, ColumnMapping]
    header: int | None = None

    def locate(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings with sheet, row and cell; one that has a place keeps it."""
        return [
            finding
            if finding.location
            else attrs.evolve(finding, location=self._at(pointers.split(finding.path)))
            for finding in findings
        ]

    def _at(self, path: Iterable[str]) -> Location:
        _, index, *field = path
        return self.grid.location(self.rows[int(index)], self._column(tuple(filter(None, field))))

    def _column(self, field: Path) -> int | None:
        """Return the column whose field is the longest beginning of a path, or begins with it.

        Of several that begin with it, what is required comes first: that is what is missed.
        """
        best, found = (0, False), None
        for column, mapping in self.columns.items():
            path = mapping.target.path
            common = len(path) if field[: len(path)] == path else 0
            if not common and field and path[: len(field)] == field:
                common = len(field)
            rank = common, mapping.target.required
            if common and rank > best:
                best, found = rank, column
        return found


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
        self.rows: list[int] = []
        place = Location(source=grid.source, sheet=grid.sheet)
        self.intake.report(
            attrs.evolve(each, path=self.path, location=each.location or place) for each in findings
        )

    def read(self) -> Reading:
        """Hand each row to the intake."""
        layout = lay_out(self.grid, self.mapping.headers)
        columns: Mapping[int, ColumnMapping] = {}
        header = None
        if isinstance(layout, Layout):
            header, columns = layout.header, layout.columns
            self.intake.report(layout.findings)
            self.intake.take_all(self._entries(header, columns))
        else:
            self.intake.report([layout])
            self.intake.reject(self.cls.plural)
        locator = TableLocator(self.grid, tuple(self.rows), columns, header)
        return self.intake.reading(None, locator=locator)

    def _entries(self, header: int, columns: Mapping[int, ColumnMapping]) -> Iterator[Entry]:
        numbers = [row for row in self.grid.rows if row > header]
        self._report_rows(numbers, header)
        cells = CellReader(self.mapping.names, self.mapping.dialect.decimal, self.grid.epoch)
        left_out = RowKinds(self.grid, self.mapping.headers, header, columns).left_out(numbers)
        data = [number for number in numbers if number not in left_out]
        missing, merged = self._missing(header, columns), self._merged(data, columns)
        sheet = Sheet(self.grid, self.mapping, cells, columns, missing, merged)
        for number in numbers:
            if number in left_out:
                finding = left_out[number]
                self._note(*([] if finding is None else [finding]), row=number)
            elif not columns.keys().isdisjoint(self.grid.rows[number]):
                self.rows.append(number)
                yield self._entry(Row(sheet, number))

    def _report_rows(self, numbers: Sequence[int], header: int) -> None:
        """Report the rows that are left out as blank, and those that nobody may have seen."""
        blank = {*range(header + 1, max(numbers, default=header))}.difference(numbers)
        hidden = self.grid.hidden_rows.intersection(numbers)
        for message, rows in ((messages.BLANK_ROWS, blank), (messages.HIDDEN_ROWS, hidden)):
            if rows:
                self._note(message.finding(rows=listed(rows)), row=min(rows))

    def _missing(
        self, header: int, columns: Mapping[int, ColumnMapping]
    ) -> tuple[TargetField, ...]:
        """Report once, and not for each row, the required fields that no column has."""
        missing = self.mapping.missing([each.target.path for each in columns.values()])
        for target in missing:
            wording = self.mapping.headers.header(target.name, "fi")
            self._note(messages.NO_COLUMN.finding(field=target.name, header=wording), row=header)
        return tuple(missing)

    def _note(self, *findings: Finding, row: int) -> None:
        location = self.grid.location(row)
        self.intake.report(
            attrs.evolve(each, path=self.path, location=location) for each in findings
        )

    def _merged(self, numbers: Sequence[int], columns: Mapping[int, ColumnMapping]) -> Merged:
        """Return the cells that a merged cell above them fills, and report it."""
        filled: dict[Place, Merge] = {}
        for merge in self.grid.merges:
            (top, column), (bottom, last) = merge.first, merge.last
            is_wide = any(column < each <= last for each in columns)
            if is_wide and top in numbers and column in columns:
                self._note(messages.MERGED_ACROSS.finding(cells=str(merge)), row=top)
            at = bisect.bisect_left(numbers, top)
            below = numbers[at + 1 : bisect.bisect_right(numbers, bottom)]
            if below and column in columns and column in self.grid.rows.get(top, {}):
                self._note(messages.MERGED_CELLS.finding(cells=str(merge)), row=top)
                filled |= {(row, column): merge for row in below}
        return filled

    def _entry(self, row: Row) -> Entry:
        index = len(self.rows) - 1
        plain = row.read()
        keys = {name: plain.get(name) for name in self.cls.key_fields}
        subject = self.cls.subject(
            {name: each for name, each in keys.items() if isinstance(each, str | int)}
        )
        self.intake.report(each.of(subject).under(self.cls.plural, index) for each in row.findings)
        return Entry(self.cls, self.cls.plural, index, plain)
