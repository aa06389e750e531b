"""pandas and PyArrow: their columns as Arrow's, in types that all engines have.

A column of mixed values, which Arrow rejects or converts, is read value by value: what does not
belong there becomes a text in a column beside it, from which the finding is made.
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
"""The ending of a column with the texts of what could be no cell of the column beside it."""

_LARGEST = 38
"""The most digits of a decimal that all engines read; of a wider one Polars panics."""

_TAKEN: tuple[tuple[type, ...], ...] = ((str,), (bool,), (int,), (int, Decimal), (dt.date,))
"""What values of one column may be, the first that fits the most of them."""


class Arrow(NamedTuple):
    """A table of Arrow, with the names and the types of its columns."""

    table: Any
    names: list[str]
    types: list[str]


def arrow_of_pandas(native: object) -> Arrow:
    """Return the columns of a pandas frame; its index is no column."""
    pa = pyarrow(need=_NEED)
    frame = cast("Any", native)
    columns: dict[str, Any] = {}
    for place, label in enumerate(frame.columns):
        name, column = str(label), frame.iloc[:, place]
        if name in columns:
            continue  # `names_of_pandas` has it
        if _is_mixed(column):
            taken, wrong = _value_by_value(column.tolist())
            columns[name] = pa.array(taken, from_pandas=True)
            columns[name + INVALID_SUFFIX] = pa.array(wrong, pa.string())
        else:
            columns[name] = pa.array(column, from_pandas=True)
    return plain_arrow(pa.table(columns))


def names_of_pandas(native: object) -> tuple[list[str], list[str]]:
    """Return the names of the index, and those that several columns have."""
    frame = cast("Any", native)
    index = [str(each) for each in frame.index.names if each is not None]
    counts = Counter(map(str, frame.columns))
    return index, [name for name, count in counts.items() if count > 1]


def plain_arrow(native: object) -> Arrow:
    """Return a table in which dictionaries are their values and decimals not too wide."""
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
    if pa.types.is_decimal(given) and given.precision > _LARGEST:
        return pa.string()
    return None


def _is_mixed(column: Any) -> bool:  # noqa: ANN401 - a column of pandas
    """Whether values are of several types: of some such columns Arrow would convert a part."""
    if column.dtype != object:
        return False
    values = cast("Iterable[object]", column)
    return len({type(value) for value in values if not _is_nothing(value)}) > 1


def _value_by_value(values: Iterable[object]) -> tuple[list[object], list[str | None]]:
    """Return the values of the commonest type, and the texts of the others beside them."""
    listed = [*values]
    types = [None if _is_nothing(value) else _fitting(value) for value in listed]
    ((kept, _), *_others) = Counter(each for each in types if each is not None).most_common()
    pairs = [*zip(listed, types, strict=True)]
    taken = [value if type_ == kept else None for value, type_ in pairs]
    wrong = [None if type_ in {None, kept} else str(value) for value, type_ in pairs]
    return taken, wrong


def _fitting(value: object) -> int:
    """Return which of the taken types a value is of; a point in time is no day."""
    if isinstance(value, dt.datetime):
        return len(_TAKEN)
    fits = (place for place, types in enumerate(_TAKEN) if isinstance(value, types))
    return next(fits, len(_TAKEN))


def _is_nothing(value: object) -> bool:
    return value is None or (isinstance(value, float) and value != value)  # noqa: PLR0124 - NaN
