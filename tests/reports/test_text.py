"""`to_text`: reports as people read them, at any width and in each language."""

import functools

import pytest

import tulevaisuus as tul
from tulevaisuus.findings import LANGUAGES, LocalizedText, Location
from tulevaisuus.reports import to_text

BROKEN = "examples/varsinais-suomi-broken.json"
WORDS = LocalizedText(fi="sana " * 40, sv="ord " * 40, en="word " * 40)


a_finding = functools.partial(
    tul.Finding,
    code="TSK302",
    severity=tul.Severity.ERROR,
    path="/grants/1/usable/end",
    subject="grant vs-2021",
    template=LocalizedText(fi="liian pitkä", sv="för lång", en="too long"),
)
"""Make a finding of TSK302, with other fields than these if they are given."""


@pytest.mark.parametrize(
    ("language", "head", "subject", "message", "counts"),
    [
        (
            "fi",
            "virhe TSK302 Otsikko",
            "avustus",
            "liian pitkä",
            "virheitä: 1, varoituksia: 0, huomautuksia: 0",
        ),
        (
            "sv",
            "fel TSK302 Rubrik",
            "understöd",
            "för lång",
            "fel: 1, varningar: 0, anmärkningar: 0",
        ),
        ("en", "error TSK302 Title", "grant", "too long", "errors: 1, warnings: 0, notes: 0"),
    ],
)
def test_a_finding_has_place_title_subject_message_and_line(
    language: str, head: str, subject: str, message: str, counts: str
) -> None:
    """A reader sees where, which rule, about what, what is wrong, and the very line."""
    where = Location(source="a.json", line=12, column=10, snippet='  "end": 1', caret=9)
    title = LocalizedText(fi="Otsikko", sv="Rubrik", en="Title")
    report = tul.Report.of([a_finding(location=where)], titles={"TSK302": title})
    assert to_text(report, language=language, name="b.json").splitlines() == [
        f"a.json:12:10: {head}",
        f"  {subject} vs-2021  /grants/1/usable/end",
        f"  {message}",
        '  12 |   "end": 1',
        "     |          ^",
        f"b.json: {counts}",
    ]


def test_an_empty_message_is_a_line_all_the_same() -> None:
    """A rule of the user's own may have nothing to say."""
    empty = LocalizedText(fi="", sv="", en="")
    report = tul.Report.of([a_finding(template=empty, subject="", path="")])
    assert to_text(report).splitlines()[:2] == ["portfolio.json: error TSK302", ""]


def test_a_finding_without_place_or_title_is_written_too() -> None:
    """What is not known leaves no gap; the name of the document stands for the place."""
    report = tul.Report.of([a_finding(subject="", path="")])
    assert to_text(report) == (
        "portfolio.json: error TSK302\n  too long\n"
        "portfolio.json: errors: 1, warnings: 0, notes: 0\n"
    )


def test_a_cell_of_a_table_is_named_as_a_spreadsheet_shows_it() -> None:
    """The sheet and the cell are the place, and what is in the cell is shown."""
    where = Location(source="a.xlsx", sheet="Grants", row=17, cell="B17", snippet="91")
    lines = to_text(tul.Report.of([a_finding(location=where)])).splitlines()
    assert lines[0] == "a.xlsx:Grants!B17: error TSK302"
    assert lines[3] == "  17 | 91"


@pytest.mark.parametrize("width", [-1, 0, 1, 40, 60, 100])
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_wrapped_with_a_hanging_indent(width: int, language: str) -> None:
    """No line is wider than asked for, from 40 columns on; continued lines are indented."""
    report = tul.Report.of([a_finding(template=WORDS)])
    text = to_text(report, language=language, width=width)
    lines = text.splitlines()
    assert max(map(len, lines)) <= max(width, 40)
    message = [line for line in lines if line.split()[:1] == [WORDS.localize(language).split()[0]]]
    assert message[0].startswith("  ")
    assert all(line.startswith("    ") for line in message[1:])
    assert " ".join(" ".join(message).split()) == WORDS.localize(language).strip()


def test_a_message_is_whole_at_any_width() -> None:
    """Wrapping loses no word of a real report."""
    report = tul.check(tul.read(BROKEN))
    narrow = " ".join(to_text(report, width=40).split())
    for finding in report:
        assert " ".join(finding.message("en").split()) in narrow


def test_findings_of_one_rule_can_be_limited() -> None:
    """Beyond the number asked for they are counted, for each rule of each document."""
    findings = [a_finding()] * 5 + [a_finding(code="TSK101")] * 2
    text = to_text([("a", tul.Report.of(findings)), ("b", tul.Report())], per_rule=2)
    assert text.count("error TSK302") == 2
    assert text.count("error TSK101") == 2
    assert [line for line in text.splitlines() if "other" in line] == [
        "other findings of rule TSK302: 3"
    ]


def test_what_is_not_listed_or_skipped_is_said() -> None:
    """The numbers of omitted findings and the skipped rules are below the counts."""
    report = tul.Report.of([a_finding()] * 3, limit=1, skipped=["TSK304", "TSK305"])
    assert to_text(report).splitlines()[-3:] == [
        "portfolio.json: errors: 3, warnings: 0, notes: 0",
        "  findings that are not listed: 2, of which errors: 2; raise the limit to see them",
        "  skipped, as something could not be read: TSK304, TSK305",
    ]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (FileNotFoundError(2, "No such file"), "there is no such file or directory"),
        (OSError(99999, "Something odd"), "Something odd"),
        (OSError("no number\x1b"), "no number\\u001b"),
    ],
    ids=["known", "unknown", "unnumbered"],
)
def test_a_file_that_cannot_be_opened_is_reported(error: OSError, reason: str) -> None:
    """Its line says why, in our words where we have them."""
    expected = f"x.json: error the file could not be opened: {reason}\n"
    assert to_text([("x.json", error)]) == expected


@pytest.mark.parametrize("character", ["\x1b", "\n", "\x9b", "\u202e", "\x00"], ids=ascii)
def test_what_a_terminal_would_obey_is_not_written(character: str) -> None:
    """Names, subjects, pointers and excerpts show control and bidi characters by their numbers."""
    trap = f"a{character}[31mb"
    where = Location(source=trap, line=1, column=1, snippet=trap, caret=0)
    finding = a_finding(subject=f"grant {trap}", path=f"/{trap}", location=where)
    text = to_text([(trap, tul.Report.of([finding]))], width=200)
    assert trap not in text
    assert text.count(f"a\\u{ord(character):04x}[31mb") == 5
