"""`region_map`: a map with one tile for each of the 22 regions of the programme.

All tiles have the same size, whatever the area of a region. Their places are those of
`Region.tile`. A portfolio is all entities of one document; an entity is one record, such as a
region or a grant.
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
    require_portfolio,
)
from tulevaisuus.facts.bundled_registers import regions
from tulevaisuus.facts.reference_portfolio import reference as shipped_facts
from tulevaisuus.findings.argument_checks import has_type
from tulevaisuus.findings.expectations import expected
from tulevaisuus.findings.found_values import quote
from tulevaisuus.findings.localization import localize, require_language
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.model.amount import Amount
from tulevaisuus.model.grant import GrantStatus
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.region import Region
from tulevaisuus.model.register import Register
from tulevaisuus.model.type_errors import wrong_type

if TYPE_CHECKING:
    import altair as alt

__all__ = ["Quantity", "grants_by_region", "region_map", "region_picture", "region_rows"]

Quantity: TypeAlias = Amount | Decimal | int | float | None
"""The value of a region: an amount between bounds, a number, or ``None`` if it is unknown."""

_TILE_WIDTH, _TILE_HEIGHT = 124, 58
"""The size of a tile, in pixels."""

_DARK_FROM = 0.55
"""Tiles above this part of the greatest value are dark; their text is white."""

_NO_DECIMALS_FROM = 1000
"""Tiles show larger values without decimals."""

_ROUNDING = Context(prec=60, rounding=ROUND_HALF_EVEN, traps=[])
"""How numbers are rounded, whatever context the caller has set; without traps, no error is raised.
"""

_TWO = Decimal(2)
_UNIT_BY_DIGITS = {0: Decimal(1), 2: Decimal("0.01")}
"""To which unit a number is rounded, by the number of its decimals."""

_STATE_MARKS = {"known": "", "approximate": "≈ ", "at_least": "≥ "}


class _TileValue(NamedTuple):
    """The state of a value, such as ``at_least``, the number for its shade, and its text."""

    state: str
    number: float | None
    text: str


def region_map(
    values: Mapping[str, Quantity], *, language: str = "en", title: str | None = None
) -> alt.LayerChart:
    """Return the tile map of the 22 regions, each with its value as number and shade.

    The value of a region that is missing, ``None`` or NaN is unknown: its tile is white with a
    dashed border and a question mark, and the caption counts it. An amount between two bounds is
    shown as their mean with ``≈``, an amount with only a lower bound is shown with ``≥``.

    Args:
        values: Values by the code of the region, as `grants_by_region` returns them.
        language: ``fi``, ``sv`` or ``en``.
        title: The title, such as the name and unit of the values; by default a general one.

    Raises:
        ModuleNotFoundError: The extra ``charts`` is not installed.
        UnknownCodeError: A code is not that of one of the 22 regions.
        UnknownLanguageError: The language is not supported.
        InvalidValueError: A value is neither an amount nor a number nor ``None``.
        TypeError: The values are not a mapping, or the title is not a text.
        ValueError: A value is infinite.
    """
    return chart_of(region_picture(values, language, title))


def region_rows(values: Mapping[str, Quantity], *, language: str = "en") -> list[Row]:
    """Return the table of a map: a row for each of the 22 regions, in the order of their codes.

    ``state`` is ``known``, ``approximate``, ``at_least`` or ``unknown``. ``value`` is the number
    that determines the shade, ``None`` if unknown. ``text`` is the text of the tile.

    Args:
        values: Values by the code of the region.
        language: The language of names and numbers.

    Raises:
        UnknownCodeError: A code is not that of one of the 22 regions.
        UnknownLanguageError: The language is not supported.
        InvalidValueError: A value is neither an amount nor a number nor ``None``.
        TypeError: The values are not a mapping.
        ValueError: A value is infinite.
    """
    require_language(language)
    tiled = Register([each for each in regions if each.in_programme and each.tile])
    # `has_type` is `isinstance`, where type checkers would call the test needless.
    if not has_type(values, Mapping):
        example = '{"05": 16_630_062}'
        raise TypeError(
            f"give values by the codes of regions, {example}, not {type(values).__name__}"
        )
    by_code = {_region_of(code, tiled).code: value for code, value in values.items()}
    return [
        _table_row(region, _tile_value(by_code.get(region.code), language), language)
        for region in tiled
    ]


def _region_of(code: str, tiled: Register[Region]) -> Region:
    """Return the region of a code; the error says if the map leaves the region out."""
    if code not in tiled and code in regions:
        name = regions[code].name.fi
        message = f"region {code!r} ({name}) is none of the {len(tiled)} regions on the map"
        raise UnknownCodeError(message, code)
    return tiled[code]


def grants_by_region(
    portfolio: Portfolio, *, reference: Portfolio | None = None
) -> dict[str, Amount]:
    """Return the sum of the grants that were given to the projects of each region.

    Only grants with the status ``granted`` count. If the amount of a grant is unknown, the sum of
    its region has only a lower bound. A project of several regions is left out: its grants belong
    to none of them alone.

    Args:
        portfolio: The portfolio with the grants.
        reference: Used to look up projects that the portfolio lacks; by default the facts shipped
            with the library. Grants in it are ignored. Pass an empty `Portfolio` to look up
            nothing.

    Raises:
        InvalidValueError: The argument is no portfolio.

    >>> import tulevaisuus as tul
    >>> grants_by_region(tul.load("examples/varsinais-suomi.json"))["05"]
    Amount(16630062, 16730062)
    """
    # The entities of the portfolio and, for keys that it lacks, those of the facts.
    merged = require_portfolio(portfolio).over(shipped_facts if reference is None else reference)
    regions_by_project = {each.id: each.regions for each in merged.projects}
    amounts: defaultdict[str, list[Amount]] = defaultdict(list)
    for grant in portfolio.grants:
        codes = regions_by_project.get(grant.project, ())
        if grant.status is GrantStatus.GRANTED and len(codes) == 1:
            amounts[codes[0]].append(grant.amount)
    return {code: Amount.total(each) for code, each in sorted(amounts.items())}


def region_picture(
    values: Mapping[str, Quantity], language: str, title: str | None = None
) -> Picture:
    """Return the picture of the map."""
    if not has_type(title, str | None):
        raise TypeError(f"the title is a text or None, not {quote(repr(title))}")
    rows = region_rows(values, language=language)
    greatest = max((row["value"] for row in rows if isinstance(row["value"], float)), default=0)
    # `or 0` is for type checkers: a row may hold ``None``, but every region here has a tile.
    columns = max(int(row["column"] or 0) for row in rows)
    tile_rows = max(int(row["row"] or 0) for row in rows)
    return Picture(
        rows=rows,
        title=title or phrase("map", "title", language),
        caption=_caption(rows, language),
        layers=_layers(float(greatest), language),
        size=(columns * _TILE_WIDTH, tile_rows * _TILE_HEIGHT),
    )


def _table_row(region: Region, shown: _TileValue, language: str) -> Row:
    """Return the row of the table for a region; ``row`` and ``column`` are the place of its tile.

    Every region on the map has a tile. ``getattr`` is for type checkers, as others have none.
    """
    return {
        "code": region.code,
        "name": region.name.get(language),
        "row": getattr(region.tile, "row", None),
        "column": getattr(region.tile, "column", None),
        "state": shown.state,
        "value": shown.number,
        "text": shown.text,
    }


def _is_number(value: object) -> bool:
    """Return whether a value is an integer, a float or a `Decimal`, or a number of numpy."""
    return isinstance(value, Decimal | Real) and not isinstance(value, bool | Fraction)


def _tile_value(value: Quantity, language: str) -> _TileValue:
    if value is None:
        return _TileValue("unknown", None, "?")
    if isinstance(value, Amount):
        return _amount_value(value, language)
    if not _is_number(value):
        raise wrong_type(value, expected("map_value"))
    if value.is_nan() if isinstance(value, Decimal) else math.isnan(value):
        return _TileValue("unknown", None, "?")
    if not math.isfinite(value):
        raise ValueError("a value on the map is infinite; give None for what is not known")
    return _TileValue("known", float(value), _format_number(Decimal(str(value)), language))


def _amount_value(amount: Amount, language: str) -> _TileValue:
    least, most = amount.least, amount.most
    if least is None or (most is None and not least):  # "at least 0" says nothing
        return _TileValue("unknown", None, "?")
    if most is None:
        state, number = "at_least", least
    else:
        state = "known" if least == most else "approximate"
        number = _ROUNDING.divide(_ROUNDING.add(least, most), _TWO)
    return _TileValue(
        state, float(number), f"{_STATE_MARKS[state]}{_format_number(number, language)}"
    )


def _format_number(number: Decimal, language: str) -> str:
    """Format a number for a language, in whole units if it is large."""
    digits = (
        0
        if number.copy_abs() >= _NO_DECIMALS_FROM or number == _ROUNDING.to_integral_value(number)
        else 2
    )
    # `localize` takes any `Decimal` for euros, and writes the sign before or after it.
    text = localize(_ROUNDING.quantize(number, _UNIT_BY_DIGITS[digits]), language)
    return text.strip("€\N{NO-BREAK SPACE}")


def _caption(rows: list[Row], language: str) -> tuple[str, ...]:
    counts = {state: count_rows(rows, "state", state) for state in (*_STATE_MARKS, "unknown")}
    parts = [phrase("map", name, language, count=counts[name]) for name in counts if counts[name]]
    return (phrase("map", "regions", language, count=len(rows)), " · ".join(parts))


def _shade_encoding(greatest: float, language: str) -> Spec:
    """Return the encoding of values as shades: the larger a value, the darker the tile."""
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
            "labelExpr": _legend_format(language),
        },
    )


def _layers(greatest: float, language: str) -> list[Spec]:
    position = {
        "x": encode_field("column", "ordinal", axis=None, scale={"paddingInner": 0.04}),
        "y": encode_field("row", "ordinal", axis=None, scale={"paddingInner": 0.06}),
        "tooltip": [
            encode_field("name", "nominal", title=phrase("map", "region", language)),
            encode_field("text", "nominal", title=phrase("map", "value", language)),
        ],
    }
    # `datum` is what Vega calls the row that it draws.
    known, unknown = "datum.state != 'unknown'", "datum.state == 'unknown'"
    text_colour = {
        "condition": {"test": f"datum.value > {_DARK_FROM * greatest}", "value": "white"},
        "value": DARK,
    }
    return layers(
        {
            "transform": [{"filter": known}],
            "mark": {"type": "rect", "stroke": GREY, "strokeWidth": 0.5},
            "encoding": {"color": _shade_encoding(greatest, language)},
        },
        {
            "transform": [{"filter": unknown}],
            "mark": {"type": "rect", "fill": "white", "stroke": GREY, "strokeDash": [4, 3]},
        },
        {
            "mark": {"type": "text", "dy": -11, "fontSize": 11},
            "encoding": {"text": encode_field("name", "nominal"), "color": text_colour},
        },
        {
            "mark": {"type": "text", "dy": 9, "fontSize": 13, "fontWeight": "bold"},
            "encoding": {"text": encode_field("text", "nominal"), "color": text_colour},
        },
        shared=position,
    )


def _legend_format(language: str) -> str:
    """Return the expression by which Vega formats the numbers of a legend in a language."""
    plain = "format(datum.value, ',.6~f')"
    if language == "en":
        return plain
    # Swap `,` and `.` by way of `;`; then the separator of thousands becomes a no-break space.
    return rf"replace(replace(replace({plain}, /,/g, ';'), /\./, ','), /;/g, '\u00a0')"
