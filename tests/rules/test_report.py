"""`Report`: what is counted and listed, and `CheckError` for who insists."""

import copy
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

import tulevaisuus as tul
from tulevaisuus.findings import LANGUAGES, LocalizedText

EXAMPLES = Path(__file__).parents[2] / "examples"
ERROR, WARNING, NOTE = tul.Severity


def finding(
    code: str, severity: tul.Severity = ERROR, path: str = "", **params: int
) -> tul.Finding:
    """Make a finding."""
    words = LocalizedText(fi="ä", sv="å", en="a")
    return tul.Finding(
        code=code, severity=severity, path=path, template=words, params=tuple(params.items())
    )


FINDINGS = [
    finding("TSK302"),
    finding("TSK410", NOTE),
    finding("TSK302", path="/x"),
    finding("TSK004", WARNING),
    finding("TSK004"),
]
MILD = [finding("TSK004", WARNING), finding("TSK410", NOTE)]


def broken() -> tul.Report:
    """Check the example with a dozen mistakes."""
    return tul.check(tul.read(EXAMPLES / "varsinais-suomi-broken.json"))


def test_findings_keep_their_order() -> None:
    """A report lists its findings as they came, and by severity."""
    report = tul.Report.of(iter(FINDINGS), skipped=iter(["TSK304"]))
    assert list(report.findings) == FINDINGS
    assert list(report.errors) == [FINDINGS[0], FINDINGS[2], FINDINGS[4]]
    assert list(report.warnings) == [FINDINGS[3]]
    assert list(report.notes) == [FINDINGS[1]]
    assert (report.skipped, report.omitted) == (("TSK304",), 0)


@pytest.mark.parametrize(
    ("what", "number"),
    [
        (None, 5),
        (ERROR, 3),
        (WARNING, 1),
        (NOTE, 1),
        ("error", 3),
        ("TSK302", 2),
        ("TSK004", 2),
        ("TSK101", 0),
    ],
    ids=repr,
)
@pytest.mark.parametrize("limit", [None, 0, 2, 5, 9])
def test_counts_are_exact_under_any_cap(
    what: tul.Severity | str | None, number: int, limit: int | None
) -> None:
    """However few findings are listed, all are counted: together, by severity, by code."""
    report = tul.Report.of(FINDINGS, limit=limit)
    assert report.count(what) == number
    assert list(report.findings) == FINDINGS[:limit]
    assert report.omitted == len(FINDINGS) - len(report.findings)


def test_counts_stand_by_code_and_severity() -> None:
    """Counts are ordered by code, then from the mildest, whatever order findings came in."""
    counts = (
        ("TSK004", WARNING, 1),
        ("TSK004", ERROR, 1),
        ("TSK302", ERROR, 2),
        ("TSK410", NOTE, 1),
    )
    assert tul.Report.of(FINDINGS).counts == counts
    assert tul.Report.of(reversed(FINDINGS)).counts == counts


@pytest.mark.parametrize(
    ("findings", "ok"),
    [([], True), (MILD, True), (FINDINGS, False)],
    ids=["none", "mild", "errors"],
)
@pytest.mark.parametrize("limit", [None, 0])
def test_only_errors_are_not_ok(
    findings: list[tul.Finding], limit: int | None, *, ok: bool
) -> None:
    """Warnings and notes are well; an error is not, even if a cap keeps it from being listed."""
    report = tul.Report.of(findings, limit=limit)
    assert report.ok is ok
    if ok:
        report.raise_for_errors()
    else:
        with pytest.raises(tul.CheckError) as caught:
            report.raise_for_errors()
        assert caught.value.report is report


def test_the_error_lists_the_errors() -> None:
    """The exception says how many errors there are and tells each; it says nothing of notes."""
    error = tul.CheckError(tul.Report.of(FINDINGS))
    assert str(error).splitlines() == [
        "3 errors",
        "TSK302 error: a",
        "TSK302 error at /x: a",
        "TSK004 error: a",
    ]
    assert isinstance(error, tul.TulevaisuusError)


def test_an_empty_report_is_the_default() -> None:
    """A report of nothing is the report that has no fields."""
    assert tul.Report.of([]) == tul.Report()
    assert hash(tul.Report.of([])) == hash(tul.Report())
    assert tul.Report.of([]) != tul.Report.of(MILD)
    assert tul.Report.of([]) != tul.Report.of([], skipped=["TSK304"])


def test_json_says_everything() -> None:
    """The JSON of a report has its findings in all languages, its counts and what it left out."""
    report = tul.Report.of(FINDINGS, skipped=["TSK304"], limit=1)
    assert json.loads(report.to_json()) == {
        "ok": False,
        "counts": [
            {"code": "TSK004", "severity": "warning", "count": 1},
            {"code": "TSK004", "severity": "error", "count": 1},
            {"code": "TSK302", "severity": "error", "count": 2},
            {"code": "TSK410", "severity": "note", "count": 1},
        ],
        "left_out": 4,
        "skipped": ["TSK304"],
        "findings": [
            {
                "code": "TSK302",
                "severity": "error",
                "path": "",
                "subject": "",
                "message": {"fi": "ä", "sv": "å", "en": "a"},
                "params": {},
                "sources": [],
            }
        ],
    }


def test_json_of_real_findings() -> None:
    """The JSON of a check repeats each finding: its place, its sources, its messages."""
    report = broken()
    reported = json.loads(report.to_json())
    assert reported["ok"] is False
    assert [
        (each["code"], each["severity"], each["path"], each["subject"], tuple(each["sources"]))
        for each in reported["findings"]
    ] == [
        (each.code, each.severity.value, each.path, each.subject, each.sources)
        for each in report.findings
    ]
    for each, shown in zip(report.findings, reported["findings"], strict=True):
        assert shown["message"] == {language: each.message(language) for language in LANGUAGES}
        assert shown["params"].keys() == dict(each.params).keys()


def test_json_keeps_numbers_and_lists() -> None:
    """Values of a message are data: numbers and lists stay so, days and periods are ISO text."""
    text = broken().to_json()
    assert text.startswith('{\n  "ok": false,\n')
    assert text.endswith("}\n")
    assert "käytettävissä" in text
    by_code = {each["code"]: each["params"] for each in json.loads(text)["findings"]}
    assert by_code["TSK302"] == {
        "grant": "vs-2021",
        "day": "2024-12-31",
        "call": "shc-2021",
        "period": "2021-01-01/2023-12-31",
        "basis": list(tul.calls["shc-2021"].sources),
    }
    assert by_code["TSK405"]["missing"] == ["psychosocial_methods"]
    assert by_code["TSK002"]["found"] == 'text "5 500 000"'
    lacking = tul.Programme(
        id="ohjelma-1", name=tul.Text("Esimerkki"), goals=(tul.GoalNumber.COSTS,)
    )
    report = tul.check(tul.Portfolio(programme=lacking))
    (reported,) = json.loads(report.to_json())["findings"]
    assert reported["params"] == {"programme": "ohjelma-1", "missing": [1, 2, 3, 4]}


COPIES: dict[str, Callable[[object], object]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    **{
        f"pickle {protocol}": lambda each, protocol=protocol: pickle.loads(  # type: ignore[misc]
            pickle.dumps(each, protocol)
        )
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
    },
}


@pytest.mark.parametrize("way", COPIES)
def test_reports_and_findings_survive_copies_and_pickles(way: str) -> None:
    """A report comes back equal, with an equal hash and the same JSON; so does each finding."""
    for report in (broken(), tul.check(tul.reference), tul.Report()):
        again = COPIES[way](report)
        assert isinstance(again, tul.Report)
        assert again == report
        assert hash(again) == hash(report)
        assert again.to_json() == report.to_json()


@pytest.mark.parametrize("way", COPIES)
def test_the_error_survives_copies_and_pickles(way: str) -> None:
    """An exception that crosses processes still has its report."""
    again = COPIES[way](tul.CheckError(broken()))
    assert isinstance(again, tul.CheckError)
    assert again.report == broken()
    assert str(again) == str(tul.CheckError(broken()))


def test_the_parts_of_a_report_are_named() -> None:
    """Findings and codes are lists alike, so a report takes them by name alone."""
    with pytest.raises(TypeError, match="positional"):
        cast("Callable[..., object]", tul.Report)(tuple(FINDINGS))


def test_a_report_cannot_be_changed() -> None:
    """A report refuses assignment."""
    with pytest.raises(AttributeError):
        tul.Report().findings = ()  # type: ignore[misc]
