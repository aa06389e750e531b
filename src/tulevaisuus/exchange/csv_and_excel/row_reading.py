"""Reads the rows of a table: the cells of a row become plain data, and the row an `Entry`.

Plain data is dicts, lists and values such as strings, before they are checked. The reader of
documents in ``formats`` then makes entities, such as grants, of the entries, and collects the
findings: reported problems and notes. `ALREADY_REPORTED` stands for a value with a finding, so that
it is not reported twice.
"""

import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, cast

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.cell_values import CellReader
from tulevaisuus.exchange.csv_and_excel.fast_rows import FastRowReader
from tulevaisuus.exchange.csv_and_excel.finding_locations import TableLocator
from tulevaisuus.exchange.csv_and_excel.grid import (
    CellProblem,
    Grid,
    MergedRange,
    Position,
    cell_name,
)
from tulevaisuus.exchange.csv_and_excel.header_findings import Layout
from tulevaisuus.exchange.csv_and_excel.header_meanings import (
    ColumnField,
    ColumnMapping,
    FieldPath,
    split_period,
)
from tulevaisuus.exchange.csv_and_excel.skipped_rows import RowSkipper, has_more_cells, last_column
from tulevaisuus.exchange.csv_and_excel.table_mapping import ROW_NUMBER, TableMapping
from tulevaisuus.exchange.csv_and_excel.words_in_cells import means_unknown
from tulevaisuus.findings import found_values, messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.severity import Severity
from tulevaisuus.formats.decoding import ALREADY_REPORTED
from tulevaisuus.formats.intake import Entry
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import Ref, WholeNumber
from tulevaisuus.model.money_and_percent_types import Money, Percent

__all__ = [
    "InheritedCells",
    "PlainRows",
    "ReportFindings",
    "RowReader",
    "SheetToRead",
    "TableEntries",
]


_PERCENT_SIGN = CellProblem(table_messages.TEXT_IN_NUMBER_FORMAT, "%")
"""The text of ``0 "%"``: a percentage of 80 is shown as *80 %*. ``0%`` shows 0.8 so."""

InheritedCells: TypeAlias = Mapping[Position, MergedRange]
"""Empty cells within a merged range: each takes its value from the first cell of its range."""


@attrs.frozen
class SheetToRead:
    """A sheet, and how its rows are read.

    ``missing`` are the required fields without a column; they have been reported already.
    """

    grid: Grid
    table_mapping: TableMapping
    cells: CellReader
    columns: Mapping[int, ColumnMapping]
    missing: tuple[ColumnField, ...]
    inherited_cells: InheritedCells


class RowReader:
    """Reads one row as plain data, and collects the findings about it."""

    def __init__(self, sheet: SheetToRead, row: int) -> None:
        """Set the sheet and the number of the row."""
        self.sheet = sheet
        self.row = row
        self.findings: list[Finding] = []
        self.values: dict[FieldPath, object] = {}  # by the path of the field
        # The column that each value comes from; constants have none.
        self.column_of_value: dict[FieldPath, int] = {}
        self.has_made_id: bool = False
        self.unknown: list[FieldPath] = []  # the fields that a cell says are unknown

    def read(self) -> dict[str, object]:
        """Return the plain data of the row."""
        for column, mapping in self.sheet.columns.items():
            value = self._cell_value(column)
            if means_unknown(value):
                self.unknown.append(mapping.field.path)
            elif value is not None:
                self._read_cell(column, mapping, value)
        self._add_constants()
        for field in self.sheet.missing:
            self.values.setdefault(field.path, ALREADY_REPORTED)
        if self.sheet.table_mapping.ids is not None and ("id",) not in self.values:
            self._make_id()
        plain: dict[str, object] = {}
        for path, value in self.values.items():
            _set_at_path(plain, path, value)
        return plain

    def _add_constants(self) -> None:
        """Add the constants, but none for a field of which a cell says that it is unknown."""
        for path, value in self.sheet.table_mapping.constants.items():
            for field_path, plain in split_period(path, value):
                if not self._is_unknown(field_path):
                    self.values.setdefault(field_path, plain)

    def _cell_value(self, column: int) -> object:
        """Return the value of a cell, also if it is inherited; ``None`` if the cell is empty."""
        return self.sheet.grid.rows.get(self._row_of_value(column), {}).get(column)

    def _row_of_value(self, column: int) -> int:
        """Return the row that has the value: that of the merged cell above, or this one."""
        merge = self.sheet.inherited_cells.get((self.row, column))
        return self.row if merge is None else merge.top

    def _quoted(self, column: int) -> str:
        """Return the text of a cell as messages show it."""
        return found_values.quote(self.sheet.grid.text(self._row_of_value(column), column))

    def _is_unknown(self, path: FieldPath) -> bool:
        """Return whether a cell says "unknown" for a field, or for the object that has it."""
        return any(path[: len(unknown)] == unknown for unknown in self.unknown)

    def _read_cell(self, column: int, mapping: ColumnMapping, value: object) -> None:
        """Read a cell, and report it if it is invalid or contradicts another column.

        One column may have the key of an entity, and another one its name. The column whose header
        says that it has keys is read first: then a name that is not found is not reported.
        """
        path = mapping.field.path
        try:
            self._require_not_shared(column, mapping)
            self._require_euros(column, mapping)
            plain = self.sheet.cells.read(value, mapping)
        except InvalidValueError as error:
            has_names = not mapping.key_in_cells
            is_key_known = has_names and path in self.values
            if not is_key_known:
                self.values[path] = ALREADY_REPORTED
                self._report(column, path, error.findings)
            return
        for field_path, found in split_period(path, plain):
            known = self.values.setdefault(field_path, found)
            known_column = self.column_of_value.setdefault(field_path, column)
            if known != found and known is not ALREADY_REPORTED:
                other = cell_name(self._row_of_value(known_column), known_column)
                finding = table_messages.COLUMNS_DISAGREE.finding(
                    found=self._quoted(column), other=other
                )
                self.values[field_path] = ALREADY_REPORTED
                self._report(column, field_path, [finding])

    def _require_not_shared(self, column: int, mapping: ColumnMapping) -> None:
        """Reject a key or an amount in a merged cell: it cannot belong to several rows.

        A key that refers to another entity is allowed: several rows may be about the same one.
        """
        merge = self.sheet.inherited_cells.get((self.row, column))
        field = mapping.field
        is_key = field.name in self.sheet.table_mapping.cls.key_fields and not isinstance(
            field.type, Ref
        )
        if merge and (is_key or isinstance(field.type, Money | WholeNumber)):
            message = table_messages.MERGED_KEY_OR_AMOUNT
            raise InvalidValueError([message.finding(cells=str(merge), field=field.name)])

    def _require_euros(self, column: int, mapping: ColumnMapping) -> None:
        """Reject an amount that is shown in another unit; if that is unclear, report a warning."""
        unit_problem = self.sheet.grid.units.get((self.row, column))
        if unit_problem is None or not isinstance(mapping.field.type, Money):
            return
        if isinstance(mapping.field.type, Percent) and unit_problem == _PERCENT_SIGN:
            return
        unit = found_values.quote(unit_problem.text)
        finding = unit_problem.message.finding(found=self._quoted(column), unit=unit)
        if finding.severity is Severity.ERROR:
            raise InvalidValueError([finding])
        self._report(column, mapping.field.path, [finding])

    def _report(self, column: int, path: FieldPath, findings: Iterable[Finding]) -> None:
        """Collect findings about a field, with the cell as their location."""
        location = self.sheet.grid.location(self.row, column)
        self.findings += [
            attrs.evolve(finding.under(*path), location=location) for finding in findings
        ]

    def _make_id(self) -> None:
        """Make the id from its template, or report the field of the template without a value."""
        parts: list[str] = []
        for text, field in self.sheet.table_mapping.id_parts:
            value = "" if field is None else self._part_value(field)
            # Decoding reports missing fields that are required.
            if value is None and field is not None and not field.required:
                missing = messages.MISSING_FIELD.finding(field=field.name)
                self.findings.append(missing.under(*field.path))
            if value is None or value is ALREADY_REPORTED:
                self.values[("id",)] = ALREADY_REPORTED
                return
            parts.append(f"{text}{value}")
        self.values[("id",)] = "".join(parts)
        self.has_made_id = True

    def _part_value(self, field: ColumnField) -> object:
        """Return the value for a field in the template of ids; ``None`` if it is unknown."""
        return self.row if field is ROW_NUMBER else self.values.get(field.path)


def _set_at_path(plain: dict[str, object], path: FieldPath, value: object) -> None:
    """Set a value at a path, unless a whole object on the way is `ALREADY_REPORTED`."""
    for name in path[:-1]:
        inner = plain.setdefault(name, {})
        if not isinstance(inner, dict):
            return
        plain = cast("dict[str, object]", inner)
    plain[path[-1]] = value


ReportFindings: TypeAlias = Callable[[Iterable[Finding]], object]
"""A function that receives findings."""

PlainRows: TypeAlias = "dict[int, dict[str, object]]"
"""What `FastRowReader` could read, by row number: dicts that are not validated yet."""


class TableEntries:
    """Makes entries of rows: of a whole sheet at once, or in batches.

    Attributes:
        row_numbers: The rows of the present batch that became entries.
        first_rows: The first row of each key in the present batch.
        first_index: The index, among the entities of the class, of the first entry of the batch.
        has_second_table: Whether the headers of another table were met; no entries follow them.
    """

    def __init__(
        self, table_mapping: TableMapping, layout: Layout, grid: Grid, report: ReportFindings
    ) -> None:
        """Set how rows are read, and report the required fields that have no column.

        Args:
            table_mapping: How rows become entities.
            layout: The field of each column, and the row of the headers.
            grid: The sheet, with the row of the headers.
            report: Receives the findings.
        """
        self.table_mapping = table_mapping
        self.cls: type[Entity] = table_mapping.cls
        self.path: str = f"/{table_mapping.cls.plural}"
        self.header_row: int = layout.header_row
        self.columns: Mapping[int, ColumnMapping] = layout.columns  # by number
        self.report = report
        self.row_numbers: list[int] = []
        self.first_rows: dict[str, int] = {}
        self.first_index: int = 0
        self.has_second_table: bool = False
        self.cells: CellReader = CellReader(
            table_mapping.codes, table_mapping.dialect.decimal, grid.epoch
        )
        self.fast_reader: FastRowReader = FastRowReader(table_mapping, self.cells, layout.columns)
        self.missing: tuple[ColumnField, ...] = self._report_missing_columns(grid)

    def _report_missing_columns(self, grid: Grid) -> tuple[ColumnField, ...]:
        """Report the required fields without a column here, once, and not again for each row."""
        paths = [mapping.field.path for mapping in self.columns.values()]
        missing = self.table_mapping.missing(paths)
        for field in missing:
            wording = self.table_mapping.vocabulary.header(field.name, "fi")
            finding = table_messages.NO_COLUMN_FOR_REQUIRED_FIELD.finding(
                field=field.name, header=wording
            )
            self.report_row(grid, finding, row=self.header_row)
        return tuple(missing)

    def report_row(self, grid: Grid, *findings: Finding, row: int) -> None:
        """Report findings about a row that is not an entity."""
        location = grid.location(row)
        self.report(
            attrs.evolve(finding, path=self.path, location=location) for finding in findings
        )

    def locator(self, grid: Grid) -> TableLocator:
        """Return the locator for the entries of the present batch."""
        return TableLocator(grid, self.row_numbers, self.columns, self.header_row, self.first_index)

    def read_fast(self, grid: Grid, row_numbers: Iterable[int]) -> PlainRows:
        """Return the plain data of the rows that `FastRowReader` can read."""
        if grid.merges or grid.units:
            return {}
        last = last_column(grid, self.header_row, self.columns)
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
        skipper = RowSkipper(grid, self.table_mapping.vocabulary, self.header_row, self.columns)
        skipped = skipper.find_skipped(row_numbers, plain_rows, is_last_batch=is_last_batch)
        self.has_second_table = skipper.has_second_table
        data_rows = [number for number in row_numbers if number not in skipped]
        inherited_cells = self._inherited_cells(grid, data_rows)
        sheet = SheetToRead(
            grid, self.table_mapping, self.cells, self.columns, self.missing, inherited_cells
        )
        for number in row_numbers:
            if number in plain_rows and number not in skipped:
                self.row_numbers.append(number)
                yield self._make_entry(plain_rows[number])
            elif number in skipped:
                finding = skipped[number]
                findings = () if finding is None else (finding,)
                self.report_row(grid, *findings, row=number)
            elif any(column in self.columns for column in grid.rows[number]):
                self.row_numbers.append(number)
                yield self._read_row(RowReader(sheet, number))

    def _make_entry(self, plain: Mapping[str, object]) -> Entry:
        """Make the entry of the row whose number was added last."""
        index = self.first_index + len(self.row_numbers) - 1
        self.first_rows.setdefault(str(plain.get(self.cls.key_fields[-1])), self.row_numbers[-1])
        return Entry(self.cls, self.cls.plural, index, plain)

    def _read_row(self, row: RowReader) -> Entry:
        """Read a row cell by cell, and report its findings as those of the entity."""
        plain = row.read()
        has_error = any(finding.severity is Severity.ERROR for finding in row.findings)
        is_repeated = has_error and row.has_made_id and str(plain["id"]) in self.first_rows
        entry = self._make_entry(
            {**plain, "id": ALREADY_REPORTED} if is_repeated else plain  # one error is enough
        )
        keys = {name: plain.get(name) for name in self.cls.key_fields}
        subject = self.cls.subject(
            {name: key for name, key in keys.items() if isinstance(key, str | int)}
        )
        # The entry replaces the path within the row by the path within the file.
        self.report(
            entry.with_path_in_source(finding.with_subject(subject)) for finding in row.findings
        )
        return entry

    def start_next_batch(self) -> None:
        """Forget the rows of the present batch; the indexes of entries go on."""
        self.first_index += len(self.row_numbers)
        self.first_rows = {}
        self.row_numbers = []  # a new list: locators of earlier batches keep theirs

    def _inherited_cells(self, grid: Grid, row_numbers: Sequence[int]) -> InheritedCells:
        """Return the empty cells below the first cell of each merged range; report the ranges.

        ``row_numbers`` are the rows that are entities, in ascending order.
        """
        inherited: dict[Position, MergedRange] = {}
        for merge in grid.merges:
            top, left, bottom, right = merge
            if left not in self.columns or top <= self.header_row:
                continue  # a merged header is not the value of the cells below it
            first = bisect.bisect_left(row_numbers, top)
            after_top = bisect.bisect_right(row_numbers, top)
            below = row_numbers[after_top : bisect.bisect_right(row_numbers, bottom)]
            # A heading or a sum at the top is no entity, but the rows below have its value, too.
            is_entity = first < after_top
            if is_entity and not self.columns.keys().isdisjoint(range(left + 1, right + 1)):
                across = table_messages.MERGED_ACROSS_COLUMNS.finding(cells=str(merge))
                self.report_row(grid, across, row=top)
            if below and left in grid.rows.get(top, {}):
                merged = table_messages.MERGED_ACROSS_ROWS.finding(cells=str(merge))
                self.report_row(grid, merged, row=top)
                inherited |= {(row, left): merge for row in below}
        return inherited
