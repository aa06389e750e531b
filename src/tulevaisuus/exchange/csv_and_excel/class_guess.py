"""Finds the class of the rows of a table from its headers, if the caller has not given it."""

from collections.abc import Iterable
from typing import TypeAlias

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.columns import HeaderMap
from tulevaisuus.exchange.csv_and_excel.grid import Grid, Place
from tulevaisuus.exchange.csv_and_excel.header_rows import find_header, known_headers
from tulevaisuus.exchange.formats_registry import ReadOptions
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.model.portfolio import REGISTERS

__all__ = ["Classes", "Known"]

_TIMES = 2
"""Headers of a class decide if no other class knows half as many."""

_LEAST = 2
"""One header alone decides nothing."""

Known: TypeAlias = dict[HeaderMap, frozenset[Place]]


class Classes:
    """The classes that a table may be of."""

    def __init__(self, options: ReadOptions) -> None:
        """Take those that have all fields which the caller names.

        Raises:
            UnknownCodeError: No class has them all.
        """
        fields = [*options.headers.values(), *options.constants]
        self.headers: list[HeaderMap] = []
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

    def score(self, grid: Grid) -> int:
        """Tell how many headers of a sheet are known to the class that knows most."""
        return max(known_headers(grid, headers) for headers in self.headers)

    def choose(self, grid: Grid) -> tuple[HeaderMap | None, Finding]:
        """Return the headers of the class that the rows are of, if that is clear, and why."""
        known = {headers: _known(grid, headers) for headers in self.headers}
        ranked = sorted(known, key=lambda each: -len(known[each]))
        best = ranked[0]
        names = tuple(each.cls.plural for each in ranked if known[each])[:4]
        if len(known[best]) < _LEAST or not _is_clear(known, best, ranked[1:]):
            ambiguous = table_messages.CLASS_UNCLEAR.finding(known=names or ("grants", "projects"))
            return None, attrs.evolve(ambiguous, location=grid.location(next(iter(grid.rows), 1)))
        taken = table_messages.CLASS_TAKEN.finding(kind=best.cls.plural, count=len(known[best]))
        return best, attrs.evolve(taken, location=grid.location(min(known[best])[0]))


def _known(grid: Grid, headers: HeaderMap) -> frozenset[Place]:
    header = find_header(grid, headers)
    if header is None:
        return frozenset()
    cells = header.cells.items()
    return frozenset((cell.row, column) for column, cell in cells if headers.find(cell.text))


def _is_clear(known: Known, best: HeaderMap, others: Iterable[HeaderMap]) -> bool:
    """Return whether one class knows more than each other one: all of theirs, or twice as much."""
    mine = known[best]
    return all(known[other] < mine or len(known[other]) * _TIMES <= len(mine) for other in others)
