"""`Location`: where a finding is in the file or table that was read."""

import attrs

from tulevaisuus.findings.pydantic_and_notebooks import PydanticFields

__all__ = ["Location"]


@attrs.frozen(kw_only=True)
class Location(PydanticFields):
    """Where a finding is in the file or table that was read; fields that do not apply are ``None``.

    Numbers start at 1, as in editors and spreadsheet programs. ``source`` is the path or name of
    the file. A text file has ``line`` and ``column`` (in characters). A table has ``sheet``,
    ``row`` and ``cell`` (``B17``). ``snippet`` is the line or cell as it was written; a long line
    is shortened to the part around the value. ``caret`` is the index in ``snippet`` where the
    value begins, counted from 0.

    >>> str(Location(source="portfolio.json", line=12, column=5))
    'portfolio.json:12:5'
    >>> str(Location(source="grants.xlsx", sheet="Grants", row=17, cell="B17"))
    'grants.xlsx:Grants!B17'
    >>> str(Location(source="grants.xlsx", sheet="Grants", row=17))
    'grants.xlsx:Grants!17'
    >>> str(Location(source="grants.csv", row=17))
    'grants.csv:17'
    """

    source: str | None = None
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    row: int | None = None
    cell: str | None = None
    snippet: str | None = attrs.field(default=None, repr=False)
    caret: int | None = None

    def __str__(self) -> str:
        """Return source, line and column as compilers write them, or source, sheet and cell.

        A row is one number, as the row ``5:5`` of formulas looks like a line and a column.
        """
        cell = self.cell or self.row
        table = "!".join(str(part) for part in (self.sheet, cell) if part)
        parts = (self.source, self.line, self.column, table or None)
        return ":".join(str(part) for part in parts if part is not None)
