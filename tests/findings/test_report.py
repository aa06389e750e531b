"""`Report`: what is counted and listed, and `CheckError` for who insists."""

import copy
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

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


@pytest.mark.parametrize(
    ("count", "first", "last"),
    [
        (1, "1 error", "TSK302 error: a"),
        (20, "20 errors", "TSK302 error: a"),
        (20_000, "20000 errors", "... and 19980 more"),
    ],
)
def test_the_error_is_short(count: int, first: str, last: str) -> None:
    """However many errors there are, at most twenty are printed, and the number is exact."""
    error = tul.CheckError(tul.Report.of(FINDINGS[:1] * count, limit=100))
    lines = str(error).splitlines()
    assert (lines[0], lines[-1]) == (first, last)
    assert len(lines) <= 22
    assert repr(error) == f"<CheckError: {first}>"


def test_a_report_is_iterated_over_and_has_a_length() -> None:
    """The listed findings are what a report consists of; the omitted ones are only counted."""
    report = tul.Report.of(FINDINGS, limit=3)
    assert list(report) == FINDINGS[:3]
    assert len(report) == 3
    assert FINDINGS[0] in report


@pytest.mark.parametrize("findings", [[], FINDINGS], ids=["none", "some"])
def test_a_report_has_no_truth_value(findings: list[tul.Finding]) -> None:
    """``if report`` could mean either; the error names what to ask instead."""
    with pytest.raises(TypeError, match=r"use report\.ok or len\(report\)"):
        bool(tul.Report.of(findings))


@pytest.mark.parametrize(
    ("report", "summary", "shown"),
    [
        (tul.Report(), "0 errors, 0 warnings, 0 notes", "<Report: 0 errors, 0 warnings, 0 notes>"),
        (
            tul.Report.of(FINDINGS, skipped=["TSK304"], limit=0),
            "3 errors, 1 warning, 1 note",
            "<Report: 3 errors, 1 warning, 1 note; 1 skipped>",
        ),
    ],
    ids=["empty", "full"],
)
def test_a_report_prints_as_a_summary(report: tul.Report, summary: str, shown: str) -> None:
    """Printed, a report is one short line, however many findings it has."""
    assert str(report) == summary
    assert repr(report) == shown


def test_titles_are_those_of_the_rules_named() -> None:
    """A report keeps the titles of its rules, found or skipped, and of no others."""
    title = LocalizedText(fi="ä", sv="å", en="a")
    titles = {"TSK302": title, "TSK101": title, "TSK304": title}
    report = tul.Report.of(FINDINGS, skipped=["TSK304"], titles=titles)
    assert dict(report.titles).keys() == {"TSK302", "TSK304"}
    assert report == tul.Report.of(FINDINGS, skipped=["TSK304"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_in_one_language(language: str) -> None:
    """With a language each message is a text; everything else is as without one."""
    report = broken()
    everything = report.to_dict()
    one = report.to_dict(language)
    assert json.loads(report.to_json(language)) == one
    found = cast("list[dict[str, object]]", one["findings"])
    assert [each["message"] for each in found] == [each.message(language) for each in report]
    for each, full in zip(found, cast("list[dict[str, object]]", everything["findings"])):  # noqa: B905
        assert {**each, "message": full["message"]} == full
    assert {**one, "findings": []} == {**everything, "findings": []}


def test_rows_are_flat() -> None:
    """Each finding is a row of plain values; all rows have the same keys."""
    report = broken()
    rows = report.to_rows("fi", document="a.json")
    assert [row["message"] for row in rows] == [each.message("fi") for each in report]
    assert {tuple(row) for row in rows} == {tuple(rows[0])}
    row = next(each for each in rows if each["code"] == "TSK302")
    assert (row["document"], row["severity"], row["subject"]) == (
        "a.json",
        "error",
        "grant vs-2021",
    )
    assert row["title"] == tul.rulebook["TSK302"].title.get("fi")
    assert row["sources"] == ", ".join(tul.rulebook["TSK302"].sources)
    assert tul.Report.of(FINDINGS[:1]).to_rows()[0]["title"] == ""


@pytest.mark.parametrize("report", [tul.Report(), tul.Report.of(FINDINGS)], ids=["empty", "full"])
def test_an_unknown_language_is_rejected(report: tul.Report) -> None:
    """A language that is none of ours is an error, also where there is nothing to write."""
    for ask in (report.to_dict, report.to_json, report.to_rows):
        with pytest.raises(tul.UnknownLanguageError, match="unknown language 'de'"):
            ask("de")


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
        "omitted": 4,
        "skipped": ["TSK304"],
        "unchecked": [],
        "unchecked_omitted": 0,
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
    """A report rejects assignment."""
    with pytest.raises(AttributeError):
        tul.Report().findings = ()  # type: ignore[misc]


def test_a_count_is_of_a_severity_or_a_code_in_any_case() -> None:
    """A zero must mean that there are no such findings."""
    report = tul.check(tul.read(b'{"format": "tulevaisuus", "grants": [{}]}'))
    assert report.count("tsk003") == report.count("TSK003") == report.count("ERROR") > 0
    assert report.count("TSK302") == report.count("note") == 0
    for wrong in ("errors", "missing-field", ""):
        with pytest.raises(ValueError, match=r"count takes a severity \(error, warning, note\)"):
            report.count(wrong)
    number: Any = 5
    with pytest.raises(TypeError, match="count takes a severity or the code"):
        report.count(number)
