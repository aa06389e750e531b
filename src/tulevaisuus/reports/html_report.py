"""`to_html`: a report as one HTML page that needs no network and no scripts.

A portfolio is all entities of one document.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tulevaisuus._text_files import read_text
from tulevaisuus._version import __version__
from tulevaisuus.facts.facts_version import FACTS_VERSION
from tulevaisuus.findings.findings_as_json_data import encodable
from tulevaisuus.findings.localization import Param, escape_unprintable, localize
from tulevaisuus.findings.report import Report
from tulevaisuus.findings.severity import Severity
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.reports.error_reasons import error_text
from tulevaisuus.reports.page_downloads import all_findings_command, downloads_of
from tulevaisuus.reports.page_figures import figures_of
from tulevaisuus.reports.page_sections import (
    MAX_OPEN,
    objects_of,
    register_sizes_of,
    rules_of,
    status_sums_of,
    uncounted_of,
)
from tulevaisuus.reports.report_texts import (
    Reported,
    documents_of,
    page_phrase,
    report_phrase,
    severity_label,
    skipped_rules,
    titles_of,
    unchecked_lines,
)

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["PageData", "to_html"]

PageData: TypeAlias = Portfolio | Reading
"""The contents of a document; a reading also knows which objects could not be read."""

_MISSING_EXTRA = "a report as HTML needs the extra html: pip install 'tulevaisuus[html]'"

_FOLDER = "templates"


class _Words(NamedTuple):
    """The words of the template, in one language."""

    language: str

    def __call__(self, section: str, name: str, **params: Param) -> str:
        """Return a phrase with values filled in."""
        return page_phrase(section, name, self.language, **params)


def to_html(
    report: Reported,
    portfolio: PageData | Mapping[str, PageData] | None = None,
    *,
    language: str = "en",
    name: str = "portfolio.json",
) -> str:
    """Return reports as one HTML page that can be sent to others.

    The page has no scripts and loads nothing. It contains the counts, the findings by object and by
    rule, their sources, what to do about them, and tables to download. With a portfolio it also
    shows the contents of the document, a map, a timeline and a matrix. Pictures need the extra
    ``charts``; without it the page has only their tables, and says so. If there are thousands of
    findings, the page shows the first ones, exact counts, and the command that writes all of them.
    Text of a document is escaped.

    Args:
        report: A report, or pairs of a name and a report.
        portfolio: The contents to show; for several documents a mapping from their names. With a
            reading the page also says how many objects could not be read and are not counted.
        language: ``fi``, ``sv`` or ``en``.
        name: What a single report calls its document.

    Raises:
        ModuleNotFoundError: The extra ``html`` is not installed.
        UnknownLanguageError: The language is not supported.
    """
    documents = documents_of(report, name, language)
    portfolios = portfolio if isinstance(portfolio, Mapping) else {name: portfolio}
    sections = [
        _section(f"d{index}", document, each, portfolios.get(document), language)
        for index, (document, each) in enumerate(documents)
    ]
    page = (
        _environment()
        .get_template("page.html.jinja")
        .render(
            language=language,
            t=_Words(language),
            sections=sections,
            several=len(sections) > 1,
            style=read_text("tulevaisuus.reports", _FOLDER, "page.css"),
            version=__version__,
            facts=localize(FACTS_VERSION, language),
        )
    )
    return encodable(page)


def _section(
    id: str, name: str, report: Report | OSError, data: PageData | None, language: str
) -> dict[str, object]:
    """Return the values that the template shows for one document."""
    head: dict[str, object] = {"id": id, "name": escape_unprintable(name)}
    if isinstance(report, OSError):
        reason = error_text(report, language)
        return {**head, "unopened": report_phrase("unopened").fill({"reason": reason}, language)}
    objects = objects_of(report, name, language)
    titles = titles_of(report, language)
    portfolio = data.portfolio if isinstance(data, Reading) else data
    shown = sum(len(each.findings) for each in objects)
    return {
        **head,
        "unopened": "",
        "ok": report.ok,
        "total": report.count(),
        "counts": [
            (each.value, severity_label(each, language), report.count(each)) for each in Severity
        ],
        "omitted": "".join(_omitted(report, language)),
        "skipped": [(code, titles.get(code, "")) for code in skipped_rules(report)],
        "unchecked": [*unchecked_lines(report, name, language)],
        "objects": objects,
        "listed": len(report),
        "shown": shown,
        "is_open": shown <= MAX_OPEN,
        "rules": rules_of(report, objects, name, language),
        "downloads": downloads_of(report, portfolio, name, language),
        "command": all_findings_command(report, name),
        "figures": figures_of(report, portfolio, language),
        **_contents(data, portfolio, language),
    }


def _contents(
    data: PageData | None, portfolio: Portfolio | None, language: str
) -> dict[str, object]:
    """Return what a document contains, and which objects could not be read and are not counted."""
    if portfolio is None:
        return {"register_sizes": None, "grants": [], "uncounted": [], "uncounted_grants": []}
    register_sizes = register_sizes_of(portfolio, language)
    rejected = data.rejected if isinstance(data, Reading) else ()
    if not register_sizes:  # then the page says of whole registers that nothing could be read
        rejected = tuple(each for each in rejected if each.place is not None)
    grants = [each for each in rejected if each.register == Grant.plural]
    return {
        "register_sizes": register_sizes,
        "grants": status_sums_of(portfolio, language),
        "uncounted": uncounted_of(rejected, language),
        "uncounted_grants": uncounted_of(grants, language),
    }


def _omitted(report: Report, language: str) -> Iterator[str]:
    """Yield the sentence on the findings that are not listed, if there are any."""
    if report.omitted:
        numbers: dict[str, Param] = {"count": report.omitted, "errors": report.errors_omitted}
        yield report_phrase("omitted").fill(numbers, language)


@functools.cache
def _environment() -> Environment:
    """Return the environment of Jinja: it escapes all values, and a missing value is an error."""
    try:
        import jinja2
    except ModuleNotFoundError:
        raise ModuleNotFoundError(_MISSING_EXTRA, name="jinja2") from None
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: read_text("tulevaisuus.reports", _FOLDER, name)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
