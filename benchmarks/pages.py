"""Compares the HTML page of a report with a great_tables table of the same findings.

`python benchmarks/pages.py` prints for each page the processor seconds to write it, its size, and
the seconds until Chromium has loaded and rendered it. great_tables writes a table of
`report.to_rows()` without charts, groups, or files to download. For 100,000 findings it would write
all of them, so only our page is measured there. Without Chromium the rendering is not measured.
"""

from __future__ import annotations

import importlib
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs

import tulevaisuus as tul
from tulevaisuus.reports import to_html

PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
RUNS = 3


def library(name: str) -> Any:  # noqa: ANN401 - a module without types
    """Import a library before time is measured."""
    return importlib.import_module(name)


def report_of(count: int) -> tuple[tul.Report, tul.Portfolio]:
    """Create a report with this number of findings about grants, and the grants."""
    reading = tul.read("examples/varsinais-suomi-broken.json")
    report = tul.check(reading)
    grant = reading.portfolio.grants["vs-2021"]
    grants = [attrs.evolve(grant, id=f"g{each}") for each in range(count // 5)]
    found = [
        attrs.evolve(report.findings[each % len(report)], subject=f"grant g{each % len(grants)}")
        for each in range(count)
    ]
    portfolio = attrs.evolve(reading.portfolio, grants=grants)
    return tul.Report.of(found, titles=dict(report.titles)), portfolio


def theirs(report: tul.Report) -> str:
    """Write the findings as a table."""
    frame = library("polars").DataFrame(report.to_rows("en"), infer_schema_length=None)
    return str(library("great_tables").GT(frame).as_raw_html())


def opened(browser: Any, html: str) -> float:  # noqa: ANN401 - absent if no page is opened
    """Return the seconds until a page is rendered, as the median of some runs."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "page.html")
        file.write_text(html, "utf-8")
        seconds: list[float] = []
        for _ in range(RUNS):
            page = browser.new_page()
            start = time.perf_counter()
            page.goto(file.as_uri())
            page.evaluate(PAINTED)
            seconds.append(time.perf_counter() - start)
            page.close()
    return statistics.median(seconds)


def measure(name: str, write: Callable[[], str], browser: Any) -> None:  # noqa: ANN401 - as above
    """Measure one page and print the figures."""
    start = time.process_time()
    html = write()
    writing = time.process_time() - start
    line = f"{name:<34} written {writing:6.2f} s  size {len(html.encode()) / 1e6:6.2f} MB"
    if browser is not None:
        line += f"  painted {opened(browser, html):5.2f} s"
    print(line)


def main() -> None:
    """Measure our page and the great_tables table."""
    chromium = shutil.which("chromium")
    few, few_grants = report_of(3_000)
    many, many_grants = report_of(100_000)
    theirs(report_of(30)[0])  # imports, and what is made once
    to_html(*report_of(30))
    with library("playwright.sync_api").sync_playwright() as playwright:
        browser = (
            playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            if chromium
            else None
        )
        measure("great_tables, 3,000 findings", lambda: theirs(few), browser)
        measure("a page of ours, 3,000 findings", lambda: to_html(few, few_grants), browser)
        measure("a page of ours, 100,000 findings", lambda: to_html(many, many_grants), browser)


if __name__ == "__main__":
    main()
