"""`ClassGuess`: finds the class of a table by its headers, if the caller has not named it.

A header is known if it names a field of the class. A position is a row and a column.
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
from tulevaisuus.model.labels import RegisterName
from tulevaisuus.model.portfolio import REGISTERS

__all__ = ["ClassGuess", "KnownCells"]

_CLEAR_RATIO = 2
"""A class is chosen if it knows at least this many times as many headers as any other."""

_MIN_HEADERS = 2
"""One known header is not enough to choose a class."""

_USUAL = (RegisterName("grants"), RegisterName("projects"))
"""What a message names if no header is known."""

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
        self.headers: list[HeaderMap] = []  # one for each possible class
        for cls in REGISTERS.values():
            try:
                headers = HeaderMap(cls, options.headers)
                for name in options.constants:
                    headers.mapping_to(name)
            except UnknownCodeError:
                continue
            self.headers.append(headers)
        if not self.headers:
            named = ", ".join(fields)
            raise UnknownCodeError(f"no class has all of the fields {named}", named)

    def count_known_headers(self, grid: Grid) -> int:
        """Return how many headers of a sheet are known, for the class with the most known ones."""
        return max(count_known_headers(grid, headers) for headers in self.headers)

    def choose(self, grid: Grid) -> tuple[HeaderMap | None, Finding]:
        """Return the headers of the class, or ``None`` if it is not clear, and a finding."""
        below = [find_header_column(grid, headers) or {} for headers in self.headers]
        most = max(below, key=len)
        if most:
            return None, transposed_finding(grid, most, "")
        known = {headers: _known_cells(grid, headers) for headers in self.headers}
        ranked = sorted(known, key=lambda each: len(known[each]), reverse=True)
        best = ranked[0]
        names = tuple(RegisterName(each.cls.plural) for each in ranked if known[each])[:4]
        if len(known[best]) < _MIN_HEADERS or not _is_clear(known, best, ranked[1:]):
            unclear = table_messages.CLASS_UNCLEAR.finding(known=names or _USUAL)
            return None, attrs.evolve(unclear, location=grid.location(next(iter(grid.rows), 1)))
        kind, count = RegisterName(best.cls.plural), len(known[best])
        chosen = table_messages.CLASS_GUESSED.finding(kind=kind, count=count)
        return best, attrs.evolve(chosen, location=grid.location(min(known[best])[0]))


def _known_cells(grid: Grid, headers: HeaderMap) -> frozenset[Position]:
    header = find_header(grid, headers)
    if header is None:
        return frozenset()
    cells = header.cells.items()
    return frozenset((cell.row, column) for column, cell in cells if headers.find(cell.text))


def _is_clear(known: KnownCells, best: HeaderMap, others: Iterable[HeaderMap]) -> bool:
    """Return whether no other class may be meant.

    Another class is ruled out if the best one knows all its headers and more, or twice as many.
    """
    best_cells = known[best]
    return all(  # `<` between sets: a part of them, and not all
        known[other] < best_cells or len(known[other]) * _CLEAR_RATIO <= len(best_cells)
        for other in others
    )
