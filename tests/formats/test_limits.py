"""How large a document may be, and that reading one costs no more than its size."""

import io
import json
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import document, found, read_text

LARGE = 500_000

TOO_MUCH = {
    "bytes": ("[" + " " * LARGE + "]", tul.Limits(bytes=1000)),
    "depth": ("[" * LARGE, tul.Limits()),
    "depth of objects": ('{"a":' * (LARGE // 5), tul.Limits()),
    "digits": ("[" + "9" * LARGE + "]", tul.Limits()),
    "digits of an exponent": (f"[1e{'9' * LARGE}]", tul.Limits()),
    "items": ("[" + "0," * (LARGE // 2) + "0]", tul.Limits(items=1000)),
}

GRANTS = document(grants=[])


def of_grants(grant: str) -> Callable[[int], str]:
    """Make documents of so many grants."""
    return lambda count: GRANTS.replace("[]", f"[{','.join([grant] * count)}]")


HOSTILE: dict[str, Callable[[int], str]] = {
    "values of another type": of_grants("0"),
    "things without fields": of_grants("{}"),
    "things of one id": of_grants('{"id": "g"}'),
    "no numbers": of_grants("NaN"),
    "keys that stand twice": of_grants('{"id": 1, "id": 2}'),
    "unknown fields": lambda count: json.dumps({f"{'x' * 90}{n}": n for n in range(count)}),
    "long unknown fields": lambda count: json.dumps({"x" * 100 * count: 1}),
    "escapes": lambda count: json.dumps("\\" * count + "\U0001f600" * count),
    "halves": lambda count: '["' + "\\ud800" * count,
    "quotes": lambda count: '"' * count,
    "text that does not end": lambda count: '["' + "\\" * (2 * count + 1),
    "lines": lambda count: "\n" * count + "NaN" + "\n" * count,
    "amounts": of_grants('{"amount_eur": 1e99999999}'),
    "one list": lambda count: document(projects=[{"id": "p", "regions": [*range(count)]}]),
    "newer": lambda count: of_grants('{"x": 1}')(count).replace('"1.0"', '"1.1"'),
}


class Endless(io.BytesIO):
    """A file without an end, which notes how much was asked of it."""

    asked: int | None = 0

    def read(self, size: int | None = None, /) -> bytes:
        """Give as much as is asked for."""
        self.asked = size
        return b" " * (size or 0)


def work_of(call: Callable[[], object]) -> int:
    """Count the calls of functions that a call makes."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event.endswith("call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        call()
    finally:
        sys.setprofile(before)
    return calls


def peak_of(call: Callable[[], object]) -> int:
    """Measure the most memory that a call holds at once, in bytes."""
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_defaults_are_part_of_the_promise() -> None:
    """A release that lowers a limit would reject documents that were read before."""
    expected = {
        "bytes": 100_000_000,
        "depth": 32,
        "digits": 64,
        "items": 10_000_000,
        "findings": 10_000,
        "lines": 10_000_000,
        "total": 10_000_000_000,
    }
    assert attrs.asdict(tul.Limits()) == expected


def test_limits_cannot_change() -> None:
    """Limits are shared, so they are frozen."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        tul.Limits().depth = 5  # type: ignore[misc] # pyright: ignore[reportAttributeAccessIssue]


def test_no_more_is_read_than_the_limit() -> None:
    """A file may be larger than memory: one byte past the limit is enough to reject it."""
    endless = Endless()
    limits = tul.Limits(bytes=1000)
    assert peak_of(lambda: tul.read(endless, limits=limits)) < 1_000_000
    assert endless.asked == 1001


@pytest.mark.parametrize("limit", [10**12, sys.maxsize, 10**30])
def test_a_limit_that_is_none(limit: int, tmp_path: Path) -> None:
    """Whoever wants no limit passes a huge one, and no room is made for so much."""
    path = tmp_path / "empty.json"
    path.write_text(document(), "utf-8")
    assert tul.load(path, limits=tul.Limits(bytes=limit)) == tul.Portfolio()
    with path.open(encoding="utf-8") as file:
        assert tul.load(file, limits=tul.Limits(bytes=limit)) == tul.Portfolio()


def test_a_long_key_costs_once() -> None:
    """Below a key that no document has, keys that stand twice are not told with its whole name."""
    inner = ", ".join(f'"{number}": 1, "{number}": 2' for number in range(200))
    text = GRANTS.replace('"grants": []', f'"{"x" * 10_000}": {{{inner}}}')
    assert found(read_text(text).findings) == [f"TSK004 /{'x' * 10_000}"]
    assert peak_of(lambda: read_text(text)) < 30 * len(text)


@pytest.mark.parametrize(("text", "limits"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_goes_too_far_is_rejected_before_it_is_parsed(
    text: str, limits: tul.Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No value of a document past a limit is made, and the text is held a few times at most."""
    monkeypatch.setattr(json, "loads", None)
    assert found(read_text(text, limits).findings) == ["TSK001"]
    assert peak_of(lambda: read_text(text.encode(), limits)) < 5 * len(text)
    assert work_of(lambda: read_text(text, limits)) < 100_000


@pytest.mark.proof
@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_work_and_memory_grow_with_the_document_only(make: Callable[[int], str]) -> None:
    """Four times as much of what is wrong takes some four times the work and memory, not 16."""
    small, large = make(50), make(200)
    read_text(large)  # what is done once is done
    assert work_of(lambda: read_text(large)) < 5 * work_of(lambda: read_text(small)) + 500
    assert peak_of(lambda: read_text(large)) < 8 * peak_of(lambda: read_text(small))


@pytest.mark.proof
@pytest.mark.parametrize("item", ["0", "{}", '{"x": 1}', "NaN", "[]", '""'])
def test_memory_per_value_is_bounded(item: str) -> None:
    """Whatever is wrong with a value, it costs some kilobytes: ``items`` bounds the whole."""
    text = of_grants(item)(200)
    read_text(text)
    assert peak_of(lambda: read_text(text)) < 200 * 6000


@pytest.mark.parametrize(
    ("text", "limits", "words", "column"),
    [
        ("[[],[],[],[],12345]", tul.Limits(depth=3, digits=4), "4 characters", 14),
        ("[[],{},[],{},[[[]]]]", tul.Limits(depth=3), "3 levels", 16),
        ("[[[]],[[]],[[]],[[[]]]]", tul.Limits(depth=3), "3 levels", 19),
    ],
    ids=["digits", "beside", "closed"],
)
def test_what_is_closed_is_no_longer_deep(
    text: str, limits: tul.Limits, words: str, column: int
) -> None:
    """Depth is that of one place: lists beside one another are not within one another."""
    (finding,) = tul.read(text.encode(), limits=limits).findings
    assert words in finding.message("en")
    assert finding.location is not None
    assert (finding.location.line, finding.location.column) == (1, column)


def test_a_limit_above_any_number_of_findings_keeps_them_all() -> None:
    """Nobody has to know how large a number may be."""
    text = document(roles=["x"]).replace('"x"', "NaN")
    reading = read_text(text, tul.Limits(findings=10**30))
    assert reading.findings == read_text(text).findings
    assert tul.check(reading, limit=10**30).findings == tul.check(reading).findings
