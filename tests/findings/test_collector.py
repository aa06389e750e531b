"""The collector keeps the first findings up to a limit and counts all of them."""

import io
import json
import tracemalloc
from collections.abc import Callable

import pytest

import tulevaisuus as tul
from tests.helpers import document, read_text
from tulevaisuus import formats
from tulevaisuus.findings import messages
from tulevaisuus.findings.collector import DEFAULT_LIMIT, Collector, count_findings

FINDING = messages.EMPTY_TEXT.finding("/name/fi")
OTHER = messages.UNKNOWN_FIELD.finding("/x", field="x", known=())
ERROR = tul.Severity.ERROR


def test_keeps_findings_up_to_the_limit_and_counts_all() -> None:
    """Counts are sorted by code and severity."""
    collector = Collector(2)
    collector.add(FINDING, OTHER)
    collector.extend([FINDING, FINDING])
    assert collector.findings == [FINDING, OTHER]
    assert collector.counts == (("TSK004", ERROR, 1), ("TSK013", ERROR, 3))
    assert collector.total == 4
    assert count_findings([FINDING, OTHER]) == (("TSK004", ERROR, 1), ("TSK013", ERROR, 1))


def test_counting_keeps_no_findings() -> None:
    """Findings can be counted while they are made, however many there are."""
    tracemalloc.start()
    counts = count_findings(messages.EMPTY_TEXT.finding(f"/{n}") for n in range(5_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert counts == (("TSK013", ERROR, 5_000),)
    assert peak < 500_000


@pytest.mark.parametrize(("limit", "kept"), [(None, 3), (2, 2), (0, 0)])
def test_adds_the_counts_of_another_collector(limit: int | None, kept: int) -> None:
    """The counts of a source that kept only its first findings are added in full."""
    collector = Collector(limit)
    collector.extend([FINDING] * 3, (("TSK013", ERROR, 9), ("TSK004", ERROR, 0)))
    assert len(collector.findings) == kept
    assert collector.counts == (("TSK013", ERROR, 9),)


def lines(text: str) -> io.BytesIO:
    """Make a file of one line."""
    return io.BytesIO(text.encode())


MANY = 3 * DEFAULT_LIMIT
LISTS: dict[str, Callable[[], object]] = {
    "constructor": lambda: tul.Project(
        id="p",
        name=tul.Text("x"),
        regions=[5] * MANY,  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    ),
    "structure": lambda: formats.structure({"regions": [5] * MANY}, tul.Project),
    "lines": lambda: list(
        formats.read_lines(lines(json.dumps({"regions": [5] * MANY})), tul.Project)
    ),
    "rows": lambda: formats.from_rows([{"id": 5}] * MANY, tul.Project),
    "register": lambda: formats.structure(
        {"format": "tulevaisuus", "format_version": "1.0", "projects": [5] * MANY}, tul.Portfolio
    ),
}


@pytest.mark.proof
@pytest.mark.parametrize("name", LISTS)
def test_error_keeps_some_findings_and_counts_all(name: str) -> None:
    """Every reader reports the exact number of omitted findings in a short text."""
    with pytest.raises(tul.InvalidValueError) as caught:
        LISTS[name]()
    error = caught.value
    total = sum(number for _, _, number in error.counts)
    assert total >= MANY
    assert len(error.findings) + error.omitted == total
    assert len(error.findings) <= tul.Limits().findings
    assert len(str(error)) + len(repr(error)) < 5000


def test_omitted_findings_of_a_reading_are_counted_in_its_report() -> None:
    """The limit applies to kept findings; the counts are passed on to the report of `check`."""
    reading = read_text(document(grants=[0] * 50, goals=["x"]), tul.Limits(findings=7))
    assert len(reading.findings) == 7
    assert reading.omitted == 44
    assert reading.counts == (("TSK002", ERROR, 51),)
    assert reading.omitted_counts == (("TSK002", ERROR, 44),)
    report = tul.check(reading)
    assert (report.count(), report.omitted, report.count("TSK002")) == (51, 44, 51)
    assert not report.ok


def test_a_kind_of_finding_that_was_never_kept_is_counted() -> None:
    """One finding of a code of which none is kept is omitted, too; a kept one is not."""
    text = document(
        grants=[0, 0], projects=[{"id": "p", "name": {"fi": "x"}, "regions": ["05"], "x": 1}]
    )
    reading = read_text(text, tul.Limits(findings=2))
    assert reading.omitted_counts == (("TSK004", ERROR, 1),)


def test_invalid_constants_beyond_the_limit_are_counted() -> None:
    """Only the first occurrences of NaN have a finding with a location."""
    text = document(grants=["x"] * 9).replace('"x"', "NaN")
    reading = read_text(text, tul.Limits(findings=4))
    assert (len(reading.findings), reading.counts) == (4, (("TSK001", ERROR, 9),))


def peak_of(work: Callable[[], object]) -> int:
    """Return the peak of traced memory while a function runs."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.proof
@pytest.mark.parametrize(
    "text",
    [
        document(grants=[0] * 6_000),
        document(projects=[{"id": "p", "regions": [0] * 6_000}]),
        document(grants=[]).replace("[]", f"[{','.join(['NaN'] * 6_000)}]"),
        document(projects=[{f"x{n}": 1 for n in range(6_000)}]),
    ],
    ids=["elements", "one list", "constants", "fields"],
)
def test_memory_does_not_grow_with_the_number_of_errors(text: str) -> None:
    """A document full of errors needs little more memory: 12 MB if all findings were kept."""
    read_text("{}")
    assert peak_of(lambda: read_text(text, tul.Limits(findings=100))) < 3_000_000


def test_fills_up_to_the_limit_with_the_findings_of_another_collector() -> None:
    """Those that are kept already count, too."""
    collector = Collector(5)
    collector.add(FINDING, FINDING, FINDING)
    collector.extend([OTHER] * 9, count_findings([OTHER] * 20))
    assert (len(collector.findings), collector.total) == (5, 23)


def test_one_value_keeps_a_thousand_findings() -> None:
    """The first thousand elements that are wrong are listed, the others only counted."""
    for count in (DEFAULT_LIMIT - 1, DEFAULT_LIMIT, DEFAULT_LIMIT + 1):
        with pytest.raises(tul.InvalidValueError) as caught:
            tul.Project(id="p", name=tul.Text("x"), regions=("x" * 201,) * count)
        assert len(caught.value.findings) == min(count, 1000)
        assert caught.value.omitted == max(count - 1000, 0)
