"""`Row`: plain data, as documents have it, of one row of a table."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias, cast

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.cells import CellReader
from tulevaisuus.exchange.csv_and_excel.columns import (
    ColumnMapping,
    Path,
    TargetField,
    leaves,
    says_unknown,
)
from tulevaisuus.exchange.csv_and_excel.grid import Grid, Merge, Place, cell_name
from tulevaisuus.exchange.csv_and_excel.mapping import ROW, TableMapping
from tulevaisuus.findings import expectations, messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.severity import Severity
from tulevaisuus.formats.already_reported import ALREADY_REPORTED
from tulevaisuus.model.field_types import Ref, WholeNumber
from tulevaisuus.model.money_type import Money

__all__ = ["Merged", "Row", "Sheet"]

Merged: TypeAlias = Mapping[Place, Merge]
"""The cells that a merged cell above them fills."""


@attrs.frozen
class Sheet:
    """What all rows of a sheet share: its cells, what its columns mean, and who reads them.

    ``missing`` are the required fields that no column has, which was reported already.
    """

    grid: Grid
    table: TableMapping
    cells: CellReader
    columns: Mapping[int, ColumnMapping]
    missing: tuple[TargetField, ...]
    merged: Merged


class Row:
    """Makes plain data of one row."""

    def __init__(self, sheet: Sheet, row: int) -> None:
        """Take the sheet and the number of the row."""
        self.sheet = sheet
        self.row = row
        self.findings: list[Finding] = []
        self.values: dict[Path, object] = {}
        self.origins: dict[Path, int] = {}

    def read(self) -> dict[str, object]:
        """Return the row as a document would have it."""
        for column, mapping in self.sheet.columns.items():
            value = self._value(column)
            if value is not None and not says_unknown(value):
                self._take(column, mapping, value)
        for path, value in self.sheet.table.constants.items():
            for part, each in leaves(path, value):
                self.values.setdefault(part, each)
        for target in self.sheet.missing:
            self.values.setdefault(target.path, ALREADY_REPORTED)
        if self.sheet.table.ids is not None and ("id",) not in self.values:
            self._make_id()
        plain: dict[str, object] = {}
        for path, value in self.values.items():
            _put(plain, path, value)
        return plain

    def _value(self, column: int) -> object:
        merge = self.sheet.merged.get((self.row, column))
        row = self.row if merge is None else merge.first[0]
        return self.sheet.grid.rows.get(row, {}).get(column)

    def _take(self, column: int, mapping: ColumnMapping, value: object) -> None:
        """Read a cell; a name that is unknown does not matter where a code is known."""
        path = mapping.target.path
        try:
            self._require_single(column, mapping)
            self._require_euros(column, mapping)
            plain = self.sheet.cells.read(value, mapping)
        except InvalidValueError as error:
            if path not in self.values or mapping.notation:
                self.values[path] = ALREADY_REPORTED
                self._report(column, path, error.findings)
            return
        for part, each in leaves(path, plain):
            known = self.values.setdefault(part, each)
            other = self.origins.setdefault(part, column)
            if known != each and known is not ALREADY_REPORTED:
                found = expectations.quote(self.sheet.grid.text(self.row, column))
                place = cell_name(self.row, other)
                finding = table_messages.COLUMNS_DISAGREE.finding(found=found, other=place)
                self.values[part] = ALREADY_REPORTED
                self._report(column, part, [finding])

    def _require_single(self, column: int, mapping: ColumnMapping) -> None:
        """Reject a key or an amount in a merged cell: it cannot belong to several rows."""
        merge = self.sheet.merged.get((self.row, column))
        target = mapping.target
        is_key = target.name in self.sheet.table.cls.key_fields and not isinstance(target.type, Ref)
        if merge and (is_key or isinstance(target.type, Money | WholeNumber)):
            message = table_messages.MERGED_VALUE
            raise InvalidValueError([message.finding(cells=str(merge), field=target.name)])

    def _require_euros(self, column: int, mapping: ColumnMapping) -> None:
        """Reject an amount that is shown in another unit; one in thousands is worth a warning."""
        unit = self.sheet.grid.units.get((self.row, column))
        if unit is None or not isinstance(mapping.target.type, Money):
            return
        found = expectations.quote(self.sheet.grid.text(self.row, column))
        finding = unit.message.finding(found=found, unit=unit.text)
        if finding.severity is Severity.ERROR:
            raise InvalidValueError([finding])
        self._report(column, mapping.target.path, [finding])

    def _report(self, column: int, path: Path, findings: Iterable[Finding]) -> None:
        location = self.sheet.grid.location(self.row, column)
        self.findings += [attrs.evolve(each.under(*path), location=location) for each in findings]

    def _make_id(self) -> None:
        """Make the id by the scheme, if all that it is made of is known."""
        made = ""
        for text, target in self.sheet.table.parts:
            value = "" if target is None else self._part(target)
            if value is None and target is not None and not target.required:
                missing = messages.MISSING_FIELD.finding(field=target.name)
                self.findings.append(missing.under(*target.path))
            if value is None or value is ALREADY_REPORTED:  # of what is required, the reader tells
                self.values["id",] = ALREADY_REPORTED
                return
            made += f"{text}{value}"
        self.values["id",] = made

    def _part(self, target: TargetField) -> object:
        return self.row if target is ROW else self.values.get(target.path)


def _put(plain: dict[str, object], path: Path, value: object) -> None:
    """Put a value where its path says; beside what was reported nothing else matters."""
    for name in path[:-1]:
        inner = plain.setdefault(name, {})
        if not isinstance(inner, dict):
            return
        plain = cast("dict[str, object]", inner)
    plain[path[-1]] = value
