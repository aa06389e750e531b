"""Reads the notations that sources use for periods; `Period.parse` makes the period."""

import datetime as dt
import re
from typing import NamedTuple

from tulevaisuus.findings import expectations, found_values, messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.localization import ENGLISH_MONTHS
from tulevaisuus.model.type_errors import bad_format, invalid_value

__all__ = ["Days", "make_day", "read_days"]

_SPACES = re.compile("[ \u00a0\u2007\u2009\u202f]+")
_DASH = " ?[-\u2010-\u2015\u2212] ?"

_FINNISH_MONTHS = [
    "tammikuuta",
    "helmikuuta",
    "maaliskuuta",
    "huhtikuuta",
    "toukokuuta",
    "kesäkuuta",
    "heinäkuuta",
    "elokuuta",
    "syyskuuta",
    "lokakuuta",
    "marraskuuta",
    "joulukuuta",
]
_SWEDISH_MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
_MONTHS = {
    name.casefold(): number
    for names in (ENGLISH_MONTHS, _FINNISH_MONTHS, _SWEDISH_MONTHS)
    for number, name in enumerate(names, 1)
}

_NUMERIC_DATE = r"[0-9]{1,2}\. ?[0-9]{1,2}\. ?[0-9]{4}"
_NAMED_DATE = rf"[0-9]{{1,2}}\.? (?:{'|'.join(_MONTHS)}) [0-9]{{4}}"
_ISO_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DATE = rf"(?:{_NUMERIC_DATE}|{_NAMED_DATE}|{_ISO_DATE})"
_START, _END = rf"(?P<start>{_DATE})", rf"(?P<end>{_DATE})"

_ISO = re.compile(rf"(?P<start>{_ISO_DATE}|\.\.)?/(?P<end>{_ISO_DATE}|\.\.)?")

# The other patterns are texts, which `re` compiles at the first use and keeps: that takes longer
# than all other work of this module, and most programs read no such notation.
_PATTERNS = (
    rf"{_START}(?:{_DASH}| to | till ){_END}",
    rf"{_START}(?:{_DASH}| alkaen| lähtien| lukien)",
    rf"(?:alkaen|från|från och med|fr\.o\.m\.|from|since) {_START}",
    rf"{_END} (?:saakka|asti)",
    rf"(?:till|till och med|t\.o\.m\.|to|until) {_END}",
    rf"{_DASH}{_END}",
)
_SHORT_START = (
    rf"(?P<day>[0-9]{{1,2}})(?:\.(?: ?(?P<month>[0-9]{{1,2}})\.?)?)?{_DASH}(?P<end>{_NUMERIC_DATE})"
)
"""A range whose start has no year: ``8.10.–4.11.2021``, ``1.–31.1.2021``, ``20.1–31.3.2020``."""

_ONE_DAY = _DATE
"""A day alone: that is no period, because it may be the first, the last or the only day."""

_YEARS = (
    r"(?:(?:vuosi|vuodet|vuonna|vuosina|vuosien|(?:under )?år(?:en)?|(?:in )?(?:the )?years?|in) )?"
    rf"(?P<first>[0-9]{{4}})(?:{_DASH}(?P<last>[0-9]{{4}}))?"
)
"""A year, or two years: that is no period, because a source must state the days."""

_PARTS = re.compile(r"\w+")
"""The day, the month or the year of a date."""


class Days(NamedTuple):
    """The start and end in a text."""

    start: dt.date | None
    end: dt.date | None


def read_days(text: str) -> Days:
    """Return the start and end of a period as sources write it.

    The start may leave out the month and year if they are the same as in the end. Nothing else is
    guessed.

    Raises:
        InvalidValueError: The text is not in a known notation.
    """
    if match := _ISO.fullmatch(text):
        return Days(_read_date(match["start"]), _read_date(match["end"]))
    normalised = _SPACES.sub(" ", text).strip(" ")
    for pattern in _PATTERNS:
        if match := re.fullmatch(pattern, normalised, re.IGNORECASE):
            sides = match.groupdict()
            return Days(_read_date(sides.get("start")), _read_date(sides.get("end")))
    if match := re.fullmatch(_SHORT_START, normalised):
        return _read_short_start(match)
    if re.fullmatch(_ONE_DAY, normalised, re.IGNORECASE):
        raise _one_day(text, _read_date_parts(normalised))
    if match := re.fullmatch(_YEARS, normalised, re.IGNORECASE):
        first, last = match["first"], match["last"] or match["first"]
        found = found_values.describe(text)
        days = f"1.1.{first} – 31.12.{last}"
        raise invalid_value(messages.BARE_YEARS, found=found, days=days, first=first, last=last)
    raise bad_format(text, expectations.PERIOD)


def _one_day(text: str, date: dt.date) -> InvalidValueError:
    """Return the error about a single day, with the texts of the periods that it may mean."""
    day = f"{date.day}.{date.month}.{date.year:04}"
    return invalid_value(
        messages.ONE_DAY,
        found=found_values.quote(text),
        only=f"{day} – {day}",
        since=f"{day} –",
        until=f"– {day}",
    )


def _read_short_start(match: re.Match[str]) -> Days:
    """Read a range whose start has no year, or no month either."""
    last = _read_date_parts(match["end"])
    month = last.month if match["month"] is None else int(match["month"])
    start = make_day(last.year, month, int(match["day"]))
    if last < start:
        # The period includes a change of year, so the start must state its own year.
        raise invalid_value(messages.YEAR_FILLED_IN, start=start, end=last)
    return Days(start, last)


def _read_date(text: str | None) -> dt.date | None:
    """Read a date that has matched a pattern; ``None`` if it is absent."""
    return None if text is None or text == ".." else _read_date_parts(text)


def _read_date_parts(text: str) -> dt.date:
    """Read ``31.12.2023``, ``31 December 2023``, ``31. joulukuuta 2023`` or ``2023-12-31``."""
    first, middle, last = _PARTS.findall(text)
    month = _MONTHS.get(middle.casefold()) or int(middle)
    year, day = (first, last) if len(first) > len(last) else (last, first)
    return make_day(int(year), month, int(day))


def make_day(year: int, month: int, day: int) -> dt.date:
    """Return the date; raise `InvalidValueError` if it does not exist."""
    try:
        return dt.date(year, month, day)
    except (ValueError, OverflowError):
        found = f"{found_values.quote(year)}-{month:02d}-{day:02d}"
        raise invalid_value(messages.NO_SUCH_DAY, found=found) from None
