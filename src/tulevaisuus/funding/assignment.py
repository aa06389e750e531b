"""Which fund pays how much of which demand: the most that can be paid, in whole cents.

Numbers only: what a demand or a fund is, does not matter here. To assign costs to grants is a
transportation problem. Demands with the same payers are one class, so that however many demands
there are, the network has one node for each fund and for each set of payers that occurs.

Demands are met in their order, each by the first of its payers that has something left. That alone
is optimal where each fund may pay for an unbroken run of demands and the runs end in the order of
the funds (Glover 1967: maximum matching in a convex bipartite graph). In all other cases what is
still unmet is pushed on along augmenting paths (Ford and Fulkerson 1956), until no path is left:
then no assignment pays more. As demands take turns in their order, each gets the most that it can
have beside those before it; with larger funds no demand gets less.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

__all__ = ["Demand", "Share", "assign", "is_nested"]


class Demand(Protocol):
    """Cents that are wanted, and the places of the funds that may pay them, in ascending order."""

    @property
    def cents(self) -> int:
        """How much is to be paid."""
        ...

    @property
    def payers(self) -> tuple[int, ...]:
        """Who may pay it."""
        ...


class Share(NamedTuple):
    """The cents of a demand that a fund pays, both by their places."""

    demand: int
    fund: int
    cents: int


def assign(demands: Sequence[Demand], funds: Sequence[int]) -> list[Share]:
    """Return who pays what, in the order of the demands.

    Args:
        demands: What is to be paid; earlier ones come first.
        funds: How many cents each fund has; of those that may pay, the first comes first.
    """
    network = _Network(funds)
    for demand in demands:
        network.meet(demand)
    return [*_shares(demands, network)]


def is_nested(demands: Sequence[Demand]) -> bool:
    """Whether each fund may pay an unbroken run of demands, and the runs end as the funds follow.

    Then meeting demands one by one is optimal, and never changes what was assigned before.
    """
    runs: dict[int, tuple[int, int, int]] = {}
    for place, demand in enumerate(demands):
        for fund in demand.payers:
            first, _, count = runs.get(fund, (place, place, 0))
            runs[fund] = first, place, count + 1
    ends = [runs[fund][1] for fund in sorted(runs)]
    return ends == sorted(ends) and all(
        last - first + 1 == count for first, last, count in runs.values()
    )


class _Network:
    """Funds, classes of demands, and the cents that flow between them."""

    def __init__(self, funds: Sequence[int]) -> None:
        self.left = list(funds)
        self.payers: list[tuple[int, ...]] = []
        self.flow: list[dict[int, int]] = []
        """Of each class, the cents from each fund."""
        self.place: dict[tuple[int, ...], int] = {}
        self.users: list[dict[int, None]] = [{} for _ in funds]
        """Of each fund, the classes that it may pay, as they came."""
        self.first: list[int] = []
        """Of each class, how many of its payers are known to have nothing left."""
        self.stuck: set[int] = set()
        """The classes that can get no more; once there is no path, there never is again."""

    def meet(self, demand: Demand) -> None:
        """Pay as much of a demand as can be paid beside what was met before."""
        name = self._class_of(demand.payers)
        need = self._take(name, demand.cents)
        while need and name not in self.stuck:
            moved = self._push(name, need)
            need -= moved
            if not moved:
                self.stuck.add(name)

    def _class_of(self, payers: tuple[int, ...]) -> int:
        name = self.place.get(payers)
        if name is None:
            name = self.place[payers] = len(self.payers)
            self.payers.append(payers)
            self.flow.append({})
            self.first.append(0)
            for fund in payers:
                self.users[fund][name] = None
        return name

    def _take(self, name: int, need: int) -> int:
        """Take from the payers in their order what they have left; return what is still needed."""
        payers, flow = self.payers[name], self.flow[name]
        while need and self.first[name] < len(payers):
            fund = payers[self.first[name]]
            taken = min(need, self.left[fund])
            if taken:
                self.left[fund] -= taken
                flow[fund] = flow.get(fund, 0) + taken
                need -= taken
            if not self.left[fund]:
                self.first[name] += 1
        return need

    def _push(self, name: int, need: int) -> int:
        """Let other classes change to funds with something left, so that this one can be paid.

        Return how many cents that gains; none, if there is no such way.
        """
        came: dict[int, int] = {}  # the class from which each fund was reached
        released: dict[int, int] = {name: -1}  # the fund that each class would give back
        queue = [name]
        for each in queue:
            for fund in self.payers[each]:
                if fund in came:
                    continue
                came[fund] = each
                if self.left[fund]:
                    return self._along(fund, need, came, released)
                for other in self.users[fund]:
                    if other not in released and self.flow[other].get(fund):
                        released[other] = fund
                        queue.append(other)
        return 0

    def _along(self, last: int, need: int, came: dict[int, int], released: dict[int, int]) -> int:
        steps = [*_steps(last, came, released)]
        given_back = (self.flow[name][fund] for _, name, fund in steps if fund >= 0)
        moved = min(need, self.left[last], *given_back)
        self.left[last] -= moved
        for fund, name, back in steps:
            self.flow[name][fund] = self.flow[name].get(fund, 0) + moved
            if back >= 0:
                self.flow[name][back] -= moved
        return moved


def _steps(
    last: int, came: dict[int, int], released: dict[int, int]
) -> Iterator[tuple[int, int, int]]:
    """Return, from the end of a path to its beginning, which class takes what for which fund."""
    fund = last
    while fund >= 0:
        name = came[fund]
        yield fund, name, released[name]
        fund = released[name]


def _shares(demands: Sequence[Demand], network: _Network) -> Iterator[Share]:
    """Spread what flows to a class over its demands, in the order of demands and of funds."""
    flows = [
        [[fund, flow[fund]] for fund in payers if flow.get(fund)]
        for payers, flow in zip(network.payers, network.flow, strict=True)
    ]
    at = [0] * len(flows)
    for place, demand in enumerate(demands):
        name = network.place[demand.payers]
        need, available = demand.cents, flows[name]
        while need and at[name] < len(available):
            source = available[at[name]]
            cents = min(need, source[1])
            yield Share(place, source[0], cents)
            source[1] -= cents
            need -= cents
            at[name] += not source[1]
