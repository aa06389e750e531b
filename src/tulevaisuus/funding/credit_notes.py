"""Corrections in a cost ledger, such as credit notes: amounts below zero reduce earlier costs.

A ledger does not say which line a credit note corrects. So a credit note reduces costs of the same
project, category and organisation up to its own day, the latest cost first. The part for which
there is no cost is reported.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple, TypeAlias

import attrs

from tulevaisuus.findings.pydantic_and_notebooks import PydanticFields
from tulevaisuus.funding.cents import euros

__all__ = ["CorrectedCosts", "Line", "Owed", "Settlement", "apply_corrections"]


@attrs.frozen
class Settlement(PydanticFields):
    """The part of a correction that reduces a cost: their ids, and euros above zero."""

    correction: str
    cost: str
    amount_eur: Decimal


class Line(NamedTuple):
    """A line of a ledger. A correction reduces costs of the same ``group``."""

    cost_index: int
    id: str
    group: object
    cents: int


Owed: TypeAlias = Mapping[int, int]
"""Cents by the index of a line: the rest of a cost or, below zero, of a correction."""


class CorrectedCosts(NamedTuple):
    """The rest of each cost and correction, and which correction reduced which cost."""

    owed: Owed
    settlements: tuple[Settlement, ...]


def apply_corrections(lines: Iterable[Line]) -> CorrectedCosts:
    """Reduce costs by corrections. The lines are in the order of their days."""
    owed: dict[int, int] = {}
    open_costs: defaultdict[object, list[Line]] = defaultdict(list)  # unreduced rests, by group
    settlements: list[Settlement] = []
    for line in lines:
        owed[line.cost_index] = line.cents
        if line.cents > 0:
            open_costs[line.group].append(line)
        elif line.cents < 0:
            settlements += _settle(line, open_costs[line.group], owed)
    return CorrectedCosts(owed, tuple(settlements))


def _settle(correction: Line, open_costs: list[Line], owed: dict[int, int]) -> list[Settlement]:
    """Reduce the latest costs by a correction: update ``open_costs`` and ``owed``."""
    settlements: list[Settlement] = []
    while open_costs and owed[correction.cost_index]:
        cost = open_costs[-1]
        cents = min(owed[cost.cost_index], -owed[correction.cost_index])
        owed[cost.cost_index] -= cents
        owed[correction.cost_index] += cents
        if not owed[cost.cost_index]:
            open_costs.pop()
        settlements.append(Settlement(correction.id, cost.id, euros(cents)))
    return settlements
