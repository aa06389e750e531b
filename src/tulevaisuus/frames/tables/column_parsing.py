"""Parses the columns of data frames by the field types of the classes, and finds invalid cells.

Nothing is guessed. Each conversion of cells is guarded by a condition, as a cell that cannot be
converted would end the query in every engine.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeAlias, cast

import narwhals.stable.v2 as nw

from tulevaisuus.findings import expectations, messages
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.frames.engines.expressions import (
    FIRST_DAY,
    any_of,
    as_text,
    euros_as_text,
    is_true,
    shortest_decimal,
    time_as_text,
)
from tulevaisuus.frames.engines.interface import WideDecimal
from tulevaisuus.frames.engines.patterns import (
    ANY_TEXT,
    BLANK_ENDS,
    DAY,
    LONGEST_ID,
    PLAIN_AMOUNT,
    URL,
    has_valid_check_digit,
    set_of_codes_checks,
)
from tulevaisuus.model.business_id import BusinessId
from tulevaisuus.model.field_types import (
    Boolean,
    Date,
    EnumMember,
    FieldType,
    Identifier,
    Money,
    NonBlankText,
    SetOf,
    Url,
    WholeNumber,
)
from tulevaisuus.model.money_and_percent_types import Percent
from tulevaisuus.model.text_number_and_date_types import LIMIT
from tulevaisuus.model.texts_of_fixed_form import TextOf

__all__ = [
    "CellCheck",
    "ParsedColumn",
    "Parsing",
    "WrongType",
    "any_check_fails",
    "parse_column",
]

_CENTS = 100
_MAX_PERCENT = 100


class CellCheck(NamedTuple):
    """A check of the cells of a column: the code of its finding, and which cells are invalid.

    ``any_invalid`` is whether any of all cells may be invalid, where that is faster to compute: for
    numbers and days the smallest and the largest one are enough.
    """

    code: str
    is_invalid: nw.Expr
    any_invalid: nw.Expr | None = None


class ParsedColumn(NamedTuple):
    """The expressions for a column: the values of its cells, their texts, and the checks of them.

    ``value`` is meaningful only where no check marks the cell invalid. The value of an amount is in
    cents. ``value_if_all_valid`` gives the same values faster, but the query may fail if a cell of
    the column is invalid.
    """

    value: nw.Expr
    text: nw.Expr
    checks: tuple[CellCheck, ...] = ()
    value_if_all_valid: nw.Expr | None = None


class WrongType(NamedTuple):
    """A column whose type does not fit its field; ``hint`` is the key of a text on what to do."""

    expected: LocalizedText
    hint: str


Parsing: TypeAlias = ParsedColumn | WrongType
"""The result of parsing a column."""


def parse_column(name: str, dtype: Any, field_type: FieldType) -> Parsing:  # noqa: ANN401 - narwhals' types
    """Return the expressions for a column, or `WrongType` if it cannot be parsed.

    Args:
        name: The name of the column.
        dtype: Its type in the engine, as a type of narwhals.
        field_type: The type of its field.
    """
    column = nw.col(name)
    for types, parse in _PARSERS:
        if isinstance(field_type, types):
            return parse(column, dtype, cast("Any", field_type))
    raise TypeError(f"no column is parsed as {type(field_type).__name__}")


def any_check_fails(checks: Iterable[CellCheck]) -> nw.Expr:
    """Return the condition that at least one of the checks marks a cell invalid."""
    return any_of(check.is_invalid for check in checks)


def _invalid_unless(
    column: nw.Expr, finding_code: str, is_valid: nw.Expr, any_invalid: nw.Expr | None = None
) -> CellCheck:
    """Return the check that a cell is empty or meets a condition.

    Args:
        column: The column.
        finding_code: The code of the finding on a cell that does not.
        is_valid: The condition.
        any_invalid: Whether any cell may fail it, where that is faster to compute.
    """
    return CellCheck(finding_code, ~column.is_null() & ~is_true(is_valid), any_invalid)


def _any_outside(column: nw.Expr, least: nw.Expr | int, most: dt.date | int) -> nw.Expr:
    """Return whether a value of the column is below the least or above the most."""
    return any_of([column.min() < least, column.max() > most])


def _is_text(dtype: Any) -> bool:  # noqa: ANN401 - narwhals' types
    return isinstance(dtype, nw.String | nw.Categorical | nw.Enum)


def _text_of(column: nw.Expr, dtype: Any) -> nw.Expr | None:  # noqa: ANN401 - narwhals' types
    """Return the texts of a column, ``None`` if it is no column of text."""
    if isinstance(dtype, nw.String):
        return column
    return column.cast(nw.String) if _is_text(dtype) else None


def _text_parser(
    finding_code: str,
    expected: Callable[[Any], LocalizedText],
    is_valid: Callable[[nw.Expr, Any], nw.Expr],
    any_invalid: Callable[[nw.Expr], nw.Expr | None] = lambda _: None,
) -> Callable[[nw.Expr, Any, Any], Parsing]:
    """Return a parser of columns of text.

    Args:
        finding_code: The code of the finding on a text.
        expected: What is expected of it, by the type of its field.
        is_valid: The condition that each text must meet.
        any_invalid: Whether any text may fail it, where that is faster to compute.
    """

    def parse(column: nw.Expr, dtype: Any, field_type: Any) -> Parsing:  # noqa: ANN401 - narwhals' types
        """Parse a column of text."""
        text = _text_of(column, dtype)
        if text is None:
            return WrongType(expected(field_type), "read_as_text")
        check = _invalid_unless(column, finding_code, is_valid(text, field_type), any_invalid(text))
        return ParsedColumn(text, text, (check,))

    return parse


def _is_identifier(text: nw.Expr, _: FieldType) -> nw.Expr:
    length = text.str.len_chars()
    return (length >= 1) & (length <= LONGEST_ID) & ~text.str.contains(BLANK_ENDS)


def _any_no_identifier(text: nw.Expr) -> nw.Expr:
    length = text.str.len_chars()
    return text.str.contains(BLANK_ENDS).any() | _any_outside(length, 1, LONGEST_ID)


def _has_form(text: nw.Expr, field_type: TextOf) -> nw.Expr:
    is_valid = text.str.contains(rf"\A(?:{field_type.cls.pattern})\z")
    if issubclass(field_type.cls, BusinessId):
        return is_valid & has_valid_check_digit(nw.when(is_valid).then(text))
    return is_valid


def _codes_of(field_type: EnumMember) -> list[Any]:
    return [member.value for member in field_type.enum]


def _parse_code(column: nw.Expr, dtype: Any, field_type: EnumMember) -> Parsing:  # noqa: ANN401 - narwhals' types
    if field_type.column_type is int:
        return _parse_number(
            column,
            dtype,
            messages.UNKNOWN_CODE.code,
            lambda each: each.is_in(_codes_of(field_type)),
        )
    text = _text_of(column, dtype)
    if text is None:
        return WrongType(expectations.TEXT, "read_as_text")
    return ParsedColumn(
        text,
        text,
        (_invalid_unless(column, messages.UNKNOWN_CODE.code, text.is_in(_codes_of(field_type))),),
    )


def _parse_set_of_codes(column: nw.Expr, dtype: Any, field_type: SetOf) -> Parsing:  # noqa: ANN401 - narwhals' types
    text = _text_of(column, dtype)
    if text is None:
        return WrongType(expectations.TEXT, "read_as_text")
    is_valid, duplicated = set_of_codes_checks(text, _codes_of(cast("EnumMember", field_type.item)))
    is_known = _invalid_unless(column, messages.UNKNOWN_CODE.code, is_valid)
    is_duplicated = CellCheck(messages.DUPLICATE_ELEMENT.code, is_true(duplicated))
    return ParsedColumn(text, text, (is_known, is_duplicated))


def _parse_boolean(column: nw.Expr, dtype: Any, _: FieldType) -> Parsing:  # noqa: ANN401 - narwhals' types
    """Parse a column of booleans; 0 and 1 count as booleans, as some engines have no others."""
    if isinstance(dtype, nw.Boolean):
        text = nw.when(column).then(nw.lit("true")).otherwise(nw.lit("false"))
        return ParsedColumn(column, nw.when(~column.is_null()).then(text))
    if not (dtype.is_integer() or dtype.is_float()):
        return WrongType(expectations.BOOLEAN, "read_as_boolean")
    is_valid = (column == 0) | (column == 1)
    return ParsedColumn(
        column == 1, as_text(column), (_invalid_unless(column, messages.WRONG_TYPE.code, is_valid),)
    )


def _expected_text(_: FieldType) -> LocalizedText:
    return expectations.TEXT


def _expected_form(field_type: TextOf) -> LocalizedText:
    return field_type.cls.expected()


def _parse_integer(column: nw.Expr, dtype: Any, field_type: WholeNumber) -> Parsing:  # noqa: ANN401 - narwhals' types
    """Parse a column of whole numbers from the minimum of the field on."""
    least = field_type.minimum
    return _parse_number(
        column,
        dtype,
        messages.BAD_FORMAT.code,
        lambda each: (each >= least) & (each < LIMIT),
        _any_outside(column, least, LIMIT - 1),
    )


def _parse_number(
    column: nw.Expr,
    dtype: Any,  # noqa: ANN401 - narwhals' types
    finding_code: str,
    is_valid: Callable[[nw.Expr], nw.Expr],
    any_invalid: nw.Expr | None = None,
) -> Parsing:
    """Parse integers; whole floats are accepted, as pandas has integers with nulls as floats."""
    if dtype.is_integer():
        return ParsedColumn(
            column.cast(nw.Int64),
            as_text(column),
            (
                _invalid_unless(column, finding_code, is_valid(column))._replace(
                    any_invalid=any_invalid
                ),
            ),
        )
    if not dtype.is_float():
        return WrongType(expectations.INTEGER, "read_as_number")
    is_whole = is_true((column == column.floor()) & (column > -LIMIT) & (column <= LIMIT))
    number = nw.when(is_whole).then(column).cast(nw.Int64)
    text = nw.when(is_whole).then(as_text(number)).otherwise(as_text(column))
    checks = (
        CellCheck(messages.WRONG_TYPE.code, ~column.is_null() & ~is_whole),
        CellCheck(finding_code, is_whole & ~is_true(is_valid(number))),
    )
    return ParsedColumn(number, text, checks)


def _parse_amount(column: nw.Expr, dtype: Any, field_type: Money) -> Parsing:  # noqa: ANN401 - narwhals' types
    """Parse a column of amounts or percentages, as numbers or as plain texts: ``1250.50``."""
    if isinstance(dtype, nw.String | WideDecimal):
        is_plain = is_true(column.str.contains(PLAIN_AMOUNT))
        number = nw.when(is_plain).then(column).cast(nw.Float64)
        is_text = isinstance(dtype, nw.String)
        template = messages.WRONG_TYPE if is_text else _template(field_type)
        check = CellCheck(template.code, ~column.is_null() & ~is_plain)
        return _parse_hundredths(number, column, field_type, (check,), is_plain)
    if not dtype.is_numeric():
        return WrongType(field_type.expected, "read_as_amount")
    column = column.cast(nw.Float64) if dtype.is_float() else column  # 32 bits round hundredths
    return _parse_hundredths(column, column, field_type, (), ~column.is_null(), dtype)


def _template(field_type: Money) -> messages.MessageTemplate:
    """Return the message about a number that is no amount or percentage."""
    return messages.BAD_FORMAT if isinstance(field_type, Percent) else messages.AMOUNT_OUT_OF_RANGE


def _parse_hundredths(
    number: nw.Expr,
    column: nw.Expr,
    field_type: Money,
    checks: tuple[CellCheck, ...],
    has_number: nw.Expr,
    dtype: Any = None,  # noqa: ANN401 - narwhals' types
) -> Parsing:
    """Parse an amount or percentage as integer hundredths, and flag the cells that have none.

    A float counts as its shortest decimal form: that has at most two decimals if the float is the
    one nearest to a number of hundredths. A decimal is compared with its hundredths exactly.
    """
    largest = _MAX_PERCENT if isinstance(field_type, Percent) else LIMIT
    in_bounds = (number >= 0) & (number <= largest)
    guarded = nw.when(is_true(in_bounds)).then(number)
    value_if_all_valid = any_invalid = None
    least = 0 if field_type.allows_zero else 1
    most = largest * _CENTS - (largest == LIMIT)
    if dtype is not None and dtype.is_integer():
        value_if_all_valid = number.cast(nw.Int64) * _CENTS
        cents = guarded.cast(nw.Int64) * _CENTS
        is_exact = ~cents.is_null()
        any_invalid = _any_outside(number, least, most // _CENTS)
    elif dtype is not None and dtype.is_decimal():
        cents = (guarded * _CENTS).cast(nw.Int64)
        is_exact = cents == guarded * _CENTS
    else:
        cents = (guarded * _CENTS).round(0).cast(nw.Int64)
        # When dividing by a constant, Polars multiplies by its inverse: the last digit may differ.
        is_exact = cents / (guarded * 0 + _CENTS) == guarded
    is_valid = is_true(is_exact & (cents >= least) & (cents <= most))
    is_decimal = dtype is not None and dtype.is_decimal()
    shown = shortest_decimal(as_text(column)) if is_decimal else as_text(column)
    text = nw.when(is_valid).then(euros_as_text(cents)).otherwise(shown)
    check = CellCheck(_template(field_type).code, has_number & ~is_valid, any_invalid)
    return ParsedColumn(cents, text, (*checks, check), value_if_all_valid)


def _parse_date(column: nw.Expr, dtype: Any, _: FieldType) -> Parsing:  # noqa: ANN401 - narwhals' types
    """Parse a column of dates; a point in time must be midnight, and have no time zone."""
    if isinstance(dtype, nw.Date):
        is_valid = (column >= FIRST_DAY) & (column <= dt.date.max)
        outside = _any_outside(column, FIRST_DAY, dt.date.max)
        check = _invalid_unless(column, messages.BAD_FORMAT.code, is_valid, outside)
        return ParsedColumn(column, as_text(column), (check,))
    if isinstance(dtype, nw.Datetime):
        if dtype.time_zone is not None:
            return WrongType(expectations.DATE, "convert_to_date")
        day = column.dt.date()
        is_midnight = is_true(day.cast(nw.Datetime("us")) == column)
        shown = nw.when(is_midnight).then(as_text(day)).otherwise(time_as_text(column))
        return ParsedColumn(
            day, shown, (CellCheck(messages.WRONG_TYPE.code, ~column.is_null() & ~is_midnight),)
        )
    text = _text_of(column, dtype)
    if text is None:
        return WrongType(expectations.DATE, "read_as_date")
    is_valid = is_true(text.str.contains(DAY) & ~text.str.starts_with("0000"))
    day = nw.when(is_valid).then(text).str.to_date(format="%Y-%m-%d")
    return ParsedColumn(
        day, text, (CellCheck(messages.BAD_FORMAT.code, ~column.is_null() & ~is_valid),)
    )


_PARSERS: tuple[tuple[type[FieldType], Callable[[nw.Expr, Any, Any], Parsing]], ...] = (
    (
        Identifier,
        _text_parser(messages.BAD_FORMAT.code, _expected_text, _is_identifier, _any_no_identifier),
    ),
    (
        Url,
        _text_parser(
            messages.BAD_FORMAT.code, _expected_text, lambda text, _: text.str.contains(URL)
        ),
    ),
    (TextOf, _text_parser(messages.BAD_FORMAT.code, _expected_form, _has_form)),
    (
        NonBlankText,
        _text_parser(
            messages.EMPTY_TEXT.code, _expected_text, lambda text, _: text.str.contains(ANY_TEXT)
        ),
    ),
    (EnumMember, _parse_code),
    (SetOf, _parse_set_of_codes),
    (WholeNumber, _parse_integer),
    (Money, _parse_amount),
    (Date, _parse_date),
    (Boolean, _parse_boolean),
)
"""The parser of the columns of each field type; the first that fits is used."""
