"""`RowSkipper`: finds the rows that are not entities: sums, headings, footnotes, other tables.

An entity is one record, such as a grant. A finding is a reported problem or note. A header is known
if a vocabulary, a `HeaderMap`, has a field for it.
"""

import functools
import itertools
import re
from collections.abc import Container, Iterable, Mapping, Sequence

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.grid import Grid, Position, column_name, format_row_numbers
from tulevaisuus.exchange.csv_and_excel.header_meanings import ColumnMapping, HeaderMap, normalise
from tulevaisuus.exchange.csv_and_excel.words_in_cells import words_meaning
from tulevaisuus.findings import found_values
from tulevaisuus.findings.finding import Finding
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.organisation import Organisation
from tulevaisuus.model.project import Project
from tulevaisuus.model.service_centre import ServiceCentre

__all__ = ["MANY_HEADERS", "RowSkipper", "has_more_cells", "last_column"]

_FOOTNOTE_START = re.compile(
    r"[*†¹²³]|[0-9]\)|(?:huom|obs|note|anm|lähde|lähteet|källa|källor|source|sources|päivitetty"
    r"|uppdaterad|updated)\b",
    re.IGNORECASE,
)
"""Marks and words with which footnotes begin."""

_BETWEEN_WORDS = re.compile(r"[\s,;:()]+")

_MAX_SPACES_IN_SUM = 1
"""A text with more spaces is a sentence, such as a footnote, even if it has the word for a sum."""

MANY_HEADERS = 3
"""A row with at least this many known headers may be the header of another table."""


def last_column(grid: Grid, header_row: int, columns: Iterable[int]) -> int | None:
    """Return the last column that has a header, if commas separate the columns.

    A row with more cells may have a number with a decimal comma, which has become two cells.
    """
    if not grid.comma_separated:
        return None
    return max([*grid.rows[header_row], *columns])


def has_more_cells(grid: Grid, row: int, last: int | None) -> bool:
    """Return whether a row has cells beyond the last column."""
    return last is not None and max(grid.rows[row]) > last


@functools.cache
def _usual_vocabularies() -> tuple[HeaderMap, ...]:
    """Return the known headers of the classes that are usually kept in tables."""
    usual: tuple[type[Entity], ...] = (Grant, Project, Organisation, ServiceCentre)
    return tuple(map(HeaderMap, usual))


class RowSkipper:
    """Finds the rows of a sheet to skip, each with the finding that says why."""

    def __init__(
        self,
        grid: Grid,
        vocabulary: HeaderMap,
        header_row: int,
        columns: Mapping[int, ColumnMapping],
    ) -> None:
        """Set the sheet and its headers.

        Args:
            grid: The sheet.
            vocabulary: The known headers, with the fields that they mean.
            header_row: The row of the headers; if there are two, the last one.
            columns: The field of each column.
        """
        self.grid = grid
        self.vocabulary = vocabulary
        self.columns = columns
        self.last_column: int | None = last_column(grid, header_row, columns)
        # The headers of the columns, to recognise a row that repeats them.
        self.header_texts: list[str] = [
            normalise(grid.text(header_row, column)) for column in columns
        ]
        # The first cells of ranges that are merged across columns.
        self.merged_across_columns: set[Position] = {
            (merge.top, merge.left) for merge in grid.merges if merge.left < merge.right
        }
        self.has_second_table: bool = False

    def find_skipped(
        self,
        row_numbers: Sequence[int],
        entity_rows: Container[int] = (),
        *,
        is_last_batch: bool = True,
    ) -> dict[int, Finding | None]:
        """Return the rows to skip, each with a finding; the rows of another table share one.

        Args:
            row_numbers: The rows, in ascending order.
            entity_rows: The rows that are clearly entities; they are not looked at.
            is_last_batch: Whether these are the last rows of the sheet: only those may be
                footnotes.
        """
        skipped: dict[int, Finding | None] = {}
        for index, row in enumerate(row_numbers):
            if row in entity_rows:
                continue
            finding = self._skip_finding(row)
            if finding is None and self._is_header_of_other_table(row):
                below = row_numbers[index:]
                shown = format_row_numbers(below) if is_last_batch else (f"{row}–",)
                other = table_messages.SECOND_TABLE.finding(rows=shown)
                self.has_second_table = True
                return {**skipped, **dict.fromkeys(below), row: other}
            if finding is not None:
                skipped[row] = finding
        return (
            {**skipped, **self._find_footnotes(row_numbers, skipped)} if is_last_batch else skipped
        )

    def _skip_finding(self, row: int) -> Finding | None:
        """Return why a row is not an entity, or ``None`` if it may be one."""
        sum_text = _find_sum_text(self.grid, row, self.columns)
        is_sentence = self._is_single_text(row) and self._text(row).count(" ") > _MAX_SPACES_IN_SUM
        if sum_text is not None and not is_sentence:
            return table_messages.SUM_ROW.finding(found=found_values.quote(sum_text))
        if [normalise(self.grid.text(row, column)) for column in self.columns] == self.header_texts:
            return table_messages.REPEATED_HEADER.finding()
        cells = self.grid.rows[row]
        if len(cells) == 1 and (row, *cells) in self.merged_across_columns:
            return table_messages.HEADING_ROW.finding(found=self._quoted(row))
        if self.last_column and has_more_cells(self.grid, row, self.last_column):
            return table_messages.CELLS_BEYOND_LAST_HEADER.finding(
                column=column_name(self.last_column)
            )
        return None

    def _is_header_of_other_table(self, row: int) -> bool:
        """Return whether a row has many known headers, and few other texts."""
        texts = [text for _, text in self.grid.texts(row)]
        if len(texts) < MANY_HEADERS:  # looking up each text in all vocabularies takes time
            return False
        field_counts = (
            len({vocabulary.find(text) for text in texts} - {None})
            for vocabulary in (self.vocabulary, *_usual_vocabularies())
        )
        return any(count >= MANY_HEADERS and count * 2 > len(texts) for count in field_counts)

    def _find_footnotes(
        self, row_numbers: Sequence[int], skipped: Mapping[int, Finding | None]
    ) -> dict[int, Finding | None]:
        """Return the rows at the end that have a single text and look like footnotes."""
        rows_at_end = itertools.takewhile(
            lambda row: row in skipped or self._is_single_text(row), reversed(row_numbers)
        )
        footnotes: dict[int, Finding | None] = {}
        for row in sorted(set(rows_at_end).difference(skipped)):
            is_marked = _FOOTNOTE_START.match(self._text(row)) is not None
            above = row - 1
            is_separate = above not in self.grid.rows or above in skipped or above in footnotes
            if is_marked or (is_separate and self._lacks_required(row)):
                message = table_messages.FOOTNOTE if is_marked else table_messages.TEXT_BELOW_TABLE
                footnotes[row] = message.finding(found=self._quoted(row))
        return footnotes

    def _is_single_text(self, row: int) -> bool:
        """Return whether a row has only one cell, with a text."""
        cells = self.grid.rows[row]
        is_text = isinstance(next(iter(cells.values())), str)
        return len(cells) == 1 and is_text and len(self.columns) > 1

    def _lacks_required(self, row: int) -> bool:
        """Return whether a row lacks a required field, so that it cannot be an entity."""
        required = {column for column, mapping in self.columns.items() if mapping.field.required}
        return bool(required.difference(self.grid.rows[row]))

    def _quoted(self, row: int) -> str:
        """Return the first text of a row as messages show it."""
        return found_values.quote(self._text(row))

    def _text(self, row: int) -> str:
        """Return the first text of a row."""
        return self.grid.text(row, next(iter(self.grid.rows[row])))


def _find_sum_text(grid: Grid, row: int, columns: Mapping[int, ColumnMapping]) -> str | None:
    """Return the text that shows that a row is a sum: *Yhteensä 2021*, *Avustukset yhteensä*.

    A row in which all the other required fields are filled is an entity and not a sum, even if
    its name has the word *Yhteensä*.
    """
    texts = dict(grid.texts(row))
    for column, text in texts.items():
        words = _BETWEEN_WORDS.split(normalise(text))
        if not words_meaning("sum").keys().isdisjoint(words):
            other_required = {
                mapping.field
                for other, mapping in columns.items()
                if other != column and mapping.field.required
            }
            filled = {columns[other].field for other in texts if other in columns}
            is_entity = bool(other_required) and other_required <= filled
            return None if is_entity else text
    return None
