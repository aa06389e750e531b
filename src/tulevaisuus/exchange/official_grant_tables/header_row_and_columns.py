"""The columns of official tables of grants, from ``data/official_tables.toml`` with its sources."""

import functools
from collections.abc import Mapping
from typing import NamedTuple, cast

from tulevaisuus._text_files import read_text
from tulevaisuus.exchange.csv_and_excel.grid import Grid
from tulevaisuus.exchange.csv_and_excel.header_meanings import normalise
from tulevaisuus.exchange.csv_and_excel.header_rows import FIRST_ROWS

__all__ = ["OfficialTable", "header_row", "meanings_in", "official_table"]


class OfficialTable(NamedTuple):
    """An official table: the name of its sheet, and its columns with their meanings, in order."""

    sheet: str
    columns: Mapping[str, str]


@functools.cache
def official_table(name: str) -> OfficialTable:
    """Return the columns of an official table: ``va`` (the national grant sheet) or another.

    >>> len(official_table("va").columns)
    34
    """
    import tomllib  # only tables need it

    text = read_text("tulevaisuus.exchange", "data", "official_tables.toml")
    table = cast("Mapping[str, Mapping[str, object]]", tomllib.loads(text))[name]
    return OfficialTable(str(table["sheet"]), cast("Mapping[str, str]", table["columns"]))


def meanings_in(grid: Grid, row: int, columns: Mapping[str, str]) -> Mapping[int, str]:
    """Return the meanings of the columns with known headers, by column number."""
    known = {normalise(header): meaning for header, meaning in columns.items()}
    texts = ((column, normalise(text)) for column, text in grid.texts(row))
    return {column: known[text] for column, text in texts if text in known}


def header_row(grid: Grid, columns: Mapping[str, str]) -> int | None:
    """Return the first row with the most known headers, or ``None`` if no row has two of them."""
    counts = {row: len(meanings_in(grid, row, columns)) for row in [*grid.rows][:FIRST_ROWS]}
    best = max(counts, key=lambda row: counts[row], default=None)
    return best if best is not None and counts[best] > 1 else None
