"""Measures how long it takes to read, check and write documents of grants, and how that grows.

`python benchmarks/documents.py [GRANTS ...]` creates documents with these numbers of grants (and
half as many projects). It prints seconds, microseconds per object and peak memory, and the same for
`json.loads` of the same text in the same run.
"""

from __future__ import annotations

import json
import sys
import time
import tracemalloc
from collections.abc import Callable
from typing import TypeVar

import tulevaisuus as tul

T = TypeVar("T")


def document(grants: int) -> str:
    """Create the text of a valid document."""
    regions = list(tul.programme.regions or ())
    projects = [
        {
            "id": f"p{n}",
            "name": {"fi": f"Hanke {n}"},
            "regions": [regions[n % len(regions)]],
            "goals": [1, 2],
            "services": ["primary_health_care", "chronic_disease_prevention"],
            "themes": ["access_to_care", "psychosocial_methods"],
        }
        for n in range(max(1, grants // 2))
    ]
    given = [
        {
            "id": f"g{n}",
            "call": "shc-2021" if n % 2 else "shc-2020",
            "project": f"p{n // 2}",
            "status": "granted",
            "amount_eur": 100 + n % 7,
            "usable": {"end": "2022-12-31"},
        }
        for n in range(grants)
    ]
    header = {"format": "tulevaisuus", "format_version": "1.0"}
    return json.dumps({**header, "projects": projects, "grants": given})


def timed(name: str, entities: int, baseline: float, work: Callable[[], T]) -> tuple[T, float]:
    """Run a task twice, once for its time and once for its memory, and print both."""
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    each = seconds / entities * 1e6
    ratio = seconds / (baseline or seconds)
    print(f"  {name:12} {seconds:8.3f} s {each:8.1f} µs an entity {ratio:7.1f} × {peak:8.1f} MB")
    return result, seconds


def measure(grants: int) -> None:
    """Measure one size."""
    text = document(grants)
    entities = grants + grants // 2
    print(f"{grants} grants, {entities} entities, {len(text) / 1e6:.1f} MB")
    _, baseline = timed("json.loads", entities, 0, lambda: json.loads(text))
    portfolio, _ = timed("loads", entities, baseline, lambda: tul.loads(text))
    timed("check", entities, baseline, lambda: tul.check(portfolio))
    timed("dumps", entities, baseline, lambda: tul.dumps(portfolio))


if __name__ == "__main__":
    for size in map(int, sys.argv[1:] or ["1000", "10000", "100000"]):
        measure(size)
