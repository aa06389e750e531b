"""`Period`: an interval of days, both ends included, as in the sources."""

import datetime as dt
from collections.abc import Iterator
from typing import ClassVar, Literal, NamedTuple, Self

import attrs

from tulevaisuus.findings import found_values, messages
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LocalizedText, localize
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.model.field_types import Date
from tulevaisuus.model.period_notation import make_day, read_days
from tulevaisuus.model.type_errors import invalid_value, require_int, require_text
from tulevaisuus.model.value import Invariant, Value

__all__ = ["Bound", "Period"]


def _no_bound(start: dt.date | None, end: dt.date | None) -> Iterator[Finding]:
    if start is None and end is None:
        yield messages.EMPTY_PERIOD.finding("/start")


def _reversed_bounds(start: dt.date | None, end: dt.date | None) -> Iterator[Finding]:
    if start is not None and end is not None and end < start:
        yield messages.PERIOD_REVERSED.finding("/end", start=start, end=end)


class Bound(NamedTuple):
    """The start or the end of a period; ``side`` is the name of the field."""

    side: Literal["start", "end"]
    day: dt.date


@attrs.frozen(repr=False)
class Period(Value):
    """An interval of days that includes ``start`` and ``end``; at least one of them is known.

    A missing bound is unknown; comparisons use the known bounds. A period that ends before it
    begins, or has no bound, is an `InvalidValueError`.

    >>> programme = Period.of_years(2020, 2023)
    >>> dt.date(2023, 12, 31) in programme, programme.day_count
    (True, 1461)
    >>> print(Period.parse("8.10.–4.11.2021"))
    2021-10-08/2021-11-04
    """

    invariants: ClassVar[tuple[Invariant, ...]] = (
        Invariant(("start", "end"), _no_bound),
        Invariant(("start", "end"), _reversed_bounds),
    )

    start: dt.date | None = None
    end: dt.date | None = None

    @classmethod
    def of_years(cls, first: int, last: int) -> Self:
        """Return the period from 1 January of the first year to 31 December of the last year."""
        return cls(make_day(require_int(first), 1, 1), make_day(require_int(last), 12, 31))

    @classmethod
    def appropriation(cls, year: int, *, years: int) -> Self:
        """Return the years in which a transferable appropriation (*siirtomääräraha*) may be used.

        >>> print(Period.appropriation(2021, years=3))
        2021-01-01/2023-12-31
        """
        return cls.of_years(year, require_int(year) + require_int(years) - 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a period as sources write it, ``1.1.2020 – 31.12.2023``, or in its ISO form.

        The start may leave out the month and year if they are the same as in the end
        (``8.10.–4.11.2021``, ``1.–31.1.2021``). One of the two dates may be missing. All texts that
        `localize` writes are read: ``1.1.2023 alkaen``, ``till 31.12.2022``, ``1 January 2020 to
        31 December 2023``. A date may be ``31.12.2023``, ``2023-12-31`` or have the name of the
        month: ``31. joulukuuta 2023``, ``31 december 2023``. Any other text is an
        `InvalidValueError`; nothing is guessed.

        >>> print(Period.parse("31.12.2022 saakka"), Period.parse("20.1–31.3.2020"))
        ../2022-12-31 2020-01-20/2020-03-31
        """
        return cls(*read_days(require_text(text)))

    @property
    def day_count(self) -> int | None:
        """The number of days, including both bounds; ``None`` if a bound is missing."""
        if self.start is None or self.end is None:
            return None
        return (self.end - self.start).days + 1

    def __contains__(self, day: dt.date) -> bool:
        """Return whether the date lies between the known bounds."""
        date = day if type(day) is dt.date else Date().validate(day)
        return (self.start is None or self.start <= date) and (self.end is None or date <= self.end)

    def bounds(self) -> Iterator[Bound]:
        """Return the known bounds, the start before the end.

        >>> [bound.side for bound in Period(end=dt.date(2023, 12, 31)).bounds()]
        ['end']
        """
        if self.start is not None:
            yield Bound("start", self.start)
        if self.end is not None:
            yield Bound("end", self.end)

    def days_outside(self, other: "Period") -> Iterator[Bound]:
        """Return the known bounds that lie outside the known bounds of another period.

        >>> cost_period = Period.parse("1.1.2021 – 31.12.2023")
        >>> list(Period.parse("1.6.2021 – 31.1.2024").days_outside(cost_period))
        [Bound(side='end', day=datetime.date(2024, 1, 31))]
        """
        _require_period(other)
        if self.start is not None and self.start not in other:
            yield Bound("start", self.start)
        if self.end is not None and self.end not in other:
            yield Bound("end", self.end)

    def contains(self, other: "Period") -> bool:
        """Return whether no known bound of the other period lies outside this period."""
        _require_period(other)
        return not any(other.days_outside(self))

    def overlaps(self, other: "Period") -> bool:
        """Return whether the periods have a day in common, as far as their bounds are known."""
        return self.intersection(other) is not None

    def intersection(self, other: "Period") -> "Period | None":
        """Return the days that are in both periods; ``None`` if there are none."""
        _require_period(other)
        start = max((day for day in (self.start, other.start) if day), default=None)
        end = min((day for day in (self.end, other.end) if day), default=None)
        if start is not None and end is not None and end < start:
            return None
        return Period(start, end)

    def minus(self, other: "Period") -> "tuple[Period, ...]":
        """Return the parts of this period that are not in the other: no, one or two periods.

        A missing bound counts as endless here: before, or after, every date.

        >>> programme = Period.of_years(2020, 2023)
        >>> [str(rest) for rest in programme.minus(Period.of_years(2021, 2022))]
        ['2020-01-01/2020-12-31', '2023-01-01/2023-12-31']
        """
        common = self.intersection(other)
        if common is None:
            return (self,)
        rest: list[Period] = []
        if common.start is not None and common.start != self.start:
            rest += _period_between(self.start, _add_days(common.start, -1))
        if common.end is not None and common.end != self.end:
            rest += _period_between(_add_days(common.end, 1), self.end)
        return tuple(rest)

    def union(self, other: "Period") -> "Period | None":
        """Return the period of all days of both periods; ``None`` if there are days between them.

        If one period has no start and the other no end, the result would have no bounds: that is
        an `InvalidValueError`.

        >>> print(Period.of_years(2020, 2021).union(Period.of_years(2022, 2023)))
        2020-01-01/2023-12-31
        """
        first, second = sorted((self, other))
        if first.end is not None and second.start is not None:
            following = _add_days(first.end, 1)
            if following is not None and following < second.start:
                return None
        ends = (first.end, second.end)
        return Period(first.start, None if None in ends else max(day for day in ends if day))

    def extended(self, *, months: int) -> Self:
        """Return the period with its end ``months`` later; a missing end stays missing.

        The day of the month stays the same, but in a shorter month it is the last day: 31.10. plus
        two months is 31.12., plus four months 28.2. or 29.2. (the arithmetic of python-dateutil).
        """
        require_int(months)
        if self.end is None:
            return self
        from dateutil.relativedelta import relativedelta

        try:
            end = self.end + relativedelta(months=months)
        except (OverflowError, ValueError):
            number = found_values.quote(months)
            later = LocalizedText(fi=f"{number} kk", sv=f"{number} mån.", en=f"{number} months")
            raise invalid_value(messages.NO_SUCH_MONTH, start=self.end, later=later) from None
        return attrs.evolve(self, end=end)

    def __lt__(self, other: "Period") -> bool:
        """Order by start, then by end; a missing start comes first, a missing end last."""
        return _sort_key(self) < _sort_key(other)

    def __le__(self, other: "Period") -> bool:
        """Order by start, then by end."""
        return _sort_key(self) <= _sort_key(other)

    def __gt__(self, other: "Period") -> bool:
        """Order by start, then by end."""
        return _sort_key(self) > _sort_key(other)

    def __ge__(self, other: "Period") -> bool:
        """Order by start, then by end."""
        return _sort_key(self) >= _sort_key(other)

    def localize(self, language: str) -> str:
        """Return the period as text, ``1.1.2020–31.12.2023``, with a word for a missing bound."""
        start, end = (localize(day, language) if day else "" for day in (self.start, self.end))
        form = "from" if start else "to"
        if start and end:
            form = "closed"
        words = open_catalogue("tulevaisuus.model", "values")["period"][form]
        return words.localize(language).format(start=start, end=end)

    def __str__(self) -> str:
        """Return the ISO form, with ``..`` for a missing bound."""
        return f"{self.start or '..'}/{self.end or '..'}"

    def __repr__(self) -> str:
        """Return a Python call that makes this period."""
        return f"{type(self).__name__}.parse('{self}')"


def _require_period(other: object) -> None:
    """Raise a `TypeError` for anything but a period; the message tells how to look for a day."""
    if not isinstance(other, Period):
        raise TypeError(
            f"a period compares with a period, not with a value of type {type(other).__name__}; for"
            " a day, use: day in period"
        )


def _sort_key(period: "Period") -> tuple[bool, dt.date, bool, dt.date]:
    """Return a sort key: a missing start comes before all dates, a missing end after them."""
    _require_period(period)
    start, end = period.start, period.end
    return start is not None, start or dt.date.min, end is None, end or dt.date.max


def _add_days(date: dt.date, days: int) -> dt.date | None:
    """Return the date ``days`` later; ``None`` if Python's calendar does not reach so far."""
    try:
        return date + dt.timedelta(days=days)
    except OverflowError:
        return None


def _period_between(start: dt.date | None, end: dt.date | None) -> list[Period]:
    """Return a list with the period between two dates, empty if both are ``None``."""
    return [] if start is None and end is None else [Period(start, end)]
