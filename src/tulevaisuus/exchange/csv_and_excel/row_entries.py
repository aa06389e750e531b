"""`TableEntries`: makes an `Entry`, which is still to be validated, of each row of a sheet.

The `Intake` of ``formats`` makes entities of the entries, and collects the findings.
"""

import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.cell_values import CellReader
from tulevaisuus.exchange.csv_and_excel.fast_rows import FastRowReader
from tulevaisuus.exchange.csv_and_excel.grid import Grid, Merge, Position
from tulevaisuus.exchange.csv_and_excel.header_meanings import ColumnField, ColumnMapping, Path
from tulevaisuus.exchange.csv_and_excel.layout import Layout
from tulevaisuus.exchange.csv_and_excel.row_values import FilledCells, RowReader, SheetToRead
from tulevaisuus.exchange.csv_and_excel.skipped_rows import RowSkipper, has_more_cells, last_column
from tulevaisuus.exchange.csv_and_excel.table_mapping import TableMapping
from tulevaisuus.findings import json_pointers
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.unchecked import Located
from tulevaisuus.formats.intake import Entry
from tulevaisuus.model.entity import Entity

__all__ = ["PlainRows", "ReportFindings", "TableEntries", "TableLocator"]

ReportFindings: TypeAlias = Callable[[Iterable[Finding]], object]
"""A function that receives findings."""

PlainRows: TypeAlias = "dict[int, dict[str, object]]"
"""What `FastRowReader` could read, by row number: dicts that are not validated yet."""


@attrs.frozen
class TableLocator:
    """Finds the sheet, row and cell that a finding is about.

    Attributes:
        grid: The sheet.
        row_numbers: The row of each entity.
        columns: The field of each column.
        header: The row of the headers.
        first_index: The index, among the entities of the class, of the one in the first row.
    """

    grid: Grid
    row_numbers: Sequence[int]
    columns: Mapping[int, ColumnMapping]
    header: int | None = None
    first_index: int = 0

    def locate(self, findings: Iterable[Located]) -> list[Located]:
        """Return the findings with sheet, row and cell; an existing location is kept."""
        return [
            finding
            if finding.location
            else attrs.evolve(finding, location=self._location(json_pointers.split(finding.path)))
            for finding in findings
        ]

    def _location(self, path: Iterable[str]) -> Location:
        """Return the location of a path such as ``grants/0/amount_eur``."""
        _, *inner_path = path
        if not inner_path:  # the finding is about the whole table
            return Location(source=self.grid.source, sheet=self.grid.sheet)
        index, *field = inner_path
        place = int(index) - self.first_index
        if not 0 <= place < len(self.row_numbers):  # an entity of another batch
            return Location(source=self.grid.source, sheet=self.grid.sheet)
        row = self.row_numbers[place]
        return self.grid.location(row, self._column_of_field(tuple(filter(None, field))))

    def _column_of_field(self, field: Path) -> int | None:
        """Return the column that fits the path of a field best.

        A column for ``usable`` fits the path ``usable.start``, and the other way round. The longest
        common path wins. If several are equally long, a required field wins: if something is
        missing, it is that one.
        """
        best_column, best_rank = None, (0, False)
        for column, mapping in self.columns.items():
            path = mapping.field.path
            common_length = min(len(path), len(field))
            rank = common_length, mapping.field.required
            if path[:common_length] == field[:common_length] and common_length and rank > best_rank:
                best_column, best_rank = column, rank
        return best_column


class TableEntries:
    """Makes entries of rows: of a whole sheet at once, or in batches.

    Attributes:
        row_numbers: The rows of the present batch that became entries.
        first_index: The index, among the entities of the class, of the first entry of the batch.
        has_second_table: Whether the headers of another table were met; no entries follow them.
    """

    def __init__(
        self, mapping: TableMapping, layout: Layout, grid: Grid, report: ReportFindings
    ) -> None:
        """Report the required fields that have no column.

        Args:
            mapping: How rows become entities.
            layout: The field of each column, and the row of the headers.
            grid: The sheet, with the row of the headers.
            report: Receives the findings.
        """
        self.mapping = mapping
        self.cls: type[Entity] = mapping.cls
        self.path: str = f"/{mapping.cls.plural}"
        self.header: int = layout.header
        self.columns: Mapping[int, ColumnMapping] = layout.columns
        self.report = report
        self.row_numbers: list[int] = []
        self.first_index: int = 0
        self.has_second_table: bool = False
        self.cells: CellReader = CellReader(mapping.codes, mapping.dialect.decimal, grid.epoch)
        self.fast_reader: FastRowReader = FastRowReader(mapping, self.cells, layout.columns)
        self.missing: tuple[ColumnField, ...] = self._report_missing_columns(grid)

    def _report_missing_columns(self, grid: Grid) -> tuple[ColumnField, ...]:
        """Report the required fields without a column here, once, and not again for each row."""
        missing = self.mapping.missing([each.field.path for each in self.columns.values()])
        for field in missing:
            wording = self.mapping.headers.header(field.name, "fi")
            finding = table_messages.NO_COLUMN.finding(field=field.name, header=wording)
            self.report_row(grid, finding, row=self.header)
        return tuple(missing)

    def report_row(self, grid: Grid, *findings: Finding, row: int) -> None:
        """Report findings about a row that is not an entity."""
        location = grid.location(row)
        self.report(attrs.evolve(each, path=self.path, location=location) for each in findings)

    def locator(self, grid: Grid) -> TableLocator:
        """Return the locator for the entries of the present batch."""
        return TableLocator(grid, self.row_numbers, self.columns, self.header, self.first_index)

    def read_fast(self, grid: Grid, row_numbers: Iterable[int]) -> PlainRows:
        """Return the plain data of the rows that `FastRowReader` can read."""
        if grid.merges or grid.units:
            return {}
        last = last_column(grid, self.header, self.columns)
        fast_results = (
            (number, self.fast_reader.read(number, grid.rows[number]))
            for number in row_numbers
            if not has_more_cells(grid, number, last)
        )
        return {number: plain for number, plain in fast_results if plain is not None}

    def iter_entries(
        self,
        grid: Grid,
        row_numbers: Sequence[int],
        plain_rows: PlainRows,
        *,
        is_last_batch: bool = True,
    ) -> Iterator[Entry]:
        """Yield an entry for each row that is an entity; report sums, footnotes and the like.

        Rows without a cell in a known column are ignored.

        Args:
            grid: The sheet, or the part of it with the headers and these rows.
            row_numbers: The rows, in ascending order.
            plain_rows: The result of `read_fast`.
            is_last_batch: Whether these are the last rows of the sheet.
        """
        skipper = RowSkipper(grid, self.mapping.headers, self.header, self.columns)
        skipped = skipper.find_skipped(row_numbers, plain_rows, is_last_batch=is_last_batch)
        self.has_second_table = skipper.has_second_table
        data_rows = [number for number in row_numbers if number not in skipped]
        filled_cells = self._filled_cells(grid, data_rows)
        sheet = SheetToRead(
            grid, self.mapping, self.cells, self.columns, self.missing, filled_cells
        )
        for number in row_numbers:
            if number in plain_rows and number not in skipped:
                self.row_numbers.append(number)
                yield self._make_entry(plain_rows[number])
            elif number in skipped:
                finding = skipped[number]
                findings = () if finding is None else (finding,)
                self.report_row(grid, *findings, row=number)
            elif not self.columns.keys().isdisjoint(grid.rows[number]):
                self.row_numbers.append(number)
                yield self._read_row(RowReader(sheet, number))

    def _make_entry(self, plain: Mapping[str, object]) -> Entry:
        index = self.first_index + len(self.row_numbers) - 1
        return Entry(self.cls, self.cls.plural, index, plain)

    def _read_row(self, row: RowReader) -> Entry:
        plain = row.read()
        entry = self._make_entry(plain)
        keys = {name: plain.get(name) for name in self.cls.key_fields}
        subject = self.cls.subject(
            {name: each for name, each in keys.items() if isinstance(each, str | int)}
        )
        self.report(entry.with_source_path(each.with_subject(subject)) for each in row.findings)
        return entry

    def start_next_batch(self) -> None:
        """Forget the rows of the present batch; the indexes of entries go on."""
        self.first_index += len(self.row_numbers)
        self.row_numbers = []  # a new list: locators of earlier batches keep theirs

    def _filled_cells(self, grid: Grid, row_numbers: Sequence[int]) -> FilledCells:
        """Return the cells that take their value from a merged cell above, and report them."""
        filled: dict[Position, Merge] = {}
        for merge in grid.merges:
            (top, left), (bottom, right) = merge.first, merge.last
            if left not in self.columns or top <= self.header:
                continue  # a header that is merged with cells below it is not their value
            first_below = bisect.bisect_right(row_numbers, top)
            below = row_numbers[first_below : bisect.bisect_right(row_numbers, bottom)]
            # The row at the top may be a heading or a sum: its cell fills the rows below as well.
            is_top_read = bisect.bisect_left(row_numbers, top) < first_below
            if is_top_read and any(left < column <= right for column in self.columns):
                across = table_messages.MERGED_ACROSS.finding(cells=str(merge))
                self.report_row(grid, across, row=top)
            if below and left in grid.rows.get(top, {}):
                merged = table_messages.MERGED_CELLS.finding(cells=str(merge))
                self.report_row(grid, merged, row=top)
                filled |= {(row, left): merge for row in below}
        return filled
