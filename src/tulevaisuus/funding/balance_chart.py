"""A chart of the remaining sums of the grants of a plan, day by day.

A plan says which grant pays which cost. Sums are in euros. Vega is the language in which charts are
described.
"""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from tulevaisuus.charts.vega import (
    BLUE,
    ORANGE,
    SKY,
    VERMILLION,
    Picture,
    Row,
    Spec,
    encode_field,
    layers,
)
from tulevaisuus.findings.localization import require_language
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.funding import payment_and_unpaid_classes

__all__ = ["balance_picture"]

_THOUSANDS = "replace(format(datum.value, ',d'), /,/g, '\N{NO-BREAK SPACE}')"
"""Groups thousands by spaces: Vega would use commas, the decimal sign of Finnish and Swedish."""

_COLOURS = (BLUE, VERMILLION, SKY, ORANGE)


def balance_picture(balances: Iterable[payment_and_unpaid_classes.Row], language: str) -> Picture:
    """Return the picture: a line in steps and, if a sum is not exactly known, a band.

    Args:
        balances: The rows of `Plan.balance_rows`.
        language: The language of the texts.

    Raises:
        UnknownLanguageError: The language is not supported.
    """
    require_language(language)
    rows = [_row(balance) for balance in balances]
    words = open_catalogue("tulevaisuus.funding", "plan")["chart"]
    caption = [words["line"].localize(language)]
    if any(row["least"] != row["most"] for row in rows):
        caption.append(words["band"].localize(language))
    open_ended = sorted({str(row["grant"]) for row in rows if row["most"] is None})
    if open_ended:
        caption.append(words["open"].fill({"grants": tuple(open_ended)}, language))
    return Picture(
        rows=rows,
        title=words["title"].localize(language),
        caption=tuple(caption),
        layers=_layers(words["axis"].localize(language)),
        size=(520, 280),
    )


def _row(balance: payment_and_unpaid_classes.Row) -> Row:
    """Return a row with floats, the only numbers of Vega; an unknown bound is ``None``."""
    least, most = balance["least_eur"], balance["most_eur"]
    return {
        "grant": str(balance["grant"]),
        "day": dt.date.fromisoformat(str(balance["day"])).isoformat(),
        "least": float(least) if isinstance(least, Decimal) else None,
        "most": float(most) if isinstance(most, Decimal) else None,
    }


def _layers(axis: str) -> list[Spec]:
    day = encode_field("day", "temporal", axis={"title": None, "format": "%-m/%Y", "grid": False})
    colour = encode_field(
        "grant",
        "nominal",
        scale={"range": list(_COLOURS)},
        legend={"title": None, "orient": "bottom"},
    )
    euros = {"title": axis, "labelExpr": _THOUSANDS, "grid": True}
    has_upper_bound = [{"filter": "isValid(datum.most)"}]
    return layers(
        {
            "transform": has_upper_bound,
            "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.25},
            "encoding": {
                "y": encode_field("least", "quantitative", axis=euros),
                "y2": {"field": "most"},
            },
        },
        {
            "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2},
            "encoding": {
                "y": encode_field("least", "quantitative", axis=euros),
                "tooltip": [
                    encode_field(name, "nominal") for name in ("grant", "day", "least", "most")
                ],
            },
        },
        shared={"x": day, "color": colour},
    )
