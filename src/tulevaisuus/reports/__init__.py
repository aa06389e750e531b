"""Writes reports as text, JSON, SARIF, JUnit XML, Markdown, HTML or rows, one function each.

Each takes a report, or several as pairs of a name and a report, and a language. The class
`Report` is in ``findings/report.py``.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.reports.finding_rows import to_rows
    from tulevaisuus.reports.html_report import to_html
    from tulevaisuus.reports.json_report import to_json
    from tulevaisuus.reports.junit_report import to_junit
    from tulevaisuus.reports.markdown_report import to_markdown
    from tulevaisuus.reports.notebooks import html_of
    from tulevaisuus.reports.report_texts import Reported
    from tulevaisuus.reports.sarif_report import to_sarif
    from tulevaisuus.reports.text_report import to_text

__all__ = [
    "Reported",
    "html_of",
    "to_html",
    "to_json",
    "to_junit",
    "to_markdown",
    "to_rows",
    "to_sarif",
    "to_text",
]

_NAMES_BY_MODULE = {
    "report_texts": ("Reported",),
    "json_report": ("to_json",),
    "junit_report": ("to_junit",),
    "markdown_report": ("to_markdown",),
    "notebooks": ("html_of",),
    "html_report": ("to_html",),
    "finding_rows": ("to_rows",),
    "sarif_report": ("to_sarif",),
    "text_report": ("to_text",),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        from tulevaisuus._lazy import open_name

        return open_name(__name__, _NAMES_BY_MODULE, name)

    def __dir__() -> list[str]:
        return list(__all__)
