"""`findings_chart`: bars with the number of findings of each rule, by severity.

A finding is a reported problem or note. A rule is skipped if data that it needs is rejected.
"""

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
    scale_in_order,
)
from tulevaisuus.findings.argument_checks import has_type
from tulevaisuus.findings.localization import localize, require_language
from tulevaisuus.findings.report import Report, title_of
from tulevaisuus.findings.severity import Severity

if TYPE_CHECKING:
    import altair as alt

__all__ = ["findings_chart", "findings_picture", "findings_rows"]

_MANY_FINDINGS = 6
"""From this number of findings of one rule, Vega chooses the ticks of the axis."""

_COLOURS = {Severity.ERROR: VERMILLION, Severity.WARNING: ORANGE, Severity.NOTE: BLUE}


def findings_chart(report: Report, *, language: str = "en") -> alt.LayerChart:
    """Return bars with the number of findings of each rule, by severity.

    The counts are exact: they include findings that are not listed because of a limit. A skipped
    rule has a question mark in place of a bar, and the caption counts it.

    Args:
        report: The report of a check.
        language: ``fi``, ``sv`` or ``en``.

    Raises:
        ModuleNotFoundError: The extra ``charts`` is not installed.
        UnknownLanguageError: The language is not supported.
    """
    return chart_of(findings_picture(report, language))


def findings_rows(report: Report, *, language: str = "en") -> list[Row]:
    """Return the table of the bars: a row for each rule and severity, the most frequent rule first.

    The rows of skipped rules come last; their ``count`` is ``None``.

    Raises:
        UnknownLanguageError: The language is not supported.
    """
    require_language(language)
    if not has_type(report, Report):
        found = type(report).__name__
        raise TypeError(f"give a report, such as tulevaisuus.check(portfolio), not {found}")
    titles = {code: localize(title, language) for code, title in report.titles}
    counts = sorted(
        report.counts, key=lambda each: (-report.count(each[0]), each[0], -each[1].rank)
    )
    # The bars of one rule share a label, also if some of its findings are mere notes.
    worst = {code: severity for code, severity, _ in reversed(counts)}
    rows: list[Row] = [
        {
            "code": code,
            "rule": f"{code} {title_of(code, worst[code], titles)}".rstrip(),
            "severity": severity.label.localize(language),
            "rank": -severity.rank,
            "count": number,
            "total": report.count(code),
        }
        for code, severity, number in counts
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
    """Return the picture of the bars."""
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
"""The condition in Vega for rules that were checked: skipped rules have no count."""


def _whole_ticks(rows: Sequence[Row]) -> Spec:
    """Return the options of an axis with whole numbers only.

    Vega ignores ``tickMinStep`` on a short axis, so its ticks are listed.
    """
    highest = max((row["total"] for row in rows if isinstance(row["total"], int)), default=0)
    if highest < _MANY_FINDINGS:
        return {"format": "d", "values": [*range(highest + 1)]}
    return {"format": "d", "tickMinStep": 1}


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
