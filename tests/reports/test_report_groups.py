"""`Report`: grouping, omitted findings, JSON Schema, and progress of `check`."""

import json
from decimal import Decimal
from importlib import resources
from typing import cast

import jsonschema
import pytest

import tulevaisuus as tul
from tests.helpers import document, read_text
from tulevaisuus import reports
from tulevaisuus.findings import LocalizedText

BROKEN = "examples/varsinais-suomi-broken.json"
TEMPLATE = LocalizedText(fi="{a}", sv="{a}", en="{a}")


def a_finding(code: str, subject: str = "", *, severity: str = "error") -> tul.Finding:
    """Make a finding."""
    return tul.Finding(
        code=code,
        severity=tul.Severity(severity),
        subject=subject,
        template=TEMPLATE,
        params=(("a", ("x", 1, Decimal(2))),),
    )


def schema() -> dict[str, object]:
    """Return the JSON Schema in the package."""
    file = resources.files("tulevaisuus.reports") / "schemas" / "report.json"
    return cast("dict[str, object]", json.loads(file.read_text("utf-8")))


def test_by_subject_is_in_the_order_of_documents() -> None:
    """Entities are in the order of their first finding, findings in their own order."""
    first, second, third = (
        a_finding("TSK302", "grant z"),
        a_finding("TSK101", "grant a"),
        a_finding("TSK101", "grant z"),
    )
    report = tul.Report.of([first, second, third])
    assert list(report.by_subject().items()) == [
        ("grant z", (first, third)),
        ("grant a", (second,)),
    ]


def test_by_code_is_in_the_order_of_codes() -> None:
    """Rules are in the order of their codes, as in the counts."""
    first, second, third = a_finding("TSK302", "a"), a_finding("TSK101"), a_finding("TSK302", "b")
    report = tul.Report.of([first, second, third])
    assert list(report.by_code().items()) == [("TSK101", (second,)), ("TSK302", (first, third))]


def test_finding_without_a_subject_is_under_the_empty_text() -> None:
    """Findings about no single entity are a group, too."""
    assert list(tul.check(read_text("{")).by_subject()) == [""]


def test_groups_have_each_finding_once() -> None:
    """Neither grouping loses or repeats a finding."""
    report = tul.check(tul.read(BROKEN))
    for groups in (report.by_subject(), report.by_code()):
        grouped = [finding for group in groups.values() for finding in group]
        assert len(grouped) == len(report.findings)
        assert set(grouped) == set(report.findings)


def test_empty_report_has_no_groups() -> None:
    """Nothing found, nothing grouped."""
    assert not tul.Report().by_subject()
    assert not tul.Report().by_code()


def test_omitted_errors_are_counted() -> None:
    """The number of errors is exact with any limit."""
    errors = [a_finding(code) for code in ("TSK302", "TSK101", "TSK102")]
    findings = [a_finding("TSK410", severity="note"), *errors]
    assert tul.Report.of(findings, limit=2).errors_omitted == 2
    assert tul.Report.of(findings).errors_omitted == 0


@pytest.mark.parametrize(
    "report",
    [
        tul.Report(),
        tul.check(tul.read(BROKEN)),
        tul.check(tul.read(BROKEN), limit=3),
        tul.check(tul.reference),
        tul.Report.of([a_finding("OWN1")]),
    ],
    ids=["empty", "broken", "capped", "facts", "own"],
)
def test_json_follows_its_schema(report: tul.Report) -> None:
    """The JSON of any report is valid."""
    jsonschema.validate(json.loads(report.to_json()), schema())


def test_schema_is_valid() -> None:
    """It describes every key of a report and a finding."""
    jsonschema.Draft202012Validator.check_schema(schema())
    members = json.loads(tul.check(tul.read(BROKEN)).to_json())
    described = cast("dict[str, object]", schema()["properties"])
    assert set(described) == {"file", "error", *members}


@pytest.mark.parametrize(
    "change",
    [
        {"ok": "yes"},
        {"omitted": -1},
        {"more": 1},
        {"counts": [{"code": "TSK101", "severity": "fatal", "count": 1}]},
        {"findings": [{"code": "TSK101"}]},
    ],
    ids=["type", "bound", "unknown", "severity", "incomplete"],
)
def test_schema_rejects_other_data(change: dict[str, object]) -> None:
    """The schema has constraints on each field."""
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**json.loads(tul.Report().to_json()), **change}, schema())


def test_progress_runs_from_zero_to_all() -> None:
    """The numbers grow by hundreds from zero to all entities of the document."""
    reported: list[tuple[int, int]] = []
    portfolio = tul.reference
    tul.check(portfolio, progress=lambda done, total: reported.append((done, total)))
    everything = 1 + sum(map(len, portfolio.registers().values()))
    assert reported == [(done, everything) for done in (*range(0, everything, 100), everything)]


def test_progress_counts_the_programme() -> None:
    """With its five goals the programme is a sixth entity."""
    reported: list[tuple[int, int]] = []
    portfolio = tul.Portfolio(programme=tul.programme, goals=tul.goals)
    tul.check(portfolio, progress=lambda done, total: reported.append((done, total)))
    assert reported[-1] == (6, 6)


def test_progress_without_a_programme() -> None:
    """A document without a programme has only the entities of its registers."""
    reported: list[tuple[int, int]] = []
    reading = read_text(document(initiatives=[], grants=[]))
    tul.check(reading, progress=lambda done, total: reported.append((done, total)))
    assert reported == [(0, 0)]


def test_progress_changes_no_report() -> None:
    """The report of a check with progress is equal."""
    reading = tul.read(BROKEN)
    assert tul.check(reading, progress=lambda _done, _total: None) == tul.check(reading)


def test_methods_of_a_report_equal_the_functions() -> None:
    """The methods of a report are the functions for several reports."""
    report = tul.check(tul.read(b'{"x": 1}'))
    assert report.to_sarif("a.json") == reports.to_sarif(report, name="a.json")
    assert report.to_junit("a.json", language="fi") == reports.to_junit(
        report, name="a.json", language="fi"
    )
    assert report.to_sarif() == reports.to_sarif(report)
    assert report.to_junit() == reports.to_junit(report)
