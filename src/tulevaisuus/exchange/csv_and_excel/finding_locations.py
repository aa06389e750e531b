"""`TableLocator`: finds the sheet, row and cell that a finding about a table is about."""

from collections.abc import Iterable, Mapping, Sequence

import attrs

from tulevaisuus.exchange.csv_and_excel.grid import Grid
from tulevaisuus.exchange.csv_and_excel.header_meanings import ColumnMapping, FieldPath
from tulevaisuus.findings import json_pointers
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.unchecked import Located

__all__ = ["TableLocator"]


@attrs.frozen
class TableLocator:
    """Finds the sheet, row and cell that a finding is about.

    Attributes:
        grid: The sheet.
        row_numbers: The row of each entity.
        columns: The field of each column.
        header_row: The row of the headers.
        first_index: The index, among the entities of the class, of the one in the first row.
    """

    grid: Grid
    row_numbers: Sequence[int]
    columns: Mapping[int, ColumnMapping]
    header_row: int | None = None
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
        index_in_batch = int(index) - self.first_index
        if not 0 <= index_in_batch < len(self.row_numbers):  # an entity of another batch
            return Location(source=self.grid.source, sheet=self.grid.sheet)
        row = self.row_numbers[index_in_batch]
        return self.grid.location(row, self._column_of_field(tuple(filter(None, field))))

    def _column_of_field(self, field: FieldPath) -> int | None:
        """Return the column that fits the path of a field best.

        A column for ``usable`` fits the path ``usable.start``, and the other way round. The longest
        common path wins. If several are equally long, a required field wins, as a value that is
        missing belongs there.
        """
        best_column, best_rank = None, (0, False)
        for column, mapping in self.columns.items():
            path = mapping.field.path
            common_length = min(len(path), len(field))
            rank = common_length, mapping.field.required
            if path[:common_length] == field[:common_length] and common_length and rank > best_rank:
                best_column, best_rank = column, rank
        return best_column
