"""From the text of a cell to the plain value of a field, as people write it and without guessing.

What is made here is read by the same readers as documents, which judge ranges and codes.
"""

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple, TypeAlias, cast

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.code_lookup import NameReader
from tulevaisuus.exchange.csv_and_excel.columns import ColumnMapping, synonyms, words
from tulevaisuus.exchange.csv_and_excel.grid import CellProblem
from tulevaisuus.exchange.table_messages import TableMessage, phrase
from tulevaisuus.findings import expectations, messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import Param
from tulevaisuus.formats.already_reported import ALREADY_REPORTED
from tulevaisuus.model.business_id import BusinessId
from tulevaisuus.model.codelists import suggest_code
from tulevaisuus.model.day_or_period_type import DayOrPeriod
from tulevaisuus.model.field_types import (
    EnumMember,
    FieldType,
    ListOf,
    NonBlankText,
    ObjectOf,
    Ref,
    Scalar,
    bad_format,
    wrong_type,
)
from tulevaisuus.model.name_search import fold
from tulevaisuus.model.percent_type import Percent
from tulevaisuus.model.period import Period
from tulevaisuus.model.text_value import TextOf

__all__ = ["CellFunction", "CellReader", "invalid"]

CellFunction: TypeAlias = Callable[[object], object]
"""Makes the plain value of a field of what a cell holds."""

_SPACES = re.compile("[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}]")
_CURRENCY = re.compile(r"^(?:€|eur) ?| ?(?:€|eur|euroa?)$", re.IGNORECASE)
_NO_CENTS = re.compile(r"(?<=[0-9])[,:] ?[-–]$")
"""Whole euros are written ``5,-`` in Finland and ``5:-`` in Sweden."""

_DASHES = {"-", "\N{EN DASH}", "\N{EM DASH}", "\N{MINUS SIGN}"}
_YEARS = re.compile(
    "(?:(?:vuosi|vuodet|åren?) ?)?[0-9]{4}(?: ?[-\N{EN DASH}] ?[0-9]{2,4})?", re.IGNORECASE
)
_MINUS = "\N{MINUS SIGN}"
_CREDIT = re.compile(
    r"\( ?(?P<bracketed>[0-9][0-9 .,]*?) ?\)"
    r"|(?P<trailing>[0-9](?:[0-9 .,]*[0-9])?) ?[-\N{MINUS SIGN}]"
)
"""Programs of accounting write credits in brackets, or with the sign behind them."""

_GROUPED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,](?P<decimals>[0-9]+))?")
_POINTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,(?P<decimals>[0-9]+)|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_COMMAS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.(?P<decimals>[0-9]+)|[0-9]{1,3}(?:,[0-9]{3}){2,}")
_USUAL = re.compile("[0-9]+(?P<decimal>[.,])[0-9]{2}")
"""What most amounts look like."""

_PLAIN = re.compile(r"[0-9]+(?:[.,](?P<decimals>[0-9]+))?")
_DOUBTFUL = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
"""A thousand with its separator, or a number with three decimals."""

_DAY = re.compile(
    r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})\. ?(?P<year>[0-9]{4})"
    r"|(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})"
)
_MIDNIGHT = re.compile(r"[ T]0?0[:.]00(?:[:.]00(?:\.0+)?)?$")
_TIME = re.compile(r".*[0-9][ T](?:klo |kl\. )?[0-9]{1,2}[:.][0-9]{2}.*")
_SERIALS = range(25_569, 73_051)
"""Numbers of days that mean one from 1970 to 2099; smaller ones may well be years."""

_SERIAL = re.compile("[0-9]{5}")
_COMPACT_ID = re.compile("([0-9]{7})([0-9])")
_FEW_DIGITS = re.compile("[0-9]{1,9}")
_SEPARATOR = re.compile("[;\n]")


class CellReader:
    """Reads cells of one table; what is not clear beyond doubt is an `InvalidValueError`."""

    def __init__(self, names: NameReader, decimal: str | None, epoch: dt.date) -> None:
        """Take what the table does not say itself.

        Args:
            names: What turns names into codes.
            decimal: The decimal separator, if the caller knows it.
            epoch: The day zero of numbers that mean days.
        """
        self.names = names
        self.decimal = decimal
        self.epoch = epoch
        self._readers: dict[ColumnMapping, CellFunction] = {}
        self._by_column: Mapping[type, CellFunction] = {
            Decimal: self._amount,
            int: self._whole,
            dt.date: self._day,
            bool: _truth,
        }

    def read(self, value: object, mapping: ColumnMapping) -> object:
        """Return the plain value of a cell that is not empty."""
        return self.reader(mapping)(value)

    def reader(self, mapping: ColumnMapping) -> CellFunction:
        """Return the function that reads the cells of a column, as `read` does."""
        known = self._readers.get(mapping)
        if known is None:
            known = self._readers[mapping] = self._cell_function(mapping)
        return known

    def _cell_function(self, mapping: ColumnMapping) -> CellFunction:
        takes_dashes = isinstance(mapping.target.type, NonBlankText)
        read = self._function(mapping.target.type, mapping.notation)

        def read_cell(value: object) -> object:
            """Read what every cell may have, and the rest by the type of the field."""
            if isinstance(value, CellProblem):
                raise invalid(value.message, found=expectations.quote(value.text))
            if not takes_dashes and isinstance(value, str) and value.strip() in _DASHES:
                raise invalid(table_messages.DASH)
            return read(value)

        return read_cell

    def _function(self, field_type: FieldType, notation: str) -> CellFunction:
        """Return the function that reads values of a field type."""
        if isinstance(field_type, ListOf):
            item = _Item(field_type.item, self._function(field_type.item, notation))
            return functools.partial(_list, item, attempts_whole=not notation)
        if isinstance(field_type, Ref):
            registers = field_type.registers
            return lambda value: self.names.read(_text(value).strip(), registers, notation)
        if isinstance(field_type, ObjectOf):
            return _period
        if isinstance(field_type, EnumMember):
            return functools.partial(_code, field_type)
        if isinstance(field_type, NonBlankText):
            return _text
        return self._function_of_column(cast("Scalar", field_type))

    def _function_of_column(self, field_type: Scalar) -> CellFunction:
        """Return the function for numbers, days, and texts with a form of their own."""
        if isinstance(field_type, Percent):
            return lambda value: self._amount(_without_sign(value))
        if field_type.column_type in self._by_column:
            return self._by_column[field_type.column_type]
        if isinstance(field_type, DayOrPeriod):
            return self._days
        if isinstance(field_type, TextOf) and field_type.cls is BusinessId:
            return _business_id
        return _stripped

    def _amount(self, value: object) -> object:
        if not isinstance(value, str):
            return value  # the field's own type judges numbers
        usual = _USUAL.fullmatch(value)
        if usual and self.decimal in {None, usual["decimal"]}:
            return Decimal(value.replace(",", "."))
        tidy = _CURRENCY.sub("", _SPACES.sub(" ", value).strip()).strip()
        return self._number(_credit(_NO_CENTS.sub("", tidy)), value)

    def _whole(self, value: object) -> object:
        if isinstance(value, float) and value.is_integer():
            return int(value)
        if not isinstance(value, str):
            return value
        number = self._number(_SPACES.sub(" ", value).strip(), value)
        return int(number) if number == number.to_integral_value() else number

    def _number(self, tidy: str, found: str) -> Decimal:
        """Return the number that a text is, whichever way its thousands are separated."""
        sign = "-" if tidy[:1] in {"-", _MINUS} else ""
        digits = tidy[1:] if sign else tidy
        if self.decimal is not None:
            return self._in_style(sign, digits, found)
        if _DOUBTFUL.fullmatch(digits):
            whole = re.sub("[.,]", "", digits)
            shown = expectations.quote(found)
            raise invalid(table_messages.AMBIGUOUS_NUMBER, found=shown, whole=f"{sign}{whole}")
        for form in (_PLAIN, _GROUPED, _POINTS, _COMMAS):
            match = form.fullmatch(digits)
            if match:
                return _decimal(sign, digits, len(match["decimals"] or ""))
        raise bad_format(found, phrase("expected", "number"))

    def _in_style(self, sign: str, digits: str, found: str) -> Decimal:
        """Read a number whose decimal separator is known; the other one separates thousands."""
        other = {",": r"\.", ".": ","}[cast("str", self.decimal)]
        form = rf"[0-9]{{1,3}}(?:[ {other}][0-9]{{3}})*|[0-9]+"
        whole, _, decimals = digits.partition(cast("str", self.decimal))
        if not re.fullmatch(form, whole) or not re.fullmatch("[0-9]*", decimals):
            raise bad_format(found, phrase("expected", "number"))
        return _decimal(sign, whole + decimals, len(decimals))

    def _day(self, value: object) -> object:
        if isinstance(value, dt.datetime):
            raise invalid(table_messages.TIME_OF_DAY, found=value.isoformat(" "))
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self._day_of_number(value)
        if not isinstance(value, str):
            return value
        text = _SPACES.sub(" ", value).strip()
        if _SERIAL.fullmatch(text) and int(text) in _SERIALS:
            return self._day_of_number(int(text))
        return _written_day(text, value)

    def _days(self, value: object) -> object:
        """Return a day, or the text of a period, of which only the form of its days differs."""
        try:
            return self._day(value)
        except InvalidValueError:
            if not isinstance(value, str):
                raise
            try:
                return str(Period.parse(value))
            except InvalidValueError as error:
                if any(each.code == "TSK011" for each in error.findings):
                    raise InvalidValueError(
                        attrs.evolve(each, path="") for each in error.findings
                    ) from None
            raise

    def _day_of_number(self, number: float) -> dt.date:
        if int(number) not in _SERIALS:
            raise bad_format(number, phrase("expected", "day"))
        if number != int(number):
            raise invalid(table_messages.TIME_OF_DAY, found=str(number))
        return self.epoch + dt.timedelta(days=int(number))


def invalid(message: TableMessage, **params: Param) -> InvalidValueError:
    """Make the error for a cell."""
    return InvalidValueError([message.finding(**params)])


def _credit(tidy: str) -> str:
    """Return a credit of a ledger, ``(30,05)`` or ``30,05-``, with its minus sign in front."""
    match = _CREDIT.fullmatch(tidy)
    return f"-{match['bracketed'] or match['trailing']}" if match else tidy


def _text(value: object) -> str:
    """Return text; a whole number is the text of its digits, as ids and codes often are."""
    if type(value) is int:
        return str(value)
    if not isinstance(value, str):
        raise wrong_type(value, expectations.TEXT)
    return value


def _decimal(sign: str, digits: str, decimals: int) -> Decimal:
    """Return the number exactly, however many digits it has."""
    plain = re.sub("[^0-9]", "", digits)
    whole = len(plain) - decimals
    return Decimal(f"{sign}{plain[:whole]}.{plain[whole:]}")


def _written_day(text: str, found: str) -> dt.date:
    """Read a day in the Finnish or the ISO form, also behind it a midnight that a program wrote."""
    match = _DAY.fullmatch(_MIDNIGHT.sub("", text))
    if match is None and _TIME.fullmatch(text):
        raise invalid(table_messages.TIME_OF_DAY, found=expectations.quote(found))
    if match is None:
        raise bad_format(found, phrase("expected", "day"))
    try:
        if match["iso"]:
            return dt.date.fromisoformat(match["iso"])
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        raise InvalidValueError([messages.NO_SUCH_DAY.finding(found=text)]) from None


def _period(value: object) -> Mapping[str, object]:
    if not isinstance(value, str):
        raise wrong_type(value, expectations.PERIOD)
    if _YEARS.fullmatch(value.strip()):
        raise invalid(table_messages.BARE_YEARS, found=expectations.quote(value))
    period = Period.parse(value)
    days = {"start": period.start, "end": period.end}
    return {side: day for side, day in days.items() if day is not None}


def _code(field_type: EnumMember, value: object) -> object:
    """Return the code of a label or another word for it; what is neither stays as it is."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    codes = {str(each.value): cast("object", each.value) for each in field_type.enum}
    meant = synonyms(field_type.enum.__name__).get(fold(text))
    for code in (text, suggest_code(field_type.enum, text), meant):
        if code in codes:
            return codes[code]
    return int(text) if field_type.column_type is int and _FEW_DIGITS.fullmatch(text) else text


def _truth(value: object) -> object:
    if not isinstance(value, str):
        return value
    for word, truth in (("true", True), ("false", False)):
        if fold(value) in words(word):
            return truth
    raise bad_format(value, phrase("expected", "truth"))


def _stripped(value: object) -> str:
    return _text(value).strip()


def _business_id(value: object) -> str:
    """Put the hyphen into a business id that is written without it."""
    text = _stripped(value)
    return _COMPACT_ID.sub(r"\1-\2", text) if _COMPACT_ID.fullmatch(text) else text


def _without_sign(value: object) -> object:
    return value.strip().removesuffix("%") if isinstance(value, str) else value


class _Item(NamedTuple):
    """An element of a list: its type, and the function that reads it."""

    type: FieldType
    read: CellFunction


def _list(item: _Item, value: object, *, attempts_whole: bool) -> list[object]:
    """Read the elements of a list, which a semicolon separates, or a comma if none does.

    The whole text comes first, as names have commas, too; codes have none.
    """
    if not isinstance(value, str):
        return [item.read(value)]
    if fold(value) in words("none"):
        return []
    parts = _filled(_SEPARATOR.split(value))
    if len(parts) == 1 and "," in value:
        whole = _attempt(item, parts[0]) if attempts_whole else None
        if whole is not None:
            return [whole]
        parts = _filled(value.split(","))
    return _each(item, parts)


def _attempt(item: _Item, text: str) -> object:
    """Return the value of a text, nothing if it has none."""
    try:
        plain = item.read(text)
        cast("Scalar", item.type).read(plain)
    except InvalidValueError:
        return None
    return plain


def _each(item: _Item, parts: Iterable[str]) -> list[object]:
    elements: list[object] = []
    findings: list[Finding] = []
    for place, part in enumerate(parts):
        try:
            elements.append(item.read(part))
        except InvalidValueError as error:
            elements.append(ALREADY_REPORTED)
            findings += [each.under(place) for each in error.findings]
    if findings:
        raise InvalidValueError(findings)
    return elements


def _filled(parts: Iterable[str]) -> list[str]:
    """Return the parts of a text that are not blank."""
    return [part.strip() for part in parts if part.strip()]
