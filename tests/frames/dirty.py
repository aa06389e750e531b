"""Dense documents with wrong cells, as rows, and what both ways of checking find in them.

Rows are spoilt in one of their cells: by a text, a number or a day that its field does not take, by
none where one is required, by the key or the position of another row. So are rows of lists.
"""

import datetime as dt
import random
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import tulevaisuus as tul
from tests.frames.agreement import ORDER, Found, Rows, found_in, rows_of, tables_of, violations_of
from tests.frames.dense import dense, redefined, together
from tulevaisuus import frames
from tulevaisuus.formats.row_reading import read_rows
from tulevaisuus.frames.tables.code_lists import python_row
from tulevaisuus.frames.tables.schemas import SCHEMAS, TableSchema
from tulevaisuus.frames.tables.tables_with_facts import DATA_REGISTERS

__all__ = ["Compared", "compared", "dirty_rows"]

_TEXTS = (None, "", " ", "a\x00", "unheard of", "fi", "sv", "2021-02-30", "-1", "1250,5")
_WRONG: dict[type, Sequence[Any]] = {
    str: _TEXTS,
    int: (None, -1, 0, 3, 99),
    bool: (None, True, False),
    dt.date: (None, dt.date(2030, 1, 1), dt.date(1999, 1, 1)),
    Decimal: (None, Decimal(0), Decimal(-1), Decimal("0.01")),
}
_AS_TEXT = {dt.date: ("2021-02-30", "1.1.2021"), Decimal: ("1250,5", "0.001", "-1")}
"""What a column of text has in place of days and amounts."""


class Compared(NamedTuple):
    """What only objects have, what only frames have, and what only one of both leaves unchecked."""

    objects: Found
    frames: Found
    unchecked: "Counter[str]"
    skipped: set[str]


def dirty_rows(seed: int, documents: int, share: float = 0.05) -> Rows:
    """Return the rows of some dense documents, of which a share is spoilt in a cell.

    Args:
        seed: What is drawn by.
        documents: How many documents there are.
        share: How many of all rows are spoilt.
    """
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    first = seed * documents
    rows = rows_of(together([redefined(seed), *map(dense, range(first, first + documents))]))
    for name, listed in rows.items():
        if SCHEMAS[name].main_table in DATA_REGISTERS:
            _write_as_text(SCHEMAS[name], listed, chance)
            for row in listed:
                if chance.random() < share:
                    _spoil(SCHEMAS[name], row, listed, chance)
            if SCHEMAS[name].is_list and listed:
                listed.append(_stray(SCHEMAS[name], chance.choice(listed)))
    return rows


def _write_as_text(
    schema: TableSchema, listed: Sequence[dict[str, Any]], chance: random.Random
) -> None:
    """Write some columns of days and amounts as text, a few of their cells wrongly."""
    for column, type_ in schema.table.types().items():
        if type_ in _AS_TEXT and chance.random() < 0.3:
            for row in listed:
                if row.get(column) is not None:
                    row[column] = str(row[column])
                    if chance.random() < 0.03:
                        row[column] = chance.choice(_AS_TEXT[type_])


def _stray(schema: TableSchema, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of a list that belongs to no entity."""
    (key,) = schema.key_columns
    return {**row, key: "nobody", **dict.fromkeys(schema.position_columns, 1)}


def _spoil(
    schema: TableSchema,
    row: dict[str, Any],
    listed: Sequence[dict[str, Any]],
    chance: random.Random,
) -> None:
    """Put a wrong cell into a row, or one of another row.

    Positions in lists stay: objects number their elements anew. So do keys of entities with lists
    that may be unknown: of two rows with one key, the first has the list.
    """
    types = schema.table.types()
    has_known = any(each.known_column for each in schema.table.lists)
    kept = {*schema.table.owner_columns, *(schema.key_columns if has_known else ())}
    column = chance.choice([each for each in types if each not in kept])
    type_ = types[column]
    is_text = any(isinstance(each.get(column), str) for each in listed)
    if chance.random() < 0.2:
        row[column] = chance.choice(listed).get(column)
    elif is_text and type_ is not str:
        row[column] = chance.choice((None, *_AS_TEXT[type_]))
    else:
        row[column] = chance.choice(_WRONG[type_])


def compared(rows: Rows, make: Any, **options: Any) -> Compared:  # noqa: ANN401 - an engine, and as `check`
    """Compare what both ways of checking find in the same rows."""
    plain = {
        name: [python_row(row, SCHEMAS[name]) for row in listed] for name, listed in rows.items()
    }
    report = tul.check(read_rows(plain), limit=10**6, **options)
    objects = violations_of(report, plain)
    checked = frames.check(make(tables_of(rows)), order=ORDER, **options)
    own, own_report = found_in(checked.violations), checked.report(10**6)
    pairs = [Counter(each.subject for each in r.unchecked) for r in (report, own_report)]
    unchecked = (pairs[0] - pairs[1]) + (pairs[1] - pairs[0])
    skipped = {*report.skipped} ^ {*own_report.skipped}
    return Compared(objects - own, own - objects, unchecked, skipped)
