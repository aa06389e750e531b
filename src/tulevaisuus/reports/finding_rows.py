"""`to_rows`: each finding as a flat mapping, for a table, a database or a data frame."""

from __future__ import annotations

from tulevaisuus.findings.report import Report, Row
from tulevaisuus.reports.report_texts import Reported, documents_of

__all__ = ["to_rows"]


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
