"""`to_markdown`: a table of findings for pull requests and wikis."""

from __future__ import annotations

from collections.abc import Iterator

from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import escape_unprintable
from tulevaisuus.findings.report import Report, title_of
from tulevaisuus.findings.severity import Severity
from tulevaisuus.reports.error_reasons import error_text
from tulevaisuus.reports.report_texts import (
    Reported,
    documents_of,
    place_of,
    report_phrase,
    severity_label,
    skipped_rules,
    subject_text,
    titles_of,
    unchecked_lines,
)

__all__ = ["to_markdown"]

_SPECIAL = str.maketrans({each: f"\\{each}" for each in "\\`*_{}[]<>()#|~!&@$"})
"""Characters that are markup in Markdown or in its tables."""


def to_markdown(report: Reported, *, language: str = "en", name: str = "portfolio.json") -> str:
    """Return reports as Markdown: for each document a heading, a table of findings and the counts.

    Args:
        report: A report, or pairs of a name and a report.
        language: ``fi``, ``sv`` or ``en``.
        name: What a single report calls its document.

    Raises:
        UnknownLanguageError: The language is not supported.
    """
    documents = documents_of(report, name, language)
    return "\n".join(
        f"## {_escape(document)}\n\n{_section(document, each, language)}"
        for document, each in documents
    )


def _section(name: str, report: Report | OSError, language: str) -> str:
    if isinstance(report, OSError):
        return (
            report_phrase("unopened").fill({"reason": error_text(report, language)}, language)
            + "\n"
        )
    lines = [*_table(name, report, language), *_summary(name, report, language)]
    return "".join(f"{line}\n" for line in lines)


def _table(name: str, report: Report, language: str) -> Iterator[str]:
    if not report.findings:
        return
    columns = ("rule", "subject", "place", "message")
    yield _row(report_phrase(column, "column").localize(language) for column in columns)
    yield _row("---" for _ in columns)
    titles = titles_of(report, language)
    for finding in report.findings:
        title = title_of(finding.code, finding.severity, titles)
        yield _row(_cells(finding, title, name, language))
    yield ""


def _cells(finding: Finding, title: str, name: str, language: str) -> Iterator[str]:
    severity_and_code = f"{severity_label(finding.severity, language)} **{_escape(finding.code)}**"
    yield f"{severity_and_code} {_escape(title)}".rstrip()
    yield _escape(subject_text(finding.subject, language))
    yield _escape(place_of(finding, name) if finding.location else finding.path)
    yield _escape(finding.message(language))


def _summary(name: str, report: Report, language: str) -> Iterator[str]:
    counts = [
        report_phrase(each.value, "count").fill({"n": report.count(each)}, language)
        for each in Severity
    ]
    yield ", ".join(counts)
    if report.omitted:
        numbers = {"count": report.omitted, "errors": report.errors_omitted}
        yield f"\n{report_phrase('omitted').fill(numbers, language)}"
    if skipped := skipped_rules(report):
        yield f"\n{report_phrase('all_skipped').fill({'codes': skipped}, language)}"
    yield from (f"\n{_escape(each)}" for each in unchecked_lines(report, name, language))


def _row(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escape(text: str) -> str:
    """Escape text so that Markdown shows it unchanged and makes no links."""
    return escape_unprintable(text).translate(_SPECIAL).replace("://", "\\://")
