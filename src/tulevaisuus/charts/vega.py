"""What all charts share: style, texts, and the rendering of Vega-Lite specifications.

A chart is built as data, a specification of Vega-Lite, so that it can be tested without Altair.
Only this module imports Altair. A portfolio is all entities of one document.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from tulevaisuus.findings.expectations import expected
from tulevaisuus.findings.localization import Param
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.type_errors import wrong_type

if TYPE_CHECKING:
    import altair as alt

__all__ = [
    "BLUE",
    "DARK",
    "GREY",
    "ORANGE",
    "SKY",
    "VERMILLION",
    "Picture",
    "Row",
    "Spec",
    "chart_of",
    "count_rows",
    "encode_field",
    "layers",
    "phrase",
    "require_portfolio",
    "scale_in_order",
    "svg_of",
]

Row: TypeAlias = dict[str, str | int | float | None]
"""A row of the table that a chart shows; ``None`` means that a value is unknown, never zero."""

Spec: TypeAlias = dict[str, Any]
"""A specification of Vega-Lite, or a part of one."""

VERMILLION, ORANGE, BLUE, SKY = "#D55E00", "#E69F00", "#0072B2", "#56B4E9"
DARK, GREY = "#1B1B1B", "#6B6B6B"
"""Colours of Okabe and Ito, which colour-blind people can distinguish, and two for text."""

_MISSING_EXTRA = "charts need the extra charts: pip install 'tulevaisuus[charts]'"

_TAG, _ACCESSIBILITY_ATTRIBUTE = re.compile("<[^>]*>"), re.compile(r' (?:aria-\w+|role)="[^"]*"')
"""A tag of SVG, and its attributes for screen readers. The text of Vega's SVG has ``>`` escaped."""

_CONFIG: Spec = {
    "font": "Arial, Liberation Sans, Helvetica, sans-serif",
    "view": {"stroke": None},
    "title": {
        "anchor": "start",
        "color": DARK,
        "fontSize": 16,
        "subtitleColor": DARK,
        "subtitleFontSize": 12,
        "subtitlePadding": 6,
        "offset": 14,
    },
    "axis": {"labelColor": DARK, "titleColor": DARK, "labelFontSize": 11, "labelLimit": 430},
    "legend": {"labelColor": DARK, "titleColor": DARK, "labelFontSize": 11, "labelLimit": 330},
}


class Picture(NamedTuple):
    """The data of a chart: its rows, title, caption, layers of Vega-Lite, and size.

    ``title`` and ``caption`` are shown above the picture; together they are its text alternative.
    """

    rows: Sequence[Row]
    title: str
    caption: tuple[str, ...]
    layers: Sequence[Spec]
    size: tuple[int | Spec, int | Spec]

    @property
    def alternative(self) -> str:
        """The text alternative, for screen readers."""
        return ". ".join([self.title, *(line.rstrip(".") for line in self.caption)]) + "."

    def spec(self) -> Spec:
        """Return the specification of the chart."""
        width, height = self.size
        return {
            "description": self.alternative,
            "title": {"text": self.title, "subtitle": list(self.caption)},
            "background": "white",
            "width": width,
            "height": height,
            "data": {"values": list(self.rows)},
            "layer": list(self.layers),
            "config": _CONFIG,
        }


def chart_of(picture: Picture) -> "alt.LayerChart":
    """Return a picture as an Altair chart.

    Raises:
        ModuleNotFoundError: The extra ``charts`` is not installed.
    """
    try:
        import altair as alt
    except ModuleNotFoundError:
        raise ModuleNotFoundError(_MISSING_EXTRA, name="altair") from None
    return alt.LayerChart.from_dict(picture.spec(), validate=False)


def svg_of(picture: Picture) -> str:
    """Return a picture as SVG, without title and roles: the page around it has them as text.

    Raises:
        ModuleNotFoundError: The extra ``charts`` is not installed.
    """
    try:
        import vl_convert
    except ModuleNotFoundError:
        raise ModuleNotFoundError(_MISSING_EXTRA, name="vl_convert") from None
    spec = picture.spec()
    del spec["title"]  # the page has it as text
    # Leave room: the font of the browser may be wider than the one by which Vega measures text.
    spec["padding"] = {"left": 64, "right": 24, "top": 8, "bottom": 8}
    svg = vl_convert.vegalite_to_svg(spec)
    return _TAG.sub(lambda tag: _ACCESSIBILITY_ATTRIBUTE.sub("", tag[0]), svg)


def layers(*specs: Spec, shared: Mapping[str, object] | None = None) -> list[Spec]:
    """Add shared encodings to each layer; a layer's own encoding of the same name wins."""
    return [{**spec, "encoding": {**(shared or {}), **spec.get("encoding", {})}} for spec in specs]


def encode_field(field: str, type_: str, **more: object) -> Spec:
    """Return the encoding of a field of the rows."""
    return {"field": field, "type": type_, **more}


def scale_in_order(rows: Iterable[Row], field: str) -> Spec:
    """Return the scale of an axis that has the values of a field in the order of the rows.

    Without it each layer of a chart sorts its own values, and the axis mixes the orders.
    """
    return {"domain": list(dict.fromkeys(row[field] for row in rows))}


def phrase(section: str, name: str, language: str, /, **params: Param) -> str:
    """Return a phrase of ``texts/charts.toml``, with values filled in."""
    return open_catalogue("tulevaisuus.charts", "charts")[section][name].fill(params, language)


def require_portfolio(value: object) -> Portfolio:
    """Return the value if it is a portfolio.

    Raises:
        InvalidValueError: It is not; the message shows how to get a portfolio from it.
    """
    if isinstance(value, Portfolio):
        return value
    register = getattr(value, "plural", None) or "grants"
    example = "reading.portfolio" if hasattr(value, "portfolio") else f"Portfolio({register}=[...])"
    raise wrong_type(value, expected("made", name="Portfolio", example=example))


def count_rows(rows: Iterable[Row], field: str, value: object) -> int:
    """Return the number of rows that have this value in a field."""
    return sum(row[field] == value for row in rows)
