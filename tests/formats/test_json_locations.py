"""Places in the text of a document: what the property of all documents does not reach."""

import json
import pathlib

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import document, found, read_text
from tulevaisuus.findings import Location, messages
from tulevaisuus.formats import json_locations
from tulevaisuus.formats.json_locations import TextLocator, locations


def places(text: str | bytes) -> dict[str, tuple[int | None, int | None]]:
    """Return line and column of each finding by its path."""
    return {
        finding.path: (finding.location.line, finding.location.column)
        for finding in read_text(text).findings
        if finding.location
    }


def test_a_repeated_key_is_shown_where_it_comes_last() -> None:
    """The last value is the one that is read, so findings below it are there too."""
    text = document(grants=[]).replace(
        '"grants": []', '"grants": [\n{"id": 5}],\n "grants": [\n{"id": 6}]'
    )
    shown = places(text)
    assert shown["/grants"] == (3, 2)
    assert shown["/grants/0/id"] == (4, 8)
    assert shown["/grants/0/call"] == (4, 1)


def test_what_is_below_an_overwritten_key_is_at_what_replaced_it() -> None:
    """A place in an object that was not read is never shown."""
    text = document(goals=[]).replace(
        '"goals": []', '"goals": [{"number": 1, "name": {"fi": ""}, "name": 5}]'
    )
    assert places(text)["/goals/0/name"][1] in {
        text.index('"name": 5') + 1,
        text.index('"name": 5') + 9,
    }


def test_a_text_that_is_no_document_is_placed_by_its_first_mistake() -> None:
    """What cannot be parsed has a line, a column, and the line itself."""
    (finding,) = read_text('{\n  "format": tulevaisuus}').findings
    assert attrs.asdict(finding.location or Location()) == {
        "source": None,
        "line": 2,
        "column": 13,
        "sheet": None,
        "row": None,
        "cell": None,
        "snippet": '  "format": tulevaisuus}',
        "caret": 12,
    }
    assert finding.message("en").startswith("invalid JSON at line 2, column 13: unexpected text")
    (end,) = read_text("[").findings
    assert "unexpected end of file" in end.message("en")


@pytest.mark.parametrize("value", ["NaN", "-Infinity"])
def test_every_constant_that_is_no_number_is_placed(value: str) -> None:
    """Several on one line have columns of their own."""
    text = document(roles=["x", "y"]).replace('"x"', value).replace('"y"', value)
    columns = [each.location.column for each in read_text(text).findings if each.location]
    assert columns == [text.index(value) + 1, text.rindex(value) + 1]


def test_a_limit_has_no_place() -> None:
    """That a document is too large is no matter of a line."""
    (finding,) = read_text("[1, 2, 3]", tul.Limits(items=2)).findings
    assert finding.location == Location()


def test_a_long_line_is_cut_around_the_place() -> None:
    """A document of one line does not come along with every finding."""
    text = " " * 1000 + "x" + " " * 1000
    (location,) = locations(text, [1000]).values()
    assert location.snippet is not None
    assert location.caret is not None
    assert location.snippet[location.caret] == "x"
    assert location.snippet.startswith("…")
    assert location.snippet.endswith("…")
    assert len(location.snippet) == 242
    (start,) = locations("x" * 1000, [3]).values()
    assert (start.caret, start.snippet and start.snippet[:2]) == (3, "xx")


def test_a_path_into_a_text_that_is_not_json_is_at_its_beginning() -> None:
    """A locator never raises, whatever text it is given."""
    finding = messages.EMPTY_TEXT.finding("/a/0")
    for text in (
        "",
        "{",
        '{"a',
        '{"a"',
        '{"a": [',
        '{"a": {"b"',
        "[1",
        "5",
        '{"a": 5}',
        "nonsense",
    ):
        (placed,) = TextLocator(text).locate([finding])
        assert placed.location is not None
        assert placed.location.line == 1


def test_a_finding_keeps_the_place_that_it_has() -> None:
    """Who knows better is not overruled."""
    known = attrs.evolve(
        messages.EMPTY_TEXT.finding("/a"), location=Location(source="other.json", line=7)
    )
    (placed,) = TextLocator("{}", "a.json").locate([known])
    assert placed.location == known.location


def test_a_valid_document_is_never_scanned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Places are looked for once something is wrong, and not before."""
    monkeypatch.delattr(json_locations, "locations")
    monkeypatch.delattr(json_locations, "_Scanner")
    reading = read_text(tul.dumps(tul.reference))
    assert (reading.ok, reading.findings) == (True, ())


def test_the_source_of_a_finding_is_the_path_that_was_read(tmp_path: pathlib.Path) -> None:
    """Findings of values and of rules name the file."""
    path = tmp_path / "a.json"
    path.write_text(document(posts=[{"id": "p", "role": "x"}], goals=5), encoding="utf-8")
    report = tul.check(tul.read(path))
    assert found(report.findings) == ["TSK002 /goals", "TSK005 /posts/0/role"]
    assert {each.location.source for each in report.findings if each.location} == {str(path)}
    with path.open("rb") as file:
        assert tul.check(tul.read(file)).findings == report.findings


def test_what_somebody_has_parsed_has_no_place() -> None:
    """A dict knows no lines, and nobody makes them up."""
    (finding,) = tul.read(json.loads(document(goals=5))).findings
    assert finding.location is None


def test_what_is_too_deep_to_be_placed_is_found() -> None:
    """A place so deep that the search for it ends is left out; the finding is not."""
    text = '{"a":' * 490 + '{"b":1,"b":2}' + "}" * 490
    found = tul.read(text.encode(), limits=tul.Limits(depth=500)).findings
    assert sum('"b"' in finding.message("en") for finding in found) == 1


def test_what_comes_before_in_a_list_is_passed_over() -> None:
    """What is wrong in a list is found behind what is not."""
    right = {"id": "g1", "call": "shc-2021", "project": "p", "status": "planned"}
    listed = [right, {**right, "id": "g2", "sources": ["a", "b", 5]}]
    text = ",\n".join(json.dumps(each) for each in listed)
    header = f'"format": "tulevaisuus", "format_version": "{tul.FORMAT_VERSION}"'
    (finding,) = tul.read(f'{{{header}, "grants": [\n{text}]}}'.encode()).findings
    assert finding.location is not None
    assert (finding.path, finding.location.line) == ("/grants/1/sources/2", 3)
    assert finding.location.column == text.partition("\n")[2].index("5]") + 1


def test_an_empty_line_is_shown_empty() -> None:
    """The line of a place ends where the next begins."""
    assert locations("\nabc", [0])[0].snippet == ""
    assert locations("a\n\nbc", [2])[2].snippet == ""
    assert locations("a\nbc", [3])[3].snippet == "bc"


def test_a_wrong_value_is_shown_where_it_is_and_a_wrong_key_at_the_key() -> None:
    """Only of an unknown or a repeated field the name is what is wrong."""
    text = document(grants=[]).replace('"grants": []', '"grants": [\n{"id": 5,\n"idd": 6}]')
    shown = places(text)
    assert shown["/grants/0/id"] == (2, 8)
    assert shown["/grants/0/idd"] == (3, 1)


def test_a_long_line_shows_eighty_characters_before_and_is_cut_where_it_ends() -> None:
    """An ellipsis stands where something was left out, and nowhere else."""
    text = "a" * 200 + "X" + "b" * 159
    whole = locations(text, [0, 80, 81, 200])
    assert [each.caret for each in whole.values()] == [0, 80, 81, 81]
    assert [len(each.snippet or "") for each in whole.values()] == [241, 241, 242, 241]
    assert (whole[200].snippet or "")[81] == "X"
    assert (whole[200].snippet or "").endswith("b" * 159)
    assert [(each.snippet or "")[0] for each in whole.values()] == ["a", "a", "…", "…"]


@pytest.mark.parametrize("length", [10, 239, 240, 241, 500])
def test_the_end_of_a_line_is_no_part_of_it(length: int) -> None:
    """A carriage return is never shown, nor is an ellipsis in its place."""
    text = "x" * length + "\r\ny"
    (location,) = locations(text, [length - 1]).values()
    assert location.snippet is not None
    assert location.snippet.endswith("x")
    assert location.caret == len(location.snippet) - 1
