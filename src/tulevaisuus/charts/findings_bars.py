"""`findings_chart`: bars of how often each rule found something, by severity."""

from __future__ import annotations

from collections.abc import Sequence
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
    encode_field,
    layers,
    phrase,
    require_language,
    scale_in_order,
)
from tulevaisuus.findings.localization import localize
from tulevaisuus.findings.report import Report
from tulevaisuus.findings.severity import Severity

if TYPE_CHECKING:
    import altair as alt

__all__ = ["findings_chart", "findings_picture", "findings_rows"]

_FEW = 6
"""From this many findings of one rule on, whole ticks are further apart than one."""

_COLOURS = {Severity.ERROR: VERMILLION, Severity.WARNING: ORANGE, Severity.NOTE: BLUE}


def findings_chart(report: Report, *, language: str = "en") -> alt.LayerChart:
    """Return bars that show how often each rule found something, by severity.

    The counts are exact, and include the findings that a limit kept from being listed. A rule that
    was skipped has a question mark in place of a bar, and is counted in the caption.

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
            "severity": phrase("findings", "skipped_one", language),
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
        phrase(
            "findings", "count", language, **{each.value: report.count(each) for each in Severity}
        )
    ]
    if report.skipped:
        caption.append(phrase("findings", "skipped", language, count=len(report.skipped)))
    return Picture(
        rows=rows,
        title=phrase("findings", "title", language),
        caption=tuple(caption),
        layers=_layers(rows, language),
        size=(420, {"step": 24}),
    )


_IS_CHECKED = "isValid(datum.count)"
"""Vega's condition for the rows of rules that were checked; skipped rules have no count."""


def _whole_ticks(rows: Sequence[Row]) -> Spec:
    """Return what keeps the axis to whole numbers: few are named, as a least step is not kept."""
    most = max((row["total"] for row in rows if isinstance(row["total"], int)), default=0)
    few = {"values": [*range(most + 1)]} if most < _FEW else {"tickMinStep": 1}
    return {"format": "d", **few}


def _bars(rows: Sequence[Row], language: str) -> Spec:
    """Return the layer of bars, with a part for each severity."""
    labels = [severity.label.localize(language) for severity in _COLOURS]
    colour = encode_field(
        "severity",
        "nominal",
        scale={"domain": labels, "range": list(_COLOURS.values())},
        legend={"title": None, "orient": "bottom"},
    )
    axis = {
        "title": phrase("findings", "axis", language),
        "grid": False,
        **_whole_ticks(rows),
    }
    return {
        "transform": [{"filter": _IS_CHECKED}],
        "mark": {"type": "bar", "stroke": "white", "strokeWidth": 1},
        "encoding": {
            "x": encode_field("count", "quantitative", stack="zero", axis=axis),
            "color": colour,
            "order": encode_field("rank", "quantitative"),
            "tooltip": [encode_field(name, "nominal") for name in ("rule", "severity", "count")],
        },
    }


def _layers(rows: Sequence[Row], language: str) -> list[Spec]:
    rule = encode_field(
        "rule",
        "nominal",
        scale=scale_in_order(rows, "rule"),
        axis={"title": None, "ticks": False, "domain": False},
    )
    return layers(
        _bars(rows, language),
        {
            "transform": [
                {"filter": _IS_CHECKED},
                {
                    "aggregate": [{"op": "max", "field": "total", "as": "total"}],
                    "groupby": ["rule"],
                },
            ],
            "mark": {"type": "text", "align": "left", "dx": 5, "color": DARK},
            "encoding": {
                "x": encode_field("total", "quantitative"),
                "text": encode_field("total", "quantitative", format="d"),
            },
        },
        {
            "transform": [{"filter": f"!{_IS_CHECKED}"}],
            "mark": {"type": "text", "align": "left", "dx": 5, "color": GREY, "fontWeight": "bold"},
            "encoding": {
                "x": {"datum": 0},
                "text": {"value": f"? {phrase('findings', 'skipped_one', language)}"},
            },
        },
        shared={"y": rule},
    )
