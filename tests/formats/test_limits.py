"""Limits on documents, and costs of reading that grow only linearly."""

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
from tulevaisuus.formats import limits as limits_module

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
    """Make documents with a given number of grants."""
    return lambda count: GRANTS.replace("[]", f"[{','.join([grant] * count)}]")


HOSTILE: dict[str, Callable[[int], str]] = {
    "values of another type": of_grants("0"),
    "entities without fields": of_grants("{}"),
    "entities of one id": of_grants('{"id": "g"}'),
    "no numbers": of_grants("NaN"),
    "duplicate keys": of_grants('{"id": 1, "id": 2}'),
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
    """A file without an end, which counts the bytes that were read."""

    asked: int | None = 0

    def read(self, size: int | None = None, /) -> bytes:
        """Return as much as requested."""
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
    """Return the peak of traced memory of a call in bytes."""
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_defaults_are_not_lowered() -> None:
    """A release with a lower limit would reject documents that were read before."""
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


def test_limits_are_immutable() -> None:
    """Limits are shared, so they are frozen."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        tul.Limits().depth = 5  # type: ignore[misc] # pyright: ignore[reportAttributeAccessIssue]


def test_no_more_is_read_than_the_limit() -> None:
    """A file may be larger than memory: one byte beyond the limit is enough to reject it."""
    endless = Endless()
    limits = tul.Limits(bytes=1000)
    tul.read(io.BytesIO(b" " * 1001), limits=limits)  # what happens once has happened
    assert peak_of(lambda: tul.read(endless, limits=limits)) < 1_000_000
    assert endless.asked == 1001


@pytest.mark.parametrize("limit", [10**12, sys.maxsize, 10**30])
def test_very_large_limit_is_accepted(limit: int, tmp_path: Path) -> None:
    """A huge number disables a limit, and no memory is reserved for it."""
    path = tmp_path / "empty.json"
    path.write_text(document(), "utf-8")
    assert tul.load(path, limits=tul.Limits(bytes=limit)) == tul.Portfolio()
    with path.open(encoding="utf-8") as file:
        assert tul.load(file, limits=tul.Limits(bytes=limit)) == tul.Portfolio()


def test_long_key_is_quoted_once() -> None:
    """Duplicate keys below an unknown long key are not reported with its full name."""
    inner = ", ".join(f'"{number}": 1, "{number}": 2' for number in range(200))
    text = GRANTS.replace('"grants": []', f'"{"x" * 10_000}": {{{inner}}}')
    assert found(read_text(text).findings) == [f"TSK004 /{'x' * 10_000}"]
    assert peak_of(lambda: read_text(text)) < 30 * len(text)


@pytest.mark.parametrize(("text", "limits"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_document_beyond_a_limit_is_rejected_before_parsing(
    text: str, limits: tul.Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No value is made, and only a few copies of the text are in memory."""
    monkeypatch.setattr(json, "loads", None)
    assert found(read_text(text, limits).findings) == ["TSK001"]
    assert peak_of(lambda: read_text(text.encode(), limits)) < 5 * len(text)
    assert work_of(lambda: read_text(text, limits)) < 100_000


@pytest.mark.proof
@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_work_and_memory_grow_linearly(make: Callable[[int], str]) -> None:
    """Four times as many errors take some four times the work and memory, not 16 times."""
    small, large = make(50), make(200)
    read_text(large)  # what happens once has happened
    assert work_of(lambda: read_text(large)) < 5 * work_of(lambda: read_text(small)) + 500
    assert peak_of(lambda: read_text(large)) < 8 * peak_of(lambda: read_text(small))


@pytest.mark.proof
@pytest.mark.parametrize("item", ["0", "{}", '{"x": 1}', "NaN", "[]", '""'])
def test_memory_per_value_is_bounded(item: str) -> None:
    """An invalid value costs some kilobytes at most, so ``items`` bounds the total."""
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
def test_depth_counts_nested_brackets_only(
    text: str, limits: tul.Limits, words: str, column: int
) -> None:
    """Lists beside one another are not nested."""
    (finding,) = tul.read(text.encode(), limits=limits).findings
    assert words in finding.message("en")
    assert finding.location is not None
    assert (finding.location.line, finding.location.column) == (1, column)


def test_limit_above_any_number_of_findings_keeps_all() -> None:
    """Any large number is a valid limit."""
    text = document(roles=["x"]).replace('"x"', "NaN")
    reading = read_text(text, tul.Limits(findings=10**30))
    assert reading.findings == read_text(text).findings
    assert tul.check(reading, limit=10**30).findings == tul.check(reading).findings


@pytest.mark.parametrize(
    ("text", "limits", "is_within"),
    [
        ("[[[]], [[]]]", {"depth": 3}, True),
        ("[[[[]]]]", {"depth": 3}, False),
        ('[["[[[\\"[[["]]', {"depth": 2}, True),
        ("[1, 2, 3]", {"items": 3}, True),
        ("[1, 2, 3, 4]", {"items": 3}, False),
        ("[1, 2, 3, 4, 5]", {"items": 5}, True),
        ("[1, 2, 3, 4, 5, 6]", {"items": 5}, False),
        ("[-123, 4567]", {"digits": 4}, True),
        ("[-1234]", {"digits": 4}, False),
        ("[-12345678]", {"digits": 9}, True),
        ('["12345", 1234]', {"digits": 5}, True),
    ],
)
def test_tokens_are_only_walked_over_where_a_limit_may_be_exceeded(
    text: str, limits: dict[str, int], *, is_within: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The walk takes longer than parsing; a search in the bytes rules it out up to the limit."""
    walked: list[object] = []

    def walk(*arguments: object) -> list[tul.Finding]:
        """Only record the call."""
        walked.append(arguments)
        return []

    monkeypatch.setattr(limits_module, "_check_tokens", walk)
    structure = limits_module.structure_of(text)
    assert [*limits_module.find_beyond_limits(text, structure, tul.Limits(**limits))] == []
    assert bool(walked) is not is_within


def test_file_is_read_in_chunks_of_a_mebibyte() -> None:
    """Python reserves the memory for as much as is asked for, before anything is read."""
    asked: list[int] = []

    class Recording(io.BytesIO):
        """A file that records what it is asked for."""

        def read(self, size: int | None = None, /) -> bytes:
            """Return as much as requested."""
            asked.append(size or 0)
            return b" " * (size or 0)

    tul.read(Recording(), limits=tul.Limits(bytes=3 * 2**20 - 1))
    assert asked == [2**20] * 3
