"""JUnit XML: valid by the schema of the Jenkins xUnit plugin, with correct counts."""

import xml.etree.ElementTree as ET
from pathlib import Path

import attrs
import pytest
import xmlschema

import tulevaisuus as tul
from tests.helpers import document, read_text
from tulevaisuus.findings import LANGUAGES, LocalizedText, Location
from tulevaisuus.reports import to_junit

BROKEN = "examples/varsinais-suomi-broken.json"
SCHEMA = xmlschema.XMLSchema(Path(__file__).parents[1] / "data" / "schemas" / "junit-10.xsd")
TEMPLATE = LocalizedText(fi="{a}", sv="{a}", en="{a}")


def a_finding(subject: str, severity: str, message: str = "m", *, path: str = "/x") -> tul.Finding:
    """Make a finding of TSK302."""
    return tul.Finding(
        code="TSK302",
        severity=tul.Severity(severity),
        path=path,
        subject=subject,
        template=TEMPLATE,
        params=(("a", LocalizedText(message, message, message)),),
    )


def suites_of(text: str) -> list[ET.Element]:
    """Return the test suites of a text, which must follow the schema and have correct counts."""
    SCHEMA.validate(text)
    root = ET.fromstring(text)  # noqa: S314 - our own
    assert root.tag == "testsuites"
    for element in (root, *root):
        cases = list(element.iter("testcase"))
        assert element.get("tests") == str(len(cases))
        assert element.get("failures") == str(len(list(element.iter("failure"))))
        assert element.get("errors") == "0"
    for suite in root:
        assert suite.get("skipped") == str(len(list(suite.iter("skipped"))))
    return list(root)


def cases_of(report: tul.Report) -> list[ET.Element]:
    """Return the test cases of the only suite."""
    (suite,) = suites_of(to_junit(report))
    return list(suite)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "report",
    [
        tul.Report(),
        tul.check(tul.read(BROKEN)),
        tul.check(tul.read(BROKEN), limit=3),
        tul.check(tul.reference),
    ],
    ids=["empty", "broken", "capped", "facts"],
)
def test_report_follows_the_schema(report: tul.Report, language: str) -> None:
    """Reports in any language are valid and have correct counts."""
    (suite,) = suites_of(to_junit(report, name="a <b> & c.json", language=language))
    assert suite.get("name") == "a <b> & c.json"
    assert (suite.get("failures") == "0") is report.ok


def test_case_is_an_object_and_a_rule() -> None:
    """Each object and rule of a finding is one test case, in the order of documents."""
    report = tul.check(tul.read(BROKEN))
    groups = list(dict.fromkeys((each.subject, each.code) for each in report.findings))
    found = [(case.get("classname"), case.get("name")) for case in cases_of(report)]
    assert found[: len(groups)] == [
        ("portfolio.json", f"{subject} {code}") for subject, code in groups
    ]


def test_errors_are_failures_and_other_findings_are_output() -> None:
    """The first error is the message, all errors are the text, other findings the output."""
    report = tul.Report.of(
        [
            a_finding("grant a", "warning", "look"),
            a_finding("grant a", "error", "first"),
            a_finding("grant a", "error", "second", path=""),
            a_finding("grant a", "note", "know"),
        ]
    )
    (case,) = cases_of(report)
    failure, output = case
    assert (failure.tag, failure.attrib) == ("failure", {"type": "TSK302", "message": "first"})
    assert failure.text == "error /x: first\nerror: second"
    assert (output.tag, output.text) == ("system-out", "warning /x: look\nnote /x: know")


def test_warnings_and_notes_pass() -> None:
    """A test case without an error does not fail."""
    (case,) = cases_of(tul.Report.of([a_finding("grant a", "warning", "look")]))
    assert [child.tag for child in case] == ["system-out"]


def test_finding_without_a_subject_is_of_the_document() -> None:
    """It is a test case of the document."""
    (case, *_) = cases_of(tul.check(read_text("{")))
    assert case.attrib == {"classname": "portfolio.json", "name": "document TSK001"}


def test_skipped_rules_are_skipped_cases() -> None:
    """The test case has the reason."""
    report = tul.check(tul.read(BROKEN))
    skipped = [case for case in cases_of(report) if case.find("skipped") is not None]
    assert [case.get("name") for case in skipped] == [*report.skipped, "unchecked"]
    assert "(grant vs-2020, grant vs-2021 (46:5), " in (skipped.pop()[0].get("message") or "")
    assert all("could not be read" in (case[0].get("message") or "") for case in skipped)


def test_no_findings_are_a_case_that_passes() -> None:
    """A valid document has a case, as some readers reject an empty suite."""
    (case,) = cases_of(tul.Report())
    assert case.attrib == {"classname": "portfolio.json", "name": "no-findings"}
    assert list(case) == []


@pytest.mark.parametrize(("severity", "tag"), [("error", "failure"), ("note", "system-out")])
def test_omitted_findings_are_a_case(severity: str, tag: str) -> None:
    """It fails if errors are among them."""
    (case,) = cases_of(tul.Report.of([a_finding("grant a", severity)], limit=0))
    assert case.get("name") == "omitted"
    assert [child.tag for child in case] == [tag]
    text = case[0].text or case[0].get("message") or ""
    assert text.startswith("findings that are not listed: 1, of which errors: ")


def test_several_documents_are_several_suites() -> None:
    """Each document has its suite, and the root counts them all."""
    valid = tul.check(read_text(document()))
    text = to_junit([("a.json", tul.check(tul.read(BROKEN))), ("b.json", valid)])
    assert [suite.get("name") for suite in suites_of(text)] == ["a.json", "b.json"]


def test_no_documents_are_valid_xml() -> None:
    """It is so even where no file could be opened."""
    assert suites_of(to_junit([])) == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a\x00b", r"a\u0000b"),
        ("\x07\x1b", r"\u0007\u001b"),
        ("\r", r"\u000d"),
        ("\ud800", r"\ud800"),
        ("\ufffe\uffff", r"\ufffe\uffff"),
        ("\x7f\x85 <&\"'>]]>", "\x7f\x85 <&\"'>]]>"),
        ("line\n\ttab", "line\n\ttab"),
        ("ä – €\N{NO-BREAK SPACE}😀\U0010ffff", "ä – €\N{NO-BREAK SPACE}😀\U0010ffff"),
    ],
    ids=["nul", "controls", "return", "surrogate", "no-characters", "markup", "blanks", "letters"],
)
def test_any_text_is_valid_xml(text: str, read: str) -> None:
    """Characters that XML forbids are escaped, and all others are unchanged."""
    report = tul.Report.of([a_finding(f"grant {text}", "error", text)])
    (suite,) = suites_of(to_junit(report, name=text))
    ((failure,),) = suite
    assert failure.get("message") == read
    assert failure.text == f"error /x: {read}"
    assert (suite.get("name"), suite[0].get("name")) == (read, f"grant {read} TSK302")


def test_text_is_reproducible() -> None:
    """Two checks of one document give the same text, which ends with a newline."""
    texts = {to_junit(tul.check(tul.read(BROKEN))) for _ in range(2)}
    assert len(texts) == 1
    assert texts.pop().endswith("</testsuites>\n")


@pytest.mark.parametrize("report", [tul.Report(), tul.check(tul.reference)], ids=["empty", "full"])
def test_unknown_language_is_an_error(report: tul.Report) -> None:
    """An unknown language is rejected, also without findings."""
    with pytest.raises(tul.UnknownLanguageError, match="unknown language 'de'"):
        to_junit(report, language="de")


def test_cases_of_all_documents_have_unique_names() -> None:
    """GitLab keeps one of the cases that share class name and name."""
    report = tul.check(tul.read(BROKEN))
    twice = [("a.json", report), ("b.json", report), ("a.json", report), ("c.json", tul.Report())]
    names = [
        (case.get("classname"), case.get("name"))
        for suite in suites_of(to_junit(twice))
        for case in suite
    ]
    assert len(set(names)) == len(names)
    assert ("a.json", "grant vs-2021 TSK302 (2)") in names


def test_name_with_a_number_stays_unique() -> None:
    """A subject that ends with a number does not collide with a numbered one."""
    findings = [a_finding("x TSK302 (2)", "note"), a_finding("x", "note")]
    report = tul.Report.of(findings)
    many = [("a", report), ("a", report), ("a", report)]
    names = [case.get("name") for suite in suites_of(to_junit(many)) for case in suite]
    assert len(set(names)) == len(names) == 6
    same = tul.Report(skipped=("x TSK302", "x TSK302 (2)", "x TSK302"))
    names = [case.get("name") for case in cases_of(same)]
    assert len(set(names)) == len(names) == 3


def test_unopened_file_is_a_failed_case() -> None:
    """It has its own suite, with the reason in the requested language."""
    missing = FileNotFoundError(2, "No such file or directory", "none.json")
    (suite,) = suites_of(to_junit([("none.json", missing)], language="sv"))
    ((failure,),) = suite
    assert suite.get("failures") == "1"
    expected = "filen kunde inte öppnas: filen eller katalogen finns inte"
    assert failure.get("message") == expected


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        (Location(source="a.json", line=2, column=7), "2:7 /x"),
        (Location(sheet="Grants", row=17, cell="B17"), "Grants!B17 /x"),
        (None, "/x"),
    ],
    ids=["text", "table", "nowhere"],
)
def test_text_of_a_failure_has_the_location(location: Location | None, shown: str) -> None:
    """Line and column, or the cell of a table, precede the path."""
    finding = attrs.evolve(a_finding("grant a", "error"), location=location)
    (case,) = cases_of(tul.Report.of([finding]))
    assert case[0].text == f"error {shown}: m"
