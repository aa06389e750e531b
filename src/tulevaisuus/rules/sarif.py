"""SARIF 2.1.0: reports as code-scanning tools read them, one log for one document or many.

A log is the same whenever the reports are: it holds no time and no random id. It is one line, as
logs of many findings grow large and only programs read them.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from tulevaisuus import __version__
from tulevaisuus.findings import pointers
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.register import Register
from tulevaisuus.rules.registry import Rule, rulebook
from tulevaisuus.rules.report import OMITTED, SKIPPED, Report

__all__ = ["sarif_log"]

JsonObject: TypeAlias = dict[str, object]

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_MALFORMED = "TSK001"
"""The only rule whose findings know lines and columns: the others point into parsed documents."""

_FINGERPRINTS = ("ruleSubjectPlace/v1", "primaryLocationLineHash")
"""Our own name, and the only one that GitHub's code scanning reads."""

_ABOUT_SKIPPED = LocalizedText(
    fi="Sääntö, joka ohitettiin", sv="En regel som hoppades över", en="A rule that was skipped"
)
_ABOUT_OMITTED = LocalizedText(
    fi="Havaintoja, joita ei luetella",
    sv="Iakttagelser som inte räknas upp",
    en="Findings that are not listed",
)
_NOTIFICATIONS = {"skipped": _ABOUT_SKIPPED, "left-out": _ABOUT_OMITTED}


def sarif_log(
    documents: Iterable[tuple[str, Report]],
    *,
    language: str = "en",
    rules: Register[Rule] = rulebook,
) -> str:
    """Return the reports on documents as one SARIF log of one run.

    Each document is named by its address, or by its path relative to the repository, both
    percent-encoded. ``rules`` explain the codes; who has rules of their own passes
    ``rulebook.with_(...)``. `UnknownLanguageError` for a language that is none of ours.
    """
    reports = list(documents)
    codes = {code for _, report in reports for code in _codes_of(report)}
    places = {code: place for place, code in enumerate(sorted(codes))}
    reported = [
        each for uri, report in reports for each in _notified(uri, report, places, language)
    ]
    run = {
        "tool": {"driver": _driver(places, rules, language)},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "artifacts": [
            {"location": {"uri": uri}, "roles": ["analysisTarget"]} for uri, _ in reports
        ],
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": reported}],
        "results": [
            {**result, "locations": [_location(index, uri, finding)]}
            for index, (uri, report) in enumerate(reports)
            for finding, result in _results(report, places, language)
        ],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False) + "\n"


def _codes_of(report: Report) -> Iterator[str]:
    yield from (code for code, _, _ in report.counts)
    yield from report.skipped


def _driver(codes: Iterable[str], rules: Register[Rule], language: str) -> JsonObject:
    return {
        "name": "tulevaisuus",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_explained(code, rules.get(code), language) for code in codes],
        "notifications": [
            {"id": id, "shortDescription": {"text": about.localize(language)}}
            for id, about in _NOTIFICATIONS.items()
        ],
    }


def _explained(code: str, rule: Rule | None, language: str) -> JsonObject:
    """Explain a rule; of one that is not in the rulebook there is only its code."""
    if rule is None:
        return {"id": code}
    evidence = {"evidence": rule.evidence.value} if rule.evidence else {}
    return {
        "id": code,
        "name": rule.slug,
        "shortDescription": {"text": rule.title.localize(language)},
        "fullDescription": {"text": rule.explanation.localize(language)},
        "help": {"text": rule.remedy.localize(language)},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {**evidence, "sources": list(rule.sources)},
    }


def _results(
    report: Report, places: Mapping[str, int], language: str
) -> Iterator[tuple[Finding, JsonObject]]:
    """Return each finding with all that a result says of it but where it is."""
    seen: Counter[str] = Counter()
    for finding in report.findings:
        fingerprint = _fingerprint(finding)
        seen[fingerprint] += 1
        numbered = f"{fingerprint}:{seen[fingerprint]}"
        result: JsonObject = {
            "ruleId": finding.code,
            "ruleIndex": places[finding.code],
            "level": finding.severity.value,
            "message": {"text": finding.message(language)},
            "partialFingerprints": dict.fromkeys(_FINGERPRINTS, numbered),
        }
        yield finding, result


def _fingerprint(finding: Finding) -> str:
    """Tell findings apart by rule, thing and field.

    Neither the place of the thing in its list nor a value counts, so that a finding stays itself
    when other things come and go or the value is mended the wrong way.
    """
    parts = pointers.split(finding.path)
    inside = parts[2:] if finding.subject and parts and parts[0] in REGISTERS else parts
    identity = json.dumps([finding.code, finding.subject, inside])
    return hashlib.sha256(identity.encode()).hexdigest()[:32]


def _location(index: int, uri: str, finding: Finding) -> JsonObject:
    physical: JsonObject = {"artifactLocation": {"uri": uri, "index": index}}
    params = dict(finding.params)
    if finding.code == _MALFORMED and "line" in params:
        physical["region"] = {"startLine": params["line"], "startColumn": params["column"]}
    logical = {"fullyQualifiedName": finding.path}
    if finding.subject:
        logical["name"] = finding.subject
    return {"physicalLocation": physical, "logicalLocations": [logical]}


def _notified(
    uri: str, report: Report, places: Mapping[str, int], language: str
) -> Iterator[JsonObject]:
    where = [{"physicalLocation": {"artifactLocation": {"uri": uri}}}]
    for code in report.skipped:
        yield {
            "descriptor": {"id": "skipped"},
            "associatedRule": {"id": code, "index": places[code]},
            "level": "warning",
            "message": {"text": SKIPPED.fill({"code": code}, language)},
            "locations": where,
        }
    if report.omitted:
        counts = {"count": report.omitted, "errors": report.errors_omitted}
        yield {
            "descriptor": {"id": "left-out"},
            "level": "warning",
            "message": {"text": OMITTED.fill(counts, language)},
            "locations": where,
        }
