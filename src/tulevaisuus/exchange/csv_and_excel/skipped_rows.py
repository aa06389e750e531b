"""Finds the rows below the headers that are no entities: sums, headings, footnotes, tables."""

import functools
import itertools
import re
from collections.abc import Container, Iterable, Mapping, Sequence

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.columns import ColumnMapping, HeaderMap, folded
from tulevaisuus.exchange.csv_and_excel.grid import Grid, Place, column_name
from tulevaisuus.exchange.csv_and_excel.layout import listed, sum_word
from tulevaisuus.findings import expectations
from tulevaisuus.findings.finding import Finding

__all__ = ["MANY_HEADERS", "RowKinds", "has_more_cells", "last_column"]

_MARKED = re.compile(
    r"[*†¹²³]|[0-9]\)|(?:huom|obs|note|anm|lähde|lähteet|källa|källor|source|sources|päivitetty"
    r"|uppdaterad|updated)\b",
    re.IGNORECASE,
)
"""The beginning of a footnote."""

MANY_HEADERS = 3
"""A row with at least this many known headers begins another table."""


def last_column(grid: Grid, header: int, columns: Iterable[int]) -> int | None:
    """Return the last column that has a header, if a comma separates columns.

    A row with more cells may have a number whose comma has made two cells of it.
    """
    if not grid.comma_separated:
        return None
    return max([*grid.rows[header], *columns])


def has_more_cells(grid: Grid, row: int, last: int | None) -> bool:
    """Return whether a row has cells beyond the last column."""
    return last is not None and max(grid.rows[row]) > last


class RowKinds:
    """Finds the rows of a sheet that are left out, each with the finding that says why."""

    def __init__(
        self, grid: Grid, headers: HeaderMap, header: int, columns: Mapping[int, ColumnMapping]
    ) -> None:
        """Take the sheet and its headers.

        Args:
            grid: The sheet.
            headers: The known headers, with the fields that they stand for.
            header: The row of the headers, the last one of two.
            columns: The columns with the fields that they contain.
        """
        self.grid = grid
        self.headers = headers
        self.columns = columns
        self.last_column: int | None = last_column(grid, header, columns)
        self.titles: list[str] = [folded(grid.text(header, column)) for column in columns]
        self.merged: set[Place] = {
            merge.first for merge in grid.merges if merge.last[1] > merge.first[1]
        }  # across columns
        self.has_second_table: bool = False

    def left_out(
        self, numbers: Sequence[int], certain: Container[int] = (), *, is_end: bool = True
    ) -> dict[int, Finding | None]:
        """Return the rows that are no entities with a finding; those of another table share one.

        Args:
            numbers: The rows.
            certain: Those of them that are certainly entities.
            is_end: Whether they are the last rows of the sheet; only these can be footnotes.
        """
        rows: dict[int, Finding | None] = {}
        for at, row in enumerate(numbers):
            finding = None if row in certain else self._finding_on(row)
            if row not in certain and finding is None and self._is_header(row):
                below = numbers[at:]
                shown = listed(below) if is_end else (f"{row}–",)
                other = table_messages.SECOND_TABLE.finding(rows=shown)
                self.has_second_table = True
                return {**rows, **dict.fromkeys(below), row: other}
            if finding is not None:
                rows[row] = finding
        return {**rows, **self._below(numbers, rows)} if is_end else rows

    def _finding_on(self, row: int) -> Finding | None:
        """Return why a row is no entity, or ``None`` if it may be one."""
        found = sum_word(self.grid, row, self.columns)
        is_sentence = self._is_lone(row) and self._text(row).count(" ") > 1
        if found is not None and not is_sentence:
            return table_messages.SUM_ROW.finding(found=expectations.quote(found))
        if [folded(self.grid.text(row, column)) for column in self.columns] == self.titles:
            return table_messages.REPEATED_HEADER.finding()
        cells = self.grid.rows[row]
        if len(cells) == 1 and (row, *cells) in self.merged:
            return table_messages.HEADING_ROW.finding(found=self._quoted(row))
        if self.last_column and has_more_cells(self.grid, row, self.last_column):
            return table_messages.MORE_CELLS.finding(column=column_name(self.last_column))
        return None

    def _is_header(self, row: int) -> bool:
        """Return whether a row has headers of another table: many, and nothing else."""
        texts = [text for _, text in self.grid.texts(row)]
        known = {self.headers.find(text) for text in texts} - {None}
        return len(known) >= MANY_HEADERS and len(known) * 2 > len(texts)

    def _below(
        self, numbers: Sequence[int], rows: Mapping[int, Finding | None]
    ) -> dict[int, Finding | None]:
        """Return the rows at the end of a sheet that have one text and look like footnotes."""
        is_tail = functools.partial(self._is_tail, rows)
        tail = [*itertools.takewhile(is_tail, reversed(numbers))]
        found: dict[int, Finding | None] = {}
        for row in sorted(set(tail).difference(rows)):
            is_marked = _MARKED.match(self._text(row)) is not None
            is_apart = row - 1 not in self.grid.rows or row - 1 in {**rows, **found}
            if is_marked or (is_apart and self._lacks_more(row)):
                message = table_messages.FOOTNOTE if is_marked else table_messages.TEXT_BELOW
                found[row] = message.finding(found=self._quoted(row))
        return found

    def _is_tail(self, rows: Mapping[int, Finding | None], row: int) -> bool:
        return row in rows or self._is_lone(row)

    def _is_lone(self, row: int) -> bool:
        """Return whether a row has one text and otherwise empty cells."""
        cells = self.grid.rows[row]
        is_text = isinstance(next(iter(cells.values())), str)
        return len(cells) == 1 and is_text and len(self.columns) > 1

    def _lacks_more(self, row: int) -> bool:
        """Return whether a row lacks a required field, so that it cannot be an entity."""
        needed = {column for column, each in self.columns.items() if each.target.required}
        return bool(needed.difference(self.grid.rows[row]))

    def _quoted(self, row: int) -> str:
        return expectations.quote(self._text(row))

    def _text(self, row: int) -> str:
        """Return the first text of a row."""
        return self.grid.text(row, next(iter(self.grid.rows[row])))
