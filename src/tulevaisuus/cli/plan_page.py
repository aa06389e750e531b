"""A plan as one HTML page: its tables, its findings and, with the extra ``charts``, its chart.

A plan says which grant pays which cost. The page has no scripts and loads nothing, so that it can
be sent to others.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from tulevaisuus import funding
from tulevaisuus._text_files import read_text
from tulevaisuus.charts.vega import svg_of
from tulevaisuus.cli.command_texts import text
from tulevaisuus.findings.localization import localize
from tulevaisuus.funding.balance_chart import balance_picture
from tulevaisuus.reports.html_elements import Html, element, joined

__all__ = ["Table", "page_of"]

_STYLE = (
    "@media screen{body{max-width:80rem}.short{white-space:nowrap}}"
    ".number{white-space:nowrap}"
    "@page{size:A4 landscape;margin:12mm}"
    "@media print{.wide table{width:100%;font-size:7.5pt}"
    ".wide th,.wide td{padding:.15rem .25rem}"
    ".wide td{overflow-wrap:anywhere}.wide .short{overflow-wrap:break-word}}"
)
"""Styles that a plan needs besides those of a report: its tables are wide, and paper cuts them."""

_CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

_MAX_UNBROKEN = 21
"""The length of a period in ISO form; only longer texts are broken into lines."""

Table = tuple[str, Sequence[str], Sequence[Sequence[object]]]
"""The title of a table, its headers, and the cells of its rows."""


def page_of(
    plan: funding.Plan,
    tables: Iterable[Table],
    language: str,
    words: Iterable[str],
) -> str:
    """Return the page of a plan.

    Args:
        plan: The plan.
        tables: Its tables.
        language: The language of the page.
        words: The paragraphs about the plan as a whole.
    """
    title = text("plan_sheet", "plan", language)
    head = element(
        "head",
        Html('<meta charset="utf-8">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{_CONTENT_SECURITY_POLICY}">'),
        Html('<meta name="viewport" content="width=device-width">'),
        element("title", title),
        element(
            "style", Html(f"{read_text('tulevaisuus.reports', 'templates', 'page.css')}{_STYLE}")
        ),
    )
    note = joined(*(element("p", each) for each in words))
    sections = [html for table in tables for html in _heading_and_table(table, language)]
    top = element("h1", title)
    body = element("body", element("main", top, note, _figure(plan, language), *sections))
    return f"<!doctype html>\n{element('html', head, body, lang=language)}\n"


def _figure(plan: funding.Plan, language: str) -> Html:
    """Return the chart with its text alternative; nothing without the extra ``charts``."""
    picture = balance_picture(plan.balance_rows(), language)
    try:
        svg = Html(svg_of(picture))
    except ModuleNotFoundError:
        return joined()
    lines = (element("p", line) for line in picture.caption)
    caption = element("figcaption", element("h2", picture.title), *lines)
    image = element("div", svg, role="img", aria_label=picture.alternative)
    return element("figure", caption, _in_scrollable_box(image, picture.title, "wide picture"))


def _heading_and_table(table: Table, language: str) -> tuple[Html, Html]:
    title, headers, rows = table
    head = element("tr", *(element("th", each, scope="col") for each in headers))
    cells = (element("tr", *(_cell(each, language) for each in row)) for row in rows)
    whole_table = element("table", element("thead", head), element("tbody", *cells))
    return element("h2", title), _in_scrollable_box(whole_table, title, "wide")


def _in_scrollable_box(content: Html, label: str, classes: str) -> Html:
    """Put wide content into a box that scrolls by itself, with a keyboard too."""
    return element("div", content, class_=classes, tabindex="0", role="group", aria_label=label)


def _cell(value: object, language: str) -> Html:
    if isinstance(value, Decimal):
        return element("td", localize(value, language), class_="number")
    if isinstance(value, dt.date):
        return element("td", localize(value, language), class_="short")
    if isinstance(value, str) and len(value) <= _MAX_UNBROKEN:
        return element("td", value, class_="short")
    return element("td", "" if value is None else str(value))
