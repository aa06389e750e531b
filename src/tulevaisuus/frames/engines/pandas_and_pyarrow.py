"""Converts columns of pandas and PyArrow to columns of Arrow, in types that all engines have.

Arrow rejects or converts columns of mixed values. So they are read value by value: a value of a
wrong type becomes null, and its text is put into a second column, from which the finding is made.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple, cast

from tulevaisuus._optional_libraries import pyarrow

__all__ = [
    "INVALID_SUFFIX",
    "Arrow",
    "arrow_of_pandas",
    "names_of_pandas",
    "plain_arrow",
]

_NEED = "checking frames of pandas needs pyarrow, of the extra arrow"

INVALID_SUFFIX = "\x1fwrong"
"""The suffix of the name of the second column, with the texts of values of a wrong type."""

_MAX_DIGITS = 38
"""The maximum number of digits of a decimal: Polars crashes on wider ones."""

_TYPES_OF_COLUMNS: tuple[tuple[type, ...], ...] = (
    (str,),
    (bool,),
    (int,),
    (int, Decimal),
    (dt.date,),
)
"""The types that the values of one column may have together."""


class Arrow(NamedTuple):
    """A table of Arrow, with the names and types of its columns."""

    table: Any
    names: list[str]
    types: list[str]


def arrow_of_pandas(native: object) -> Arrow:
    """Convert the columns of a pandas frame; the index is not one of them."""
    pa = pyarrow(need=_NEED)
    frame = cast("Any", native)
    columns: dict[str, Any] = {}
    for place, label in enumerate(frame.columns):
        name, column = str(label), frame.iloc[:, place]
        if name in columns:
            continue  # `names_of_pandas` returns repeated names
        if _is_mixed(column):
            kept_values, wrong = _value_by_value(column.tolist())
            columns[name] = pa.array(kept_values, from_pandas=True)
            columns[name + INVALID_SUFFIX] = pa.array(wrong, pa.string())
        else:
            columns[name] = pa.array(column, from_pandas=True)
    return plain_arrow(pa.table(columns))


def names_of_pandas(native: object) -> tuple[list[str], list[str]]:
    """Return the names of the index, and the names of repeated columns."""
    frame = cast("Any", native)
    index = [str(each) for each in frame.index.names if each is not None]
    counts = Counter(map(str, frame.columns))
    return index, [name for name, count in counts.items() if count > 1]


def plain_arrow(native: object) -> Arrow:
    """Return a table without dictionary types and without decimals that are too wide."""
    pa = pyarrow(need=_NEED)
    table = cast("Any", native)
    for place, field in enumerate(table.schema):
        plain = _plain_type(pa, field.type)
        if plain is not None:
            table = table.set_column(place, field.name, table.column(place).cast(plain))
    return Arrow(table, [*table.schema.names], [str(each) for each in table.schema.types])


def _plain_type(pa: Any, given: Any) -> Any:  # noqa: ANN401 - pyarrow's types
    if pa.types.is_dictionary(given):
        return given.value_type
    if pa.types.is_decimal(given) and given.precision > _MAX_DIGITS:
        return pa.string()
    return None


def _is_mixed(column: Any) -> bool:  # noqa: ANN401 - a column of pandas
    """Return whether a column has values of several types; Arrow would convert some of them."""
    if column.dtype != object:
        return False
    values = cast("Iterable[object]", column)
    return len({type(value) for value in values if not _is_nothing(value)}) > 1


def _value_by_value(values: Iterable[object]) -> tuple[list[object], list[str | None]]:
    """Return the values of the most common type, and the texts of all other values."""
    listed = [*values]
    types = [None if _is_nothing(value) else _column_type_of(value) for value in listed]
    ((kept_type, _), *_others) = Counter(each for each in types if each is not None).most_common()
    pairs = [*zip(listed, types, strict=True)]
    kept_values = [value if type_ == kept_type else None for value, type_ in pairs]
    wrong = [None if type_ in {None, kept_type} else str(value) for value, type_ in pairs]
    return kept_values, wrong


def _column_type_of(value: object) -> int:
    """Return the index of the type of a value in `_TYPES_OF_COLUMNS`; a `datetime` is no date."""
    if isinstance(value, dt.datetime):
        return len(_TYPES_OF_COLUMNS)
    fits = (place for place, types in enumerate(_TYPES_OF_COLUMNS) if isinstance(value, types))
    return next(fits, len(_TYPES_OF_COLUMNS))


def _is_nothing(value: object) -> bool:
    return value is None or (isinstance(value, float) and value != value)  # noqa: PLR0124 - NaN
