"""Limits are exact: the largest valid size is read, and one more is rejected."""

import io
import json
import math
import sys

import pytest

import tulevaisuus as tul
from tests.helpers import document, found
from tulevaisuus import formats
from tulevaisuus.findings import messages
from tulevaisuus.formats.decoding import unknown_fields
from tulevaisuus.formats.order_of_findings import in_source_order

GRANT = {"id": "g", "call": "shc-2021", "project": "p", "status": "granted"}


def line(**fields: object) -> bytes:
    """Return a grant as a JSON line."""
    return json.dumps({**GRANT, **fields}, separators=(",", ":")).encode() + b"\n"


def codes(data: bytes, limits: tul.Limits) -> list[str]:
    """Return the codes of the findings on a file of grants."""
    seen: list[str] = []
    for _ in formats.read_lines(
        io.BytesIO(data),
        tul.Grant,
        lambda each: seen.extend(finding.code for finding in each.findings),
        limits=limits,
    ):
        pass
    return seen


def test_counts_beyond_the_limit_are_exact() -> None:
    """Of eight errors three are kept and five are counted as omitted, by code."""
    grants = [{**GRANT, "id": "g0", "own_contribution_eur": -1}]
    grants += [{"id": f"g{number}", "call": 5} for number in range(1, 5)]
    reading = tul.read(document(grants=grants).encode(), limits=tul.Limits(findings=3))
    total = sum(number for *_, number in reading.counts)
    assert len(reading.findings) == 3
    assert reading.omitted == total - 3
    kept = {each.code for each in reading.findings}
    rest = {code: number for code, _, number in reading.omitted_counts}
    assert sum(rest.values()) == reading.omitted
    assert 0 not in rest.values()
    assert "TSK012" in kept
    assert "TSK012" not in rest


@pytest.mark.parametrize(("number", "limit"), [(8, 3), (6, 5), (5, 1)])
def test_invalid_constants_are_counted(number: int, limit: int) -> None:
    """Every NaN is counted, and those within the limit have a location."""
    text = f'{{"a": [{", ".join(["NaN"] * number)}]}}'
    reading = tul.read(text.encode(), limits=tul.Limits(findings=limit))
    assert sum(each for code, _, each in reading.counts if code == "TSK001") == number
    assert len(reading.findings) == limit
    assert reading.omitted == sum(each for *_, each in reading.counts) - limit


@pytest.mark.parametrize("blanks", range(4))
def test_line_of_the_most_bytes_is_read(blanks: int) -> None:
    """The newline is not counted; one more byte is too many, for odd and even limits."""
    padded = line().rstrip() + b" " * blanks
    limits = tul.Limits(bytes=len(padded))
    for end in (b"\n", b"\r\n", b""):
        assert codes(line() + padded + end, limits) == []
        assert codes(line() + padded + b" " + end, limits) == ["TSK001"]


def test_file_of_the_most_lines_and_bytes_is_read() -> None:
    """The last line within the limit is read, and the next one ends reading."""
    data = b"".join(line(id=f"g{number}") for number in range(5))
    assert codes(data, tul.Limits(lines=5, total=len(data))) == []
    assert codes(data, tul.Limits(lines=4)) == ["TSK001"]
    assert codes(data, tul.Limits(total=len(data) - 1)) == ["TSK001"]


def test_no_limit_is_too_large() -> None:
    """The largest `sys.maxsize` is a valid limit."""
    assert codes(line(), tul.Limits(bytes=sys.maxsize, total=sys.maxsize)) == []


@pytest.mark.parametrize("before", [0, 300])
def test_line_that_is_too_deep_is_one_finding(before: int) -> None:
    """The fast reader reports it as a finding, too, and not as a `RecursionError`."""
    good = b"".join(line(id=f"g{number}") for number in range(before))
    deep = b'{"id":' + b'{"a":' * 6000 + b"1" + b"}" * 6001 + b"\n"
    assert codes(good + deep + line(id="last"), tul.Limits()) == ["TSK001"]


def test_a_repeated_key_on_a_line_is_found_after_many_lines() -> None:
    """The fast reader of lines leaves duplicate keys to the full check."""
    good = b"".join(line(id=f"g{number}") for number in range(300))
    twice = line(id="x")[:-2] + b',"id":"y"}\n'
    assert codes(good + twice, tul.Limits()) == ["TSK001"]


def test_depth_items_and_digits_are_exact() -> None:
    """A document at the limit is read; one more is a finding."""

    def about(text: str, **limits: int) -> list[str]:
        """Return the findings on the text itself."""
        reading = tul.read(text.encode(), limits=tul.Limits(**limits))
        return [each for each in found(reading.findings) if each.startswith("TSK001")]

    for most in (3, 4, 7):
        nested = '{"a": ' + "[" * (most - 1) + "]" * (most - 1) + "}"
        assert about(nested, depth=most) == []
        assert about(nested, depth=most - 1) == ["TSK001"]
        listed = f'{{"a": [{", ".join(["0"] * most)}]}}'
        assert about(listed, items=most) == []
        assert about(listed, items=most - 1) == ["TSK001"]
        number = f'{{"a": -{"1" * (most - 1)}}}'
        assert about(number, digits=most) == []
        assert about(number, digits=most - 1) == ["TSK001"]


def test_repeated_key_is_one_finding() -> None:
    """Each repeated name is reported once, however often it occurs."""
    assert found(tul.read(b'{"a": 1, "a": 2, "b": 1}').findings).count("TSK001 /a") == 1
    thrice = tul.read(b'{"a": 1, "a": 2, "a": 3, "b": 1}')
    assert found(thrice.findings).count("TSK001 /a") == 1
    assert "TSK001 /b" not in found(thrice.findings)


def test_programme_in_a_list_is_an_entity_like_others() -> None:
    """Only a portfolio has a single programme; a list of programmes may have several."""
    programmes = [{"id": each, "name": {"fi": each}} for each in ("a", "b")]
    data = b"".join(json.dumps(each).encode() + b"\n" for each in programmes)
    assert [each.id for each in formats.read_lines(io.BytesIO(data), tul.Programme)] == ["a", "b"]
    reading = tul.read(io.BytesIO(data), of=tul.Programme)
    assert reading.ok
    assert [each.id for each in reading.entities_of(tul.Programme)] == ["a", "b"]


def test_finding_beyond_the_lines_has_no_line() -> None:
    """The path of a rule's finding may be missing from the file; the last line has a number."""
    reading = tul.read(io.BytesIO(line(id="a") + b"\n" + line(id="b")), of=tul.Grant)
    finding = messages.EMPTY_TEXT.finding()
    places = [
        each.location and each.location.line
        for each in reading.located([finding.under("grants", index) for index in (0, 1, 2, 9)])
    ]
    assert places == [1, 3, None, None]


@pytest.mark.parametrize("row", range(4))
def test_rows_are_counted_from_one(row: int) -> None:
    """The first row of a table has the number 1."""
    rows = [{**GRANT, "id": f"g{number}"} for number in range(4)]
    rows[row] = {**rows[row], "status": "no such"}
    (finding,) = formats.read_rows({"grants": rows}).findings
    assert finding.location is not None
    assert (finding.location.sheet, finding.location.row) == ("grants", row + 1)


def test_positions_in_list_rows_count_from_zero() -> None:
    """A missing position is found at the row after it, and only there."""
    tables = formats.columns_of(tul.Grant)
    owner, *_, place = (name for name, each in tables["grants_notes"].items() if each.key)

    def problems_of_notes(*places: int) -> list[str]:
        """Return the findings on notes with these positions."""
        rows = [{owner: "g", place: at, "field": "call", "text": f"note {at}"} for at in places]
        return found(formats.read_rows({"grants": [GRANT], "grants_notes": rows}).findings)

    assert problems_of_notes(0, 1, 2, 3, 4) == []
    assert len(problems_of_notes(0, 1, 3, 4)) == 1
    assert len(problems_of_notes(1, 2)) == 1
    assert len(problems_of_notes(0, 2, 3, 5)) == 2


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_no_amount_is_infinite(value: float) -> None:
    """Infinity is not valid JSON, and not a valid amount."""
    with pytest.raises(tul.InvalidValueError):
        formats.structure({**GRANT, "amount_eur": value}, tul.Grant)


def test_locations_of_entities_beside_a_programme() -> None:
    """The programme is in no register, and a rejected entity still counts in the index."""
    data = json.loads(document(grants=[GRANT, {"id": 5}, {**GRANT, "id": "h"}]))
    data["programme"] = {"id": "own", "name": {"fi": "Oma"}}
    reading = tul.read(json.dumps(data).encode())
    assert reading.portfolio.programme is not None
    assert [each.id for each in reading.portfolio.grants] == ["g", "h"]
    assert [*reading.indices_in("grants")] == [0, 2]


def test_finding_beyond_the_end_of_a_list_is_sorted_after_it() -> None:
    """A path may have an index beyond the last element."""
    paths = ["/a/3/x", "/a/2/x", "/b", "/a/1/x", "/a/1/y", "/a/0"]
    source: dict[str, object] = {"b": 1, "a": [1, {"y": 1, "x": 2}]}
    findings = [messages.EMPTY_TEXT.finding(path) for path in paths]
    assert [each.path for each in in_source_order(source, findings)] == [
        "/b",
        "/a/0",
        "/a/1/y",
        "/a/1/x",
        "/a/2/x",
        "/a/3/x",
    ]


def test_twenty_characters_of_invalid_json_are_quoted() -> None:
    """The quoted text is no longer."""
    (finding,) = tul.read(b"[1 abcdefghijklmnopqrstuvwxyz").findings
    assert "abcdefghijklmnopqrst" in finding.message("en")
    assert "abcdefghijklmnopqrstu" not in finding.message("en")


@pytest.mark.parametrize(("count", "is_whole"), [(29, True), (30, True), (31, False)])
def test_thirty_known_fields_are_listed(count: int, is_whole: bool) -> None:  # noqa: FBT001 - a case
    """A longer list ends with an ellipsis after thirty names."""
    known = [f"k{number}" for number in range(count)]
    (finding,) = unknown_fields(["zzzzzzzz"], known)
    shown = dict(finding.params)["known"]
    assert isinstance(shown, tuple)
    assert len(shown) == (count if is_whole else 31)
    assert (shown[-1] == "…") is not is_whole


def test_known_fields_are_listed_three_times_and_twenty_have_suggestions() -> None:
    """Suggestions are slow to find, and a repeated list of known fields is no help."""
    known = ["alpha", "beta"]
    unlike = [*unknown_fields([f"zz{number}" for number in range(5)], known)]
    assert ["known" in dict(each.params) for each in unlike] == [True] * 3 + [False] * 2
    near = [*unknown_fields([f"alpha{number}" for number in range(25)], known)]
    assert [each.template == messages.UNKNOWN_FIELD_NEAR.text for each in near] == (
        [True] * 20 + [False] * 5
    )


@pytest.mark.parametrize(
    "limits", [tul.Limits(items=2), tul.Limits(depth=1), tul.Limits(digits=1), tul.Limits(bytes=9)]
)
def test_low_limits_apply_to_the_fast_reader_of_lines(limits: tul.Limits) -> None:
    """The reader that is generated after many lines respects the limits of each file."""
    many = b"".join(line(id=f"g{number}", amount_eur=100, sources=["a"]) for number in range(300))
    assert codes(many, tul.Limits()) == []
    assert codes(many, limits) == ["TSK001"] * 300


@pytest.mark.parametrize("limit", [40, 41])
def test_blank_line_of_the_most_bytes_is_skipped(limit: int) -> None:
    """A longer one is a finding, because it is not read to its end."""
    limits = tul.Limits(bytes=limit)
    for end in (b"\n", b"\r\n", b""):
        assert codes(b" " * limit + end, limits) == []
        assert codes(b" " * (limit + 1) + end, limits) == ["TSK001"]


@pytest.mark.parametrize(
    ("lines", "spare", "words"),
    [(4, 0, "Limits.lines"), (5, -1, "Limits.total"), (4, -1, "Limits.total")],
)
def test_finding_names_the_limit_that_was_exceeded(lines: int, spare: int, words: str) -> None:
    """Size and number of lines are two limits; the first that is exceeded is named."""
    data = b"".join(line(id=f"g{number}") for number in range(5))
    problems: list[formats.RejectedLine] = []
    limits = tul.Limits(lines=lines, total=len(data) + spare)
    read = [*formats.read_lines(io.BytesIO(data), tul.Grant, problems.append, limits=limits)]
    assert len(read) == 4
    assert words in problems[0].findings[0].message("en")
    assert problems[0].line == 5
