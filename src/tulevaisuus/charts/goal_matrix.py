"""`goal_service_matrix`: services and themes for each goal, with the strength of evidence.

Evidence is how firmly the sources support that a service or theme serves a goal. A portfolio is all
entities of one document, and bundled facts are those shipped with the library.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from tulevaisuus.charts.vega import (
    DARK,
    GREY,
    Picture,
    Row,
    Spec,
    chart_of,
    count_rows,
    encode_field,
    layers,
    phrase,
    require_portfolio,
    scale_in_order,
)
from tulevaisuus.facts.reference_portfolio import reference
from tulevaisuus.findings.localization import require_language
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.goal import Goal, GoalLink
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.service import Service
from tulevaisuus.model.theme import Theme

if TYPE_CHECKING:
    import altair as alt

__all__ = ["goal_service_matrix", "matrix_picture", "matrix_rows"]

_EVIDENCE_MARKS = {
    Evidence.STATED: "●●●●",
    Evidence.TEXTUAL: "●●●",
    Evidence.INFERRED: "●●",
    Evidence.WEAK: "●",
}

_HEADING_WIDTH = 19
"""The maximum number of characters in a line of a goal's name."""

_LINE_HEIGHT = 12
"""The height of a line of a goal's name, in pixels."""

_EVIDENCE_SHADES = ("#08519C", "#4292C6", "#9ECAE1", "#DEEBF7")
"""From the strongest evidence to the weakest."""


def goal_service_matrix(
    portfolio: Portfolio, *, language: str = "en", at_least: Evidence = Evidence.WEAK
) -> alt.LayerChart:
    """Return a matrix of goals with services and themes; its cells show the evidence.

    The links are those of the portfolio and the bundled ones. A pair without a recorded link has a
    dash: it is not known whether the service serves the goal. A link with evidence below
    ``at_least`` has a sign of its own. The caption counts the pairs by evidence.

    Args:
        portfolio: The portfolio with links, services and themes; `tulevaisuus.reference` has the
            bundled ones.
        language: ``fi``, ``sv`` or ``en``.
        at_least: The weakest evidence to show.

    Raises:
        ModuleNotFoundError: The extra ``charts`` is not installed.
        InvalidValueError: The argument is no portfolio.
        UnknownLanguageError: The language is not supported.
    """
    return chart_of(matrix_picture(portfolio, language, at_least))


def matrix_rows(
    portfolio: Portfolio, *, language: str = "en", at_least: Evidence = Evidence.WEAK
) -> list[Row]:
    """Return the table of the matrix: a row for each pair of a goal and a service or theme.

    Services and themes without any link are left out.

    ``state`` is the evidence, ``weaker`` for evidence below ``at_least``, or ``unknown`` if no link
    is recorded.

    Args:
        portfolio: The portfolio with links, services and themes.
        language: The language of names.
        at_least: The weakest evidence to show.

    Raises:
        InvalidValueError: The argument is no portfolio.
        UnknownLanguageError: The language is not supported.
    """
    require_language(language)
    # The entities of the portfolio and, for keys that it lacks, those of the facts.
    merged = require_portfolio(portfolio).over(reference)
    links = {(link.goal, link.target): link for link in merged.goal_links}
    linked = {target for _, target in links}
    targets: list[Service | Theme] = [
        each for each in (*merged.services, *merged.themes) if each.code in linked
    ]
    return [
        {
            "goal": goal.number.value,
            "goal_name": _goal_name(goal, language),
            "heading": "\n".join(textwrap.wrap(_goal_name(goal, language), _HEADING_WIDTH)),
            "target": target.code,
            "target_name": target.name.get(language),
            **_state_of(links.get((goal.number, target.code)), at_least, language),
        }
        for target in targets
        for goal in merged.goals
    ]


def matrix_picture(portfolio: Portfolio, language: str, at_least: Evidence) -> Picture:
    """Return the picture of the matrix."""
    rows = matrix_rows(portfolio, language=language, at_least=at_least)
    signs = [
        f"{sign} {evidence.localize(language)}: {count_rows(rows, 'state', evidence.value)}"
        for evidence, sign in _EVIDENCE_MARKS.items()
        if evidence >= at_least
    ]
    if weaker := count_rows(rows, "state", "weaker"):
        signs.append(phrase("matrix", "weaker", language, count=weaker))
    unknown = phrase("matrix", "unknown", language, count=count_rows(rows, "state", "unknown"))
    return Picture(
        rows=rows,
        title=phrase("matrix", "title", language),
        caption=(" · ".join(signs), unknown),
        layers=_layers(rows),
        size=({"step": 130}, {"step": 22}),
    )


def _goal_name(goal: Goal, language: str) -> str:
    short = goal.short_name
    name = goal.name if short is None or getattr(short, language) is None else short
    return f"{goal.number.value} {name.get(language)}"


def _state_of(link: GoalLink | None, at_least: Evidence, language: str) -> Row:
    if link is None:
        return {"state": "unknown", "sign": "–", "evidence": phrase("matrix", "none", language)}
    evidence = link.evidence.localize(language)
    if link.evidence < at_least:
        return {"state": "weaker", "sign": "·", "evidence": evidence}
    return {
        "state": link.evidence.value,
        "sign": _EVIDENCE_MARKS[link.evidence],
        "evidence": evidence,
    }


def _cell_encoding(rows: list[Row]) -> dict[str, Spec | list[Spec]]:
    """Return the position and the tooltip of a cell; Vega calls the row that it draws ``datum``."""
    extra_lines = max(str(row["heading"]).count("\n") for row in rows)
    padding = 4 + _LINE_HEIGHT * extra_lines  # further lines of a label grow down, into the matrix
    return {
        "x": encode_field(
            "heading",
            "nominal",
            scale=scale_in_order(rows, "heading"),
            axis={
                "title": None,
                "orient": "top",
                "labelAngle": 0,
                "labelPadding": padding,
                "ticks": False,
                "domain": False,
                "labelExpr": "split(datum.label, '\\n')",
            },
        ),
        "y": encode_field(
            "target_name",
            "nominal",
            scale=scale_in_order(rows, "target_name"),
            axis={"title": None, "ticks": False, "domain": False},
        ),
        "tooltip": [
            encode_field(name, "nominal") for name in ("target_name", "goal_name", "evidence")
        ],
    }


def _layers(rows: list[Row]) -> list[Spec]:
    states = [each.value for each in _EVIDENCE_MARKS]
    text_colour = {
        "condition": {
            "test": "datum.state == 'stated' || datum.state == 'textual'",
            "value": "white",
        },
        "value": DARK,
    }
    has_evidence = f"indexof({states}, datum.state) >= 0"
    return layers(
        {
            "transform": [{"filter": has_evidence}],
            "mark": {"type": "rect", "stroke": "white"},
            "encoding": {
                "color": encode_field(
                    "state",
                    "nominal",
                    scale={"domain": states, "range": list(_EVIDENCE_SHADES)},
                    legend=None,
                )
            },
        },
        {
            "transform": [{"filter": f"!({has_evidence})"}],
            "mark": {
                "type": "rect",
                "fill": "white",
                "stroke": GREY,
                "strokeWidth": 0.3,
                "strokeDash": [3, 3],
            },
        },
        {
            "mark": {"type": "text", "fontSize": 11},
            "encoding": {"text": encode_field("sign", "nominal"), "color": text_colour},
        },
        shared=_cell_encoding(rows),
    )
