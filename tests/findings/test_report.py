"""`Report`: its counts, lists, JSON and rows; `CheckError`."""

import copy
import json
import pickle
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi.encoders import jsonable_encoder

import tulevaisuus as tul
from tulevaisuus.findings import LANGUAGES, LocalizedText, Unchecked
from tulevaisuus.findings.report import title_of

EXAMPLES = Path(__file__).parents[2] / "examples"
ERROR, WARNING, NOTE = tul.Severity


def finding(
    code: str, severity: tul.Severity = ERROR, path: str = "", **params: int
) -> tul.Finding:
    """Make a finding."""
    template = LocalizedText(fi="ä", sv="å", en="a")
    return tul.Finding(
        code=code, severity=severity, path=path, template=template, params=tuple(params.items())
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
    """A report lists its findings in the given order, and by severity."""
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
def test_counts_include_omitted_findings(
    what: tul.Severity | str | None, number: int, limit: int | None
) -> None:
    """However few findings are kept, all are counted: in total, by severity and by code."""
    report = tul.Report.of(FINDINGS, limit=limit)
    assert report.count(what) == number
    assert list(report.findings) == FINDINGS[:limit]
    assert report.omitted == len(FINDINGS) - len(report.findings)


def test_counts_are_sorted_by_code_and_severity() -> None:
    """Counts are sorted by code, then from the lowest severity."""
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
def test_only_errors_make_a_report_not_ok(
    findings: list[tul.Finding], limit: int | None, *, ok: bool
) -> None:
    """Warnings and notes are allowed; an error is not, even if it was omitted."""
    report = tul.Report.of(findings, limit=limit)
    assert report.ok is ok
    if ok:
        report.raise_for_errors()
    else:
        with pytest.raises(tul.CheckError) as caught:
            report.raise_for_errors()
        assert caught.value.report is report


def test_check_error_lists_the_errors() -> None:
    """The exception has the number of errors and each of them; it has no notes."""
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
def test_check_error_prints_twenty_errors_at_most(count: int, first: str, last: str) -> None:
    """At most twenty errors are printed, and the number is exact."""
    error = tul.CheckError(tul.Report.of(FINDINGS[:1] * count, limit=100))
    lines = str(error).splitlines()
    assert (lines[0], lines[-1]) == (first, last)
    assert len(lines) <= 22
    assert repr(error) == f"<CheckError: {first}>"


def test_a_report_is_iterated_over_and_has_a_length() -> None:
    """Iteration and length cover the kept findings; the omitted ones are only counted."""
    report = tul.Report.of(FINDINGS, limit=3)
    assert list(report) == FINDINGS[:3]
    assert len(report) == 3
    assert FINDINGS[0] in report


@pytest.mark.parametrize("findings", [[], FINDINGS], ids=["none", "some"])
def test_report_cannot_be_used_as_a_boolean(findings: list[tul.Finding]) -> None:
    """``if report`` is ambiguous; the error names the attributes to use instead."""
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
    """The text of a report is one short line, however many findings it has."""
    assert str(report) == summary
    assert repr(report) == shown


def test_titles_are_those_of_found_and_skipped_rules() -> None:
    """A report keeps the titles of the rules that it mentions, and of no others."""
    title = LocalizedText(fi="ä", sv="å", en="a")
    titles = {"TSK302": title, "TSK101": title, "TSK304": title}
    report = tul.Report.of(FINDINGS, skipped=["TSK304"], titles=titles)
    assert dict(report.titles).keys() == {"TSK302", "TSK304"}
    assert report == tul.Report.of(FINDINGS, skipped=["TSK304"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_in_one_language(language: str) -> None:
    """With a language each message is a string; everything else is unchanged."""
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
    """An unknown language is rejected, also by an empty report."""
    for ask in (report.to_dict, report.to_json, report.to_rows):
        with pytest.raises(tul.UnknownLanguageError, match="unknown language 'de'"):
            ask("de")


def test_empty_report_is_the_default() -> None:
    """A report made without arguments has no findings."""
    assert tul.Report.of([]) == tul.Report()
    assert hash(tul.Report.of([])) == hash(tul.Report())
    assert tul.Report.of([]) != tul.Report.of(MILD)
    assert tul.Report.of([]) != tul.Report.of([], skipped=["TSK304"])


def test_json_has_all_fields() -> None:
    """The JSON has the findings in all languages, the counts, and what was skipped or omitted."""
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


def test_json_of_a_check_has_each_finding() -> None:
    """The JSON repeats the location, the sources and the messages of each finding."""
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
    """Numbers and lists in parameters stay so; dates and periods become ISO text."""
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
def test_reports_and_findings_can_be_copied_and_pickled(way: str) -> None:
    """Copies are equal and have the same hash and JSON."""
    for report in (broken(), tul.check(tul.reference), tul.Report()):
        again = COPIES[way](report)
        assert isinstance(again, tul.Report)
        assert again == report
        assert hash(again) == hash(report)
        assert again.to_json() == report.to_json()


@pytest.mark.parametrize("way", COPIES)
def test_check_error_can_be_copied_and_pickled(way: str) -> None:
    """A copied exception still has its report."""
    again = COPIES[way](tul.CheckError(broken()))
    assert isinstance(again, tul.CheckError)
    assert again.report == broken()
    assert str(again) == str(tul.CheckError(broken()))


def test_fields_of_a_report_are_keyword_only() -> None:
    """Findings and codes are both lists, so positional arguments are rejected."""
    with pytest.raises(TypeError, match="positional"):
        cast("Callable[..., object]", tul.Report)(tuple(FINDINGS))


def test_report_is_immutable() -> None:
    """A report rejects assignment."""
    with pytest.raises(AttributeError):
        tul.Report().findings = ()  # type: ignore[misc]


def test_count_accepts_a_severity_or_a_code_in_any_case() -> None:
    """Other arguments are rejected, so a zero means that there are no such findings."""
    report = tul.check(tul.read(b'{"format": "tulevaisuus", "grants": [{}]}'))
    assert report.count("tsk003") == report.count("TSK003") == report.count("ERROR") > 0
    assert report.count("TSK302") == report.count("note") == 0
    assert report.count("TSK0") == report.count("tsk0xx") == report.count() > 1
    assert report.count("TSK3") == 0
    for wrong in ("errors", "missing-field", ""):
        with pytest.raises(ValueError, match=r"count takes a severity \(error, warning, note\)"):
            report.count(wrong)
    number: Any = 5
    with pytest.raises(TypeError, match="count takes a severity or the code"):
        report.count(number)


@pytest.mark.parametrize("text", [b"{}", b'{"format": "tulevaisuus", "format_version": "1.0"}'])
def test_a_report_is_converted_to_its_plain_data(text: bytes) -> None:
    """Encoders that make a dict of an object, as FastAPI's, lose nothing, also of an empty one."""
    report = tul.check(tul.read(text))
    assert dict(report) == report.to_dict()
    assert jsonable_encoder(report) == report.to_dict()
    assert jsonable_encoder(tul.Report())["ok"] is True


def test_report_is_used_like_a_list_of_findings() -> None:
    """Positions, slices, the reverse order and a random choice give findings."""
    codes = ["TSK302", "TSK303", "TSK304"]
    report = tul.Report.of(map(finding, codes))
    assert (report[0].code, report[-1].code) == ("TSK302", "TSK304")
    assert report[1:] == report.findings[1:]
    assert [each.code for each in reversed(report)] == codes[::-1]
    assert random.choice(report) in report  # noqa: S311 - nothing here is secret
    with pytest.raises(IndexError):
        _ = report[3]


def test_unknown_value_of_a_report_is_named_with_the_known_ones() -> None:
    """The values of `to_dict` have names; a code is not one of them."""
    report = tul.Report.of([finding("TSK302")])
    assert report["findings"] == report.to_dict()["findings"]
    with pytest.raises(tul.UnknownCodeError, match=r"a report has no value 'TSK302'; .* findings"):
        _ = report["TSK302"]
    with pytest.raises(TypeError, match="not float"):
        cast("Any", report)[0.5]


def test_listed_and_omitted_are_counted_together() -> None:
    """Of eight errors three are listed; of four objects that could not be read, three."""
    report = tul.Report.of([finding("TSK302")] * 8, limit=3)
    assert (report.omitted, report.errors_omitted) == (5, 5)
    unchecked = tuple(Unchecked(path=f"/grants/{number}") for number in range(3))
    report = tul.Report(unchecked=unchecked, unchecked_omitted=1)
    assert report.unchecked_count == 4
    assert repr(report) == "<Report: 0 errors, 0 warnings, 0 notes; 4 unchecked>"


def test_wrong_argument_of_count_is_quoted_in_part() -> None:
    """The error quotes 60 characters, and is short however long the argument is."""
    with pytest.raises(ValueError, match=r"not 'x{60}'$"):
        tul.Report().count("x" * 100)


@pytest.mark.parametrize(
    ("severity", "code", "title"),
    [(NOTE, "TSK001", ""), (NOTE, "TSK307", "t"), (ERROR, "TSK001", "t"), (ERROR, "TSK302", "")],
)
def test_title_of_an_error_is_not_shown_with_a_note(
    severity: tul.Severity, code: str, title: str
) -> None:
    """The title of a rule about documents names an error; other titles fit every severity."""
    assert title_of(code, severity, {"TSK001": "t", "TSK307": "t"}) == title
