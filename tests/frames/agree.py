"""Compare frames with objects on many documents: ``python -m tests.frames.agree 1000 polars``.

Dense documents are checked in portfolios of a hundred, with redefined facts; then examples of
`violating` for each rule. Every difference is printed, and sets the exit code to 1.
"""

import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

import tulevaisuus as tul
from tests.frames.agreement import ALL, ENGINES, Found, difference
from tests.frames.dense import dense, redefined, together
from tests.frames.packing import packed
from tulevaisuus.formats.writing import document_of
from tulevaisuus.testing import VIOLATED, violating

__all__ = ["dense_portfolios", "generated_portfolios", "violating_portfolios"]

TOGETHER = 100
EACH = 5
"""The number of portfolios that are generated for each rule."""


def dense_portfolios(count: int, most: int = TOGETHER) -> Iterator[tul.Portfolio]:
    """Put dense documents together.

    Args:
        count: How many documents there are in all.
        most: How many there are in each portfolio, at most.
    """
    for first in range(0, count, most):
        last = min(first + most, count)
        yield together([redefined(first), *map(dense, range(first, last))])


def generated_portfolios(code: str, count: int) -> list[tul.Portfolio]:
    """Generate portfolios that break a rule, the same in every run."""
    found: list[tul.Portfolio] = []

    @seed(0)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(violating(code))
    def collect(portfolio: tul.Portfolio) -> None:
        """Keep a portfolio."""
        found.append(portfolio)

    collect()
    return found


def violating_portfolios(count: int) -> list[tul.Portfolio]:
    """Generate portfolios for each rule and put them together."""
    portfolios = [portfolio for code in VIOLATED for portfolio in generated_portfolios(code, count)]
    return packed(map(_registers, portfolios), TOGETHER)


def _registers(portfolio: tul.Portfolio) -> Mapping[str, Any]:
    document = document_of(portfolio)
    names = ("programme", *portfolio.registers())
    return {name: document[name] for name in names if name in document}


def main(count: int, engines: list[str]) -> int:
    """Compare, print the differences, and return an exit code."""
    differing = 0
    begin = time.monotonic()
    portfolios = [*dense_portfolios(count), *violating_portfolios(EACH)]
    for engine in engines or ENGINES:
        for number, portfolio in enumerate(portfolios, start=1):
            differing += _print(engine, number, *difference(portfolio, engine, select=ALL))
        seconds = time.monotonic() - begin
        sys.stdout.write(
            f"{engine}: {count} dense documents, {EACH} of each of {len(VIOLATED)} rules,"
            f" in {len(portfolios)} portfolios, {seconds:.0f} s; {differing} differences so far\n"
        )
        sys.stdout.flush()
    return min(differing, 1)


def _print(engine: str, number: int, objects: Found, frames: Found) -> int:
    for side, found in (("objects", objects), ("frames", frames)):
        for each in found.elements():
            sys.stdout.write(f"{engine} {number} only {side}: {each}\n")
    return objects.total() + frames.total()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
