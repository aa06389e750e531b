"""Lines and columns of findings: special cases that the property test does not cover."""

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


def test_repeated_key_is_located_at_its_last_occurrence() -> None:
    """The last value is the one that is read, so findings below it are there, too."""
    text = document(grants=[]).replace(
        '"grants": []', '"grants": [\n{"id": 5}],\n "grants": [\n{"id": 6}]'
    )
    shown = places(text)
    assert shown["/grants"] == (3, 2)
    assert shown["/grants/0/id"] == (4, 8)
    assert shown["/grants/0/call"] == (4, 1)


def test_finding_below_an_overwritten_key_is_at_its_replacement() -> None:
    """A location in an object that was not read is never shown."""
    text = document(goals=[]).replace(
        '"goals": []', '"goals": [{"number": 1, "name": {"fi": ""}, "name": 5}]'
    )
    assert places(text)["/goals/0/name"][1] in {
        text.index('"name": 5') + 1,
        text.index('"name": 5') + 9,
    }


def test_invalid_json_is_located_at_its_first_error() -> None:
    """The finding has the line, the column, and the text of the line."""
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
def test_every_invalid_constant_is_located(value: str) -> None:
    """Several on one line have their own columns."""
    text = document(roles=["x", "y"]).replace('"x"', value).replace('"y"', value)
    columns = [each.location.column for each in read_text(text).findings if each.location]
    assert columns == [text.index(value) + 1, text.rindex(value) + 1]


def test_limit_on_size_has_no_location() -> None:
    """That a document is too large does not concern one line."""
    (finding,) = read_text("[1, 2, 3]", tul.Limits(items=2)).findings
    assert finding.location == Location()


def test_a_long_line_is_cut_around_the_place() -> None:
    """A document of one line is not quoted in full by every finding."""
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


def test_path_into_invalid_json_is_located_at_its_beginning() -> None:
    """The locator never raises, whatever the text is."""
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


def test_existing_location_is_kept() -> None:
    """A finding that has a location already is not located again."""
    known = attrs.evolve(
        messages.EMPTY_TEXT.finding("/a"), location=Location(source="other.json", line=7)
    )
    (placed,) = TextLocator("{}", "a.json").locate([known])
    assert placed.location == known.location


def test_valid_document_is_not_scanned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Locations are only computed when there are findings."""
    monkeypatch.delattr(json_locations, "locations")
    monkeypatch.delattr(json_locations, "_Scanner")
    reading = read_text(tul.dumps(tul.reference))
    assert (reading.ok, reading.findings) == (True, ())


def test_source_of_a_finding_is_the_path_of_the_file(tmp_path: pathlib.Path) -> None:
    """Findings of values and of rules name the file."""
    path = tmp_path / "a.json"
    path.write_text(document(posts=[{"id": "p", "role": "x"}], goals=5), encoding="utf-8")
    report = tul.check(tul.read(path))
    assert found(report.findings) == ["TSK002 /goals", "TSK005 /posts/0/role"]
    assert {each.location.source for each in report.findings if each.location} == {str(path)}
    with path.open("rb") as file:
        assert tul.check(tul.read(file)).findings == report.findings


def test_parsed_data_has_no_locations() -> None:
    """A dict has no lines, and none are invented."""
    (finding,) = tul.read(json.loads(document(goals=5))).findings
    assert finding.location is None


def test_finding_too_deep_to_locate_is_kept() -> None:
    """The location is left out; the finding is not."""
    text = '{"a":' * 490 + '{"b":1,"b":2}' + "}" * 490
    found = tul.read(text.encode(), limits=tul.Limits(depth=500)).findings
    assert sum('"b"' in finding.message("en") for finding in found) == 1


def test_location_in_a_list_after_valid_elements() -> None:
    """Valid elements before the error are skipped."""
    right = {"id": "g1", "call": "shc-2021", "project": "p", "status": "planned"}
    listed = [right, {**right, "id": "g2", "sources": ["a", "b", 5]}]
    text = ",\n".join(json.dumps(each) for each in listed)
    header = f'"format": "tulevaisuus", "format_version": "{tul.FORMAT_VERSION}"'
    (finding,) = tul.read(f'{{{header}, "grants": [\n{text}]}}'.encode()).findings
    assert finding.location is not None
    assert (finding.path, finding.location.line) == ("/grants/1/sources/2", 3)
    assert finding.location.column == text.partition("\n")[2].index("5]") + 1


def test_empty_line_is_shown_empty() -> None:
    """The quoted line ends before the next one begins."""
    assert locations("\nabc", [0])[0].snippet == ""
    assert locations("a\n\nbc", [2])[2].snippet == ""
    assert locations("a\nbc", [3])[3].snippet == "bc"


def test_wrong_value_and_wrong_key_are_located() -> None:
    """An unknown or repeated field is located at its name, a wrong value at the value."""
    text = document(grants=[]).replace('"grants": []', '"grants": [\n{"id": 5,\n"idd": 6}]')
    shown = places(text)
    assert shown["/grants/0/id"] == (2, 8)
    assert shown["/grants/0/idd"] == (3, 1)


def test_long_line_is_cut_after_eighty_characters_before_the_column() -> None:
    """An ellipsis is where text was left out, and nowhere else."""
    text = "a" * 200 + "X" + "b" * 159
    whole = locations(text, [0, 80, 81, 200])
    assert [each.caret for each in whole.values()] == [0, 80, 81, 81]
    assert [len(each.snippet or "") for each in whole.values()] == [241, 241, 242, 241]
    assert (whole[200].snippet or "")[81] == "X"
    assert (whole[200].snippet or "").endswith("b" * 159)
    assert [(each.snippet or "")[0] for each in whole.values()] == ["a", "a", "…", "…"]


@pytest.mark.parametrize("length", [10, 239, 240, 241, 500])
def test_line_end_is_not_quoted(length: int) -> None:
    """A carriage return is never shown, nor is an ellipsis in its place."""
    text = "x" * length + "\r\ny"
    (location,) = locations(text, [length - 1]).values()
    assert location.snippet is not None
    assert location.snippet.endswith("x")
    assert location.caret == len(location.snippet) - 1


@pytest.mark.parametrize("space", ["", " "])
def test_locations_do_not_depend_on_where_a_value_ends(space: str) -> None:
    """Whether a closing bracket is at an even or an odd offset, what follows it is found."""
    members = f'"programme": {{"id": 5}}{space}, "grants": [{{"id": 6}}], "posts": [{{"id": 7}}]'
    text = f'{{"format": "tulevaisuus", "format_version": "1.0", {members}}}'
    ids = [each for each in read_text(text).findings if each.path.endswith("/id")]
    columns = [each.location.column for each in ids if each.location]
    assert columns == [text.index(f'"id": {number}') + 7 for number in (5, 6, 7)]


def test_caret_is_within_its_own_line() -> None:
    """In a later line, at an even and at an odd offset."""
    text = "one\n\nsecond\n"
    found_locations = locations(text, [text.index("second"), text.index("econd")])
    assert [each.caret for each in found_locations.values()] == [0, 1]
    assert [(each.line, each.column) for each in found_locations.values()] == [(3, 1), (3, 2)]


def located(text: str, path: str, first_line: int = 1) -> Location:
    """Return the location of a path in a text."""
    (placed,) = TextLocator(text, first_line=first_line).locate([messages.EMPTY_TEXT.finding(path)])
    assert placed.location is not None
    return placed.location


@pytest.mark.parametrize("before", ["", "\n", "ab\n", "abc\n\n"])
@pytest.mark.parametrize("length", [240, 241])
def test_long_line_is_cut_wherever_it_is(before: str, length: int) -> None:
    """The length of a line does not include the lines before it."""
    text = f"{before}{'x' * length}\ny"
    (location,) = locations(text, [len(before)]).values()
    assert len(location.snippet or "") == length
    assert (location.snippet or "").endswith("…") is (length > 240)
    assert (location.line, location.column) == (1 + before.count("\n"), 1)


@pytest.mark.parametrize("before", ["", " ", "  "])
def test_compact_text_is_located(before: str) -> None:
    """Text without blanks after colons and commas, at even and odd offsets."""
    text = before + '{"a":[{"b":15},7,{"c":[]}],"d":{},"e":[[1,2],3]}'
    for path, value in (
        ("/a/0/b", "15"),
        ("/a/1", "7"),
        ("/a/2/c", "[]"),
        ("/d", "{}"),
        ("/e/0/1", "2"),
        ("/e/1", "3"),
    ):
        assert located(text, path).column == text.index(value) + 1


def test_nothing_of_an_overwritten_value_is_located() -> None:
    """What only the earlier value of a repeated key has is missing in the later one."""
    text = '{"programme": {"name": {"fi": 5}},\n"programme": {"id": 5}}'
    for path in ("/programme/name", "/programme/name/fi"):
        location = located(text, path)
        assert (location.line, location.column) == (2, 14)


@pytest.mark.parametrize(("first_line", "line"), [(1, 2), (2, 3), (3, 4), (10, 11)])
def test_lines_are_counted_in_the_whole_file(first_line: int, line: int) -> None:
    """The text may be a part of a larger file."""
    assert located('{\n"a": 5}', "/a", first_line=first_line).line == line


def test_value_with_an_unknown_code_is_located_at_the_value() -> None:
    """Only an unknown or repeated field is located at its name."""
    shown = places(document(posts=[]).replace("[]", '[\n{"id": "p", "role": 5,\n"holder": 5}]'))
    assert shown["/posts/0/role"] == (2, 21)
    text = document(grants=[]).replace("[]", '[\n{"id": "g",\n"status": "x"}]')
    assert places(text)["/grants/0/status"] == (3, 11)


@pytest.mark.parametrize("before", ["", "\n", "ab\n", "abc\n\n"])
def test_line_of_usual_length_is_whole_wherever_it_is(before: str) -> None:
    """Up to 240 characters are shown also for a place far from the beginning of the line."""
    line = "x" * 150 + "y" * 90
    (location,) = locations(f"{before}{line}\nz", [len(before) + 150]).values()
    assert (location.snippet, location.caret, location.column) == (line, 150, 151)
