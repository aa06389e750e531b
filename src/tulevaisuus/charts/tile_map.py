"""`region_map`: a map with one tile for each of the 22 regions of the programme.

The tiles are those of `Region.tile`, so that small regions are as large as wide ones.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from numbers import Real
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

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
    require_language,
    require_portfolio,
)
from tulevaisuus.facts.bundled_registers import regions
from tulevaisuus.facts.reference_portfolio import reference as bundled
from tulevaisuus.findings.expectations import expected
from tulevaisuus.findings.localization import localize
from tulevaisuus.model.amount import Amount
from tulevaisuus.model.field_base import wrong_type
from tulevaisuus.model.grant import GrantStatus
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.region import Region
from tulevaisuus.model.register import Register

if TYPE_CHECKING:
    import altair as alt

__all__ = ["Quantity", "grants_by_region", "region_map", "region_picture", "region_rows"]

Quantity: TypeAlias = Amount | Decimal | int | float | None
"""What a map shows of a region: euros as far as they are known, a number, or ``None``."""

_TILE_WIDTH, _TILE_HEIGHT = 124, 58
"""In pixels."""

_DARK_FROM = 0.55
"""On tiles with more than this part of the greatest value, which are dark, text is white."""

_NO_DECIMALS_FROM = 1000
"""Tiles show larger values without decimals."""

_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN, traps=[])
"""Independent of the caller's decimal context."""

_TWO = Decimal(2)
_UNITS = {0: Decimal(1), 2: Decimal("0.01")}

_STATE_MARKS = {"known": "", "approximate": "≈ ", "at_least": "≥ "}


class _Known(NamedTuple):
    """How well a value is known, the number for its shade, and the text of the tile."""

    state: str
    number: float | None
    text: str


def region_map(
    values: Mapping[str, Quantity], *, language: str = "en", title: str | None = None
) -> alt.LayerChart:
    """Return the tile map of the 22 regions, each with its value as number and shade.

    A region without a value, or with ``None``, is not known: its tile is white, has a broken line
    around it and a question mark, and is counted in the caption. An amount that is known within
    bounds is drawn in their middle with ``≈``, one of which only the least is known with ``≥``.

    Args:
        values: Values by the code of the region, as `grants_by_region` returns them.
        language: ``fi``, ``sv`` or ``en``.
        title: What the values are, such as their unit; else a general title.

    Raises:
        ModuleNotFoundError: The extra ``charts`` is not installed.
        UnknownCodeError: A code is none of the 22 regions.
        UnknownLanguageError: The language is none of the three.
        InvalidValueError: A value is neither an amount nor a number nor ``None``.
        ValueError: A value is infinite.
    """
    return chart_of(region_picture(values, language, title))


def region_rows(values: Mapping[str, Quantity], *, language: str = "en") -> list[Row]:
    """Return the table of a map: a row for each of the 22 regions, in the order of their codes.

    ``state`` is ``known``, ``approximate``, ``at_least`` or ``unknown``; ``value`` is the number
    that is drawn, ``None`` if unknown, ``text`` what the tile shows.

    Args:
        values: Values by the code of the region.
        language: The language of names and numbers.

    Raises:
        UnknownCodeError: A code is none of the 22 regions.
        UnknownLanguageError: The language is none of the three.
        InvalidValueError: A value is neither an amount nor a number nor ``None``.
        ValueError: A value is infinite.
    """
    require_language(language)
    drawn = Register([each for each in regions if each.in_programme and each.tile])
    by_code = {drawn[code].code: value for code, value in values.items()}
    return [_row(region, _known(by_code.get(region.code), language), language) for region in drawn]


def grants_by_region(
    portfolio: Portfolio, *, reference: Portfolio | None = None
) -> dict[str, Amount]:
    """Return what was granted to the projects of each region, as far as it is known.

    A grant of unknown amount makes the sum of its region one that is at least so much. A project of
    several regions is left out: its sum is not an amount of one of them.

    Args:
        portfolio: Whose grants are added up.
        reference: Where projects are looked up that the portfolio lacks; by default the bundled
            facts. Its grants do not count. An empty `Portfolio` is no reference at all.

    Raises:
        InvalidValueError: What is given is no portfolio.

    >>> import tulevaisuus as tul
    >>> grants_by_region(tul.load("examples/varsinais-suomi.json"))["05"]
    Amount(16630062, 16730062)
    """
    view = require_portfolio(portfolio).over(bundled if reference is None else reference)
    of_project = {each.id: each.regions for each in view.projects}
    amounts: defaultdict[str, list[Amount]] = defaultdict(list)
    for grant in portfolio.grants:
        found = of_project.get(grant.project, ())
        if grant.status is GrantStatus.GRANTED and len(found) == 1:
            amounts[found[0]].append(grant.amount)
    return {code: Amount.total(each) for code, each in sorted(amounts.items())}


def region_picture(
    values: Mapping[str, Quantity], language: str, title: str | None = None
) -> Picture:
    """Return the map before it is drawn."""
    rows = region_rows(values, language=language)
    greatest = max((row["value"] for row in rows if isinstance(row["value"], float)), default=0)
    columns = max(int(row["column"] or 0) for row in rows)
    lines = max(int(row["row"] or 0) for row in rows)
    return Picture(
        rows=rows,
        title=title or phrase("map", "title", language),
        caption=_caption(rows, language),
        layers=_layers(float(greatest), language),
        size=(columns * _TILE_WIDTH, lines * _TILE_HEIGHT),
    )


def _row(region: Region, known: _Known, language: str) -> Row:
    return {
        "code": region.code,
        "name": region.name.get(language),
        "row": getattr(region.tile, "row", None),
        "column": getattr(region.tile, "column", None),
        "state": known.state,
        "value": known.number,
        "text": known.text,
    }


def _is_number(value: object) -> bool:
    """Return whether a value is a number with decimals or none, also of numpy."""
    return isinstance(value, Decimal | Real) and not isinstance(value, bool | Fraction)


def _known(value: Quantity, language: str) -> _Known:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return _Known("unknown", None, "?")
    if isinstance(value, Amount):
        return _amount(value, language)
    if not _is_number(value):
        raise wrong_type(value, expected("map_value"))
    if not math.isfinite(value):
        raise ValueError("a value on the map is infinite; give None for what is not known")
    return _Known("known", float(value), _number(Decimal(str(value)), language))


def _amount(amount: Amount, language: str) -> _Known:
    least, most = amount.least, amount.most
    if least is None or (most is None and not least):
        return _Known("unknown", None, "?")
    if most is None:
        state, drawn = "at_least", least
    else:
        state, drawn = (
            ("known" if least == most else "approximate"),
            _EXACT.divide(_EXACT.add(least, most), _TWO),
        )
    return _Known(state, float(drawn), f"{_STATE_MARKS[state]}{_number(drawn, language)}")


def _number(number: Decimal, language: str) -> str:
    """Format a number for a language, in whole units if it is large."""
    digits = (
        0
        if number.copy_abs() >= _NO_DECIMALS_FROM or number == _EXACT.to_integral_value(number)
        else 2
    )
    text = localize(_EXACT.quantize(number, _UNITS[digits]), language)
    return text.strip("€\N{NO-BREAK SPACE}").replace("€", "")


def _caption(rows: list[Row], language: str) -> tuple[str, ...]:
    counts = {state: count_rows(rows, "state", state) for state in (*_STATE_MARKS, "unknown")}
    shown = [phrase("map", name, language, count=counts[name]) for name in counts if counts[name]]
    return (phrase("map", "regions", language, count=len(rows)), " · ".join(shown))


def _shade(greatest: float, language: str) -> Spec:
    """Return the colour scale: the larger a value, the darker."""
    return encode_field(
        "value",
        "quantitative",
        scale={"scheme": "blues", "domain": [0, greatest or 1]},
        legend=None
        if not greatest
        else {
            "title": phrase("map", "value", language),
            "orient": "right",
            "gradientLength": 200,
            "labelExpr": _grouped(language),
        },
    )


def _layers(greatest: float, language: str) -> list[Spec]:
    at = {
        "x": encode_field("column", "ordinal", axis=None, scale={"paddingInner": 0.04}),
        "y": encode_field("row", "ordinal", axis=None, scale={"paddingInner": 0.06}),
        "tooltip": [
            encode_field("name", "nominal", title=phrase("map", "region", language)),
            encode_field("text", "nominal", title=phrase("map", "value", language)),
        ],
    }
    known, unknown = "datum.state != 'unknown'", "datum.state == 'unknown'"
    ink = {
        "condition": {"test": f"datum.value > {_DARK_FROM * greatest}", "value": "white"},
        "value": DARK,
    }
    return layers(
        {
            "transform": [{"filter": known}],
            "mark": {"type": "rect", "stroke": GREY, "strokeWidth": 0.5},
            "encoding": {"color": _shade(greatest, language)},
        },
        {
            "transform": [{"filter": unknown}],
            "mark": {"type": "rect", "fill": "white", "stroke": GREY, "strokeDash": [4, 3]},
        },
        {
            "mark": {"type": "text", "dy": -11, "fontSize": 11},
            "encoding": {"text": encode_field("name", "nominal"), "color": ink},
        },
        {
            "mark": {"type": "text", "dy": 9, "fontSize": 13, "fontWeight": "bold"},
            "encoding": {"text": encode_field("text", "nominal"), "color": ink},
        },
        shared=at,
    )


def _grouped(language: str) -> str:
    """Return Vega's expression that formats the numbers of a legend for a language."""
    plain = "format(datum.value, ',.6~f')"
    if language == "en":
        return plain
    return rf"replace(replace(replace({plain}, /,/g, ';'), /\./, ','), /;/g, '\u00a0')"
