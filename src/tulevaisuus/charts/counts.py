"""How often each rule found something, by severity; rules that were not checked have a mark."""

from typing import TYPE_CHECKING

from tulevaisuus.charts.vega import (
    BLUE,
    DARK,
    GREY,
    ORANGE,
    VERMILLION,
    Picture,
    Row,
    Spec,
    chart_of,
    encoded,
    layers,
    ordered,
    require_language,
    say,
)
from tulevaisuus.findings.localization import localize
from tulevaisuus.findings.report import Report
from tulevaisuus.findings.severity import Severity

if TYPE_CHECKING:
    import altair as alt

__all__ = ["findings_chart", "findings_picture", "findings_rows"]

_COLOURS = {Severity.ERROR: VERMILLION, Severity.WARNING: ORANGE, Severity.NOTE: BLUE}


def findings_chart(report: Report, *, language: str = "en") -> "alt.LayerChart":
    """Return bars that show how often each rule found something, by severity.

    The counts are exact, and include the findings that a limit kept from being listed. A rule that
    was skipped has a question mark in the place of a bar, and is counted in the caption.

    Args:
        report: What `check` returned.
        language: ``fi``, ``sv`` or ``en``.

    Raises:
        ModuleNotFoundError: The extra ``charts`` is not installed.
        UnknownLanguageError: The language is none of the three.
    """
    return chart_of(findings_picture(report, language))


def findings_rows(report: Report, *, language: str = "en") -> list[Row]:
    """Return the table of the bars: a row for each rule and severity, the most frequent rule first.

    The rows of skipped rules come last; their ``count`` is ``None``.

    Raises:
        UnknownLanguageError: The language is none of the three.
    """
    require_language(language)
    titles = {code: localize(title, language) for code, title in report.titles}
    found = sorted(report.counts, key=lambda each: (-report.count(each[0]), each[0], -each[1].rank))
    rows: list[Row] = [
        {
            "code": code,
            "rule": f"{code} {titles.get(code, '')}".rstrip(),
            "severity": severity.label.localize(language),
            "rank": -severity.rank,
            "count": number,
            "total": report.count(code),
        }
        for code, severity, number in found
    ]
    skipped: list[Row] = [
        {
            "code": code,
            "rule": f"{code} {titles.get(code, '')}".rstrip(),
            "severity": say("findings", "skipped_one", language),
            "rank": 0,
            "count": None,
            "total": None,
        }
        for code in report.skipped
    ]
    return rows + skipped


def findings_picture(report: Report, language: str) -> Picture:
    """Return the bars before they are drawn."""
    rows = findings_rows(report, language=language)
    caption = [
        say("findings", "count", language, **{each.value: report.count(each) for each in Severity})
    ]
    if report.skipped:
        caption.append(say("findings", "skipped", language, count=len(report.skipped)))
    return Picture(
        rows=rows,
        title=say("findings", "title", language),
        caption=tuple(caption),
        layers=_layers(rows, language),
        size=(420, {"step": 24}),
    )


_LISTED = "isValid(datum.count)"
"""Rules that were checked; of those that were skipped there is no count."""


def _bars(language: str) -> Spec:
    """Return the bars: a part of each rule's for each severity."""
    labels = [severity.label.localize(language) for severity in _COLOURS]
    colour = encoded(
        "severity",
        "nominal",
        scale={"domain": labels, "range": list(_COLOURS.values())},
        legend={"title": None, "orient": "bottom"},
    )
    axis = {
        "title": say("findings", "axis", language),
        "format": "d",
        "tickMinStep": 1,
        "grid": False,
    }
    return {
        "transform": [{"filter": _LISTED}],
        "mark": {"type": "bar", "stroke": "white", "strokeWidth": 1},
        "encoding": {
            "x": encoded("count", "quantitative", stack="zero", axis=axis),
            "color": colour,
            "order": encoded("rank", "quantitative"),
            "tooltip": [encoded(name, "nominal") for name in ("rule", "severity", "count")],
        },
    }


def _layers(rows: list[Row], language: str) -> list[Spec]:
    rule = encoded(
        "rule",
        "nominal",
        scale=ordered(rows, "rule"),
        axis={"title": None, "ticks": False, "domain": False},
    )
    return layers(
        _bars(language),
        {
            "transform": [
                {"filter": _LISTED},
                {
                    "aggregate": [{"op": "max", "field": "total", "as": "total"}],
                    "groupby": ["rule"],
                },
            ],
            "mark": {"type": "text", "align": "left", "dx": 5, "color": DARK},
            "encoding": {
                "x": encoded("total", "quantitative"),
                "text": encoded("total", "quantitative", format="d"),
            },
        },
        {
            "transform": [{"filter": f"!{_LISTED}"}],
            "mark": {"type": "text", "align": "left", "dx": 5, "color": GREY, "fontWeight": "bold"},
            "encoding": {
                "x": {"datum": 0},
                "text": {"value": f"? {say('findings', 'skipped_one', language)}"},
            },
        },
        shared={"y": rule},
    )
