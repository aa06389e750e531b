"""The line of a finding, with carets below the value."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tulevaisuus.findings import Location
from tulevaisuus.findings.localization import escape_unprintable
from tulevaisuus.reports.lines_with_caret import excerpt


def marked(snippet: str, caret: int, width: int = 80) -> tuple[str, str]:
    """Return the line without its margin, and the line of carets."""
    shown, marks = excerpt(Location(line=7, column=1, snippet=snippet, caret=caret), width)
    assert shown.startswith("  7 |")
    assert marks.startswith("    | ")
    return shown[6:], marks[6:]


def under(line: str, marks: str) -> str:
    """Return the part of a line with carets below, counted in columns of a terminal."""
    columns = ""
    for character in line:
        wide = unicodedata.east_asian_width(character) in "WF"
        columns += character + "\0" * wide
    first = marks.index("^")
    return columns[first : len(marks)].replace("\0", "")


@pytest.mark.parametrize(
    ("snippet", "caret", "value"),
    [
        ('"a": "x", "b": 1', 5, '"x"'),
        ('"a": "x", "b": 1', 15, "1"),
        ('"a": "x", "b": 1', 10, '"b"'),
        ('  "a": -1.5e3,', 7, "-1.5e3"),
        ('"a": {"b": 1}', 5, "{"),
        ('"a": [1]', 5, "["),
        ('"a": tru', 5, "tru"),
        (r'"a": "x\"y" ', 5, r'"x\"y"'),
        ('"a": "x', 5, '"'),
        ('"名前": "値", "b": 1', 6, '"値"'),
        ('"名前": "値", "b": 1', 16, "1"),
        ('\t"a": 1', 6, "1"),
        ('"a": "\x1b[31m"', 5, '"\\u001b[31m"'),
        ('"\U0001f600": 1', 5, "1"),
    ],
)
def test_carets_are_below_the_value(snippet: str, caret: int, value: str) -> None:
    """A text or number is marked from its first to its last character, a bracket alone."""
    line, marks = marked(snippet, caret)
    assert under(line, marks) == value


def test_combining_characters_have_no_column() -> None:
    """A letter with a combining diacritic is one column."""
    line, marks = marked('"a\N{COMBINING ACUTE ACCENT}": 1', 6)
    assert marks == "     ^"
    assert line.endswith(": 1")


def test_end_of_a_line_can_be_marked() -> None:
    """Where something is missing, the column after the last character is marked."""
    assert marked('{"a": 1', 7) == ('{"a": 1', "       ^")


def test_long_line_is_cut_around_the_value() -> None:
    """Dots replace what is cut; some text before and after the value is kept."""
    snippet = '{"a": 1, ' * 200 + '"here": "value", ' + '"b": 2, ' * 200
    line, marks = marked(snippet, 9 * 200 + 8, width=60)
    assert len(line) <= 54
    assert (line[0], line[-1]) == ("…", "…")
    assert under(line, marks) == '"value"'
    assert '"here": "value", "b"' in line


def test_value_wider_than_the_terminal_is_cut() -> None:
    """Its beginning is shown and marked."""
    line, marks = marked('"a": "' + "x" * 500 + '"', 5, width=40)
    assert len(line) <= 34
    assert under(line, marks).startswith('"xxx')


@pytest.mark.parametrize(
    ("location", "lines"),
    [
        (None, ()),
        (Location(line=1, column=1), ()),
        (Location(sheet="A", row=17, cell="B17", snippet="91"), ("  17 | 91",)),
        (Location(sheet="A", snippet="9\t1"), ("   | 9    1",)),
        (Location(line=2, column=9, snippet="abc", caret=9), ("  2 | abc",)),
    ],
    ids=["nowhere", "no text", "cell", "sheet", "beyond"],
)
def test_without_a_location_in_text_there_are_no_carets(
    location: Location | None, lines: tuple[str, ...]
) -> None:
    """A cell is shown without them; where there is no text, nothing is shown."""
    assert excerpt(location, 80) == lines


@given(
    snippet=st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
    place=st.integers(0, 300),
    width=st.integers(40, 120),
)
def test_any_line_fits_and_has_carets(snippet: str, place: int, width: int) -> None:
    """Whatever a line contains, the excerpt is one line, and not wider than the terminal."""
    caret = min(place, len(snippet))
    lines = excerpt(Location(line=7, snippet=snippet, caret=caret), width)
    assert len(lines) == 2
    for line in lines:
        assert escape_unprintable(line) == line
        columns = sum(1 + (unicodedata.east_asian_width(each) in "WF") for each in line)
        assert columns <= width or any(map(unicodedata.combining, line))
    assert "^" in lines[1]
