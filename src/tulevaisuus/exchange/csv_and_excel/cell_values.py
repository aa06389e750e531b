"""`CellReader`: converts the cells that people write to plain values, without guessing.

Plain values are strings, numbers, dates, lists and dicts. They are then decoded like those of a
JSON document. Decoding checks types, ranges and codes, so that a function here may return a value
unchanged if it cannot convert it.
"""

import datetime as dt
import functools
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias, cast

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.business_ids import with_hyphen
from tulevaisuus.exchange.csv_and_excel.excel_serial_dates import date_of_serial, is_serial_date
from tulevaisuus.exchange.csv_and_excel.grid import CellProblem
from tulevaisuus.exchange.csv_and_excel.header_meanings import ColumnMapping
from tulevaisuus.exchange.csv_and_excel.list_cells import ListItem, read_list
from tulevaisuus.exchange.csv_and_excel.names_and_codes_in_cells import CodeFinder
from tulevaisuus.exchange.csv_and_excel.units_of_amounts import EURO
from tulevaisuus.exchange.csv_and_excel.unreadable_cells import (
    DASHES,
    message_of_amount,
    message_of_program,
)
from tulevaisuus.exchange.csv_and_excel.words_in_cells import code_synonyms, words_meaning
from tulevaisuus.exchange.table_messages import TableMessage, phrase
from tulevaisuus.findings import expectations, found_values, messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.localization import Param
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
)
from tulevaisuus.model.money_and_percent_types import Percent
from tulevaisuus.model.name_search import normalise_name
from tulevaisuus.model.period import Period
from tulevaisuus.model.texts_of_fixed_form import TextOf
from tulevaisuus.model.type_errors import bad_format, wrong_type

__all__ = ["CellFunction", "CellReader", "invalid"]

CellFunction: TypeAlias = Callable[[object], object]
"""Converts the value of a cell to the plain value of a field."""

# Ordinary, no-break, thin and figure spaces: programs put them between groups of digits.
_SPACES = re.compile("[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}]")
_NO_CENTS = re.compile(r"(?<=[0-9])[,:] ?[-–]$")
"""Whole euros are written ``5,-`` in Finland and ``5:-`` in Sweden."""

_YEARS = re.compile(
    "(?:(?:vuosi|vuodet|vuonna|vuosina|åren?) ?)?[0-9]{4}(?: ?[-\N{EN DASH}] ?[0-9]{2,4})?",
    re.IGNORECASE,
)
"""A year or two without days, also after a Finnish or Swedish word for "year" or "in the years"."""

_MINUS_SIGNS = frozenset({"-", "\N{MINUS SIGN}"})
_NEGATIVE_OF_LEDGER = re.compile(
    r"\( ?(?P<bracketed>[0-9][0-9 .,]*?) ?\)"
    r"|(?P<trailing>[0-9](?:[0-9 .,]*[0-9])?) ?[-\N{MINUS SIGN}]"
)
"""Accounting software writes negative amounts in brackets, or with the sign at the end."""

# Numbers with spaces, points or commas between groups of three digits, and perhaps decimals. One
# group after a point or comma could be decimals: without decimals, there are at least two groups.
_SPACE_GROUPS = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,](?P<decimals>[0-9]+))?")
_POINT_GROUPS = re.compile(
    r"[0-9]{1,3}(?:\.[0-9]{3})+,(?P<decimals>[0-9]+)|[0-9]{1,3}(?:\.[0-9]{3}){2,}"
)
_COMMA_GROUPS = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+\.(?P<decimals>[0-9]+)|[0-9]{1,3}(?:,[0-9]{3}){2,}"
)
_COMMON_AMOUNT = re.compile("[0-9]+(?P<decimal>[.,])[0-9]{2}")
"""Most amounts look like this; they are read without the slower steps."""

_NO_GROUPS = re.compile(r"[0-9]+(?:[.,](?P<decimals>[0-9]+))?")
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
"""``1.234`` may be a thousand with its separator, or a number with three decimals."""

_DATE = re.compile(
    r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})\. ?(?P<year>[0-9]{4})"
    r"|(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})"
)
# Midnight at the end of a date, as programs add it to a date without a time.
_MIDNIGHT = re.compile(r"[ T]0?0[:.]00(?:[:.]00(?:\.0+)?)?$")
_DATE_AND_TIME = re.compile(r".*[0-9][ T](?:klo |kl\. )?[0-9]{1,2}[:.][0-9]{2}.*")
_SERIAL_DATE = re.compile("[0-9]{5}")
"""A date as the number of days since an epoch, as Excel stores dates."""

_SHORT_NUMBER = re.compile("[0-9]{1,9}")
"""Codes that are numbers are short; Python refuses to convert thousands of digits."""


class CellReader:
    """Reads the cells of one table; an ambiguous value raises an `InvalidValueError`."""

    def __init__(self, codes: CodeFinder, decimal: str | None, epoch: dt.date) -> None:
        """Set how the cells are read.

        Args:
            codes: Finds the codes of names.
            decimal: The decimal separator, if the caller knows it.
            epoch: The date from which the workbook counts days.
        """
        self.codes = codes
        self.decimal = decimal
        self.epoch = epoch
        self._readers: dict[ColumnMapping, CellFunction] = {}  # a cache for `reader`
        self._reader_by_column_type: Mapping[type, CellFunction] = {
            Decimal: self._read_amount,
            int: self._read_integer,
            dt.date: self._read_date,
            bool: _read_boolean,
        }

    def read(self, value: object, mapping: ColumnMapping) -> object:
        """Return the plain value of a cell that is not empty."""
        return self.reader(mapping)(value)

    def reader(self, mapping: ColumnMapping) -> CellFunction:
        """Return the function that reads the cells of a column."""
        reader = self._readers.get(mapping)
        if reader is None:
            reader = self._readers[mapping] = self._make_reader(mapping)
        return reader

    def _make_reader(self, mapping: ColumnMapping) -> CellFunction:
        """Make the function that reads the cells of a column."""
        is_free_text = isinstance(mapping.field.type, NonBlankText)
        read_value = self._reader_of_type(mapping.field.type, mapping.key_in_cells)

        def read_cell(value: object) -> object:
            """Reject problems and dashes, then read the cell by the type of the field."""
            if isinstance(value, CellProblem):
                raise invalid(value.message, found=found_values.quote(value.text))
            if not is_free_text and isinstance(value, str):
                _reject_text_of_no_value(value.strip())
            return read_value(value)

        return read_cell

    def _reader_of_type(self, field_type: FieldType, key_in_cells: str) -> CellFunction:
        """Return the function that reads values of a field type."""
        if isinstance(field_type, ListOf):
            item = ListItem(field_type.item, self._reader_of_type(field_type.item, key_in_cells))
            return functools.partial(read_list, item, try_whole_text=not key_in_cells)
        if isinstance(field_type, Ref):
            registers = field_type.registers
            return lambda value: self.codes.find_code(
                _read_text(value).strip(), registers, key_in_cells
            )
        if isinstance(field_type, ObjectOf):
            return _read_period
        if isinstance(field_type, EnumMember):
            return functools.partial(_read_code, field_type)
        if isinstance(field_type, NonBlankText):
            return _read_text
        return self._reader_of_scalar(cast("Scalar", field_type))

    def _reader_of_scalar(self, field_type: Scalar) -> CellFunction:
        """Return the function for numbers, dates, and texts with a format."""
        if isinstance(field_type, Percent):
            return lambda value: self._read_amount(_without_percent_sign(value))
        if field_type.column_type in self._reader_by_column_type:
            return self._reader_by_column_type[field_type.column_type]
        if isinstance(field_type, DayOrPeriod):
            return self._read_date_or_period
        if isinstance(field_type, TextOf) and field_type.cls is BusinessId:
            return _read_business_id
        return _read_stripped

    def _read_amount(self, value: object) -> object:
        """Return the number that the text of an amount means, also with the sign of euros."""
        if not isinstance(value, str):
            return value
        common = _COMMON_AMOUNT.fullmatch(value)
        if common and self.decimal in {None, common["decimal"]}:
            return Decimal(value.replace(",", "."))
        without_currency = EURO.sub("", _SPACES.sub(" ", value).strip()).strip()
        return self._parse_number(_move_minus(_NO_CENTS.sub("", without_currency)), value)

    def _read_integer(self, value: object) -> object:
        """Return the integer that a text or a floating-point number means."""
        if isinstance(value, float) and value.is_integer():
            return int(value)
        if not isinstance(value, str):
            return value
        number = self._parse_number(_SPACES.sub(" ", value).strip(), value)
        return int(number) if number == number.to_integral_value() else number

    def _parse_number(self, text: str, found: str) -> Decimal:
        """Parse a number with any separator of thousands, unless it is ambiguous.

        Args:
            text: The number without currency and outer spaces.
            found: The text of the cell, for messages.
        """
        sign = "-" if text[:1] in _MINUS_SIGNS else ""
        digits = text[1:] if sign else text
        if self.decimal is not None:
            return self._parse_with_known_decimal(sign, digits, found)
        if _AMBIGUOUS.fullmatch(digits):
            whole = re.sub("[.,]", "", digits)
            quoted = found_values.quote(found)
            raise invalid(table_messages.AMBIGUOUS_NUMBER, found=quoted, whole=f"{sign}{whole}")
        for pattern in (_NO_GROUPS, _SPACE_GROUPS, _POINT_GROUPS, _COMMA_GROUPS):
            match = pattern.fullmatch(digits)
            if match:
                return _make_decimal(sign, digits, len(match["decimals"] or ""))
        raise _not_a_number(found)

    def _parse_with_known_decimal(self, sign: str, digits: str, found: str) -> Decimal:
        """Parse a number whose decimal separator is known: the other one separates thousands."""
        thousands = {",": r"\.", ".": ","}[cast("str", self.decimal)]
        pattern = rf"[0-9]{{1,3}}(?:[ {thousands}][0-9]{{3}})*|[0-9]+"
        whole, _, decimals = digits.partition(cast("str", self.decimal))
        if not re.fullmatch(pattern, whole) or not re.fullmatch("[0-9]*", decimals):
            raise _not_a_number(found)
        return _make_decimal(sign, whole + decimals, len(decimals))

    def _read_date(self, value: object) -> object:
        """Return the date that a text or a number of days means."""
        if isinstance(value, dt.datetime):
            raise invalid(table_messages.TIME_BESIDE_DAY, found=value.isoformat(" "))
        if isinstance(value, int | float) and not isinstance(value, bool):
            return date_of_serial(value, self.epoch)
        if not isinstance(value, str):
            return value
        text = _SPACES.sub(" ", value).strip()
        if _SERIAL_DATE.fullmatch(text) and is_serial_date(int(text)):
            return date_of_serial(int(text), self.epoch)
        return _parse_date(text, value)

    def _read_date_or_period(self, value: object) -> object:
        """Return a date, or a period as a document writes it."""
        try:
            return self._read_date(value)
        except InvalidValueError:
            if not isinstance(value, str):
                raise
            try:
                return str(Period.parse(value))
            except InvalidValueError as error:
                # A period that ends before it starts is still a period, and is reported as such.
                # The error about the date fits all other texts.
                codes = [finding.code for finding in error.findings]
                if messages.PERIOD_REVERSED.code in codes:
                    raise InvalidValueError(
                        attrs.evolve(finding, path="") for finding in error.findings
                    ) from None
            raise


def invalid(message: TableMessage, **params: Param) -> InvalidValueError:
    """Make an `InvalidValueError` with one finding."""
    return InvalidValueError([message.finding(**params)])


def _reject_text_of_no_value(text: str) -> None:
    """Reject a dash alone, and an error of a spreadsheet program, where a value belongs."""
    if text in DASHES:
        raise invalid(table_messages.DASH_AS_VALUE)
    message = message_of_program(text)
    if message is not None:
        raise invalid(message, found=found_values.quote(text))


def _not_a_number(found: str) -> InvalidValueError:
    """Return the error about a text that is no number; it says why, if that is known."""
    message = message_of_amount(found.strip())
    if message is not None:
        return invalid(message, found=found_values.quote(found))
    return bad_format(found, phrase("expected", "number"))


def _move_minus(text: str) -> str:
    """Return a negative amount of a ledger, ``(30,05)`` or ``30,05-``, with the minus in front."""
    match = _NEGATIVE_OF_LEDGER.fullmatch(text)
    return f"-{match['bracketed'] or match['trailing']}" if match else text


def _read_text(value: object) -> str:
    """Return a text; an integer becomes text, as spreadsheets store numeric ids as numbers."""
    if type(value) is int:
        return str(value)
    if not isinstance(value, str):
        raise wrong_type(value, expectations.TEXT, str)
    return value


def _make_decimal(sign: str, digits: str, decimals: int) -> Decimal:
    """Make a number from digits with separators, of which the last ones are decimals."""
    only_digits = re.sub("[^0-9]", "", digits)
    split_at = len(only_digits) - decimals
    return Decimal(f"{sign}{only_digits[:split_at]}.{only_digits[split_at:]}")


def _parse_date(text: str, found: str) -> dt.date:
    """Parse a Finnish or an ISO date. Some programs add midnight, which is removed."""
    match = _DATE.fullmatch(_MIDNIGHT.sub("", text))
    if match is None and _DATE_AND_TIME.fullmatch(text):
        raise invalid(table_messages.TIME_BESIDE_DAY, found=found_values.quote(found))
    if match is None:
        raise bad_format(found, phrase("expected", "day"))
    try:
        if match["iso"]:
            return dt.date.fromisoformat(match["iso"])
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        raise InvalidValueError([messages.NO_SUCH_DAY.finding(found=text)]) from None


def _read_period(value: object) -> Mapping[str, object]:
    """Return the known dates of a period in a single cell."""
    if not isinstance(value, str):
        raise wrong_type(value, expectations.PERIOD)
    if _YEARS.fullmatch(value.strip()):
        raise invalid(table_messages.YEARS_AS_PERIOD, found=found_values.quote(value))
    period = Period.parse(value)
    dates = {"start": period.start, "end": period.end}
    return {name: date for name, date in dates.items() if date is not None}


def _read_code(field_type: EnumMember, value: object) -> object:
    """Return the code that a code, a label or a synonym means; other texts stay as they are."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    codes = {str(member.value): cast("object", member.value) for member in field_type.enum}
    synonym = code_synonyms(field_type.enum.__name__).get(normalise_name(text))
    for code in (text, suggest_code(field_type.enum, text), synonym):
        if code in codes:
            return codes[code]
    return int(text) if field_type.column_type is int and _SHORT_NUMBER.fullmatch(text) else text


def _read_boolean(value: object) -> object:
    """Return the boolean that a word such as *kyllä* means."""
    if not isinstance(value, str):
        return value
    for word, boolean in (("true", True), ("false", False)):
        if normalise_name(value) in words_meaning(word):
            return boolean
    raise bad_format(value, phrase("expected", "truth"))


def _read_stripped(value: object) -> str:
    return _read_text(value).strip()


def _read_business_id(value: object) -> str:
    """Return a business id with its hyphen; decoding reports any other text."""
    text = _read_stripped(value)
    return with_hyphen(text) or text


def _without_percent_sign(value: object) -> object:
    return value.strip().removesuffix("%") if isinstance(value, str) else value
