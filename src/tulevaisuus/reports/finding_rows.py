"""`to_rows`: each finding as a flat mapping, for a table, a database or a data frame."""

from __future__ import annotations

from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.findings_as_json_data import encodable
from tulevaisuus.findings.localization import localize
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.report import Report, Row, title_of
from tulevaisuus.reports.report_texts import Reported, documents_of

__all__ = ["rows_of", "to_rows"]


def to_rows(report: Reported, *, language: str = "en", name: str | None = None) -> list[Row]:
    """Return the listed findings as rows; all have the same keys, in the same order.

    A file that could not be opened has no rows.

    Args:
        report: A report, or pairs of a name and a report.
        language: The language of titles and messages: ``fi``, ``sv`` or ``en``.
        name: What the rows of a single report call its document.

    Raises:
        UnknownLanguageError: The language is not supported.
    """
    if isinstance(report, Report):
        return report.to_rows(language, document=name)
    return [
        row
        for document, each in documents_of(report, "", language)
        if isinstance(each, Report)
        for row in each.to_rows(language, document=document)
    ]


def rows_of(report: Report, language: str, document: str | None) -> list[Row]:
    """Return the rows of one report, for `Report.to_rows`.

    Args:
        report: The report.
        language: The language of titles and messages.
        document: The name of the document; ``None`` for the file that was read.
    """
    titles = {code: localize(title, language) for code, title in report.titles}
    return [
        _row(each, title_of(each.code, each.severity, titles), document, language)
        for each in report.findings
    ]


def _row(finding: Finding, title: str, document: str | None, language: str) -> Row:
    location = finding.location or Location()
    row: Row = {
        "document": document or location.source,
        "severity": finding.severity.value,
        "code": finding.code,
        "title": title,
        "subject": finding.subject,
        "path": finding.path,
        "line": location.line,
        "column": location.column,
        "sheet": location.sheet,
        "row": location.row,
        "cell": location.cell,
        "message": finding.message(language),
        "sources": ", ".join(finding.sources),
    }
    return encodable(row)
