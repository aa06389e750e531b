"""Measures how long it takes to plan costs, by their number, and compared with a single pass.

`python benchmarks/funding.py [COSTS [GRANTS]]` plans a tenth of the costs and all of them, for one
project with all grants and for many projects. It prints the seconds, the ratio of all costs to the
tenth (10 is linear), and the ratio to creating the cost objects once more with `attrs`.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import time
from collections.abc import Sequence
from decimal import Decimal

import attrs

import tulevaisuus as tul
from tulevaisuus.funding import Cost, plan

FIRST = dt.date(2020, 1, 1)
CATEGORIES = [each.id for each in tul.cost_categories if each.call_kind == "programme"]


def grants(count: int, projects: int) -> tul.Portfolio:
    """Create a portfolio of grants with different usable periods; all amounts are known."""
    chance = random.Random(1)  # noqa: S311 - the same in every run
    made: list[tul.Grant] = []
    for place in range(count):
        start = FIRST + dt.timedelta(days=366 + chance.randrange(600))
        end = min(start + dt.timedelta(days=chance.randrange(100, 700)), dt.date(2023, 12, 31))
        made.append(
            tul.Grant(
                id=f"g{place}",
                call="shc-2021",
                project=f"p{place % projects}",
                status=tul.GrantStatus.GRANTED,
                amount_eur=Decimal(chance.randrange(1, 10**9)).scaleb(-2),
                usable=tul.Period(start, end),
            )
        )
    return tul.Portfolio(grants=tul.Register(made))


def costs(count: int, projects: int) -> list[Cost]:
    """Create costs with random days, projects and categories."""
    chance = random.Random(2)  # noqa: S311 - the same in every run
    return [
        Cost(
            f"c{place}",
            FIRST + dt.timedelta(days=chance.randrange(1500)),
            Decimal(chance.randrange(1, 10**5)).scaleb(-2),
            f"p{chance.randrange(projects)}",
            chance.choice(CATEGORIES),
        )
        for place in range(count)
    ]


def seconds_to_plan(some: Sequence[Cost], portfolio: tul.Portfolio) -> float:
    """Plan costs and return the processor seconds, the minimum of three runs."""
    least = float("inf")
    for _ in range(3):
        start = time.process_time()
        plan(some, portfolio)
        least = min(least, time.process_time() - start)
    return least


def seconds_to_make(some: Sequence[Cost]) -> float:
    """Create every cost again, with validation: the baseline for a plan."""
    start = time.process_time()
    for each in some:
        attrs.evolve(each)
    return time.process_time() - start


def main(arguments: Sequence[str]) -> None:
    """Print the figures."""
    count, number = (*map(int, arguments), *(100_000, 60)[len(arguments) :])
    for projects in (1, 22):
        portfolio = grants(number, projects)
        some = costs(count, projects)
        tenth = seconds_to_plan(some[: count // 10], portfolio)
        whole = seconds_to_plan(some, portfolio)
        ratio = whole / seconds_to_make(some)
        print(
            f"{count:,} costs, {number} grants, projects {projects}: {whole:.2f} s, "
            f"{whole / tenth:.1f} times a tenth of them, {ratio:.1f} times making the costs"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
