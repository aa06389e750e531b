"""Exact numbers: what is just within a limit is read, and what is beyond it is counted."""

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
    """Return a grant as a line."""
    return json.dumps({**GRANT, **fields}, separators=(",", ":")).encode() + b"\n"


def codes(data: bytes, limits: tul.Limits) -> list[str]:
    """Return the codes of what is wrong with a file of grants."""
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
    """Of eight errors three are kept and five counted; a code that is kept whole has no rest."""
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
def test_numbers_that_are_none_are_counted(number: int, limit: int) -> None:
    """Every NaN counts, and those within the limit have a place."""
    text = f'{{"a": [{", ".join(["NaN"] * number)}]}}'
    reading = tul.read(text.encode(), limits=tul.Limits(findings=limit))
    assert sum(each for code, _, each in reading.counts if code == "TSK001") == number
    assert len(reading.findings) == limit
    assert reading.omitted == sum(each for *_, each in reading.counts) - limit


@pytest.mark.parametrize("blanks", range(4))
def test_a_line_of_the_most_bytes_is_read(blanks: int) -> None:
    """The end of the line does not count, and one byte more is too much, odd or even."""
    padded = line().rstrip() + b" " * blanks
    limits = tul.Limits(bytes=len(padded))
    for end in (b"\n", b"\r\n", b""):
        assert codes(line() + padded + end, limits) == []
        assert codes(line() + padded + b" " + end, limits) == ["TSK001"]


def test_a_file_of_the_most_lines_and_bytes_is_read() -> None:
    """The last line that fits is read, and the first that does not ends the file."""
    data = b"".join(line(id=f"g{number}") for number in range(5))
    assert codes(data, tul.Limits(lines=5, total=len(data))) == []
    assert codes(data, tul.Limits(lines=4)) == ["TSK001"]
    assert codes(data, tul.Limits(total=len(data) - 1)) == ["TSK001"]


def test_no_limit_is_too_large() -> None:
    """The largest number that Python can count to is a limit like any other."""
    assert codes(line(), tul.Limits(bytes=sys.maxsize, total=sys.maxsize)) == []


@pytest.mark.parametrize("before", [0, 300])
def test_a_line_that_is_too_deep_is_one_finding(before: int) -> None:
    """Also where lines are read fast, it is a finding and no error of Python."""
    good = b"".join(line(id=f"g{number}") for number in range(before))
    deep = b'{"id":' + b'{"a":' * 6000 + b"1" + b"}" * 6001 + b"\n"
    assert codes(good + deep + line(id="last"), tul.Limits()) == ["TSK001"]


def test_a_repeated_key_on_a_line_is_found_after_many_lines() -> None:
    """The fast reader of lines takes none with a key twice."""
    good = b"".join(line(id=f"g{number}") for number in range(300))
    twice = line(id="x")[:-2] + b',"id":"y"}\n'
    assert codes(good + twice, tul.Limits()) == ["TSK001"]


def test_depth_items_and_digits_end_exactly() -> None:
    """What has as many as the limit is read; one more is found."""

    def about(text: str, **limits: int) -> list[str]:
        """Return what is wrong with the text itself."""
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


def test_a_key_that_comes_twice_or_thrice_is_one_finding() -> None:
    """Each name is reported once, whatever it holds."""
    assert found(tul.read(b'{"a": 1, "a": 2, "b": 1}').findings).count("TSK001 /a") == 1
    thrice = tul.read(b'{"a": 1, "a": 2, "a": 3, "b": 1}')
    assert found(thrice.findings).count("TSK001 /a") == 1
    assert "TSK001 /b" not in found(thrice.findings)


def test_a_programme_in_a_list_is_an_entity_like_others() -> None:
    """Only a document has one programme; a list of programmes has several."""
    programmes = [{"id": each, "name": {"fi": each}} for each in ("a", "b")]
    data = b"".join(json.dumps(each).encode() + b"\n" for each in programmes)
    assert [each.id for each in formats.read_lines(io.BytesIO(data), tul.Programme)] == ["a", "b"]
    reading = tul.read(io.BytesIO(data), of=tul.Programme)
    assert reading.ok
    assert [each.id for each in reading.entities_of(tul.Programme)] == ["a", "b"]


def test_a_finding_beyond_the_lines_has_no_line() -> None:
    """Rules may report on what is nowhere in the file; of the last line the number is known."""
    reading = tul.read(io.BytesIO(line(id="a") + b"\n" + line(id="b")), of=tul.Grant)
    finding = messages.EMPTY_TEXT.finding()
    places = [
        each.location and each.location.line
        for each in reading.located([finding.under("grants", index) for index in (0, 1, 2, 9)])
    ]
    assert places == [1, 3, None, None]


@pytest.mark.parametrize("row", range(4))
def test_rows_are_counted_from_one(row: int) -> None:
    """The first row is row 1 of its table, as people count."""
    rows = [{**GRANT, "id": f"g{number}"} for number in range(4)]
    rows[row] = {**rows[row], "status": "no such"}
    (finding,) = formats.read_rows({"grants": rows}).findings
    assert finding.location is not None
    assert (finding.location.sheet, finding.location.row) == ("grants", row + 1)


def test_places_of_list_rows_count_up_from_zero() -> None:
    """A place that is left out is found at the row after it, and only there."""
    tables = formats.columns_of(tul.Grant)
    owner, *_, place = (name for name, each in tables["grants_notes"].items() if each.key)

    def noted(*places: int) -> list[str]:
        """Return what is wrong with notes at these places."""
        rows = [{owner: "g", place: at, "field": "call", "text": f"note {at}"} for at in places]
        return found(formats.read_rows({"grants": [GRANT], "grants_notes": rows}).findings)

    assert noted(0, 1, 2, 3, 4) == []
    assert len(noted(0, 1, 3, 4)) == 1
    assert len(noted(1, 2)) == 1
    assert len(noted(0, 2, 3, 5)) == 2


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_no_amount_is_infinite(value: float) -> None:
    """A number that JSON has not is no amount either."""
    with pytest.raises(tul.InvalidValueError):
        formats.structure({**GRANT, "amount_eur": value}, tul.Grant)


def test_valid_entities_keep_their_places_beside_a_programme() -> None:
    """The programme is no entity of a register, and a rejected one leaves its place free."""
    data = json.loads(document(grants=[GRANT, {"id": 5}, {**GRANT, "id": "h"}]))
    data["programme"] = {"id": "own", "name": {"fi": "Oma"}}
    reading = tul.read(json.dumps(data).encode())
    assert reading.portfolio.programme is not None
    assert [each.id for each in reading.portfolio.grants] == ["g", "h"]
    assert [*reading.indices_in("grants")] == [0, 2]


def test_findings_behind_the_end_of_a_list_come_after_its_elements() -> None:
    """A path may lead behind the last element; it is sorted like any other."""
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


def test_twenty_characters_of_what_is_no_json_are_quoted() -> None:
    """Enough to find the place, and no more."""
    (finding,) = tul.read(b"[1 abcdefghijklmnopqrstuvwxyz").findings
    assert "abcdefghijklmnopqrst" in finding.message("en")
    assert "abcdefghijklmnopqrstu" not in finding.message("en")


@pytest.mark.parametrize(("count", "is_whole"), [(29, True), (30, True), (31, False)])
def test_thirty_known_fields_are_listed(count: int, is_whole: bool) -> None:  # noqa: FBT001 - a case
    """A longer list ends in an ellipsis after thirty names."""
    known = [f"k{number}" for number in range(count)]
    (finding,) = unknown_fields(["zzzzzzzz"], known)
    shown = dict(finding.params)["known"]
    assert isinstance(shown, tuple)
    assert len(shown) == (count if is_whole else 31)
    assert (shown[-1] == "…") is not is_whole


def test_three_unknown_fields_list_what_is_known_and_twenty_have_suggestions() -> None:
    """Reading what is similar takes time, and the same list again and again tells nothing."""
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
def test_low_limits_hold_for_lines_that_are_usual(limits: tul.Limits) -> None:
    """What a class is read with after many lines keeps to the limits of each file."""
    many = b"".join(line(id=f"g{number}", amount_eur=100, sources=["a"]) for number in range(300))
    assert codes(many, tul.Limits()) == []
    assert codes(many, limits) == ["TSK001"] * 300
