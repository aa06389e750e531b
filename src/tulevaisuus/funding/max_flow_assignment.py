"""Assigns demands to funds so that as much as possible is paid, in whole cents.

A demand is a part of a cost, a fund is a grant; this module only sees their cents. Funds and
demands are numbered by their index.

The task is a transportation problem. Demands that the same funds may pay form a class, so that the
network has one node for each fund and one for each class, however many demands there are.

Demands are paid in their order, each by the first of its payers that has money left. This alone is
optimal if each fund may pay an unbroken run of demands and the runs end in the order of the funds
(Glover 1967: maximum matching in a convex bipartite graph). In all other cases the rest is paid
along augmenting paths (Ford and Fulkerson 1956): other classes change to funds with money left,
until no such path exists. Then no assignment pays more. Demands take turns in their order, so each
gets as much as is possible without taking from those before it. With larger funds no demand gets
less.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

__all__ = ["Assigned", "Demand", "assign", "is_nested"]


class Demand(Protocol):
    """An amount of cents to pay, and the funds that may pay it."""

    @property
    def cents(self) -> int:
        """The cents to pay."""
        ...

    @property
    def payers(self) -> tuple[int, ...]:
        """The indices of the funds that may pay, in ascending order."""
        ...


class Assigned(NamedTuple):
    """Cents of a demand that are assigned to a fund; ``demand`` and ``fund`` are indices."""

    demand: int
    fund: int
    cents: int


def assign(demands: Sequence[Demand], funds: Sequence[int]) -> list[Assigned]:
    """Return which fund pays which cents, in the order of the demands.

    Args:
        demands: The demands; earlier ones have priority.
        funds: The cents of each fund; a demand is paid by the first of its payers, if possible.
    """
    network = _Network(funds)
    for demand in demands:
        network.pay(demand)
    return [*_divide_flows(demands, network)]


def is_nested(demands: Sequence[Demand]) -> bool:
    """Return whether each fund may pay an unbroken run of demands, and the runs end in its order.

    Then paying demands one by one is optimal, and never changes an earlier assignment.
    """
    runs: dict[int, tuple[int, int, int]] = {}  # first and last demand of each fund, their number
    for index, demand in enumerate(demands):
        for fund in demand.payers:
            first, _, count = runs.get(fund, (index, index, 0))
            runs[fund] = first, index, count + 1
    ends = [runs[fund][1] for fund in sorted(runs)]
    return ends == sorted(ends) and all(
        last - first + 1 == count for first, last, count in runs.values()
    )


class _Network:
    """Funds, classes of demands, and the cents that flow between them.

    A class is all demands with the same payers. Classes are numbered by their index.
    """

    def __init__(self, funds: Sequence[int]) -> None:
        self.left = list(funds)
        """For each fund, the cents that are left."""
        self.payers: list[tuple[int, ...]] = []
        """For each class, the funds that may pay it."""
        self.flow: list[dict[int, int]] = []
        """For each class, the cents from each fund."""
        self.class_of: dict[tuple[int, ...], int] = {}
        """The class for each tuple of payers."""
        self.users: list[dict[int, None]] = [{} for _ in funds]
        """For each fund, the classes that it may pay, in the order in which they were added."""
        self.exhausted: list[int] = []
        """For each class, how many of its first payers have nothing left."""
        self.closed: set[int] = set()
        """The classes that can get no more: if no path exists, none will exist later."""

    def pay(self, demand: Demand) -> None:
        """Pay as much of a demand as possible; earlier demands keep what they have."""
        number = self._add_class(demand.payers)
        need = self._take(number, demand.cents)
        while need and number not in self.closed:
            moved = self._push(number, need)
            need -= moved
            if not moved:
                self.closed.add(number)

    def _add_class(self, payers: tuple[int, ...]) -> int:
        """Return the class of these payers; add it if it is new."""
        number = self.class_of.get(payers)
        if number is None:
            number = self.class_of[payers] = len(self.payers)
            self.payers.append(payers)
            self.flow.append({})
            self.exhausted.append(0)
            for fund in payers:
                self.users[fund][number] = None
        return number

    def _take(self, number: int, need: int) -> int:
        """Take money from the payers of a class in their order; return the cents still needed."""
        payers, flow = self.payers[number], self.flow[number]
        while need and self.exhausted[number] < len(payers):
            fund = payers[self.exhausted[number]]
            taken = min(need, self.left[fund])
            if taken:
                self.left[fund] -= taken
                flow[fund] = flow.get(fund, 0) + taken
                need -= taken
            if not self.left[fund]:
                self.exhausted[number] += 1
        return need

    def _push(self, number: int, need: int) -> int:
        """Let other classes change to funds with money left, so that this class can be paid.

        Return the cents that this gains; 0 if there is no such path. The search is breadth-first.
        """
        reached_from: dict[int, int] = {}  # for each fund, the class from which it was reached
        released: dict[int, int] = {number: -1}  # for each class, the fund that it would give back
        queue = [number]
        for current in queue:
            for fund in self.payers[current]:
                if fund in reached_from:
                    continue
                reached_from[fund] = current
                if self.left[fund]:
                    return self._move(fund, need, reached_from, released)
                for other in self.users[fund]:
                    if other not in released and self.flow[other].get(fund):
                        released[other] = fund
                        queue.append(other)
        return 0

    def _move(
        self, last: int, need: int, reached_from: dict[int, int], released: dict[int, int]
    ) -> int:
        """Move as many cents as possible along the path that ends at a fund; return them."""
        # In each step a class takes cents from one fund, and gives as many back to another one.
        steps = [*_steps(last, reached_from, released)]
        given_back = (self.flow[number][fund] for _, number, fund in steps if fund >= 0)
        moved = min(need, self.left[last], *given_back)
        self.left[last] -= moved
        for taken, number, returned in steps:
            self.flow[number][taken] = self.flow[number].get(taken, 0) + moved
            if returned >= 0:
                self.flow[number][returned] -= moved
        return moved


def _steps(
    last: int, reached_from: dict[int, int], released: dict[int, int]
) -> Iterator[tuple[int, int, int]]:
    """Return the steps of a path, from its end: the new fund of a class, the class, its old fund.

    The first class of a path gives back no fund: its old fund is -1.
    """
    fund = last
    while fund >= 0:
        number = reached_from[fund]
        yield fund, number, released[number]
        fund = released[number]


def _divide_flows(demands: Sequence[Demand], network: _Network) -> Iterator[Assigned]:
    """Divide the cents of each class among its demands, in the order of demands and of funds."""
    flows = [  # for each class, its funds with the cents that are not divided yet
        [[fund, flow[fund]] for fund in payers if flow.get(fund)]
        for payers, flow in zip(network.payers, network.flow, strict=True)
    ]
    used_up = [0] * len(flows)  # for each class, how many of its flows are divided already
    for index, demand in enumerate(demands):
        number = network.class_of[demand.payers]
        need, available = demand.cents, flows[number]
        while need and used_up[number] < len(available):
            fund_and_cents = available[used_up[number]]
            fund, left = fund_and_cents
            cents = min(need, left)
            yield Assigned(index, fund, cents)
            fund_and_cents[1] = left - cents
            need -= cents
            if cents == left:
                used_up[number] += 1
