"""`to_json`: a report as JSON, several as JSON Lines. ``schemas/report.json`` describes both."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tulevaisuus.findings.findings_as_json_data import JsonObject, encodable
from tulevaisuus.findings.localization import LANGUAGES
from tulevaisuus.findings.report import Report
from tulevaisuus.reports.error_reasons import error_text
from tulevaisuus.reports.report_texts import Documents, Reported, documents_of

__all__ = ["to_json"]


def to_json(report: Reported, *, language: str | None = None) -> str:
    """Return a report as indented JSON, or several as JSON Lines: one line each, with its file.

    Args:
        report: A report, or pairs of a name and a report.
        language: ``fi``, ``sv`` or ``en`` for messages in one language; ``None`` makes each
            message an object with all three.

    Raises:
        UnknownLanguageError: The language is not supported.
    """
    if isinstance(report, Report):
        return report.to_json(language)
    documents = documents_of(report, "", language or LANGUAGES[0])
    return "".join(_lines(documents, language))


def _lines(documents: Documents, language: str | None) -> Iterator[str]:
    for name, report in documents:
        data = (
            {"file": name, **report.to_dict(language)}
            if isinstance(report, Report)
            else _unopened(name, report, language)
        )
        yield json.dumps(encodable(data), ensure_ascii=False) + "\n"


def _unopened(name: str, error: OSError, language: str | None) -> JsonObject:
    """Describe a file that could not be opened: an empty report with ``ok`` false."""
    reason = (
        {each: error_text(error, each) for each in LANGUAGES}
        if language is None
        else error_text(error, language)
    )
    empty = Report().to_dict(language)
    return {"file": name, **empty, "ok": False, "error": reason}
