"""`to_sarif`: reports as SARIF 2.1.0 for code-scanning tools, one log for one document or many.

A log is the file that SARIF defines; a result in it is a finding, a reported problem or note.

The same reports always give the same log: it contains no time and no random id. It is one line:
only programs read it, and logs of many findings are large.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import attrs

from tulevaisuus._version import __version__
from tulevaisuus.findings import json_pointers
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.findings_as_json_data import JsonObject, encodable
from tulevaisuus.findings.report import Report
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.register import Register
from tulevaisuus.reports.error_reasons import error_text
from tulevaisuus.reports.report_texts import (
    Documents,
    Reported,
    documents_of,
    report_phrase,
    unchecked_lines,
)
from tulevaisuus.rules.rule_declaration import Rule, rulebook

__all__ = ["to_sarif"]

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_MAX_RESULTS = 25_000
"""The maximum number of results that GitHub's code scanning accepts in one run."""

_FINGERPRINTS = ("ruleSubjectPlace/v1", "primaryLocationLineHash")
"""Two names for one fingerprint: ours, and the only name that GitHub's code scanning uses."""

_NOTIFICATIONS = ("skipped", "unchecked", "omitted", "unopened")
"""The ids of notifications, which SARIF has beside the results: what could not be checked."""


def to_sarif(
    report: Reported,
    *,
    language: str = "en",
    name: str = "portfolio.json",
    rules: Register[Rule] | None = None,
) -> str:
    """Return reports as one SARIF log of one run.

    A log has at most 25,000 results; above that the mildest findings are left out and counted. A
    file that could not be opened is a notification, and the run is not successful.

    Args:
        report: A report, or pairs of a name and a report. A name is the document's path, best
            relative to the repository, or its address (``https://...``).
        language: ``fi``, ``sv`` or ``en``.
        name: What a single report calls its document.
        rules: The rules that explain the codes, by default `tulevaisuus.rulebook`; with rules of
            your own, pass ``rulebook.with_(...)``.

    Raises:
        UnknownLanguageError: The language is not supported.
    """
    documents = _within_limit(documents_of(report, name, language))
    by_uri = [(_uri(document), each) for document, each in documents]
    explaining_rules = rulebook if rules is None else rules
    log = encodable(_log(by_uri, language, explaining_rules))
    return json.dumps(log, ensure_ascii=False) + "\n"


def _within_limit(documents: Documents) -> Documents:
    """Leave out the mildest findings, the last ones first, if there are too many in total."""
    ranked = [
        (-finding.severity.rank, index, number)
        for index, (_, report) in enumerate(documents)
        if isinstance(report, Report)
        for number, finding in enumerate(report.findings)
    ]
    if len(ranked) <= _MAX_RESULTS:
        return documents
    kept: dict[int, list[int]] = {}
    for _, index, number in sorted(sorted(ranked)[:_MAX_RESULTS], key=lambda each: each[1:]):
        kept.setdefault(index, []).append(number)
    return [
        (
            name,
            _keep_findings(report, kept.get(index, [])) if isinstance(report, Report) else report,
        )
        for index, (name, report) in enumerate(documents)
    ]


def _keep_findings(report: Report, kept: list[int]) -> Report:
    omitted = report.omitted + len(report.findings) - len(kept)
    return attrs.evolve(
        report, findings=tuple(report.findings[number] for number in kept), omitted=omitted
    )


def _uri(name: str) -> str:
    """Return the URI of a document; code scanning needs relative paths to stay relative."""
    if re.match("[A-Za-z][A-Za-z0-9+.-]+://", name):
        return name
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))


def _log(documents: Documents, language: str, rules: Register[Rule]) -> JsonObject:
    reports = [
        (index, uri, report)
        for index, (uri, report) in enumerate(documents)
        if isinstance(report, Report)
    ]
    codes = {code for _, _, report in reports for code in _codes_of(report)}
    rule_indices = {code: index for index, code in enumerate(sorted(codes))}
    run = {
        "tool": {"driver": _driver(rule_indices, rules, language)},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "artifacts": [
            {"location": {"uri": uri}, "roles": ["analysisTarget"]} for uri, _ in documents
        ],
        "invocations": [_invocation(documents, rule_indices, language)],
        "results": [
            {**result, "locations": [_location(index, uri, finding)]}
            for index, uri, report in reports
            for finding, result in _results(report, rule_indices, language)
        ],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _codes_of(report: Report) -> Iterator[str]:
    yield from (code for code, _, _ in report.counts)
    yield from report.skipped


def _driver(codes: Iterable[str], rules: Register[Rule], language: str) -> JsonObject:
    return {
        "name": "tulevaisuus",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_describe_rule(code, rules.get(code), language) for code in codes],
        "notifications": [
            {"id": id, "shortDescription": {"text": report_phrase(id, "sarif").localize(language)}}
            for id in _NOTIFICATIONS
        ],
    }


def _describe_rule(code: str, rule: Rule | None, language: str) -> JsonObject:
    """Describe a rule; a rule that is not in the rulebook only has its code."""
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
    report: Report, rule_indices: Mapping[str, int], language: str
) -> Iterator[tuple[Finding, JsonObject]]:
    """Return each finding with its result, without the location."""
    seen: Counter[str] = Counter()
    for finding in report.findings:
        fingerprint = _fingerprint(finding)
        seen[fingerprint] += 1
        numbered = f"{fingerprint}:{seen[fingerprint]}"
        result: JsonObject = {
            "ruleId": finding.code,
            "ruleIndex": rule_indices[finding.code],
            "level": finding.severity.value,
            "message": {"text": finding.message(language)},
            "partialFingerprints": dict.fromkeys(_FINGERPRINTS, numbered),
        }
        yield finding, result


def _fingerprint(finding: Finding) -> str:
    """Identify a finding by its rule, object and field.

    The index of the object and the value do not count. So a finding keeps its fingerprint if
    objects are added or removed, or if the value changes and is still wrong.
    """
    parts = json_pointers.split(finding.path)
    path = parts[2:] if finding.subject and parts and parts[0] in REGISTERS else parts
    identity = json.dumps([finding.code, finding.subject, path])
    return hashlib.sha256(identity.encode()).hexdigest()[:32]


def _location(index: int, uri: str, finding: Finding) -> JsonObject:
    physical: JsonObject = {"artifactLocation": {"uri": uri, "index": index}}
    region = _region(finding)
    if region:
        physical["region"] = region
    logical: JsonObject = {"fullyQualifiedName": finding.path}
    if finding.subject:
        logical["name"] = finding.subject
    return {"physicalLocation": physical, "logicalLocations": [logical]}


def _region(finding: Finding) -> JsonObject:
    """Return line and column. SARIF has no cells: the row of a table becomes the line."""
    location = finding.location
    if location is None:
        return {}
    region = {"startLine": location.line or location.row, "startColumn": location.column}
    return {name: number for name, number in region.items() if number}


def _invocation(documents: Documents, rule_indices: Mapping[str, int], language: str) -> JsonObject:
    """Describe the run; it is successful if every document could be opened."""
    notifications = [
        {**each, "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}}}]}
        for uri, report in documents
        for each in _notifications(uri, report, rule_indices, language)
    ]
    all_opened = all(isinstance(report, Report) for _, report in documents)
    return {"executionSuccessful": all_opened, "toolExecutionNotifications": notifications}


def _notifications(
    name: str, report: Report | OSError, rule_indices: Mapping[str, int], language: str
) -> Iterator[JsonObject]:
    if isinstance(report, OSError):
        reason = {"reason": error_text(report, language)}
        yield _notification("unopened", "error", report_phrase("unopened").fill(reason, language))
        return
    for code in report.skipped:
        message = report_phrase("skipped").fill({"code": code}, language)
        rule = {"associatedRule": {"id": code, "index": rule_indices[code]}}
        yield {**_notification("skipped", "warning", message), **rule}
    for message in unchecked_lines(report, name, language):
        yield _notification("unchecked", "warning", message)
    if report.omitted:
        counts = {"count": report.omitted, "errors": report.errors_omitted}
        yield _notification("omitted", "warning", report_phrase("omitted").fill(counts, language))


def _notification(id: str, level: str, message: str) -> JsonObject:
    return {"descriptor": {"id": id}, "level": level, "message": {"text": message}}
