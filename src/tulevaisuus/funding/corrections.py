"""Corrections in a ledger: amounts below zero reduce the costs that they correct.

A ledger does not say which line a credit note corrects. It reduces costs of the same project,
category and organisation, the latest of its day or before it first. What it finds no cost for is
reported, and never guessed away.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple, TypeAlias

import attrs

from tulevaisuus.funding.cents import euros

__all__ = ["Line", "Netted", "Owed", "Settlement", "net"]


@attrs.frozen
class Settlement:
    """So much of a correction that reduces a cost, by their ids; euros above zero."""

    correction: str
    cost: str
    amount_eur: Decimal


class Line(NamedTuple):
    """A line of a ledger: the place of its cost, its id, what it belongs to, and cents."""

    place: int
    id: str
    group: object
    cents: int


Owed: TypeAlias = Mapping[int, int]
"""Cents by the place of a cost: what is to be paid or, below zero, what found no cost."""


class Netted(NamedTuple):
    """What is left of each cost and correction, and what reduced what."""

    owed: Owed
    settlements: tuple[Settlement, ...]


def net(lines: Iterable[Line]) -> Netted:
    """Reduce costs by corrections.

    Args:
        lines: In the order of their days.
    """
    owed: dict[int, int] = {}
    open_costs: defaultdict[object, list[Line]] = defaultdict(list)
    settlements: list[Settlement] = []
    for line in lines:
        owed[line.place] = line.cents
        if line.cents > 0:
            open_costs[line.group].append(line)
        elif line.cents < 0:
            settlements += _settle(line, open_costs[line.group], owed)
    return Netted(owed, tuple(settlements))


def _settle(correction: Line, open_costs: list[Line], owed: dict[int, int]) -> Iterable[Settlement]:
    while open_costs and owed[correction.place]:
        cost = open_costs[-1]
        cents = min(owed[cost.place], -owed[correction.place])
        owed[cost.place] -= cents
        owed[correction.place] += cents
        if not owed[cost.place]:
            open_costs.pop()
        yield Settlement(correction.id, cost.id, euros(cents))
