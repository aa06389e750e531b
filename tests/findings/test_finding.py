"""A finding: its message in each language, its path, its location, copies and pickles."""

import copy
import datetime as dt
import pickle

import attrs
import pytest

import tulevaisuus as tul
from tulevaisuus.findings import LocalizedText, Location, messages
from tulevaisuus.findings.finding import make_finding

TEMPLATE = LocalizedText(fi="löytyi {found}", sv="fann {found}", en="found {found}")
FINDING = tul.Finding(
    code="TSK999",
    severity=tul.Severity.WARNING,
    path="/usable/end",
    template=TEMPLATE,
    params=(("found", dt.date(2024, 1, 1)),),
    sources=("thl-programme",),
)


def test_template_sets_code_and_text() -> None:
    """Code and text come from the template, path and values from the call."""
    found = messages.EMPTY_TEXT.finding("/name/fi")
    assert found == tul.Finding(
        code="TSK013",
        severity=tul.Severity.ERROR,
        path="/name/fi",
        template=messages.EMPTY_TEXT.text,
    )


def test_path_is_empty_for_the_whole_document() -> None:
    """Without a path a finding is about the whole document, and has no subject."""
    whole = messages.EMPTY_TEXT.finding()
    assert (whole.path, whole.subject) == ("", "")


def test_the_location_does_not_count_in_comparisons() -> None:
    """The same finding in another file, or without a location, is equal and has the same hash."""
    located = attrs.evolve(FINDING, location=Location(source="a.json", line=3, column=7))
    assert located == FINDING
    assert hash(located) == hash(FINDING)
    assert located.under("grants", 3).with_subject("grant g21").location is located.location
    assert pickle.loads(pickle.dumps(located)).location == located.location


@pytest.mark.parametrize(
    ("location", "text"),
    [
        (Location(source="a.json", line=3, column=7), "a.json:3:7"),
        (Location(source="a.jsonl", line=3), "a.jsonl:3"),
        (Location(source="a.xlsx", sheet="Haku", row=17, cell="B17"), "a.xlsx:Haku!B17"),
        (Location(sheet="grants", row=17), "grants!17"),
        (Location(source="a.csv", row=17), "a.csv:17"),
        (Location(source="a.csv", row=17, cell="B17"), "a.csv:B17"),
        (Location(cell="B17"), "B17"),
        (Location(), ""),
    ],
    ids=str,
)
def test_location_is_written_as_compilers_and_spreadsheets_do(
    location: Location, text: str
) -> None:
    """Parts of the location that are not known are left out."""
    assert str(location) == text


@pytest.mark.parametrize(
    ("language", "message"),
    [("fi", "löytyi 1.1.2024"), ("sv", "fann 1.1.2024"), ("en", "found 1 January 2024")],
)
def test_message_is_rendered_on_request_in_each_language(language: str, message: str) -> None:
    """The language is chosen when the message is read, not when the finding is made."""
    assert FINDING.message(language) == message


def test_unknown_language_is_an_error() -> None:
    """An unknown language is not replaced by another one."""
    with pytest.raises(tul.UnknownLanguageError):
        FINDING.message("de")


def test_under_prefixes_the_path() -> None:
    """Keys and indices are put before the path, escaped; nothing else changes."""
    under = FINDING.under("grants", 3, "a/b")
    assert under == attrs.evolve(FINDING, path="/grants/3/a~1b/usable/end")
    assert FINDING.under() == FINDING


def test_subject_is_the_innermost_entity() -> None:
    """A containing entity does not replace the subject of a finding."""
    assert FINDING.with_subject("grant g1").with_subject("portfolio").subject == "grant g1"
    assert FINDING.with_subject("").with_subject("grant g1").subject == "grant g1"


@pytest.mark.parametrize(
    ("path", "subject", "line"),
    [
        ("", "", "TSK999 warning: found x"),
        ("/a", "", "TSK999 warning at /a: found x"),
        ("", "grant g1", "TSK999 warning at (grant g1): found x"),
        ("/a", "grant g1", "TSK999 warning at /a (grant g1): found x"),
    ],
)
def test_str_is_one_line_in_english(path: str, subject: str, line: str) -> None:
    """The line has the code, the severity, the location, the subject and the message."""
    assert (
        str(attrs.evolve(FINDING, path=path, params=(("found", "x"),)).with_subject(subject))
        == line
    )


@pytest.mark.parametrize("name", ["a\nb", "\x1b[31m", "\u202eb", "\u2028"])
def test_str_escapes_control_characters(name: str) -> None:
    """A field name from a document cannot break the line or send commands to the terminal."""
    assert str(attrs.evolve(FINDING, path="").under(name)).isprintable()


def test_finding_can_be_pickled_without_its_template_catalogue() -> None:
    """Pickles, copies, hashes and comparisons include the texts and the values."""
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        twin = pickle.loads(pickle.dumps(FINDING, protocol))
        assert twin == FINDING
        assert hash(twin) == hash(FINDING)
        assert twin.message("fi") == "löytyi 1.1.2024"
    assert copy.copy(FINDING) == copy.deepcopy(FINDING) == FINDING


def test_is_immutable() -> None:
    """A finding rejects assignment."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        FINDING.path = "/b"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def test_finding_made_by_the_fast_constructor_is_equal() -> None:
    """It equals the result of the usual constructor, is immutable and can be pickled."""
    fields = {
        name: getattr(FINDING, name)
        for name in ("code", "severity", "path", "subject", "template", "params", "sources")
    }
    made = make_finding(**fields)
    assert type(made) is tul.Finding
    assert (made, hash(made), made.location) == (FINDING, hash(FINDING), None)
    assert pickle.loads(pickle.dumps(made)) == FINDING
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        vars(type(made))["__setattr__"](made, "code", "TSK998")
