"""`with_earlier_rows`: says in which row a repeated id of a table is, and whether it was made.

Readers of all formats report repeated keys. In a table, the earlier row has a number, and the id of
a row may come from a template of the caller.
"""

from collections.abc import Iterable, Iterator, Mapping

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.grid import Grid
from tulevaisuus.exchange.csv_and_excel.header_meanings import ColumnMapping
from tulevaisuus.findings import messages
from tulevaisuus.findings.finding import Finding

__all__ = ["with_earlier_rows"]


def with_earlier_rows(
    findings: Iterable[Finding],
    grid: Grid,
    columns: Mapping[int, ColumnMapping],
    first_rows: Mapping[str, int],
    template: str | None,
) -> Iterator[Finding]:
    """Yield the findings; those about repeated ids name the earlier row.

    Args:
        findings: The findings about a table, with their locations.
        grid: The sheet.
        columns: The field of each column.
        first_rows: The first row of each key.
        template: The template of the caller for missing ids.
    """
    id_column = next((key for key, mapping in columns.items() if mapping.field.path == ("id",)), 0)
    for finding in findings:
        first = _first_row(finding, first_rows)
        if first is None:
            yield finding
            continue
        row = finding.location.row if finding.location and finding.path.endswith("/id") else None
        params = (*finding.params, ("row", first))
        message = table_messages.KEY_OF_EARLIER_ROW
        if template is not None and row is not None and not grid.text(row, id_column):
            message = table_messages.MADE_KEY_OF_EARLIER_ROW
            params = (*params, ("template", f"{template}-{{row}}"))
        yield attrs.evolve(finding, template=message.text, params=params)


def _first_row(finding: Finding, first_rows: Mapping[str, int]) -> int | None:
    """Return the first row with the key that a finding is about; ``None`` for other findings."""
    if finding.template != messages.DUPLICATE_ID.text:
        return None
    return first_rows.get(str(dict(finding.params)["key"]))
