"""`ClassGuess`: finds the class of a table by its headers, if the caller has not named it.

A header is known if the vocabulary of the class, a `HeaderMap`, has a field for it. A position is
a row and a column. A finding is a reported problem or note.
"""

from collections.abc import Iterable
from typing import TypeAlias

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.grid import Grid, Position
from tulevaisuus.exchange.csv_and_excel.header_findings import (
    find_header_column,
    transposed_finding,
)
from tulevaisuus.exchange.csv_and_excel.header_meanings import HeaderMap
from tulevaisuus.exchange.csv_and_excel.header_rows import count_known_headers, find_header
from tulevaisuus.exchange.formats_registry import ReadOptions
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.model.labels import RegisterName
from tulevaisuus.model.portfolio import REGISTERS

__all__ = ["ClassGuess", "KnownCells"]

_CLEAR_RATIO = 2
"""A class is chosen if it knows at least this many times as many headers as any other."""

_MIN_HEADERS = 2
"""One known header is not enough to choose a class."""

_USUAL_CLASSES = (RegisterName("grants"), RegisterName("projects"))
"""The classes that a message suggests if no header is known."""

_MAX_SUGGESTIONS = 4
"""How many classes a message suggests."""

KnownCells: TypeAlias = dict[HeaderMap, frozenset[Position]]
"""The cells with known headers, for each class."""


class ClassGuess:
    """Chooses among the classes that have all fields which the caller names."""

    def __init__(self, options: ReadOptions) -> None:
        """Find the possible classes.

        Raises:
            UnknownCodeError: No class has all the fields.
        """
        fields = [*options.headers.values(), *options.constants]
        self.vocabularies: list[HeaderMap] = []  # one for each possible class
        for cls in REGISTERS.values():
            try:
                vocabulary = HeaderMap(cls, options.headers)
                for name in options.constants:
                    vocabulary.mapping_to(name)
            except UnknownCodeError:
                continue
            self.vocabularies.append(vocabulary)
        if not self.vocabularies:
            raise _no_class_error(fields)

    def count_known_headers(self, grid: Grid) -> int:
        """Return how many headers of a sheet are known, for the class with the most known ones."""
        return max(count_known_headers(grid, vocabulary) for vocabulary in self.vocabularies)

    def choose(self, grid: Grid) -> tuple[HeaderMap | None, Finding]:
        """Return the vocabulary of the class, or ``None`` if it is not clear, and a finding."""
        header_columns = [
            find_header_column(grid, vocabulary) or {} for vocabulary in self.vocabularies
        ]
        longest = max(header_columns, key=len)
        if longest:
            return None, transposed_finding(grid, longest, "")
        known = {vocabulary: _known_cells(grid, vocabulary) for vocabulary in self.vocabularies}
        best, *others = sorted(known, key=lambda vocabulary: len(known[vocabulary]), reverse=True)
        if len(known[best]) < _MIN_HEADERS or not _is_clear(known, best, others):
            return None, _unclear_finding(grid, [each for each in (best, *others) if known[each]])
        guessed = table_messages.CLASS_GUESSED.finding(
            kind=RegisterName(best.cls.plural), count=len(known[best])
        )
        first_row, _ = min(known[best])
        return best, attrs.evolve(guessed, location=grid.location(first_row))


def _unclear_finding(grid: Grid, possible: Iterable[HeaderMap]) -> Finding:
    """Return the finding that the class is not clear; it suggests the first possible ones."""
    names = [RegisterName(vocabulary.cls.plural) for vocabulary in possible]
    suggested = tuple(names[:_MAX_SUGGESTIONS]) or _USUAL_CLASSES
    unclear = table_messages.CLASS_UNCLEAR.finding(known=suggested)
    return attrs.evolve(unclear, location=grid.location(next(iter(grid.rows), 1)))


def _no_class_error(fields: Iterable[str]) -> UnknownCodeError:
    """Return the error about a field that no class has, or that no class has all of the fields."""
    known = {name: None for cls in REGISTERS.values() for name in HeaderMap(cls).fields}
    for field in fields:
        name = field.partition(":")[0]
        suggestions = suggest(name, known)
        if name not in known and suggestions:
            near = " or ".join(map(repr, suggestions))
            message = f"no class has a column {name!r}; did you mean {near}?"
            return UnknownCodeError(message, name, suggestions)
    named = ", ".join(fields)
    return UnknownCodeError(f"no class has all of the fields {named}", named)


def _known_cells(grid: Grid, vocabulary: HeaderMap) -> frozenset[Position]:
    """Return the cells of the headers that a class knows."""
    header = find_header(grid, vocabulary)
    if header is None:
        return frozenset()
    cells = header.cells.items()
    return frozenset((cell.row, column) for column, cell in cells if vocabulary.find(cell.text))


def _is_clear(known: KnownCells, best: HeaderMap, others: Iterable[HeaderMap]) -> bool:
    """Return whether no other class may be meant.

    Another class is ruled out if the best one knows all its headers and more, or twice as many.
    """
    best_cells = known[best]
    return all(  # `<` between sets: a part of them, and not all
        known[other] < best_cells or len(known[other]) * _CLEAR_RATIO <= len(best_cells)
        for other in others
    )
