"""Parses the columns of data frames by the field types of the classes, and finds invalid cells.

Nothing is guessed. Each conversion of cells is guarded by a condition, as a cell that cannot be
converted would end the query in every engine. Numbers are parsed in ``number_columns.py``, dates in
``date_columns.py``.
"""

from collections.abc import Callable
from typing import Any, cast

import narwhals.stable.v2 as nw

from tulevaisuus.findings import expectations, messages
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.frames.engines.expressions import as_text, is_true
from tulevaisuus.frames.engines.patterns import (
    ANY_TEXT,
    BLANK_ENDS,
    LONGEST_ID,
    URL,
    check_digits,
    set_of_codes_checks,
)
from tulevaisuus.frames.tables.date_columns import parse_date
from tulevaisuus.frames.tables.number_columns import (
    parse_amount,
    parse_integer,
    parse_number,
)
from tulevaisuus.frames.tables.parsed_column import (
    CellCheck,
    ParsedColumn,
    Parsing,
    WrongType,
    any_outside,
    invalid_unless,
    text_of,
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
from tulevaisuus.model.texts_of_fixed_form import TextOf

__all__ = ["column_type", "parse_column"]


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


def _text_parser(
    finding_code: str,
    expected: Callable[[Any], LocalizedText],
    right: Callable[[nw.Expr, Any], nw.Expr],
    any_invalid: Callable[[nw.Expr], nw.Expr | None] = lambda _: None,
) -> Callable[[nw.Expr, Any, Any], Parsing]:
    """Return a parser of columns of text.

    Args:
        finding_code: The code of the finding on a text.
        expected: What is expected of it, by the type of its field.
        right: The condition that each text must meet.
        any_invalid: Whether one of all texts may fail it, where that takes less.
    """

    def parse(column: nw.Expr, dtype: Any, field_type: Any) -> Parsing:  # noqa: ANN401 - narwhals' types
        """Parse a column of text."""
        text = text_of(column, dtype)
        if text is None:
            return WrongType(expected(field_type), "read_as_text")
        check = invalid_unless(column, finding_code, right(text, field_type), any_invalid(text))
        return ParsedColumn(text, text, (check,))

    return parse


def _is_identifier(text: nw.Expr, _: FieldType) -> nw.Expr:
    length = text.str.len_chars()
    return (length >= 1) & (length <= LONGEST_ID) & ~text.str.contains(BLANK_ENDS)


def _any_no_identifier(text: nw.Expr) -> nw.Expr:
    length = text.str.len_chars()
    return text.str.contains(BLANK_ENDS).any() | any_outside(length, 1, LONGEST_ID)


def _has_form(text: nw.Expr, field_type: TextOf) -> nw.Expr:
    right = text.str.contains(rf"\A(?:{field_type.cls.pattern})\z")
    if issubclass(field_type.cls, BusinessId):
        return right & check_digits(nw.when(right).then(text))
    return right


def _codes_of(field_type: EnumMember) -> list[Any]:
    return [member.value for member in field_type.enum]


def _parse_code(column: nw.Expr, dtype: Any, field_type: EnumMember) -> Parsing:  # noqa: ANN401 - narwhals' types
    if field_type.column_type is int:
        return parse_number(
            column,
            dtype,
            messages.UNKNOWN_CODE.code,
            lambda each: each.is_in(_codes_of(field_type)),
        )
    text = text_of(column, dtype)
    if text is None:
        return WrongType(expectations.TEXT, "read_as_text")
    return ParsedColumn(
        text,
        text,
        (invalid_unless(column, messages.UNKNOWN_CODE.code, text.is_in(_codes_of(field_type))),),
    )


def _parse_set_of_codes(column: nw.Expr, dtype: Any, field_type: SetOf) -> Parsing:  # noqa: ANN401 - narwhals' types
    text = text_of(column, dtype)
    if text is None:
        return WrongType(expectations.TEXT, "read_as_text")
    right, duplicated = set_of_codes_checks(text, _codes_of(cast("EnumMember", field_type.item)))
    is_duplicated = CellCheck(messages.DUPLICATE_ELEMENT.code, is_true(duplicated))
    return ParsedColumn(
        text, text, (invalid_unless(column, messages.UNKNOWN_CODE.code, right), is_duplicated)
    )


def _parse_boolean(column: nw.Expr, dtype: Any, _: FieldType) -> Parsing:  # noqa: ANN401 - narwhals' types
    """Parse a column of booleans; 0 and 1 count as booleans, as some engines have no others."""
    if isinstance(dtype, nw.Boolean):
        text = nw.when(column).then(nw.lit("true")).otherwise(nw.lit("false"))
        return ParsedColumn(column, nw.when(~column.is_null()).then(text))
    if not (dtype.is_integer() or dtype.is_float()):
        return WrongType(expectations.BOOLEAN, "read_as_boolean")
    right = (column == 0) | (column == 1)
    return ParsedColumn(
        column == 1, as_text(column), (invalid_unless(column, messages.WRONG_TYPE.code, right),)
    )


def _expected_text(_: FieldType) -> LocalizedText:
    return expectations.TEXT


def _expected_form(field_type: TextOf) -> LocalizedText:
    return field_type.cls.expected()


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
    (WholeNumber, parse_integer),
    (Money, parse_amount),
    (Date, parse_date),
    (Boolean, _parse_boolean),
)
"""The parser of the columns of each field type; the first that fits is used."""


def column_type(field_type: FieldType) -> type:
    """Return the Python type of the cells of a column."""
    return field_type.column_type if isinstance(field_type, Scalar) else str
