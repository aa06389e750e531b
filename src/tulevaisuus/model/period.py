"""`Period`: a stretch of days, both ends included, as the sources speak."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import ClassVar, Literal, NamedTuple, Self

import attrs

from tulevaisuus.findings import expectations, templates
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LocalizedText, localize
from tulevaisuus.model.field_types import Date, bad_format, invalid_value, require_int, require_text
from tulevaisuus.model.value import Invariant, Value

__all__ = ["Bound", "Period"]

_BLANK = "[ \u00a0\u202f]*+"
_DASH = "[-\u2010\u2011\u2013\u2014]"
_FINNISH = re.compile(
    rf"{_BLANK}(?P<start>[0-9]{{1,2}}\.[0-9]{{1,2}}\.(?:[0-9]{{4}})?)?"
    rf"{_BLANK}{_DASH}{_BLANK}"
    rf"(?P<end>[0-9]{{1,2}}\.[0-9]{{1,2}}\.[0-9]{{4}})?{_BLANK}"
)
_ISO_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ISO = re.compile(rf"(?P<start>{_ISO_DAY}|\.\.)?/(?P<end>{_ISO_DAY}|\.\.)?")

_CLOSED = LocalizedText(fi="{start}–{end}", sv="{start}–{end}", en="{start} to {end}")
_FROM = LocalizedText(fi="{start} alkaen", sv="från {start}", en="from {start}")
_TO = LocalizedText(fi="{end} saakka", sv="till {end}", en="to {end}")


def _some_bound(start: dt.date | None, end: dt.date | None) -> Iterator[Finding]:
    if start is None and end is None:
        yield templates.EMPTY_PERIOD.finding("/start")


def _in_order(start: dt.date | None, end: dt.date | None) -> Iterator[Finding]:
    if start is not None and end is not None and end < start:
        yield templates.PERIOD_REVERSED.finding("/end", start=start, end=end)


class Bound(NamedTuple):
    """The first or last day of a period, as far as it is stated: a finding points at its side."""

    side: Literal["start", "end"]
    day: dt.date


@attrs.frozen(repr=False)
class Period(Value):
    """A stretch of days; both ``start`` and ``end`` belong to it, and at least one is given.

    A missing bound is one that no source gives; comparisons use the known bounds. A period that
    ends before it begins, or has no bound, is an `InvalidValueError`.

    >>> programme = Period.of_years(2020, 2023)
    >>> dt.date(2023, 12, 31) in programme, programme.day_count
    (True, 1461)
    >>> print(Period.parse("8.10.–4.11.2021"))
    2021-10-08/2021-11-04
    """

    invariants: ClassVar[tuple[Invariant, ...]] = (
        Invariant(("start", "end"), _some_bound),
        Invariant(("start", "end"), _in_order),
    )

    start: dt.date | None = None
    end: dt.date | None = None

    @classmethod
    def of_years(cls, first: int, last: int) -> Self:
        """Return whole calendar years, from 1 January of the first to 31 December of the last."""
        return cls(_day(require_int(first), 1, 1), _day(require_int(last), 12, 31))

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

        The first day may leave out its year (``8.10.–4.11.2021``) and either side may be open.
        Anything else is an `InvalidValueError`; nothing is guessed.
        """
        if match := _ISO.fullmatch(require_text(text)):
            return cls(*(_iso_day(match[side]) for side in ("start", "end")))
        match = _FINNISH.fullmatch(text)
        if not match or not (match["start"] or match["end"]):
            raise bad_format(text, expectations.PERIOD)
        end = _finnish_day(match["end"]) if match["end"] else None
        return cls(_finnish_start(match["start"], end, text) if match["start"] else None, end)

    @property
    def day_count(self) -> int | None:
        """The number of days, both ends counted; ``None`` if a bound is missing."""
        if self.start is None or self.end is None:
            return None
        return (self.end - self.start).days + 1

    def __contains__(self, day: dt.date) -> bool:
        """Tell whether the day lies between the known bounds."""
        asked = Date().validate(day)
        return (self.start is None or self.start <= asked) and (
            self.end is None or asked <= self.end
        )

    def bounds(self) -> Iterator[Bound]:
        """Return the bounds that are stated, the first day before the last.

        >>> [bound.side for bound in Period(end=dt.date(2023, 12, 31)).bounds()]
        ['end']
        """
        if self.start is not None:
            yield Bound("start", self.start)
        if self.end is not None:
            yield Bound("end", self.end)

    def days_outside(self, other: "Period") -> Iterator[Bound]:
        """Return the stated bounds that lie outside another period, as far as that is known.

        >>> cost_period = Period.parse("1.1.2021 – 31.12.2023")
        >>> list(Period.parse("1.6.2021 – 31.1.2024").days_outside(cost_period))
        [Bound(side='end', day=datetime.date(2024, 1, 31))]
        """
        return (bound for bound in self.bounds() if bound.day not in other)

    def contains(self, other: "Period") -> bool:
        """Tell whether no known bound of the other period lies outside this one."""
        return not any(other.days_outside(self))

    def overlaps(self, other: "Period") -> bool:
        """Tell whether the two have a day in common, as far as their bounds are known."""
        return self.intersection(other) is not None

    def intersection(self, other: "Period") -> "Period | None":
        """Return the days that both have, ``None`` if there are none."""
        start = max((day for day in (self.start, other.start) if day), default=None)
        end = min((day for day in (self.end, other.end) if day), default=None)
        if start is not None and end is not None and end < start:
            return None
        return Period(start, end)

    def extended(self, *, months: int) -> Self:
        """Return the period with its end so many months later; an open end stays open.

        The end of a month stays the end of a month if the days allow it: 31.10. and two months
        are 31.12., four months 28.2. or 29.2. (the arithmetic of python-dateutil).
        """
        require_int(months)
        if self.end is None:
            return self
        from dateutil.relativedelta import relativedelta

        try:
            end = self.end + relativedelta(months=months)
        except (OverflowError, ValueError):
            number = expectations.quote(months)
            later = LocalizedText(fi=f"{number} kk", sv=f"{number} mån.", en=f"{number} months")
            raise invalid_value(templates.NO_SUCH_MONTH, start=self.end, later=later) from None
        return attrs.evolve(self, end=end)

    def localize(self, language: str) -> str:
        """Write the period as messages say it: ``1.1.2020–31.12.2023``, open sides in words."""
        start, end = (localize(day, language) if day else "" for day in (self.start, self.end))
        form = _CLOSED if start and end else _FROM if start else _TO
        return form.localize(language).format(start=start, end=end)

    def __str__(self) -> str:
        """Return the ISO form, with ``..`` for an open side."""
        return f"{self.start or '..'}/{self.end or '..'}"


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except (ValueError, OverflowError):
        found = f"{expectations.quote(year)}-{month:02d}-{day:02d}"
        raise invalid_value(templates.NO_SUCH_DAY, found=found) from None


def _iso_day(text: str | None) -> dt.date | None:
    if text is None or text == "..":
        return None
    return _day(*(int(part) for part in text.split("-")))


def _finnish_day(text: str) -> dt.date:
    day, month, year = (int(part) for part in text.split("."))
    return _day(year, month, day)


def _finnish_start(text: str, end: dt.date | None, require_int: str) -> dt.date:
    """Read the first day, which takes its year from the last if it has none of its own."""
    if not text.endswith("."):
        return _finnish_day(text)
    if end is None:
        raise bad_format(require_int, expectations.PERIOD)
    return _finnish_day(f"{text}{end.year}")
