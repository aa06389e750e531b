"""`RowReader`: reads one row of a table as plain data, in the form of a document."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias, cast

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.cell_values import CellReader
from tulevaisuus.exchange.csv_and_excel.grid import Grid, Merge, Position, cell_name
from tulevaisuus.exchange.csv_and_excel.header_meanings import (
    ColumnField,
    ColumnMapping,
    Path,
    means_unknown,
    split_period,
)
from tulevaisuus.exchange.csv_and_excel.table_mapping import ROW_NUMBER, TableMapping
from tulevaisuus.findings import found_values, messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.severity import Severity
from tulevaisuus.formats.decoding import ALREADY_REPORTED
from tulevaisuus.model.field_types import Ref, WholeNumber
from tulevaisuus.model.money_and_percent_types import Money

__all__ = ["FilledCells", "RowReader", "SheetToRead"]

FilledCells: TypeAlias = Mapping[Position, Merge]
"""The cells that take their value from a merged cell above, with that cell."""


@attrs.frozen
class SheetToRead:
    """A sheet, and how its rows are read.

    ``missing`` are the required fields without a column; they have been reported already.
    """

    grid: Grid
    mapping: TableMapping
    cells: CellReader
    columns: Mapping[int, ColumnMapping]
    missing: tuple[ColumnField, ...]
    filled_cells: FilledCells


class RowReader:
    """Reads one row as plain data, and collects the findings about it."""

    def __init__(self, sheet: SheetToRead, row: int) -> None:
        """Set the sheet and the number of the row."""
        self.sheet = sheet
        self.row = row
        self.findings: list[Finding] = []
        self.values: dict[Path, object] = {}
        self.column_of_value: dict[Path, int] = {}
        self.unknown: list[Path] = []

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
        if self.sheet.mapping.ids is not None and ("id",) not in self.values:
            self._make_id()
        plain: dict[str, object] = {}
        for path, value in self.values.items():
            _set_at_path(plain, path, value)
        return plain

    def _add_constants(self) -> None:
        """Add the constants, but none for a field of which a cell says that it is unknown."""
        for path, value in self.sheet.mapping.constants.items():
            for part, each in split_period(path, value):
                if not self._is_unknown(part):
                    self.values.setdefault(part, each)

    def _cell_value(self, column: int) -> object:
        return self.sheet.grid.rows.get(self._row_of_value(column), {}).get(column)

    def _row_of_value(self, column: int) -> int:
        """Return the row that has the value: that of the merged cell above, or this one."""
        merge = self.sheet.filled_cells.get((self.row, column))
        return self.row if merge is None else merge.first[0]

    def _quoted(self, column: int) -> str:
        return found_values.quote(self.sheet.grid.text(self._row_of_value(column), column))

    def _is_unknown(self, path: Path) -> bool:
        """Return whether a cell has a word for "unknown" for this field, or for all of it."""
        return any(path[: len(unknown)] == unknown for unknown in self.unknown)

    def _read_cell(self, column: int, mapping: ColumnMapping, value: object) -> None:
        """Read a cell. An unknown name is not an error if another column has the code."""
        path = mapping.field.path
        try:
            self._require_not_shared(column, mapping)
            self._require_euros(column, mapping)
            plain = self.sheet.cells.read(value, mapping)
        except InvalidValueError as error:
            if path not in self.values or mapping.identified_by:
                self.values[path] = ALREADY_REPORTED
                self._report(column, path, error.findings)
            return
        for part, each in split_period(path, plain):
            known = self.values.setdefault(part, each)
            known_column = self.column_of_value.setdefault(part, column)
            if known != each and known is not ALREADY_REPORTED:
                other = cell_name(self._row_of_value(known_column), known_column)
                finding = table_messages.COLUMNS_DISAGREE.finding(
                    found=self._quoted(column), other=other
                )
                self.values[part] = ALREADY_REPORTED
                self._report(column, part, [finding])

    def _require_not_shared(self, column: int, mapping: ColumnMapping) -> None:
        """Reject a key or an amount in a merged cell: it cannot belong to several rows."""
        merge = self.sheet.filled_cells.get((self.row, column))
        field = mapping.field
        is_key = field.name in self.sheet.mapping.cls.key_fields and not isinstance(field.type, Ref)
        if merge and (is_key or isinstance(field.type, Money | WholeNumber)):
            message = table_messages.MERGED_VALUE
            raise InvalidValueError([message.finding(cells=str(merge), field=field.name)])

    def _require_euros(self, column: int, mapping: ColumnMapping) -> None:
        """Reject an amount that is shown in another unit; for thousands, report a warning."""
        unit = self.sheet.grid.units.get((self.row, column))
        if unit is None or not isinstance(mapping.field.type, Money):
            return
        finding = unit.message.finding(found=self._quoted(column), unit=unit.text)
        if finding.severity is Severity.ERROR:
            raise InvalidValueError([finding])
        self._report(column, mapping.field.path, [finding])

    def _report(self, column: int, path: Path, findings: Iterable[Finding]) -> None:
        location = self.sheet.grid.location(self.row, column)
        self.findings += [attrs.evolve(each.under(*path), location=location) for each in findings]

    def _make_id(self) -> None:
        """Make the id from its template, or report the part that is unknown."""
        parts: list[str] = []
        for text, field in self.sheet.mapping.id_parts:
            value = "" if field is None else self._part_value(field)
            # Decoding reports missing fields that are required.
            if value is None and field is not None and not field.required:
                missing = messages.MISSING_FIELD.finding(field=field.name)
                self.findings.append(missing.under(*field.path))
            if value is None or value is ALREADY_REPORTED:
                self.values["id",] = ALREADY_REPORTED
                return
            parts.append(f"{text}{value}")
        self.values["id",] = "".join(parts)

    def _part_value(self, field: ColumnField) -> object:
        return self.row if field is ROW_NUMBER else self.values.get(field.path)


def _set_at_path(plain: dict[str, object], path: Path, value: object) -> None:
    """Set a value at a path, unless a whole object on the way is `ALREADY_REPORTED`."""
    for name in path[:-1]:
        inner = plain.setdefault(name, {})
        if not isinstance(inner, dict):
            return
        plain = cast("dict[str, object]", inner)
    plain[path[-1]] = value
