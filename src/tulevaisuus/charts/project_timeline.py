"""`timeline`: the days of calls, projects, their administrations and their grants.

A bound that is not known has a mark of its own, and so has an object of which no day is known.
Days of a project on which no grant is usable are marked where all bounds are stated, as rule TSK407
asks.
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
    require_language,
    require_portfolio,
    scale_in_order,
)
from tulevaisuus.facts.reference_portfolio import reference
from tulevaisuus.findings.localization import escape_unprintable
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

_FIRST, _LAST = dt.date(2020, 1, 1), dt.date(2023, 12, 31)
"""Every timeline covers the days of the programme."""

_MARGIN = dt.timedelta(days=45)
"""The days by which a bar with an open side reaches beyond all known days."""

_MAX_LABEL = 56
"""The most characters of a label."""


class _Bar(NamedTuple):
    """A bar: the key and label of its line, its type, and its days; ``None`` if not known."""

    line: str
    label: str
    kind: str
    period: Period | None


def timeline(portfolio: Portfolio, *, language: str = "en", limit: int = 400) -> alt.LayerChart:
    """Return the timeline of a portfolio.

    Calls have their days of application and their cost period. Calls and projects that only the
    grants of the portfolio refer to come from the bundled facts; bundled grants have no bars, but
    cover days of such a project. Each project is followed by its administrations and its grants. A
    grant without days of its own has a bar of another colour, over the cost period of its call; a
    project's years never become those of a grant. Uncovered days of a project are marked.

    Args:
        portfolio: Whose calls, projects and grants to show.
        language: ``fi``, ``sv`` or ``en``.
        limit: How many lines are drawn at most; the caption counts the others.

    Raises:
        ModuleNotFoundError: The extra ``charts`` is not installed.
        InvalidValueError: What is given is no portfolio.
        UnknownLanguageError: The language is none of the three.
    """
    return chart_of(timeline_picture(portfolio, language, limit))


def timeline_rows(portfolio: Portfolio, *, language: str = "en") -> list[Row]:
    """Return the table of a timeline: a row for each bar, in the order of its lines.

    ``start`` and ``end`` are the first and last day as far as they are known, ``days`` has them in
    words. ``kind`` is what the bar shows.

    Raises:
        InvalidValueError: What is given is no portfolio.
        UnknownLanguageError: The language is none of the three.
    """
    require_language(language)
    bars = [*_bars(portfolio, language)]
    known = [bound.day for bar in bars if bar.period for bound in bar.period.bounds()]
    first = min([_FIRST, *known])
    last = max([_LAST, *known])
    return [_row(bar, language, _moved(first, -_MARGIN), _moved(last, _MARGIN)) for bar in bars]


def timeline_picture(portfolio: Portfolio, language: str, limit: int = 400) -> Picture:
    """Return the timeline before it is drawn."""
    rows = timeline_rows(portfolio, language=language)
    lines = dict.fromkeys(row["line"] for row in rows)
    drawn = {*islice(lines, limit)}
    drawn_rows = [row for row in rows if row["line"] in drawn]
    caption = [*_caption(rows, len(lines), len(lines) - len(drawn), language)]
    return Picture(
        rows=drawn_rows,
        title=phrase("timeline", "title", language),
        caption=tuple(caption),
        layers=_layers(drawn_rows, language),
        size=(560, {"step": 17}),
    )


def _bars(portfolio: Portfolio, language: str) -> Iterator[_Bar]:
    view = require_portfolio(portfolio).over(reference)
    for call in _calls(portfolio, view):
        # Names of calls differ at their ends, which are cut.
        line = _label(call, language, f"{call.id}: {call.name.get(language)}")
        yield _Bar(f"call {call.id}", line, "costs", call.cost_period)
        yield _Bar(f"call {call.id}", line, "application", call.application_period)
    grants = portfolio.grants.grouped("project")
    for project in _projects(portfolio, view):
        own = project.id in portfolio.projects
        covering = (portfolio if own else view).grants.grouped("project")
        yield from _project(project, covering.get(project.id, ()), language)
        yield from _administrations(project, view, language)
        yield from _grants(grants.get(project.id, ()), view, language)
    others = (grant for grant in portfolio.grants if grant.project not in view.projects)
    yield from _grants(others, view, language)


def _calls(portfolio: Portfolio, view: Portfolio) -> Iterator[Call]:
    """Return the calls of the portfolio, then those that its grants refer to."""
    keys = dict.fromkeys([*portfolio.calls.keys(), *(grant.call for grant in portfolio.grants)])
    yield from (call for key in keys if (call := view.calls.get(key)) is not None)


def _projects(portfolio: Portfolio, view: Portfolio) -> Iterator[Project]:
    """Return the projects of the portfolio, then those that its grants refer to."""
    named = (grant.project for grant in portfolio.grants)
    keys = dict.fromkeys([*portfolio.projects.keys(), *named])
    yield from (project for key in keys if (project := view.projects.get(key)) is not None)


def _project(project: Project, grants: Sequence[Grant], language: str) -> Iterator[_Bar]:
    line = f"project {project.id}"
    label = _label(project, language, (project.short_name or project.name).get(language))
    yield _Bar(line, label, "project", project.period)
    for days in _uncovered(project, grants):
        yield _Bar(line, label, "uncovered", days)


def _administrations(project: Project, view: Portfolio, language: str) -> Iterator[_Bar]:
    administrations: tuple[Administration, ...] = project.administrations or ()
    for place, each in enumerate(administrations):
        found = view.organisations.get(each.organisation)
        name = each.organisation if found is None else found.name.get(language)
        label = _cut(f"  {phrase('timeline', 'administrator', language)} {name}")
        yield _Bar(f"project {project.id} {place}", label, "administration", each.period)


def _grants(grants: Iterable[Grant], view: Portfolio, language: str) -> Iterator[_Bar]:
    for grant in grants:
        call = view.calls.get(grant.call)
        own = grant.usable is not None or call is None
        period = grant.usable if own or call is None else call.cost_period
        status = grant.status.localize(language)
        label = _cut(f"  {entity_label('grant').get(language)} {grant.id} ({status})")
        yield _Bar(f"grant {grant.id}", label, "grant" if own else "grant_of_call", period)


def _uncovered(project: Project, grants: Iterable[Grant]) -> tuple[Period, ...]:
    """Return the days of a project on which no grant is usable, where all bounds are stated."""
    windows = [each.usable for each in grants if each.status is GrantStatus.GRANTED]
    periods = [each for each in (project.period, *windows) if each is not None]
    if not windows or len(periods) <= len(windows) or None in [each.day_count for each in periods]:
        return ()
    return _remaining(periods[0], periods[1:])


def _remaining(period: Period, windows: Iterable[Period]) -> tuple[Period, ...]:
    """Return the days of a period that no window covers."""
    rest: tuple[Period, ...] = (period,)
    for window in windows:
        rest = tuple(part for each in rest for part in each.minus(window))
    return rest


def _label(entity: Entity, language: str, name: str) -> str:
    return _cut(f"{entity_label(entity.singular).get(language)} {name}")


def _cut(label: str) -> str:
    shown = escape_unprintable(label)
    return shown if len(shown) <= _MAX_LABEL else f"{shown[: _MAX_LABEL - 1].rstrip()}…"


def _row(bar: _Bar, language: str, first: dt.date, last: dt.date) -> Row:
    start = None if bar.period is None else bar.period.start
    end = None if bar.period is None else bar.period.end
    days = (
        phrase("timeline", "unknown_days", language)
        if bar.period is None
        else bar.period.localize(language)
    )
    return {
        "line": f"{bar.label}\n{bar.line}",
        "label": bar.label,
        "kind": bar.kind,
        "shows": phrase("timeline", bar.kind, language),
        "days": days,
        "start": None if start is None else start.isoformat(),
        "end": None if end is None else end.isoformat(),
        "bounds": (start is not None) + (end is not None),
        # Vega has no periods with both ends: a bar ends where the day after its last one begins.
        "from": (start or first).isoformat(),
        "until": _moved(end or last, dt.timedelta(days=1)).isoformat(),
    }


def _moved(day: dt.date, by: dt.timedelta) -> dt.date:
    """Return a day earlier or later, or the day itself where the calendar ends."""
    try:
        return day + by
    except OverflowError:
        return day


def _caption(rows: Sequence[Row], lines: int, left: int, language: str) -> Iterator[str]:
    plain = [row for row in rows if row["kind"] != "uncovered"]
    numbers = {
        "lines": lines,
        "open": sum(row["bounds"] == 1 for row in plain),
        "unknown": sum(row["bounds"] == 0 for row in plain),
        "uncovered": len({row["line"] for row in rows if row["kind"] == "uncovered"}),
    }
    yield phrase("timeline", "counts", language, **numbers)
    if left:
        yield phrase("timeline", "left", language, count=left)


def _bounded(language: str) -> Spec:
    """Return the layer of bars with a known bound; those with one bound are paler."""
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
    # Two objects may have one label, so the line of each is named by its label and its key.
    label = {"title": None, "labelExpr": "split(datum.label, '\\n')[0]", "ticks": False}
    line = encode_field("line", "nominal", scale=scale_in_order(rows, "line"), axis=label)
    unknown = {"type": "text", "fontSize": 12, "fontWeight": "bold", "color": DARK}
    return layers(
        _bounded(language),
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
            "transform": [
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
