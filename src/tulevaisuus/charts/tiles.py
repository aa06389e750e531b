"""The tile map: a tile for each of the 22 regions of the programme, with the value that is known.

The tiles are those of `Region.tile`, so that small regions are as large as wide ones.
"""

import math
from collections import defaultdict
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tulevaisuus.charts.vega import (
    DARK,
    GREY,
    Picture,
    Row,
    Spec,
    chart_of,
    counted,
    encoded,
    layers,
    require_language,
    say,
)
from tulevaisuus.facts.bundle import regions
from tulevaisuus.findings.localization import localize
from tulevaisuus.model.amount import Amount
from tulevaisuus.model.grant import GrantStatus
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.region import Region
from tulevaisuus.model.register import Register

if TYPE_CHECKING:
    import altair as alt

__all__ = ["Quantity", "grants_by_region", "region_map", "region_picture", "region_rows"]

Quantity: TypeAlias = Amount | Decimal | int | float | None
"""What a map shows of a region: euros as far as they are known, a number, or ``None``."""

_WIDTH, _HEIGHT = 124, 58
"""Of a tile, in pixels."""

_DARK_FROM = 0.55
"""From this part of the greatest value on, a tile is so dark that its text is white."""

_LARGE = 1000
_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN, traps=[])
"""The caller's decimal context decides nothing."""

_TWO = Decimal(2)
_UNITS = {0: Decimal(1), 2: Decimal("0.01")}
"""From here on a tile shows no decimals."""

_SIGNS = {"known": "", "approximate": "≈ ", "at_least": "≥ "}


class _Known(NamedTuple):
    """How far a value is known, the number to draw, and the text of the tile."""

    state: str
    number: float | None
    text: str


def region_map(
    values: Mapping[str, Quantity], *, language: str = "en", title: str | None = None
) -> "alt.LayerChart":
    """Return the tile map of the 22 regions, each with its value as number and shade.

    A region without a value, or with ``None``, is not known: its tile is white, has a broken line
    around it and a question mark, and is counted in the caption. An amount that is known within
    bounds is drawn in their middle with ``≈``, one of which only the least is known with ``≥``.

    Args:
        values: Values by the code of the region; `grants_by_region` makes such.
        language: ``fi``, ``sv`` or ``en``.
        title: What the values are, such as their unit; else a general title.

    Raises:
        ModuleNotFoundError: The extra ``charts`` is not installed.
        UnknownCodeError: A code is none of the 22 regions.
        UnknownLanguageError: The language is none of the three.
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
        ValueError: A value is infinite.
    """
    require_language(language)
    drawn = Register([each for each in regions if each.in_programme and each.tile])
    by_code = {drawn[code].code: value for code, value in values.items()}
    return [_row(region, _known(by_code.get(region.code), language), language) for region in drawn]


def grants_by_region(portfolio: Portfolio) -> dict[str, Amount]:
    """Return what was granted to the projects of each region, as far as it is known.

    A grant of unknown amount makes the sum of its region one that is at least so much. A project of
    several regions is left out: its sum is not an amount of one of them.

    >>> import tulevaisuus as tul
    >>> grants_by_region(tul.load("examples/varsinais-suomi.json"))["05"]
    Amount(16630062, 16730062)
    """
    of_project = {each.id: each.regions for each in portfolio.projects}
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
        title=title or say("map", "title", language),
        caption=_caption(rows, language),
        layers=_layers(float(greatest), language),
        size=(columns * _WIDTH, lines * _HEIGHT),
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


def _known(value: Quantity, language: str) -> _Known:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return _Known("unknown", None, "?")
    if isinstance(value, Amount):
        return _amount(value, language)
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
    return _Known(state, float(drawn), f"{_SIGNS[state]}{_number(drawn, language)}")


def _number(number: Decimal, language: str) -> str:
    """Write a number the language's way, in whole units if it is large."""
    digits = 0 if number.copy_abs() >= _LARGE or number == _EXACT.to_integral_value(number) else 2
    text = localize(_EXACT.quantize(number, _UNITS[digits]), language)
    return text.strip("€\N{NO-BREAK SPACE}").replace("€", "")


def _caption(rows: list[Row], language: str) -> tuple[str, ...]:
    counts = {state: counted(rows, "state", state) for state in (*_SIGNS, "unknown")}
    shown = [say("map", name, language, count=counts[name]) for name in counts if counts[name]]
    return (say("map", "regions", language, count=len(rows)), " · ".join(shown))


def _shade(greatest: float, language: str) -> Spec:
    """Return the colour of a value: the darker, the more."""
    return encoded(
        "value",
        "quantitative",
        scale={"scheme": "blues", "domain": [0, greatest or 1]},
        legend=None
        if not greatest
        else {
            "title": say("map", "value", language),
            "orient": "right",
            "gradientLength": 200,
            "labelExpr": _grouped(language),
        },
    )


def _layers(greatest: float, language: str) -> list[Spec]:
    at = {
        "x": encoded("column", "ordinal", axis=None, scale={"paddingInner": 0.04}),
        "y": encoded("row", "ordinal", axis=None, scale={"paddingInner": 0.06}),
        "tooltip": [
            encoded("name", "nominal", title=say("map", "region", language)),
            encoded("text", "nominal", title=say("map", "value", language)),
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
            "encoding": {"text": encoded("name", "nominal"), "color": ink},
        },
        {
            "mark": {"type": "text", "dy": 9, "fontSize": 13, "fontWeight": "bold"},
            "encoding": {"text": encoded("text", "nominal"), "color": ink},
        },
        shared=at,
    )


def _grouped(language: str) -> str:
    """Return the expression that writes the numbers of a legend the language's way."""
    plain = "format(datum.value, ',.6~f')"
    if language == "en":
        return plain
    return rf"replace(replace(replace({plain}, /,/g, ';'), /\./, ','), /;/g, '\u00a0')"
