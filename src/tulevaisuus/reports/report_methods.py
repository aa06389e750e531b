"""The methods `Report.to_sarif` and `Report.to_junit`: a report of one document."""

from typing import cast

from tulevaisuus.findings.report import Report
from tulevaisuus.reports.junit import to_junit
from tulevaisuus.reports.sarif import to_sarif

__all__ = ["junit_of", "sarif_of"]


def sarif_of(report: object, name: str, language: str) -> str:
    """Return one report as a SARIF log."""
    return to_sarif(cast("Report", report), name=name, language=language)


def junit_of(report: object, name: str, language: str) -> str:
    """Return one report as JUnit XML."""
    return to_junit(cast("Report", report), name=name, language=language)
