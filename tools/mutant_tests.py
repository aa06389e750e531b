"""Finds the tests that may notice a change of a line: those that run it, as coverage records."""

import ast
import contextlib
import importlib
import json
import os
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import NamedTuple

import attrs
import pytest

__all__ = ["Guards", "measure", "passes", "run_pytest"]

QUICK_SECONDS = 3.0
"""The quickest tests of a line, up to this total time, are tried first ..."""
ENOUGH_SECONDS = 15.0
"""... and then others, up to this total time. Times are measured under coverage."""

_MAX_FAILURES = 5
"""The maximum number of tests that may fail under coverage, which slows them down."""

OF_ALL_CLASSES = (
    "tests/model/test_entity.py",
    "tests/test_bounds_and_shapes.py",
    "tests/test_shapes_of_classes.py",
)
"""Tests that check every class, and so notice changes of decorators and class attributes."""


@attrs.frozen
class Guards:
    """The tests that run each line, and how long each took."""

    source: Path
    lines: dict[str, dict[int, list[str]]]
    seconds: dict[str, float]

    def few(self) -> list[str]:
        """Return one test in twenty, to check that tests pass in a fork."""
        return sorted(self.seconds, key=lambda test: (self.seconds[test], test))[::20]

    def of(self, module: str, line: int) -> tuple[list[str], list[str]]:
        """Return the tests of a line in two parts: the quickest ones, and more of them.

        Code outside functions runs once, during the first test that imports the module. So it gets
        all tests of the module, and those that check every class.
        """
        lines = self.lines.get(module, {})
        first, last = _function_around(self.source / module, line)
        is_outside = (first, last) == (0, 0)
        numbers = [*lines] if is_outside else range(line, line + 1)
        tests = {test for number in numbers for test in lines.get(number, ())}
        if not tests:  # coverage only counts the first line of a statement
            tests = {test for number in range(first, last + 1) for test in lines.get(number, ())}
        own_file = f"test_{Path(module).stem}.py"
        if not tests:  # the module is imported by the collection of tests, before any test runs
            tests = {test for test in self.seconds if own_file in test} | {*self.few()}
        if is_outside:
            tests |= {test for test in self.seconds if test.startswith(OF_ALL_CLASSES)}
        return self._quickest(tests, own_file)

    def _quickest(self, tests: set[str], own_file: str) -> tuple[list[str], list[str]]:
        quick: list[str] = []
        more: list[str] = []
        spent = 0.0
        for test in sorted(tests, key=lambda test: (own_file not in test, self.seconds[test])):
            spent += self.seconds[test]
            if spent < ENOUGH_SECONDS:
                (quick if spent < QUICK_SECONDS else more).append(test)
        return quick, more


class _Watch(NamedTuple):
    """A plug-in of pytest that sets the context of coverage to the running test."""

    coverage: object
    seconds: dict[str, float]
    failed: list[str]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Measure a test under its own name."""
        switch = getattr(self.coverage, "switch_context")  # noqa: B009 - it has no types
        switch(item.nodeid)
        start = time.process_time()
        result = yield
        self.seconds[item.nodeid] = time.process_time() - start
        switch("")
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Record failures: under coverage some tests exceed their limits of memory and time."""
        if report.failed:
            self.failed.append(report.nodeid)


class _Select(NamedTuple):
    """A plug-in of pytest that runs the chosen tests in their order."""

    tests: list[str]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the chosen tests."""
        by_id = {item.nodeid: item for item in items}
        items[:] = [by_id[test] for test in self.tests if test in by_id]


def measure(folders: list[str], source: Path, kept: Path) -> Guards:
    """Run the tests of some folders in a fork, and record the lines that each test runs.

    Args:
        folders: The folders of the tests. Failing tests are not used; only a few may fail.
        source: The folder of the package.
        kept: The file of the records; if it exists, it is used and no test runs.
    """
    if not kept.exists():
        child = os.fork()
        if not child:
            os._exit(_measure_here(folders, source, kept))
        _, status = os.waitpid(child, 0)
        if status:
            raise SystemExit("the tests fail before anything is changed")
    lines, seconds = json.loads(kept.read_text("utf-8"))
    by_number = {module: {int(n): those for n, those in by.items()} for module, by in lines.items()}
    return Guards(source, by_number, seconds)


def _measure_here(folders: list[str], source: Path, kept: Path) -> int:
    coverage = importlib.import_module("coverage").Coverage(
        data_file=None, source=[str(source)], config_file=False
    )
    seconds: dict[str, float] = {}
    watch = _Watch(coverage, seconds, [])
    coverage.start()
    run_pytest([*folders], watch)
    coverage.stop()
    for test in watch.failed:
        seconds.pop(test, None)
    data = coverage.get_data()
    lines: dict[str, dict[int, list[str]]] = {}
    for name in data.measured_files():
        by_line = data.contexts_by_lineno(name)
        module = Path(name).relative_to(source.absolute()).as_posix()
        lines[module] = {n: [test for test in by_line[n] if test in seconds] for n in by_line}
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps([lines, seconds]), "utf-8")
    return int(not seconds or len(watch.failed) > _MAX_FAILURES)  # none: a file is not there


def passes(tests: list[str]) -> bool:
    """Run some tests until one fails."""
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    files = dict.fromkeys(test.partition("::")[0] for test in tests)
    return not tests or run_pytest(["-x", *files], _Select(tests)) == 0


def run_pytest(arguments: list[str], plugin: object) -> int:
    """Run pytest in this process without output; the plug-ins of Hypothesis are loaded before."""
    fixed = ["-q", "-p", "no:cacheprovider", "-m", "not proof", "--tb=short"]
    output = Path(os.environ.get("MUTANT_TESTS_LOG", os.devnull))
    with output.open("a", encoding="utf-8") as log, contextlib.redirect_stdout(log):
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
        importlib.import_module("hypothesis.entry_points").run()
        return int(pytest.main([*fixed, *arguments], plugins=[plugin]))


def _function_around(path: Path, line: int) -> tuple[int, int]:
    """Return the first and last line of the body around a line; zeros outside functions."""
    found = (0, 0)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            first, last = node.body[0].lineno, node.end_lineno or node.lineno
            if first <= line <= last and first >= found[0]:
                found = (first, last)
    return found
