"""`timeline`: the periods of calls, projects, administrations and grants.

Unknown bounds have a mark of their own. Days of a project on which no grant is usable are marked if
all bounds are known: rule TSK407 reports the same days. A portfolio is all entities of one
document, and bundled facts are those shipped with the library.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tulevaisuus.charts.vega import (
    BLUE,
    DARK,
    GREY,
    ORANGE,
    SKY,
    VERMILLION,
    Picture,
    Row,
    Spec,
    chart_of,
    encode_field,
    layers,
    phrase,
    require_portfolio,
    scale_in_order,
)
from tulevaisuus.facts.reference_portfolio import reference
from tulevaisuus.findings.localization import escape_unprintable, require_language
from tulevaisuus.model.call import Call
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.grant import Grant, GrantStatus
from tulevaisuus.model.labels import entity_label
from tulevaisuus.model.period import Period
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.project import Administration, Project

if TYPE_CHECKING:
    import altair as alt

__all__ = ["timeline", "timeline_picture", "timeline_rows"]

_BAR_COLOURS = {
    "application": SKY,
    "costs": ORANGE,
    "project": GREY,
    "administration": "#CC79A7",
    "grant": BLUE,
    "grant_of_call": "#009E73",
    "uncovered": VERMILLION,
}
"""The types of bars and their colours, after Okabe and Ito."""

_FIRST_DAY, _LAST_DAY = dt.date(2020, 1, 1), dt.date(2023, 12, 31)
"""The days of the programme, which every timeline covers."""

_MARGIN = dt.timedelta(days=45)
"""How far a bar with an unknown bound extends beyond all known days."""

_MAX_LABEL = 56
"""The maximum number of characters of a label."""


class _Bar(NamedTuple):
    """A bar: the key and label of its line, its type, and its period, ``None`` if unknown.

    A line is one row of the chart; ``kind`` is one of `_BAR_COLOURS`.
    """

    line: str
    label: str
    kind: str
    period: Period | None


def timeline(portfolio: Portfolio, *, language: str = "en", limit: int = 400) -> alt.LayerChart:
    """Return the timeline of a portfolio.

    A call has a bar for its application period and one for its cost period. Below a project are its
    administrations and its grants. A grant whose usable period is unknown has a bar of another
    colour over the cost period of its call; the years of a project are never used for it. Days of a
    project that no grant covers are marked.

    Calls and projects to which grants of the portfolio refer may come from the bundled facts.
    Bundled grants have no bars, but they cover days of a bundled project.

    Args:
        portfolio: The portfolio with calls, projects and grants.
        language: ``fi``, ``sv`` or ``en``.
        limit: The maximum number of lines; the caption counts the others.

    Raises:
        ModuleNotFoundError: The extra ``charts`` is not installed.
        InvalidValueError: The argument is no portfolio.
        UnknownLanguageError: The language is not supported.
    """
    return chart_of(timeline_picture(portfolio, language, limit))


def timeline_rows(portfolio: Portfolio, *, language: str = "en") -> list[Row]:
    """Return the table of a timeline: a row for each bar, in the order of its lines.

    ``start`` and ``end`` are the first and last day, ``None`` if unknown; ``days`` has both in
    words. ``kind`` is the type of the bar.

    Raises:
        InvalidValueError: The argument is no portfolio.
        UnknownLanguageError: The language is not supported.
    """
    require_language(language)
    bars = [*_bars(portfolio, language)]
    known_days = [bound.day for bar in bars if bar.period for bound in bar.period.bounds()]
    first = min([_FIRST_DAY, *known_days])
    last = max([_LAST_DAY, *known_days])
    return [_row(bar, language, _shift(first, -_MARGIN), _shift(last, _MARGIN)) for bar in bars]


def timeline_picture(portfolio: Portfolio, language: str, limit: int = 400) -> Picture:
    """Return the picture of the timeline, cut to a number of lines."""
    rows = timeline_rows(portfolio, language=language)
    lines = dict.fromkeys(row["line"] for row in rows)
    kept = {*islice(lines, limit)}
    kept_rows = [row for row in rows if row["line"] in kept]
    caption = [*_caption(rows, len(lines), len(lines) - len(kept), language)]
    return Picture(
        rows=kept_rows,
        title=phrase("timeline", "title", language),
        caption=tuple(caption),
        layers=_layers(kept_rows, language),
        size=(560, {"step": 17}),
    )


def _bars(portfolio: Portfolio, language: str) -> Iterator[_Bar]:
    # The entities of the portfolio and, for keys that it lacks, those of the facts.
    merged = require_portfolio(portfolio).over(reference)
    for call in _calls(portfolio, merged):
        # The id comes first: names of calls differ only at their ends, and a label is cut.
        line = _label(call, language, f"{call.id}: {call.name.get(language)}")
        yield _Bar(f"call {call.id}", line, "costs", call.cost_period)
        yield _Bar(f"call {call.id}", line, "application", call.application_period)
    grants = portfolio.grants.grouped("project")
    for project in _projects(portfolio, merged):
        is_own = project.id in portfolio.projects
        covering = (portfolio if is_own else merged).grants.grouped("project")
        yield from _project_bars(project, covering.get(project.id, ()), language)
        yield from _administration_bars(project, merged, language)
        yield from _grant_bars(grants.get(project.id, ()), merged, language)
    of_unknown_projects = (
        grant for grant in portfolio.grants if grant.project not in merged.projects
    )
    yield from _grant_bars(of_unknown_projects, merged, language)


def _calls(portfolio: Portfolio, merged: Portfolio) -> Iterator[Call]:
    """Return the calls of the portfolio, then those that its grants refer to."""
    keys = dict.fromkeys([*portfolio.calls.keys(), *(grant.call for grant in portfolio.grants)])
    yield from (call for key in keys if (call := merged.calls.get(key)) is not None)


def _projects(portfolio: Portfolio, merged: Portfolio) -> Iterator[Project]:
    """Return the projects of the portfolio, then those that its grants refer to."""
    of_grants = (grant.project for grant in portfolio.grants)
    keys = dict.fromkeys([*portfolio.projects.keys(), *of_grants])
    yield from (project for key in keys if (project := merged.projects.get(key)) is not None)


def _project_bars(project: Project, grants: Sequence[Grant], language: str) -> Iterator[_Bar]:
    line = f"project {project.id}"
    label = _label(project, language, (project.short_name or project.name).get(language))
    yield _Bar(line, label, "project", project.period)
    for days in _uncovered(project, grants):
        yield _Bar(line, label, "uncovered", days)


def _administration_bars(project: Project, merged: Portfolio, language: str) -> Iterator[_Bar]:
    administrations: tuple[Administration, ...] = project.administrations or ()
    for index, each in enumerate(administrations):
        organisation = merged.organisations.get(each.organisation)
        name = each.organisation if organisation is None else organisation.name.get(language)
        label = _cut_label(f"  {phrase('timeline', 'administrator', language)} {name}")
        yield _Bar(f"project {project.id} {index}", label, "administration", each.period)


def _grant_bars(grants: Iterable[Grant], merged: Portfolio, language: str) -> Iterator[_Bar]:
    for grant in grants:
        call = merged.calls.get(grant.call)
        kind, period = "grant", grant.usable
        if period is None and call is not None:
            kind, period = "grant_of_call", call.cost_period
        status = grant.status.localize(language)
        label = _cut_label(f"  {entity_label('grant').get(language)} {grant.id} ({status})")
        yield _Bar(f"grant {grant.id}", label, kind, period)


def _uncovered(project: Project, grants: Iterable[Grant]) -> tuple[Period, ...]:
    """Return the days of a project on which no grant is usable; nothing if a bound is unknown."""
    windows = [each.usable for each in grants if each.status is GrantStatus.GRANTED]
    if project.period is None or project.period.day_count is None or not windows:
        return ()
    known = [each for each in windows if each is not None and each.day_count is not None]
    if len(known) < len(windows):
        return ()
    return _remaining(project.period, known)


def _remaining(period: Period, windows: Iterable[Period]) -> tuple[Period, ...]:
    """Return the days of a period that none of the other periods covers."""
    remaining: tuple[Period, ...] = (period,)
    for window in windows:
        remaining = tuple(rest for each in remaining for rest in each.minus(window))
    return remaining


def _label(entity: Entity, language: str, name: str) -> str:
    return _cut_label(f"{entity_label(entity.singular).get(language)} {name}")


def _cut_label(label: str) -> str:
    safe = escape_unprintable(label)
    return safe if len(safe) <= _MAX_LABEL else f"{safe[: _MAX_LABEL - 1].rstrip()}…"


def _row(bar: _Bar, language: str, first: dt.date, last: dt.date) -> Row:
    """Return the row of the table for a bar; unknown bounds are drawn at ``first`` and ``last``."""
    if bar.period is None:
        start, end, days = None, None, phrase("timeline", "unknown_days", language)
    else:
        start, end, days = bar.period.start, bar.period.end, bar.period.localize(language)
    return {
        "line": f"{bar.label}\n{bar.line}",
        "label": bar.label,
        "kind": bar.kind,
        "shows": phrase("timeline", bar.kind, language),
        "days": days,
        "start": None if start is None else start.isoformat(),
        "end": None if end is None else end.isoformat(),
        "bounds": (start is not None) + (end is not None),
        # A bar in Vega ends when the day after its last day begins.
        "from": (start or first).isoformat(),
        "until": _shift(end or last, dt.timedelta(days=1)).isoformat(),
    }


def _shift(day: dt.date, difference: dt.timedelta) -> dt.date:
    """Return an earlier or later day, or the day itself if the calendar ends before."""
    try:
        return day + difference
    except OverflowError:
        return day


def _caption(rows: Sequence[Row], lines: int, omitted: int, language: str) -> Iterator[str]:
    plain = [row for row in rows if row["kind"] != "uncovered"]
    numbers = {  # "open" are bars with one unknown bound, "unknown" those with two
        "lines": lines,
        "open": sum(row["bounds"] == 1 for row in plain),
        "unknown": sum(row["bounds"] == 0 for row in plain),
        "uncovered": len({row["line"] for row in rows if row["kind"] == "uncovered"}),
    }
    yield phrase("timeline", "counts", language, **numbers)
    if omitted:
        yield phrase("timeline", "left", language, count=omitted)


def _bars_layer(language: str) -> Spec:
    """Return the layer of bars with a known bound; bars with one unknown bound are paler."""
    words = [phrase("timeline", kind, language) for kind in _BAR_COLOURS]
    colour = encode_field(
        "shows",
        "nominal",
        scale={"domain": words, "range": list(_BAR_COLOURS.values())},
        legend={"title": None, "orient": "top", "columns": 3, "symbolType": "square"},
    )
    axis = {
        "title": None,
        "format": "%-m/%Y",
        "tickCount": {"interval": "month", "step": 6},
        "grid": True,
        "orient": "top",
    }
    time = {"scale": {"type": "utc"}, "axis": axis}
    return {
        "transform": [{"filter": "datum.bounds > 0"}],
        "mark": {"type": "bar", "height": {"band": 0.62}},
        "encoding": {
            "x": encode_field("from", "temporal", **time),
            "x2": {"field": "until"},
            "color": colour,
            "opacity": {"condition": {"test": "datum.bounds == 2", "value": 1}, "value": 0.6},
            "tooltip": [encode_field(name, "nominal") for name in ("label", "shows", "days")],
        },
    }


def _layers(rows: Sequence[Row], language: str) -> list[Spec]:
    # Two objects may have the same label. So a line is identified by label and key, and the axis
    # shows only the part before the line break.
    label = {"title": None, "labelExpr": "split(datum.label, '\\n')[0]", "ticks": False}
    line = encode_field("line", "nominal", scale=scale_in_order(rows, "line"), axis=label)
    unknown = {"type": "text", "fontSize": 12, "fontWeight": "bold", "color": DARK}
    return layers(
        _bars_layer(language),
        {
            "transform": [{"filter": "datum.bounds == 1 && !isValid(datum.start)"}],
            "mark": {**unknown, "text": "?", "align": "left", "dx": 3},
            "encoding": {"x": encode_field("from", "temporal")},
        },
        {
            "transform": [{"filter": "datum.bounds == 1 && !isValid(datum.end)"}],
            "mark": {**unknown, "text": "?", "align": "right", "dx": -3},
            "encoding": {"x": encode_field("until", "temporal")},
        },
        {
            "transform": [  # one text for each line, with the types of all its unknown bars
                {"filter": "datum.bounds == 0"},
                {"aggregate": [{"op": "values", "as": "each"}], "groupby": ["line", "until"]},
                {"calculate": "'? ' + join(pluck(datum.each, 'shows'), ', ')", "as": "unknown"},
            ],
            "mark": {**unknown, "align": "left", "dx": 14, "fontWeight": "normal", "fontSize": 10},
            "encoding": {
                "x": encode_field("until", "temporal"),
                "text": encode_field("unknown", "nominal"),
            },
        },
        shared={"y": line},
    )
