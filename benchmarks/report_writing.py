"""Measures how long it takes to write a report, compared with the check of the same document.

`python benchmarks/report_writing.py [GRANTS [ROUNDS]]` creates a CSV file of grants with three
findings on each. It prints for each form of the report the processor seconds, the microseconds per
finding, and the ratio to the check in the same run. The forms take turns, and the minimum counts.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import tulevaisuus as tul
from tulevaisuus import exchange, reports

Tasks: TypeAlias = Mapping[str, Callable[[], object]]
"""The tasks to measure, by name; the first is the check."""

CHECK = "check"


def grants(count: int) -> Iterator[tul.Grant]:
    """Yield grants decided before their call closed, without an earlier grant, and too large."""
    for number in range(count):
        yield tul.Grant(
            id=f"g{number}",
            call="shc-2021",
            project=f"p{number}",
            status=tul.GrantStatus.GRANTED,
            amount_eur=Decimal(50_000_000 + number),
            decided_on=dt.date(2021, 1, 1) + dt.timedelta(number % 200),
        )


def forms(file: Path, reading: tul.Reading, report: tul.Report) -> Tasks:
    """Return the check, and the task of writing each form of its report."""
    copy = file.with_suffix(".xlsx")
    return {
        CHECK: lambda: tul.check(reading),
        "to_text": lambda: reports.to_text(report),
        "to_json": lambda: reports.to_json(report, language="en"),
        "to_rows": lambda: reports.to_rows(report),
        "to_sarif": lambda: reports.to_sarif(report),
        "to_junit": lambda: reports.to_junit(report),
        "to_markdown": lambda: reports.to_markdown(report),
        "to_html": lambda: reports.to_html(report, reading),
        "write_checked": lambda: exchange.write_checked(file, copy, reading, report),
    }


def prepare(file: Path, count: int) -> tuple[Tasks, int]:
    """Write a file, check it, and return the tasks and the number of findings."""
    exchange.write_table(file, grants(count))
    reading = tul.read(file, of=tul.Grant)
    report = tul.check(reading)
    return forms(file, reading, report), len(report)


def seconds(task: Callable[[], object]) -> float:
    """Return the processor seconds of a task."""
    start = time.process_time()
    task()
    return time.process_time() - start


def measure(count: int = 20_000, rounds: int = 3) -> None:
    """Measure all forms in turns, and print the minimum of each."""
    with tempfile.TemporaryDirectory() as folder:
        small, _ = prepare(Path(folder, "small.csv"), 10)
        for task in small.values():
            task()  # loads what is loaded once
        tasks, findings = prepare(Path(folder, "grants.csv"), count)
        times = [{name: seconds(task) for name, task in tasks.items()} for _ in range(rounds)]
    best = {name: min(times_of_round[name] for times_of_round in times) for name in tasks}
    print(f"{count} grants, {findings} findings")
    for name, least in best.items():
        micros = least / findings * 1e6
        ratio = least / best[CHECK]
        print(f"  {name:14} {least:8.3f} s {micros:8.1f} µs a finding {ratio:7.2f} × the check")


if __name__ == "__main__":
    measure(*map(int, sys.argv[1:]))
