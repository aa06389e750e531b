"""Findings as one pydantic error: the number of its lines, and what they show of the input."""

from typing import Any, cast

import pytest
from pydantic_core import ValidationError

import tulevaisuus as tul
from tulevaisuus import formats
from tulevaisuus.findings import messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.formats import pydantic_errors
from tulevaisuus.formats.pydantic_errors import validation_error

EMPTY: dict[str, object] = {}
MAX_ERRORS: int = vars(pydantic_errors)["_MAX_ERRORS"]


def missing(count: int) -> InvalidValueError:
    """Make an error of findings with equal messages."""
    return InvalidValueError(
        [messages.MISSING_FIELD.finding(field="id").under(index) for index in range(count)]
    )


def lines_of(error: InvalidValueError, data: object, *, hide: bool = False) -> list[Any]:
    """Return the line errors of the pydantic error."""
    made = validation_error("Grant", error, data, hide_input=hide)
    assert isinstance(made, ValidationError)
    return cast("list[Any]", made.errors(include_url=False))


def size_of(count: int, data: list[object]) -> int:
    """Return the number of characters of a given number of lines, as the module counts them."""
    make, size = vars(pydantic_errors)["_line"], vars(pydantic_errors)["_size_of"]
    findings = missing(count).findings
    return sum(size(make(each, data, hide_input=False)) for each in findings)


@pytest.mark.parametrize(("spare", "listed"), [(0, 3), (-1, 2), (1, 3)])
def test_lines_are_limited_by_characters(
    monkeypatch: pytest.MonkeyPatch, spare: int, listed: int
) -> None:
    """Lines up to exactly the limit are listed; the others are counted."""
    data: list[object] = [{}, {}, {}]
    monkeypatch.setattr(pydantic_errors, "_MAX_CHARACTERS", size_of(3, data) + spare)
    lines = lines_of(missing(3), data)
    assert [line["type"] for line in lines[:listed]] == ["TSK003"] * listed
    assert [line["msg"] for line in lines[listed:]] == ["and 1 more errors"] * (3 - listed)


@pytest.mark.parametrize(("spare", "listed"), [(0, 30), (-1, 29)])
def test_an_error_lists_forty_thousand_characters(spare: int, listed: int) -> None:
    """Messages and inputs are counted together, in characters."""
    data: list[object] = [{"text": "x" * 1000} for _ in range(30)]
    more, rest = divmod(40_000 - size_of(30, data) - spare, 30)
    data = [{"text": "x" * (1000 + more + (rest if index == 0 else 0))} for index in range(30)]
    lines = lines_of(missing(30), data)
    assert sum(line["type"] == "TSK003" for line in lines) == listed


def test_the_size_of_a_line_is_that_of_its_messages_and_input() -> None:
    """A longer message and a longer input each make a line longer by as much."""
    make, size = vars(pydantic_errors)["_line"], vars(pydantic_errors)["_size_of"]
    (finding,) = missing(1).findings
    lines = [make(finding, [{"a": "x" * count}], hide_input=False) for count in range(70)]
    assert [size(line) - size(lines[0]) for line in lines] == list(range(70))


def test_first_line_is_always_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is listed however long it is."""
    monkeypatch.setattr(pydantic_errors, "_MAX_CHARACTERS", 0)
    first, more = lines_of(missing(2), [EMPTY, EMPTY])
    assert (first["type"], first["loc"]) == ("TSK003", (0,))
    assert (more["type"], more["loc"], more["ctx"]["count"]) == ("omitted", (), 1)


@pytest.mark.parametrize("count", [MAX_ERRORS - 1, MAX_ERRORS, MAX_ERRORS + 1])
def test_number_of_lines_is_limited(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Exactly as many as the limit need no last line that counts the others."""
    monkeypatch.setattr(pydantic_errors, "_MAX_CHARACTERS", 10**9)
    lines = lines_of(missing(count), [EMPTY] * count)
    assert len(lines) == min(count, MAX_ERRORS + 1)
    assert (lines[-1]["type"] == "omitted") is (count > MAX_ERRORS)


def test_omitted_findings_are_counted() -> None:
    """The count is exact, also if the error has not kept all findings."""
    (finding,) = missing(1).findings
    error = InvalidValueError([finding], ((finding.code, finding.severity, 5),))
    assert [line["msg"] for line in lines_of(error, [EMPTY])][1:] == ["and 4 more errors"]


def test_line_has_the_location_and_the_input() -> None:
    """An index is a number in a list, and a key in an object; a missing field has its object."""
    inner: dict[str, object] = {"0": {"id": "value"}}
    wrong = messages.WRONG_TYPE.finding(found="a", expected="b").under(1, "0", "id")
    absent = messages.MISSING_FIELD.finding(field="call").under(1, "0", "call")
    shown, of_object = lines_of(InvalidValueError([wrong, absent]), [{}, inner])
    assert (shown["loc"], shown["input"]) == ((1, "0", "id"), "value")
    assert (of_object["loc"], of_object["input"]) == ((1, "0", "call"), {"id": "value"})


LARGEST: int = vars(pydantic_errors)["_MAX_INPUT_BYTES"]


@pytest.mark.parametrize(
    ("value", "is_shown"),
    [
        ("x" * (LARGEST - 2), True),
        ("x" * (LARGEST - 1), False),
        (float("inf"), False),
        ("\ud800", False),
        (b"\xff", False),
        ({1: "a"}, True),
        (None, True),
    ],
    ids=["at the limit", "beyond it", "infinity", "surrogate", "bytes", "numbers as keys", "null"],
)
def test_only_small_json_input_is_shown(value: object, *, is_shown: bool) -> None:
    """Other input is described, so that the JSON of an error never fails and stays small."""
    finding = messages.WRONG_TYPE.finding(found="a", expected="b").under("id")
    (line,) = lines_of(InvalidValueError([finding]), {"id": value})
    assert (line["input"] == value) is is_shown
    assert is_shown or isinstance(line["input"], str)


def test_hidden_input_is_in_no_message() -> None:
    """Only what is not from the input remains: known codes, the name of a missing field."""
    given: dict[str, Any] = {"id": "secret ", "status": "secret", "call": 5, "secret": 1}
    with pytest.raises(InvalidValueError) as raised:
        formats.structure(given, tul.Grant)
    lines = lines_of(raised.value, given, hide=True)
    assert "secret" not in "".join(str(line["ctx"]) for line in lines)
    assert any("planned, applied, granted" in line["msg"] for line in lines)
    assert any('"project" is missing' in line["msg"] for line in lines)
    assert all(set(line["ctx"]) == {"fi", "sv", "en"} for line in lines)


def test_location_with_a_lone_surrogate_can_be_written() -> None:
    """A key with a lone surrogate is escaped in the location."""
    finding = messages.WRONG_TYPE.finding(found="a", expected="b").under("\ud800")
    (line,) = lines_of(InvalidValueError([finding]), cast("Any", {"\ud800": 1}))
    assert line["loc"] == ("\\ud800",)


def test_unlisted_and_omitted_findings_are_counted_together() -> None:
    """Of 128 findings a hundred are listed; thirty more were not kept."""
    (finding, *_) = findings = missing(128).findings
    error = InvalidValueError(findings, ((finding.code, finding.severity, 158),))
    lines = lines_of(error, [EMPTY] * 128)
    assert len(lines) == 101
    assert lines[-1]["msg"] == "and 58 more errors"
