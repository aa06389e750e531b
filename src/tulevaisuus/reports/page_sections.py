"""The sections of a page on one document: findings by object and by rule, contents, grants.

A register is the collection of all objects of one class in the document, such as all grants.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from tulevaisuus.facts.bundled_registers import sources
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.report import Report, title_of
from tulevaisuus.findings.severity import Severity
from tulevaisuus.formats.reading_result import Rejected
from tulevaisuus.model.amount import Amount
from tulevaisuus.model.grant import GrantStatus
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.reports.lines_with_caret import excerpt
from tulevaisuus.reports.report_texts import (
    page_phrase,
    place_of,
    register_text,
    severity_label,
    subject_text,
    titles_of,
)
from tulevaisuus.rules.rule_declaration import rulebook

__all__ = [
    "MAX_OPEN",
    "CitedSource",
    "ObjectGroup",
    "PageFinding",
    "RegisterSize",
    "RuleGroup",
    "StatusSum",
    "objects_of",
    "register_sizes_of",
    "rules_of",
    "status_sums_of",
    "uncounted_of",
]

_MAX_OBJECTS, _MAX_PER_OBJECT, _MAX_FINDINGS = 150, 20, 500
"""The maximum number of objects on a page, of findings of each object, and of all findings."""

_MAX_PER_RULE = 25
"""The maximum number of findings listed under a rule."""

MAX_OPEN = 60
"""If there are more findings than this, those of each object are folded."""

_EXCERPT_WIDTH = 100
"""The columns in which the line of a finding is shown."""


class CitedSource(NamedTuple):
    """A source of a rule: its id, its description and, if it has one, its web address."""

    id: str
    about: str
    url: str


class PageFinding(NamedTuple):
    """A finding in one language, with the source line that it is about.

    ``kind`` is the CSS class of its severity, ``target`` the id of its object on the page.
    """

    severity: str
    kind: str
    code: str
    title: str
    subject: str
    place: str
    message: str
    lines: str
    target: str


class ObjectGroup(NamedTuple):
    """The findings of one object; ``more`` counts those that are not shown."""

    id: str
    name: str
    errors: int
    findings: Sequence[PageFinding]
    total: int
    more: int


class RuleGroup(NamedTuple):
    """A rule and its findings; ``more`` counts those that are not shown."""

    code: str
    title: str
    counts: str
    explanation: str
    remedy: str
    sources: Sequence[CitedSource]
    findings: Sequence[PageFinding]
    more: int


class RegisterSize(NamedTuple):
    """A register of the document, and how many objects it has."""

    name: str
    size: int


class StatusSum(NamedTuple):
    """The grants of one status; ``total`` is the sum of the amounts that are known."""

    status: str
    size: int
    known: int
    unknown: int
    total: str


def objects_of(report: Report, name: str, language: str) -> list[ObjectGroup]:
    """Return findings by object, in the order of the document, within the limits of a page."""
    titles = titles_of(report, language)
    groups: list[ObjectGroup] = []
    room = _MAX_FINDINGS
    for index, (subject, findings) in enumerate(islice(report.by_subject().items(), _MAX_OBJECTS)):
        shown = findings[: min(room, _MAX_PER_OBJECT)]
        room -= len(shown)
        if shown:
            name_of_object = _subject_name(subject, language)
            groups.append(
                ObjectGroup(
                    id=f"o{index}",
                    name=name_of_object,
                    errors=sum(each.severity is Severity.ERROR for each in findings),
                    findings=[_page_finding(each, titles, name, language) for each in shown],
                    total=len(findings),
                    more=len(findings) - len(shown),
                )
            )
    return groups


def rules_of(
    report: Report, objects: Sequence[ObjectGroup], name: str, language: str
) -> list[RuleGroup]:
    """Return findings by rule, in the order of codes, with links to their objects."""
    titles = titles_of(report, language)
    targets = _object_ids(report, objects)
    findings_by_code = report.by_code()
    groups: list[RuleGroup] = []
    for code in sorted({code for code, _, _ in report.counts}):
        findings = findings_by_code.get(code, ())
        rule = rulebook.get(code)
        groups.append(
            RuleGroup(
                code=code,
                title=title_of(code, _worst(report, code), titles),
                counts=_counts(report, code, language),
                explanation="" if rule is None else rule.explanation.get(language),
                remedy="" if rule is None else rule.remedy.get(language),
                sources=[*_cited_sources(findings[0].sources if findings else ())],
                findings=[
                    _page_finding(each, titles, name, language)._replace(
                        target=targets.get(each.subject, "")
                    )
                    for each in findings[:_MAX_PER_RULE]
                ],
                more=report.count(code) - len(findings[:_MAX_PER_RULE]),
            )
        )
    return groups


def _object_ids(report: Report, objects: Sequence[ObjectGroup]) -> Mapping[str, str]:
    """Return the id of each object on the page, by the subject of its findings."""
    shown = {each.id for each in objects}
    subjects = enumerate(islice(report.by_subject(), _MAX_OBJECTS))
    ids = {subject: f"o{index}" for index, subject in subjects}  # as `objects_of` made them
    return {subject: id for subject, id in ids.items() if id in shown}


def register_sizes_of(portfolio: Portfolio, language: str) -> list[RegisterSize]:
    """Return the registers that are not empty."""
    return [
        RegisterSize(register_text(name, language), len(register))
        for name, register in portfolio.registers().items()
        if len(register)
    ]


def uncounted_of(rejected: Sequence[Rejected], language: str) -> list[str]:
    """Return the numbers of objects that could not be read: ``grants: 2``, ``grants: all``."""
    sizes = Counter(each.register for each in rejected if each.place is not None)
    # Without a place, the whole register could not be read.
    word_for_all = page_phrase("contents", "all", language)
    names = dict.fromkeys(each.register for each in rejected)
    return [f"{register_text(name, language)}: {sizes[name] or word_for_all}" for name in names]


def status_sums_of(portfolio: Portfolio, language: str) -> list[StatusSum]:
    """Return the grants by status, with the sums of the amounts that are recorded."""
    sums: list[StatusSum] = []
    for status in GrantStatus:
        grants = [each for each in portfolio.grants if each.status is status]
        known = [each.amount for each in grants if each.amount_eur is not None]
        if grants:
            sums.append(
                StatusSum(
                    status=status.label.get(language),
                    size=len(grants),
                    known=len(known),
                    unknown=len(grants) - len(known),
                    total=Amount.total(known).localize(language) if known else "–",
                )
            )
    return sums


def _subject_name(subject: str, language: str) -> str:
    """Return the name of the object of a finding; the document itself has no subject."""
    return subject_text(subject, language) or page_phrase("entities", "whole", language)


def _page_finding(
    finding: Finding, titles: Mapping[str, str], name: str, language: str
) -> PageFinding:
    return PageFinding(
        severity=severity_label(finding.severity, language),
        kind=finding.severity.value,
        code=finding.code,
        title=title_of(finding.code, finding.severity, titles),
        subject=_subject_name(finding.subject, language),
        place=place_of(finding, name) if finding.location else finding.path,
        message=finding.message(language),
        lines="\n".join(excerpt(finding.location, _EXCERPT_WIDTH)),
        target="",
    )


def _worst(report: Report, code: str) -> Severity:
    """Return the highest severity of the findings of a rule."""
    severities = [severity for counted, severity, _ in report.counts if counted == code]
    return max(severities, key=lambda severity: severity.rank)


def _counts(report: Report, code: str, language: str) -> str:
    """Write the number of findings of a rule by severity: ``error: 3, note: 1``."""
    return ", ".join(
        f"{severity_label(severity, language)}: {number}"
        for counted, severity, number in report.counts
        if counted == code
    )


def _cited_sources(ids: Sequence[str]) -> Iterator[CitedSource]:
    for id in ids:
        source = sources.get(id)
        about = "" if source is None else f"{source.publisher}: {source.about}"
        yield CitedSource(id, about, "" if source is None else source.url or "")
