"""The days that are stated: what several families of rules ask of periods."""

import datetime as dt

import pytest

import tulevaisuus as tul
from tulevaisuus.rules.days import days_outside, stated_days

FIRST, LAST = dt.date(2021, 1, 1), dt.date(2021, 12, 31)
DATE = dt.timedelta(days=1)
YEAR = tul.Period(FIRST, LAST)


@pytest.mark.parametrize(
    ("period", "stated"),
    [
        (None, []),
        (tul.Period(start=FIRST), [("start", FIRST)]),
        (tul.Period(end=LAST), [("end", LAST)]),
        (YEAR, [("start", FIRST), ("end", LAST)]),
        (tul.Period(FIRST, FIRST), [("start", FIRST), ("end", FIRST)]),
    ],
    ids=["nothing", "start", "end", "both", "one day"],
)
def test_only_known_bounds_are_stated(
    period: tul.Period | None, stated: list[tuple[str, dt.date]]
) -> None:
    """A bound that no source gives is no day."""
    assert [*stated_days(period)] == stated


@pytest.mark.parametrize(
    ("period", "sides"),
    [
        (YEAR, []),
        (tul.Period(FIRST - DATE, LAST), ["start"]),
        (tul.Period(FIRST, LAST + DATE), ["end"]),
        (tul.Period(FIRST - DATE, LAST + DATE), ["start", "end"]),
        (tul.Period(LAST + DATE, LAST + DATE), ["start", "end"]),
        (tul.Period(end=FIRST - DATE), ["end"]),
        (tul.Period(start=LAST), []),
        (None, []),
    ],
    ids=["within", "early", "late", "around", "after", "before", "open", "nothing"],
)
def test_days_outside_are_named_by_side(period: tul.Period | None, sides: list[str]) -> None:
    """A stated day outside is told with its side; both ends belong to a period."""
    assert [side for side, _ in days_outside(period, YEAR)] == sides
    assert [*days_outside(period, None)] == []


def test_open_bounds_forbid_nothing_on_their_side() -> None:
    """A bound that is not known keeps no day out."""
    around = tul.Period(FIRST - DATE, LAST + DATE)
    assert [*days_outside(around, tul.Period(start=FIRST))] == [("start", FIRST - DATE)]
    assert [*days_outside(around, tul.Period(end=LAST))] == [("end", LAST + DATE)]
