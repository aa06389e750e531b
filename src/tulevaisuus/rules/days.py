"""What several families of rules ask of periods: the days that are stated."""

import datetime as dt
from collections.abc import Iterator

from tulevaisuus.model.period import Period

__all__ = ["days_outside", "stated_days"]


def stated_days(period: Period | None) -> Iterator[tuple[str, dt.date]]:
    """Return the bounds that are known, with their names."""
    if period is not None:
        for side, day in (("start", period.start), ("end", period.end)):
            if day is not None:
                yield side, day


def days_outside(period: Period | None, bounds: Period | None) -> Iterator[tuple[str, dt.date]]:
    """Return the known bounds of a period that lie outside another, as far as that is known."""
    if bounds is not None:
        for side, day in stated_days(period):
            if day not in bounds:
                yield side, day
