"""`to_text`: reports for people, at any width and in each language."""

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
def test_finding_has_location_title_subject_message_and_line(
    language: str, head: str, subject: str, message: str, counts: str
) -> None:
    """Each part is written, with the quoted line below."""
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


def test_empty_message_is_a_line() -> None:
    """A rule of a user may have an empty message."""
    empty = LocalizedText(fi="", sv="", en="")
    report = tul.Report.of([a_finding(template=empty, subject="", path="")])
    assert to_text(report).splitlines()[:2] == ["portfolio.json: error TSK302", ""]


def test_finding_without_location_or_title() -> None:
    """Missing parts are left out; the name of the document replaces the location."""
    report = tul.Report.of([a_finding(subject="", path="")])
    assert to_text(report) == (
        "portfolio.json: error TSK302\n  too long\n"
        "portfolio.json: errors: 1, warnings: 0, notes: 0\n"
    )


def test_cell_is_named_as_in_a_spreadsheet() -> None:
    """The location is sheet and cell, and the content of the cell is shown."""
    where = Location(source="a.xlsx", sheet="Grants", row=17, cell="B17", snippet="91")
    lines = to_text(tul.Report.of([a_finding(location=where)])).splitlines()
    assert lines[0] == "a.xlsx:Grants!B17: error TSK302"
    assert lines[3] == "  17 | 91"


@pytest.mark.parametrize("width", [-1, 0, 1, 40, 60, 100])
@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_are_wrapped_with_a_hanging_indent(width: int, language: str) -> None:
    """No line exceeds the width, from 40 columns; continued lines are indented."""
    report = tul.Report.of([a_finding(template=WORDS)])
    text = to_text(report, language=language, width=width)
    lines = text.splitlines()
    assert max(map(len, lines)) <= max(width, 40)
    message = [line for line in lines if line.split()[:1] == [WORDS.localize(language).split()[0]]]
    assert message[0].startswith("  ")
    assert all(line.startswith("    ") for line in message[1:])
    assert " ".join(" ".join(message).split()) == WORDS.localize(language).strip()


@pytest.mark.parametrize(
    ("message", "lines"),
    [
        ("x" * 50, ["  " + "x" * 50]),
        (f"{'x' * 50} y", ["  " + "x" * 50, "    y"]),
        (f"a {'x' * 50}  y z", ["  a", "    " + "x" * 50, "    y z"]),
        (f"{'x' * 38} y", ["  " + "x" * 38, "    y"]),
        (f"{'x' * 36} y", [f"  {'x' * 36} y"]),
        ("one\ntwo\tthree ", ["  one two three"]),
    ],
)
def test_long_words_are_kept_whole(message: str, lines: list[str]) -> None:
    """Lines are broken at blanks only; line breaks of a template become blanks."""
    template = LocalizedText(fi="", sv="", en=message)
    report = tul.Report.of([a_finding(template=template, subject="", path="")])
    assert to_text(report, name="a", width=40).splitlines()[1:-1] == lines


def test_name_of_document_is_not_broken() -> None:
    """Its blanks stay, even if it is longer than the line."""
    name = f"{'a b ' * 12}.json"
    title = LocalizedText(fi="Otsikko", sv="Rubrik", en="Title")
    report = tul.Report.of([a_finding()], titles={"TSK302": title})
    head = to_text(report, name=name, width=40).splitlines()[:2]
    assert head == [f"{name}: error TSK302", "    Title"]


def test_message_is_complete_at_any_width() -> None:
    """Wrapping loses no word of a real report."""
    report = tul.check(tul.read(BROKEN))
    narrow = " ".join(to_text(report, width=40).split())
    for finding in report:
        assert " ".join(finding.message("en").split()) in narrow


def test_findings_of_one_rule_can_be_limited() -> None:
    """Beyond the limit they are counted, for each rule of each document."""
    findings = [a_finding()] * 5 + [a_finding(code="TSK101")] * 2
    text = to_text([("a", tul.Report.of(findings)), ("b", tul.Report())], per_rule=2)
    assert text.count("error TSK302") == 2
    assert text.count("error TSK101") == 2
    assert [line for line in text.splitlines() if "other" in line] == [
        "other findings of rule TSK302: 3"
    ]


def test_omitted_findings_and_skipped_rules_are_listed() -> None:
    """They are below the counts."""
    report = tul.Report.of([a_finding()] * 3, limit=1, skipped=["TSK304", "TSK305"])
    assert to_text(report).splitlines()[-3:] == [
        "portfolio.json: errors: 3, warnings: 0, notes: 0",
        "  findings that are not listed: 2, of which errors: 2; raise the limit to see them",
        "  skipped, as data that they need was not given or could not be read: TSK304, TSK305",
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
def test_unopened_file_is_reported(error: OSError, reason: str) -> None:
    """Its line has the reason, translated where possible."""
    expected = f"x.json: error the file could not be opened: {reason}\n"
    assert to_text([("x.json", error)]) == expected


@pytest.mark.parametrize("character", ["\x1b", "\n", "\x9b", "\u202e", "\x00"], ids=ascii)
def test_control_characters_are_escaped(character: str) -> None:
    """Names, subjects, paths and excerpts show them by their code points."""
    trap = f"a{character}[31mb"
    where = Location(source=trap, line=1, column=1, snippet=trap, caret=0)
    finding = a_finding(subject=f"grant {trap}", path=f"/{trap}", location=where)
    text = to_text([(trap, tul.Report.of([finding]))], width=200)
    assert trap not in text
    assert text.count(f"a\\u{ord(character):04x}[31mb") == 5
