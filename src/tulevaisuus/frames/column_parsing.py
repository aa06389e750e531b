"""Schema check: how a column of an engine's type is read as a field, and which cells are invalid.

Nothing is guessed and no cell is converted outside a guard: one that cannot be converted would end
the query in every engine. What is said here of cells follows from the field types of the classes.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeAlias, cast

import narwhals.stable.v2 as nw

from tulevaisuus.findings import expectations
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.frames.expressions import (
    FIRST_DAY,
    any_of,
    as_text,
    euros_as_text,
    is_true,
    shortest_decimal,
    time_as_text,
)
from tulevaisuus.frames.patterns import (
    ANY_TEXT,
    BLANK_ENDS,
    DAY,
    LONGEST_ID,
    PLAIN_AMOUNT,
    URL,
    check_digits,
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
    Scalar,
    SetOf,
    Url,
    WholeNumber,
)
from tulevaisuus.model.percent import Percent
from tulevaisuus.model.scalar_types import LIMIT
from tulevaisuus.model.text_value import TextOf

__all__ = [
    "CellCheck",
    "ParsedColumn",
    "Parsing",
    "WrongType",
    "column_type",
    "is_invalid",
    "parse_column",
]

_CENTS = 100
_WHOLE = 100


class CellCheck(NamedTuple):
    """A check of the cells of a column: the code of what is wrong, and a condition on cells."""

    code: str
    is_invalid: nw.Expr


class ParsedColumn(NamedTuple):
    """How a column is read: the value of a cell, its text, and what may be wrong with it.

    ``value`` is only right if no check finds the cell wrong. Of amounts it is the cents. Where no
    cell of the column is wrong, ``unguarded`` is the same and costs less; elsewhere it may fail.
    """

    value: nw.Expr
    text: nw.Expr
    checks: tuple[CellCheck, ...] = ()
    unguarded: nw.Expr | None = None


class WrongType(NamedTuple):
    """A column of a type that its field cannot be read from; what to do about it is a hint."""

    expected: LocalizedText
    hint: str


Parsing: TypeAlias = ParsedColumn | WrongType


def parse_column(name: str, dtype: Any, field_type: FieldType) -> Parsing:  # noqa: ANN401 - narwhals' types
    """Return how a column is read, or that it cannot be.

    Args:
        name: The name of the column.
        dtype: Its type in the engine, as narwhals calls it.
        field_type: What its field may hold.
    """
    column = nw.col(name)
    for types, read in _READERS:
        if isinstance(field_type, types):
            return read(column, dtype, cast("Any", field_type))
    raise TypeError(f"no column is read as {type(field_type).__name__}")


def _invalid_unless(column: nw.Expr, code: str, right: nw.Expr) -> CellCheck:
    return CellCheck(code, ~column.is_null() & ~is_true(right))


def _is_text(dtype: Any) -> bool:  # noqa: ANN401 - narwhals' types
    return isinstance(dtype, nw.String | nw.Categorical | nw.Enum)


def _as_text(column: nw.Expr, dtype: Any) -> nw.Expr | None:  # noqa: ANN401 - narwhals' types
    if isinstance(dtype, nw.String):
        return column
    return column.cast(nw.String) if _is_text(dtype) else None


def _text_reader(
    code: str, expected: Callable[[Any], LocalizedText], right: Callable[[nw.Expr, Any], nw.Expr]
) -> Callable[[nw.Expr, Any, Any], Parsing]:
    """Return what reads columns of texts that must be right."""

    def read(column: nw.Expr, dtype: Any, field_type: Any) -> Parsing:  # noqa: ANN401 - narwhals' types
        """Read a column of text."""
        text = _as_text(column, dtype)
        if text is None:
            return WrongType(expected(field_type), "as_text")
        return ParsedColumn(text, text, (_invalid_unless(column, code, right(text, field_type)),))

    return read


def _is_identifier(text: nw.Expr, _: FieldType) -> nw.Expr:
    length = text.str.len_chars()
    return (length >= 1) & (length <= LONGEST_ID) & ~text.str.contains(BLANK_ENDS)


def _matches(text: nw.Expr, field_type: TextOf) -> nw.Expr:
    right = text.str.contains(rf"\A(?:{field_type.cls.pattern})\z")
    if issubclass(field_type.cls, BusinessId):
        return right & check_digits(nw.when(right).then(text))
    return right


def _codes(field_type: EnumMember) -> list[Any]:
    return [member.value for member in field_type.enum]


def _read_code(column: nw.Expr, dtype: Any, field_type: EnumMember) -> Parsing:  # noqa: ANN401 - narwhals' types
    if field_type.column_type is int:
        return _read_number(column, dtype, "TSK005", lambda each: each.is_in(_codes(field_type)))
    text = _as_text(column, dtype)
    if text is None:
        return WrongType(expectations.TEXT, "as_text")
    return ParsedColumn(
        text, text, (_invalid_unless(column, "TSK005", text.is_in(_codes(field_type))),)
    )


def _read_codes(column: nw.Expr, dtype: Any, field_type: SetOf) -> Parsing:  # noqa: ANN401 - narwhals' types
    text = _as_text(column, dtype)
    if text is None:
        return WrongType(expectations.TEXT, "as_text")
    right, duplicated = set_of_codes_checks(text, _codes(cast("EnumMember", field_type.item)))
    is_duplicated = CellCheck("TSK008", is_true(duplicated))
    return ParsedColumn(text, text, (_invalid_unless(column, "TSK005", right), is_duplicated))


def _read_whole(column: nw.Expr, dtype: Any, field_type: WholeNumber) -> Parsing:  # noqa: ANN401 - narwhals' types
    least = field_type.minimum
    return _read_number(column, dtype, "TSK006", lambda each: (each >= least) & (each < LIMIT))


def _read_number(
    column: nw.Expr,
    dtype: Any,  # noqa: ANN401 - narwhals' types
    code: str,
    right: Callable[[nw.Expr], nw.Expr],
) -> Parsing:
    """Read whole numbers; where pandas had nulls they come as floats, which are whole too."""
    if dtype.is_integer():
        return ParsedColumn(
            column.cast(nw.Int64), as_text(column), (_invalid_unless(column, code, right(column)),)
        )
    if not dtype.is_float():
        return WrongType(expectations.INTEGER, "as_number")
    is_whole = is_true((column == column.floor()) & (column > -LIMIT) & (column <= LIMIT))
    number = nw.when(is_whole).then(column).cast(nw.Int64)
    text = nw.when(is_whole).then(as_text(number)).otherwise(as_text(column))
    checks = (
        CellCheck("TSK002", ~column.is_null() & ~is_whole),
        CellCheck(code, is_whole & ~is_true(right(number))),
    )
    return ParsedColumn(number, text, checks)


def _read_amount(column: nw.Expr, dtype: Any, field_type: Money) -> Parsing:  # noqa: ANN401 - narwhals' types
    if isinstance(dtype, nw.String):
        is_plain = is_true(column.str.contains(PLAIN_AMOUNT))
        number = nw.when(is_plain).then(column).cast(nw.Float64)
        check = CellCheck("TSK002", ~column.is_null() & ~is_plain)
        return _read_euros(number, column, field_type, (check,), is_plain)
    if not dtype.is_numeric():
        return WrongType(field_type.expected, "as_amount")
    return _read_euros(column, column, field_type, (), ~column.is_null(), dtype)


def _read_euros(
    number: nw.Expr,
    column: nw.Expr,
    field_type: Money,
    checks: tuple[CellCheck, ...],
    given: nw.Expr,
    dtype: Any = None,  # noqa: ANN401 - narwhals' types
) -> Parsing:
    """Read euros as cents where they are such, and say of which cells they are not.

    Of a float its shortest decimal form counts: it has two decimals if the number is the nearest
    one to its cents. A decimal is compared with its cents exactly.
    """
    largest = _WHOLE if isinstance(field_type, Percent) else LIMIT
    code = "TSK006" if isinstance(field_type, Percent) else "TSK012"
    in_bounds = (number >= 0) & (number <= largest)
    guarded = nw.when(is_true(in_bounds)).then(number)
    unguarded = None
    if dtype is not None and dtype.is_integer():
        unguarded = number.cast(nw.Int64) * _CENTS
        cents = guarded.cast(nw.Int64) * _CENTS
        is_exact = ~cents.is_null()
    elif dtype is not None and dtype.is_decimal():
        cents = (guarded * _CENTS).cast(nw.Int64)
        is_exact = cents == guarded * _CENTS
    else:
        cents = (guarded * _CENTS).round(0).cast(nw.Int64)
        # By a constant Polars multiplies with its inverse, which is off by a last digit.
        is_exact = cents / (guarded * 0 + _CENTS) == guarded
    least = 0 if field_type.allows_zero else 1
    most = largest * _CENTS - (largest == LIMIT)
    right = is_true(is_exact & (cents >= least) & (cents <= most))
    is_decimal = dtype is not None and dtype.is_decimal()
    shown = shortest_decimal(as_text(column)) if is_decimal else as_text(column)
    text = nw.when(right).then(euros_as_text(cents)).otherwise(shown)
    return ParsedColumn(cents, text, (*checks, CellCheck(code, given & ~right)), unguarded)


def _read_day(column: nw.Expr, dtype: Any, _: FieldType) -> Parsing:  # noqa: ANN401 - narwhals' types
    if isinstance(dtype, nw.Date):
        right = (column >= FIRST_DAY) & (column <= dt.date.max)
        return ParsedColumn(column, as_text(column), (_invalid_unless(column, "TSK006", right),))
    if isinstance(dtype, nw.Datetime):
        if dtype.time_zone is not None:
            return WrongType(expectations.DATE, "to_date")
        day = column.dt.date()
        is_midnight = is_true(day.cast(nw.Datetime("us")) == column)
        shown = nw.when(is_midnight).then(as_text(day)).otherwise(time_as_text(column))
        return ParsedColumn(day, shown, (CellCheck("TSK002", ~column.is_null() & ~is_midnight),))
    text = _as_text(column, dtype)
    if text is None:
        return WrongType(expectations.DATE, "as_date")
    right = is_true(text.str.contains(DAY) & ~text.str.starts_with("0000"))
    day = nw.when(right).then(text).str.to_date(format="%Y-%m-%d")
    return ParsedColumn(day, text, (CellCheck("TSK006", ~column.is_null() & ~right),))


def _read_truth(column: nw.Expr, dtype: Any, _: FieldType) -> Parsing:  # noqa: ANN401 - narwhals' types
    if isinstance(dtype, nw.Boolean):
        text = nw.when(column).then(nw.lit("true")).otherwise(nw.lit("false"))
        return ParsedColumn(column, nw.when(~column.is_null()).then(text))
    if not (dtype.is_integer() or dtype.is_float()):
        return WrongType(expectations.BOOLEAN, "as_truth")
    right = (column == 0) | (column == 1)
    return ParsedColumn(column == 1, as_text(column), (_invalid_unless(column, "TSK002", right),))


def _expected_text(_: FieldType) -> LocalizedText:
    return expectations.TEXT


def _expected_form(field_type: TextOf) -> LocalizedText:
    return field_type.cls.expected()


_READERS: tuple[tuple[type[FieldType], Callable[[nw.Expr, Any, Any], Parsing]], ...] = (
    (Identifier, _text_reader("TSK006", _expected_text, _is_identifier)),
    (Url, _text_reader("TSK006", _expected_text, lambda text, _: text.str.contains(URL))),
    (TextOf, _text_reader("TSK006", _expected_form, _matches)),
    (
        NonBlankText,
        _text_reader("TSK013", _expected_text, lambda text, _: text.str.contains(ANY_TEXT)),
    ),
    (EnumMember, _read_code),
    (SetOf, _read_codes),
    (WholeNumber, _read_whole),
    (Money, _read_amount),
    (Date, _read_day),
    (Boolean, _read_truth),
)
"""What reads a column of each field type; the first that fits."""


def is_invalid(checks: Iterable[CellCheck]) -> nw.Expr:
    """Whether any of the checks finds a cell wrong."""
    return any_of(check.is_invalid for check in checks)


def column_type(field_type: FieldType) -> type:
    """Return the Python type of the cells of a column."""
    return field_type.column_type if isinstance(field_type, Scalar) else str
