"""Reads the notations that sources use for periods; `Period.parse` makes the period."""

import datetime as dt
import re
from typing import NamedTuple

from tulevaisuus.findings import expectations, messages
from tulevaisuus.findings.localization import ENGLISH_MONTHS
from tulevaisuus.model.field_types import bad_format, invalid_value

__all__ = ["Days", "make_day", "read_days"]

_SPACES = re.compile("[ \u00a0\u2007\u2009\u202f]+")
_DASH = re.compile(" ?[-\u2010-\u2015\u2212] ?")

_DATE = r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}"
_ENGLISH_DATE = rf"[0-9]{{1,2}} (?:{'|'.join(ENGLISH_MONTHS)}) [0-9]{{4}}"
_ISO_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

_ISO = re.compile(rf"(?P<start>{_ISO_DATE}|\.\.)?/(?P<end>{_ISO_DATE}|\.\.)?")
_RANGE = re.compile(
    r"(?:(?P<day>[0-9]{1,2})(?:\.(?:(?P<month>[0-9]{1,2})(?:\.(?P<year>[0-9]{4})?)?)?)?)?"
    rf"–(?P<end>{_DATE})?"
)
_WORD_PATTERNS = (
    re.compile(rf"(?P<start>{_DATE}) (?:alkaen|lähtien)"),
    re.compile(rf"(?P<end>{_DATE}) (?:saakka|asti)"),
    re.compile(rf"(?:från|från och med|fr\.o\.m\.) (?P<start>{_DATE})"),
    re.compile(rf"(?:till|till och med|t\.o\.m\.) (?P<end>{_DATE})"),
    re.compile(rf"(?P<start>{_ENGLISH_DATE}) to (?P<end>{_ENGLISH_DATE})"),
    re.compile(rf"from (?P<start>{_ENGLISH_DATE})"),
    re.compile(rf"to (?P<end>{_ENGLISH_DATE})"),
)
_YEARS = re.compile(r"(?P<first>[0-9]{4})(?:–(?P<last>[0-9]{4}))?")


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
        return Days(_read_iso_date(match["start"]), _read_iso_date(match["end"]))
    normalised = _SPACES.sub(" ", text).strip(" ")
    for pattern in _WORD_PATTERNS:
        if match := pattern.fullmatch(normalised):
            sides = match.groupdict()
            return Days(_read_date(sides.get("start")), _read_date(sides.get("end")))
    normalised = _DASH.sub("–", normalised)
    if match := _RANGE.fullmatch(normalised):
        return _read_range(match, text)
    if match := _YEARS.fullmatch(normalised):
        first, last = match["first"], match["last"] or match["first"]
        found = expectations.describe(text)
        raise invalid_value(messages.BARE_YEARS, found=found, first=first, last=last)
    raise bad_format(text, expectations.PERIOD)


def _read_range(match: re.Match[str], text: str) -> Days:
    """Read a range whose start or end, or month or year of the start, may be missing."""
    end = _read_date(match["end"])
    if match["day"] is None:
        if end is None:
            raise bad_format(text, expectations.PERIOD)
        return Days(None, end)
    day, month, year = match["day"], match["month"], match["year"]
    if year is not None:
        return Days(make_day(int(year), int(month), int(day)), end)
    if end is None:
        raise bad_format(text, expectations.PERIOD)
    start = make_day(end.year, end.month if month is None else int(month), int(day))
    if end < start:
        # The period includes a change of year, so the start must state its own year.
        raise invalid_value(messages.YEAR_FILLED_IN, start=start, end=end)
    return Days(start, end)


def _read_date(text: str | None) -> dt.date | None:
    """Read a date that has matched a pattern: ``31.12.2023`` or ``31 December 2023``."""
    if text is None:
        return None
    if " " in text:
        day, month, year = text.split(" ")
        return make_day(int(year), ENGLISH_MONTHS.index(month) + 1, int(day))
    day, month, year = text.split(".")
    return make_day(int(year), int(month), int(day))


def _read_iso_date(text: str | None) -> dt.date | None:
    if text is None or text == "..":
        return None
    return make_day(*(int(part) for part in text.split("-")))


def make_day(year: int, month: int, day: int) -> dt.date:
    """Return the date; raise `InvalidValueError` if it does not exist."""
    try:
        return dt.date(year, month, day)
    except (ValueError, OverflowError):
        found = f"{expectations.quote(year)}-{month:02d}-{day:02d}"
        raise invalid_value(messages.NO_SUCH_DAY, found=found) from None
