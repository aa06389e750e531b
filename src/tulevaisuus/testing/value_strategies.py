"""Strategies for single values: days, periods, amounts in euros, business ids, lines of text.

The periods of the programme are here, too.
"""

import datetime as dt
import functools
from decimal import Decimal
from typing import cast

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tulevaisuus.findings.argument_checks import has_type
from tulevaisuus.findings.found_values import quote
from tulevaisuus.model.business_id import check_digit
from tulevaisuus.model.period import Period

__all__ = [
    "BEFORE_TRANSFER",
    "PROGRAMME_YEARS",
    "STEPS",
    "TRANSFER",
    "amounts",
    "business_ids",
    "days",
    "lines",
    "periods_within",
]

PROGRAMME_YEARS = Period.of_years(2020, 2023)

TRANSFER = Period(dt.date(2023, 1, 1))
"""From this day wellbeing services counties administer projects that municipal bodies began."""

BEFORE_TRANSFER = Period(None, dt.date(2022, 12, 31))
"""The period in which municipal bodies administer projects."""

_WORDS = ("Esimerkki", "Lähipalvelut", "Hyvä arki", "Ehjä palveluketju")
_LETTERS = "abcdefghijklmnopqrstuvwxyzåäöABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ -–’&"
STEPS = (100_000, 10_000, 1_000)
"""The roundings of amounts in the sources, in euros, the largest first."""


@functools.cache
def days(bounds: Period | None = None) -> SearchStrategy[dt.date]:
    """Generate days of a period; for an unknown bound, that of the programme is taken."""
    start, end = (bounds.start, bounds.end) if bounds else (None, None)
    first, last = cast("tuple[dt.date, dt.date]", (PROGRAMME_YEARS.start, PROGRAMME_YEARS.end))
    return st.dates(start or min(first, end or first), end or max(last, start or last))


@functools.cache
def periods_within(bounds: Period | None) -> SearchStrategy[Period]:
    """Generate periods within another; some have only one bound."""
    pairs = st.tuples(days(bounds), days(bounds)).map(sorted)
    return st.builds(_period, pairs, st.sampled_from(((True, True), (True, False), (False, True))))


def _period(pair: list[dt.date], known: tuple[bool, bool]) -> Period:
    return Period(*(day if is_known else None for day, is_known in zip(pair, known, strict=True)))


def amounts(*, min_value: int = 100_000, max_value: int = 12_000_000) -> SearchStrategy[Decimal]:
    """Generate euros between two bounds: round, whole, or to the cent.

    Amounts below zero are for credit notes: lines of a ledger (`tulevaisuus.funding.Cost`) are the
    only objects that may have them.

    Raises:
        TypeError: A bound is not a whole number of euros.
        ValueError: The upper bound is below the lower one.
    """
    for name, value in (("min_value", min_value), ("max_value", max_value)):
        if not has_type(value, int) or isinstance(value, bool):
            raise TypeError(f"{name} takes whole euros, not {quote(repr(value))}")
    if max_value < min_value:
        raise ValueError(f"max_value={max_value} is below min_value={min_value} (in euros)")
    least, most = -(-min_value // STEPS[0]), max_value // STEPS[0]  # `-(-a // b)` rounds up
    whole = st.integers(min_value, max_value).map(Decimal)
    exact = whole | st.decimals(min_value, max_value, places=2)
    if most < least:
        return exact
    return _round_amounts(least, most) | exact


@st.composite
def _round_amounts(draw: st.DrawFn, least: int, most: int) -> Decimal:
    """Generate multiples of a step; failing tests would print a `map` as its expression."""
    return Decimal(draw(st.integers(least, most)) * STEPS[0])


def lines() -> SearchStrategy[str]:
    """Generate lines of text: names of projects, and letters of Finnish and Swedish."""
    any_letters = st.text(_LETTERS, min_size=1, max_size=20).filter(lambda text: not text.isspace())
    return st.sampled_from(_WORDS) | any_letters


def business_ids() -> SearchStrategy[str]:
    """Generate the texts of business ids, with their check digits."""
    digits = st.integers(1, 9_999_999).map("{:07}".format)
    valid = digits.filter(lambda each: check_digit(each) is not None)
    return valid.map(lambda each: f"{each}-{check_digit(each)}")
