"""`Location`: where a finding is, in the terms of the source that was read."""

import attrs

__all__ = ["Location"]


@attrs.frozen(kw_only=True)
class Location:
    """Where a finding is in the file or table it came from; fields that do not apply are ``None``.

    Everything counts from 1, as editors and spreadsheet programs do. ``source`` is the path or
    name of the file, ``line`` and ``column`` are of a text (a column counts characters), ``sheet``,
    ``row`` and ``cell`` (``B17``) of a table; ``snippet`` is the line, or the cell, as it was
    written; of a long line it is the part around the place. ``caret`` is where the value begins in
    ``snippet``, counted from 0, as Python indexes text.

    >>> str(Location(source="portfolio.json", line=12, column=5))
    'portfolio.json:12:5'
    >>> str(Location(source="grants.xlsx", sheet="Grants", row=17, cell="B17"))
    'grants.xlsx:Grants!B17'
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
        """Write it as compilers do: source, then line and column, or sheet and cell."""
        cell = self.cell if self.cell or self.row is None else f"{self.row}:{self.row}"
        table = "!".join(part for part in (self.sheet, cell) if part)
        parts = (self.source, self.line, self.column, table or None)
        return ":".join(str(part) for part in parts if part is not None)
