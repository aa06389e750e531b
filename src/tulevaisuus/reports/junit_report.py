"""`to_junit`: reports as JUnit XML for continuous integration, a test suite for each document.

A test case is one object under one rule; it fails if there is an error. The same reports always
give the same text: it contains no time and no host name. A finding is a reported problem or note.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator

import attrs

from tulevaisuus._grouping import group_by
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.report import Report
from tulevaisuus.findings.severity import Severity
from tulevaisuus.reports.error_reasons import error_text
from tulevaisuus.reports.report_texts import (
    Reported,
    documents_of,
    report_phrase,
    unchecked_lines,
)

__all__ = ["to_junit"]

_WHOLE_DOCUMENT = "document"
"""The name of cases that are about no single object."""

_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 forbids, and the carriage return, which XML parsers replace."""


def to_junit(report: Reported, *, language: str = "en", name: str = "portfolio.json") -> str:
    """Return reports as JUnit XML, a suite for each document; write it as UTF-8.

    Errors are failures. Warnings and notes are in the output of passing cases. A skipped rule is a
    skipped case; a file that could not be opened is a failing case. The class name of a case is
    its document. Class name and name together are unique.

    Args:
        report: A report, or pairs of a name and a report.
        language: ``fi``, ``sv`` or ``en``.
        name: What a single report calls its document.

    Raises:
        UnknownLanguageError: The language is not supported.
    """
    documents = documents_of(report, name, language)
    suites = [_suite(document, each, language) for document, each in documents]
    _make_names_unique(case for suite in suites for case in suite)
    root = _element("testsuites", name="tulevaisuus", **_counts(suites))
    root.extend(suites)
    ET.indent(root)
    return f'<?xml version="1.0"?>\n{ET.tostring(root, "unicode")}\n'


def _suite(name: str, report: Report | OSError, language: str) -> ET.Element:
    cases = list(_cases(report, language))
    if not cases:
        cases.append(_element("testcase", name="no-findings"))
    for case in cases:
        case.set("classname", _escape_unprintable(name))
    skipped = str(sum(case.find("skipped") is not None for case in cases))
    suite = _element("testsuite", name=name, **_counts(cases), skipped=skipped)
    suite.extend(cases)
    return suite


def _make_names_unique(cases: Iterable[ET.Element]) -> None:
    """Number cases with the same name: programs would keep only one of them."""
    taken: set[tuple[str, str]] = set()
    repetitions: Counter[tuple[str, str]] = Counter()
    for case in cases:
        document, name = case.get("classname", ""), case.get("name", "")
        unique_name = name
        while (document, unique_name) in taken:  # a name with a number may be taken as well
            repetitions[document, name] += 1
            unique_name = f"{name} ({repetitions[document, name] + 1})"
        taken.add((document, unique_name))
        case.set("name", unique_name)


def _counts(elements: Iterable[ET.Element]) -> dict[str, str]:
    """Count the cases in these elements, and those of them that fail."""
    # `iter` also yields the element itself: the elements may be suites or cases.
    cases = [case for element in elements for case in element.iter("testcase")]
    failures = sum(case.find("failure") is not None for case in cases)
    # For JUnit, an error is a test that broke down, not one that failed.
    return {"tests": str(len(cases)), "failures": str(failures), "errors": "0"}


def _cases(report: Report | OSError, language: str) -> Iterator[ET.Element]:
    if isinstance(report, OSError):
        reason = {"reason": error_text(report, language)}
        yield _failing_case("could-not-be-opened", report_phrase("unopened").fill(reason, language))
        return
    groups = group_by(report.findings, lambda finding: (finding.subject, finding.code))
    for (subject, code), findings in groups.items():
        yield _case(f"{subject or _WHOLE_DOCUMENT} {code}", code, findings, language)
    if report.omitted:
        yield _omitted_case(report, language)
    for code in report.skipped:
        case = _element("testcase", name=code)
        case.append(
            _element("skipped", message=report_phrase("skipped").fill({"code": code}, language))
        )
        yield case
    # A rule can be skipped; an object is unchecked if no rule was checked on it. The message does
    # not repeat the name of the document (""), as it is the class name of the case.
    for message in unchecked_lines(report, "", language):
        case = _element("testcase", name="unchecked")
        case.append(_element("skipped", message=message))
        yield case


def _case(name: str, code: str, findings: Iterable[Finding], language: str) -> ET.Element:
    case = _element("testcase", name=name)
    errors: list[str] = []
    others: list[str] = []
    for finding in findings:
        is_error = finding.severity is Severity.ERROR
        head = f"{finding.severity} {_place_of(finding)}".rstrip()
        (errors if is_error else others).append(f"{head}: {finding.message(language)}")
        if is_error and case.find("failure") is None:
            case.append(_element("failure", type=code, message=finding.message(language)))
    failure = case.find("failure")
    if failure is not None:
        failure.text = _escape_unprintable("\n".join(errors))
    if others:
        case.append(_element("system-out", "\n".join(others)))
    return case


def _place_of(finding: Finding) -> str:
    """Return the line and column, or the sheet and cell, if they are known; then the path."""
    where = attrs.evolve(finding.location, source=None) if finding.location else ""
    return f"{where} {finding.path}".strip()


def _omitted_case(report: Report, language: str) -> ET.Element:
    """Make the case for findings that are not listed; it fails if some of them are errors."""
    counts = {"count": report.omitted, "errors": report.errors_omitted}
    message = report_phrase("omitted").fill(counts, language)
    if report.errors_omitted:
        return _failing_case("omitted", message)
    case = _element("testcase", name="omitted")
    case.append(_element("system-out", message))
    return case


def _failing_case(name: str, message: str) -> ET.Element:
    case = _element("testcase", name=name)
    case.append(_element("failure", type=name, message=message))
    return case


def _element(tag: str, text: str = "", /, **attributes: str) -> ET.Element:
    element = ET.Element(
        tag, {name: _escape_unprintable(value) for name, value in attributes.items()}
    )
    element.text = _escape_unprintable(text) or None
    return element


def _escape_unprintable(text: str) -> str:
    r"""Escape characters that XML forbids as ``\uXXXX``, as messages do: a bell is ``\u0007``."""
    return _FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
