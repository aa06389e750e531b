"""Converts columns of pandas and PyArrow to columns of Arrow, in types that all engines have.

Arrow rejects or converts columns of mixed values. So they are read value by value: a value of a
wrong type becomes null, and its text is put into a second column, from which the finding is made.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Context, Decimal
from typing import Any, NamedTuple, cast

from tulevaisuus._optional_libraries import pyarrow
from tulevaisuus.findings.found_values import is_missing, quote
from tulevaisuus.frames.engines.interface import MAX_SCALE

__all__ = [
    "INVALID_SUFFIX",
    "ArrowTable",
    "arrow_of_pandas",
    "names_of_pandas",
    "plain_arrow",
    "repeated_names",
]

_NEED = "checking frames of pandas needs pyarrow, of the extra arrow"
"""The beginning of the message if PyArrow is not installed."""

INVALID_SUFFIX = "\x1fwrong"
"""The suffix of the name of the second column, with the texts of values of a wrong type."""

_BITS = 64
"""The size of an integer, with its sign."""

_MAX_DIGITS = 38
"""The maximum number of digits of a decimal: Polars crashes on wider ones.

It is also the maximum before and after the point of the decimals of a column, together 76.
"""

_MAX_BITS_SHOWN = 1000
"""Of a larger integer only the size is shown; Python does not write very large ones."""

_EXACT = Context(prec=76)
"""A decimal context that does not round the widest decimals of Arrow."""

_TYPES_OF_COLUMNS: tuple[tuple[type, ...], ...] = (
    (str,),
    (bool,),
    (int, float, Decimal),
    (dt.date,),
)
"""The types that the values of one column may have together."""

_TYPES_FOR_ARROW = frozenset({type(None), *(each for types in _TYPES_OF_COLUMNS for each in types)})
"""The types whose missing values Arrow knows: ``None``, and NaN as a float or a decimal."""

_NUMBERS = 2
"""The index of the numbers in `_TYPES_OF_COLUMNS`."""


class ArrowTable(NamedTuple):
    """A table of Arrow, with the names and types of its columns.

    ``decimals`` are the columns of decimals that it has as text.
    """

    table: Any
    names: list[str]
    types: list[str]
    decimals: list[str]


def arrow_of_pandas(native: object) -> ArrowTable:
    """Convert the columns of a pandas frame; the index is not one of them."""
    pa = pyarrow(need=_NEED)
    frame = cast("Any", native)
    columns: dict[str, Any] = {}
    for index, label in enumerate(frame.columns):
        name = str(label)
        if name in columns:
            continue  # `names_of_pandas` returns repeated names
        column = frame.iloc[:, index]
        is_of_objects = column.dtype == object
        values = _objects_with_nulls(column) if is_of_objects else column
        array = None if is_of_objects and _are_mixed(values) else _converted(pa, values)
        if array is None:
            array, columns[name + INVALID_SUFFIX] = _read_one_by_one(pa, [*values])
        elif array.null_count == len(column) > 0:
            array = pa.nulls(len(column))  # the type of a column without values means nothing
        columns[name] = array
    return plain_arrow(pa.table(columns))


def _converted(pa: Any, values: object) -> Any:  # noqa: ANN401 - pyarrow
    """Return an array of values, or ``None`` if Arrow has no type for them."""
    try:
        return pa.array(values, from_pandas=True)
    except (pa.ArrowException, OverflowError, UnicodeError, TypeError):
        return None


def _read_one_by_one(pa: Any, values: list[object]) -> tuple[Any, Any]:  # noqa: ANN401 - pyarrow
    """Return an array of the values that have one type, and an array of the texts of the others."""
    kept_values, wrong = _value_by_value(values)
    has_values = any(value is not None for value in kept_values)
    array = _converted(pa, kept_values) if has_values else None
    if array is None:
        array = pa.nulls(len(values), pa.string())
        wrong = [None if _is_null(value) else _as_text(value) for value in values]
    return array, pa.array(wrong, pa.string())


def _as_text(value: object) -> str:
    """Return the text of a value, with lone surrogates written out: Arrow has none of them."""
    if isinstance(value, int) and value.bit_length() > _MAX_BITS_SHOWN:
        return quote(value)
    return str(value).encode(errors="backslashreplace").decode()


def names_of_pandas(native: object) -> tuple[list[str], list[str]]:
    """Return the names of the index, and the names of repeated columns."""
    frame = cast("Any", native)
    index = [str(each) for each in frame.index.names if each is not None]
    return index, repeated_names(map(str, frame.columns))


def repeated_names(names: Iterable[str]) -> list[str]:
    """Return the names that several columns have."""
    return [name for name, count in Counter(names).items() if count > 1]


def plain_arrow(native: object) -> ArrowTable:
    """Return a table without dictionary types and without decimals that are too wide or exact.

    Of columns with the same name, it has the first.

    Raises:
        TypeError: A column has a type that no engine can read.
    """
    pa = pyarrow(need=_NEED)
    table = cast("Any", native)
    names = [*table.schema.names]
    table = table.select([names.index(name) for name in dict.fromkeys(names)])
    decimals = [field.name for field in table.schema if _is_too_exact(pa, field.type)]
    for index, field in enumerate(table.schema):
        plain = _plain_column(pa, table.column(index))
        if plain is not None:
            table = table.set_column(index, field.name, plain)
    types = [str(each) for each in table.schema.types]
    return ArrowTable(table, [*table.schema.names], types, decimals)


def _plain_column(pa: Any, column: Any) -> Any:  # noqa: ANN401 - pyarrow's column
    """Return a column in a type that engines can read, or ``None`` if it has one."""
    given = column.type
    if pa.types.is_union(given) or given == pa.month_day_nano_interval():
        raise TypeError(f"no column of Arrow's type {given} can be checked: convert or remove it")
    if pa.types.is_dictionary(given):
        return column.cast(given.value_type)
    if pa.types.is_run_end_encoded(given):
        return pyarrow("pyarrow.compute", _NEED).run_end_decode(column)
    if _is_too_exact(pa, given):
        return pa.array(map(_plain_decimal, column.to_pylist()), pa.string())
    return None


def _is_too_exact(pa: Any, given: Any) -> bool:  # noqa: ANN401 - pyarrow
    """Whether a hundred times a decimal of this type is too large for the engines."""
    if not pa.types.is_decimal(given):
        return False
    return bool(given.precision > _MAX_DIGITS or given.scale > MAX_SCALE)


def _plain_decimal(value: Decimal | None) -> str | None:
    """Return the shortest text of a decimal, without an exponent."""
    return None if value is None else f"{value.normalize(_EXACT):f}"


def _objects_with_nulls(column: Any) -> list[object]:  # noqa: ANN401 - a column of pandas
    """Return the values of a column of objects, with ``None`` for each missing value.

    Arrow does not know all missing values, such as a ``NaT`` among dates.
    """
    values = cast("list[object]", column.tolist())
    if {*map(type, values)} <= _TYPES_FOR_ARROW:  # nearly always: then no value needs a look
        return values
    return [None if _is_null(value) else value for value in values]


def _are_mixed(values: list[object]) -> bool:
    """Return whether values have several types; Arrow would convert some of them."""
    types = {*map(type, values)} - {type(None)}
    if len(types) > 1:
        types = {type(value) for value in values if not _is_null(value)}
    return len(types) > 1


def _value_by_value(values: Iterable[object]) -> tuple[list[object], list[str | None]]:
    """Return the values of the most common type, and the texts of all other values."""
    listed = [*values]
    types = [None if _is_null(value) else _column_type_of(value) for value in listed]
    counts = Counter(each for each in types if each is not None)
    # Values that have no type of Arrow are kept only if there are no others.
    kept_type = max(
        counts, key=lambda each: (each < len(_TYPES_OF_COLUMNS), counts[each]), default=None
    )
    kept = [
        value if type_ == kept_type else None for value, type_ in zip(listed, types, strict=True)
    ]
    if kept_type == _NUMBERS:
        kept = _numbers_of_one_type(kept)
    return kept, [*map(_text_if_left_out, listed, kept)]


def _text_if_left_out(value: object, kept: object) -> str | None:
    """Return the text of a value that is not kept; ``None`` for one that is kept, and for null."""
    return _as_text(value) if kept is None and not _is_null(value) else None


def _numbers_of_one_type(numbers: list[Any]) -> list[object]:
    """Return integers, floats and decimals as numbers of one type; ``None`` if one does not fit.

    Arrow has no integers of more than 64 bits. They are floats here: no field has such numbers, and
    the finding on one is that it is out of range.
    """
    given = [each for each in numbers if each is not None]
    convert: Callable[[Any], object]
    if any(isinstance(each, Decimal) for each in given):
        convert = _to_decimal
    elif all(isinstance(each, int) and each.bit_length() < _BITS for each in given):
        return numbers
    else:
        convert = _to_float
    return [None if each is None else convert(each) for each in numbers]


def _to_decimal(number: float | Decimal) -> Decimal | None:
    """Return a number as a decimal, a float by its shortest form, unless it has too many digits."""
    decimal = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    exponent = decimal.as_tuple().exponent
    fits = isinstance(exponent, int) and exponent >= -_MAX_DIGITS
    return decimal if fits and decimal.adjusted() < _MAX_DIGITS else None


def _to_float(number: float) -> float | None:
    try:
        return float(number)
    except OverflowError:
        return None


def _column_type_of(value: object) -> int:
    """Return the index of the type of a value in `_TYPES_OF_COLUMNS`; a `datetime` is no date.

    Texts with lone surrogates have no type in Arrow.
    """
    if isinstance(value, dt.datetime) or _has_surrogate(value):
        return len(_TYPES_OF_COLUMNS)
    fits = (index for index, types in enumerate(_TYPES_OF_COLUMNS) if isinstance(value, types))
    return next(fits, len(_TYPES_OF_COLUMNS))


def _has_surrogate(value: object) -> bool:
    return isinstance(value, str) and _as_text(value) != value


def _is_null(value: object) -> bool:
    return value is None or is_missing(value)
