"""`TableEntries`: the rows below the headers of a sheet as entries of the intake."""

import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.cells import CellReader
from tulevaisuus.exchange.csv_and_excel.columns import ColumnMapping, Path, TargetField
from tulevaisuus.exchange.csv_and_excel.grid import Grid, Merge, Place
from tulevaisuus.exchange.csv_and_excel.layout import Layout
from tulevaisuus.exchange.csv_and_excel.mapping import TableMapping
from tulevaisuus.exchange.csv_and_excel.quick_rows import QuickRows
from tulevaisuus.exchange.csv_and_excel.row_values import Merged, Row, Sheet
from tulevaisuus.exchange.csv_and_excel.skipped_rows import RowKinds, has_more_cells, last_column
from tulevaisuus.findings import pointers
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.formats.intake import Entry
from tulevaisuus.model.entity import Entity

__all__ = ["Certain", "Report", "TableEntries", "TableLocator"]

Report: TypeAlias = Callable[[Iterable[Finding]], object]
"""What is called with findings."""

Certain: TypeAlias = "dict[int, dict[str, object]]"
"""The plain data of the rows that are entities beyond doubt."""


@attrs.frozen
class TableLocator:
    """Knows the row of each entity, the columns of its fields, and the row of their headers.

    ``first`` is the index of the entity in the first of ``rows``.
    """

    grid: Grid
    rows: Sequence[int]
    columns: Mapping[int, ColumnMapping]
    header: int | None = None
    first: int = 0

    def locate(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings with sheet, row and cell; one that has a place keeps it."""
        return [
            finding
            if finding.location
            else attrs.evolve(finding, location=self._at(pointers.split(finding.path)))
            for finding in findings
        ]

    def _at(self, path: Iterable[str]) -> Location:
        _, *place = path
        if not place:  # the register as a whole
            return Location(source=self.grid.source, sheet=self.grid.sheet)
        index, *field = place
        row = self.rows[int(index) - self.first]
        return self.grid.location(row, self._column(tuple(filter(None, field))))

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


class TableEntries:
    """Makes entries of rows, all of a sheet at once or some at a time.

    ``rows`` are the numbers of those that became entries, ``first`` is the index of the first.
    """

    def __init__(self, mapping: TableMapping, layout: Layout, grid: Grid, report: Report) -> None:
        """Take the layout of a sheet, and report the required fields that no column has.

        Args:
            mapping: How rows become entities.
            layout: What columns mean, and the row of their headers.
            grid: The sheet, with the row of the headers.
            report: What is called with findings.
        """
        self.mapping = mapping
        self.cls: type[Entity] = mapping.cls
        self.path: str = f"/{mapping.cls.plural}"
        self.header: int = layout.header
        self.columns: Mapping[int, ColumnMapping] = layout.columns
        self.report = report
        self.rows: list[int] = []
        self.first: int = 0
        self.is_over: bool = False
        self.cells: CellReader = CellReader(mapping.names, mapping.dialect.decimal, grid.epoch)
        self.quick: QuickRows = QuickRows(mapping, self.cells, layout.columns)
        self.missing: tuple[TargetField, ...] = self._missing(grid)

    def _missing(self, grid: Grid) -> tuple[TargetField, ...]:
        """Report once, and not for each row, the required fields that no column has."""
        missing = self.mapping.missing([each.target.path for each in self.columns.values()])
        for target in missing:
            wording = self.mapping.headers.header(target.name, "fi")
            finding = table_messages.NO_COLUMN.finding(field=target.name, header=wording)
            self.note(grid, finding, row=self.header)
        return tuple(missing)

    def note(self, grid: Grid, *findings: Finding, row: int) -> None:
        """Report what concerns a row that is no entity."""
        location = grid.location(row)
        self.report(attrs.evolve(each, path=self.path, location=location) for each in findings)

    def locator(self, grid: Grid) -> TableLocator:
        """Return what knows where the entries of the present rows are."""
        return TableLocator(grid, self.rows, self.columns, self.header, self.first)

    def certain(self, grid: Grid, numbers: Iterable[int]) -> Certain:
        """Return the plain data of the rows that are entities beyond doubt."""
        if grid.merges or grid.units:
            return {}
        last = last_column(grid, self.header, self.columns)
        made = (
            (number, self.quick.read(number, grid.rows[number]))
            for number in numbers
            if not has_more_cells(grid, number, last)
        )
        return {number: plain for number, plain in made if plain is not None}

    def of(
        self, grid: Grid, numbers: Sequence[int], certain: Certain, *, is_end: bool = True
    ) -> Iterator[Entry]:
        """Yield the entries of rows, and report the others.

        Args:
            grid: The sheet, or the part of it with these rows and that of the headers.
            numbers: The numbers of the rows, in their order.
            certain: Those of them that are entities beyond doubt.
            is_end: Whether they are the last of the sheet.
        """
        kinds = RowKinds(grid, self.mapping.headers, self.header, self.columns)
        left_out = kinds.left_out(numbers, certain, is_end=is_end)
        self.is_over = kinds.has_second_table
        data = [number for number in numbers if number not in left_out]
        merged = self._merged(grid, data)
        sheet = Sheet(grid, self.mapping, self.cells, self.columns, self.missing, merged)
        for number in numbers:
            if number in certain and number not in left_out:
                self.rows.append(number)
                yield self._entry(certain[number])
            elif number in left_out:
                finding = left_out[number]
                self.note(grid, *([] if finding is None else [finding]), row=number)
            elif not self.columns.keys().isdisjoint(grid.rows[number]):
                self.rows.append(number)
                yield self._read(Row(sheet, number))

    def _entry(self, plain: Mapping[str, object]) -> Entry:
        return Entry(self.cls, self.cls.plural, self.first + len(self.rows) - 1, plain)

    def _read(self, row: Row) -> Entry:
        plain = row.read()
        entry = self._entry(plain)
        keys = {name: plain.get(name) for name in self.cls.key_fields}
        subject = self.cls.subject(
            {name: each for name, each in keys.items() if isinstance(each, str | int)}
        )
        self.report(entry.placed(each.with_subject(subject)) for each in row.findings)
        return entry

    def next_rows(self) -> None:
        """Forget the present rows, whose entries were taken; those that follow are counted on."""
        self.first += len(self.rows)
        self.rows.clear()

    def _merged(self, grid: Grid, numbers: Sequence[int]) -> Merged:
        """Return the cells that a merged cell above them fills, and report it."""
        filled: dict[Place, Merge] = {}
        for merge in grid.merges:
            (top, column), (bottom, last) = merge.first, merge.last
            is_wide = any(column < each <= last for each in self.columns)
            if is_wide and top in numbers and column in self.columns:
                self.note(grid, table_messages.MERGED_ACROSS.finding(cells=str(merge)), row=top)
            at = bisect.bisect_left(numbers, top)
            below = numbers[at + 1 : bisect.bisect_right(numbers, bottom)]
            if below and column in self.columns and column in grid.rows.get(top, {}):
                self.note(grid, table_messages.MERGED_CELLS.finding(cells=str(merge)), row=top)
                filled |= {(row, column): merge for row in below}
        return filled
