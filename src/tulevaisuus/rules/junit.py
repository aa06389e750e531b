"""JUnit XML: reports as continuous integration reads them, a suite for each document.

A case is one thing under one rule; it fails if there is an error. The same reports give the same
text: it holds no time and no host.
"""

import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable, Iterator

from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.severity import Severity
from tulevaisuus.rules.report import OMITTED, SKIPPED, Report

__all__ = ["junit_log"]

_DOCUMENT = "document"
"""The kind of what concerns no single thing."""

_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, and the carriage return, which its readers change."""


def junit_log(documents: Iterable[tuple[str, Report]], *, language: str = "en") -> str:
    """Return the reports on documents, each under its name, as one text; write it as UTF-8.

    Errors are failures; warnings and notes stand in the output of cases that pass, skipped rules
    are cases of their own. `UnknownLanguageError` for a language that is none of ours.
    """
    SKIPPED.localize(language)  # a report without findings would not notice a wrong language
    suites = [_suite(name, report, language) for name, report in documents]
    root = _element("testsuites", name="tulevaisuus", **_counts(suites))
    root.extend(suites)
    ET.indent(root)
    return f'<?xml version="1.0"?>\n{ET.tostring(root, "unicode")}\n'


def _suite(name: str, report: Report, language: str) -> ET.Element:
    cases = list(_cases(report, language))
    if not cases:
        cases.append(_element("testcase", classname=_DOCUMENT, name="no-findings"))
    skipped = str(len(report.skipped))
    suite = _element("testsuite", name=name, **_counts(cases), skipped=skipped)
    suite.extend(cases)
    return suite


def _counts(elements: Iterable[ET.Element]) -> dict[str, str]:
    """Count the cases in these elements, and those of them that fail."""
    cases = [case for element in elements for case in element.iter("testcase")]
    failures = sum(case.find("failure") is not None for case in cases)
    return {"tests": str(len(cases)), "failures": str(failures), "errors": "0"}


def _cases(report: Report, language: str) -> Iterator[ET.Element]:
    groups: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        groups[finding.subject, finding.code].append(finding)
    for (subject, code), findings in groups.items():
        yield _case(subject, code, findings, language)
    if report.omitted:
        yield _case_omitted(report, language)
    for code in report.skipped:
        case = _element("testcase", classname="rule", name=code)
        case.append(_element("skipped", message=SKIPPED.fill({"code": code}, language)))
        yield case


def _case(subject: str, code: str, findings: Iterable[Finding], language: str) -> ET.Element:
    kind = subject.partition(" ")[0] or _DOCUMENT
    case = _element("testcase", classname=kind, name=f"{subject or kind} {code}")
    lines: dict[bool, list[str]] = {True: [], False: []}
    for finding in findings:
        is_error = finding.severity is Severity.ERROR
        lines[is_error].append(
            f"{finding.severity} {finding.path}".rstrip() + f": {finding.message(language)}"
        )
        if is_error and case.find("failure") is None:
            case.append(_element("failure", type=code, message=finding.message(language)))
    for failure in case.iter("failure"):
        failure.text = _escape_unprintable("\n".join(lines[True]))
    if lines[False]:
        case.append(_element("system-out", "\n".join(lines[False])))
    return case


def _case_omitted(report: Report, language: str) -> ET.Element:
    """Make the case for what a cap kept from being listed; it fails if errors are among that."""
    counts = {"count": report.omitted, "errors": report.errors_omitted}
    message = OMITTED.fill(counts, language)
    case = _element("testcase", classname=_DOCUMENT, name="left-out")
    if report.errors_omitted:
        case.append(_element("failure", type="left-out", message=message))
    else:
        case.append(_element("system-out", message))
    return case


def _element(tag: str, text: str = "", /, **attributes: str) -> ET.Element:
    element = ET.Element(
        tag, {name: _escape_unprintable(value) for name, value in attributes.items()}
    )
    element.text = _escape_unprintable(text) or None
    return element


def _escape_unprintable(text: str) -> str:
    r"""Write what XML cannot hold as messages write it: a bell as ``\u0007``."""
    return _FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
