"""Wrong cells of every type in every column, and what the readers of rows and frames find in them.

Each table has columns of one type except for its keys; the cells are chosen at random from valid
and invalid values at the bounds of all fields.
"""

import datetime as dt
import functools
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

import pyarrow as pa

from tests.frames.agreement import ENGINES, Found, found_in
from tulevaisuus import frames
from tulevaisuus.findings import json_pointers
from tulevaisuus.formats.limits import Limits
from tulevaisuus.formats.row_reading import read_rows
from tulevaisuus.frames.tables.code_lists import cell_text, python_row
from tulevaisuus.frames.tables.finding_places import address_of
from tulevaisuus.frames.tables.schemas import SCHEMAS, TableSchema
from tulevaisuus.frames.tables.tables_with_facts import DATA_REGISTERS
from tulevaisuus.model.field_types import Ref

__all__ = ["CODES", "TYPES", "Difference", "RandomTables", "compare", "random_tables"]

CODES = ("TSK002", "TSK003", "TSK005", "TSK006", "TSK008", "TSK011", "TSK012", "TSK013")
"""What cells alone can break; of TSK005 the codes of enums, as references need registers."""

_TEXTS = (
    *("", " ", "a ", " a", "\u00a0x", "x\u2003", "x\x00y", "x\ty", "a\n", "\n", "a\u2028b", "\x85"),
    *("a" * 200, "a" * 201, "ä" * 200, "\U0001f600", "p\u200b", "\ufeffx", "o'x", 'o"x', "\\", "%"),
    *("2021-02-28", "2021-02-29", "2020-02-29", "1900-02-29", "2000-02-29", "2021-2-9", "20210228"),
    *("0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2021-02-28 ", "2021-13-01"),
    *(
        "2021-04-31",
        "2021-00-10",
        "2021-01-00",
        "\uff12\uff10\uff12\uff11-01-01",
        "2021-01-01T00:00",
        "2021-W01-1",
    ),
    *("0", "1", "01", "1.5", "1.50", "1.005", "1.", ".5", "-1", "+1", "1e3", "1,5", "1 000"),
    *("0.01",),
    *(
        "0.00",
        "999999999999",
        "999999999999.99",
        "1000000000000",
        "NaN",
        "\uff11",
        "\u0663",
        "0.001",
    ),
    *("true", "false", "granted", "Granted", "exact", "city", "fi", "sv", "en", "sv en", "en sv"),
    *("sv sv", "en\u00a0sv", "sv,en", " sv", "sv ", "sv fi", "http://x", "https://x y", "https://"),
    *("ftp://x", "HTTPS://x", "https://x\n", "https://ä/?q=1", "0245437-1", "0245437-2"),
    *("1234567-8", "0000000-0", "0737546-2", "0737546-2\n", "07375462", "rounded", "regional"),
)
_WHOLE = (0, 1, -1, 2, 5, 6, 99, 100, 101, 10**12 - 1, 10**12, 2**53 + 1, -(2**63), 2**63 - 1)
_FLOATS = (
    *(0.0, -0.0, 1.0, 0.5, 2.5, 5.0, 0.29, 0.1 + 0.2, 1e12, 999_999_999_999.99, 1e12 - 0.001),
    *(float("inf"), float("-inf"), 1e300, -1.0, 100.0, 100.01, 0.01, 0.001, 1.005, 123_456.785),
    *(5e-324, 4_503_599_627_370_497.5, 0.07, 1.1, 4.35, 562_949_953_421.31),
)
_DECIMALS = tuple(
    Decimal(each)
    for each in (
        *("0", "0.01", "0.0100", "0.001", "1.005", "1.5", "-0.01", "999999999999.99"),
        *("999999999999.9999", "1000000000000", "100", "100.01", "100.001", "5", "12345.6789"),
    )
)
_DAYS = (dt.date.min, dt.date(2021, 5, 5), dt.date(2021, 5, 6), dt.date(1970, 1, 1), dt.date.max)
_TIMES = tuple(
    dt.datetime.combine(day, time)
    for day in (dt.date(1, 1, 1), dt.date(2021, 5, 5), dt.date(1969, 12, 31), dt.date(9999, 12, 31))
    for time in (dt.time(), dt.time(12), dt.time(0, 0, 0, 1))
)

TYPES: Mapping[str, tuple[Any, Sequence[Any]]] = {
    "texts": (pa.string(), _TEXTS),
    "whole": (pa.int64(), _WHOLE),
    "floats": (pa.float64(), _FLOATS),
    "decimals": (pa.decimal128(38, 4), _DECIMALS),
    "days": (pa.date32(), _DAYS),
    "times": (pa.timestamp("us"), _TIMES),
    "boolean": (pa.bool_(), (True, False)),
}
"""The types of columns, and the cells that are chosen for each."""

Rows: TypeAlias = dict[str, list[dict[str, Any]]]


class RandomTables(NamedTuple):
    """Rows of all tables, and what readers of rows find in them."""

    rows: Rows
    expected: Found


class Difference(NamedTuple):
    """What only one side has, and the cells of columns of a wrong type that rows would take."""

    rows_only: Found
    frames_only: Found
    taken: list[tuple[str, str, object]]


@functools.cache  # every library gets the same
def random_tables(
    kind: str, count: int, seed: int, registers: tuple[str, ...] = DATA_REGISTERS
) -> RandomTables:
    """Return rows of tables of data, with cells of one type wherever there is no key.

    Args:
        kind: Which of `TYPES`.
        count: How many rows each table has.
        seed: The seed of the random choices.
        registers: Those whose tables are made.
    """
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    rows: Rows = {}
    for name, schema in SCHEMAS.items():
        if schema.main_table in registers:
            rows[name] = [_row(schema, number, kind, chance) for number in range(count)]
    return RandomTables(rows, _expected(rows))


def _row(schema: TableSchema, number: int, kind: str, chance: random.Random) -> dict[str, Any]:
    keys = dict.fromkeys(schema.key_columns, f"k{number}") | dict.fromkeys(
        schema.position_columns, 0
    )
    values = (None, *TYPES[kind][1], *TYPES[kind][1])
    known = {each.known_column for each in schema.table.lists if each.known_column}
    cells = {name: chance.choice(values) for name in schema.table.types()}
    # Whether a list is known is checked with the rows of the list, which are all there.
    return {**cells, **dict.fromkeys(known, True), **keys}


def compare(random_rows: RandomTables, kind: str, engine: str) -> Difference:
    """Compare what `read_rows` and `frames.check` find in the same cells."""
    rows, expected = random_rows
    tables = {name: _table(SCHEMAS[name], listed, kind) for name, listed in rows.items()}
    checked = frames.check(ENGINES[engine](tables), select=CODES)
    columns = {(each.path, each.code) for each in checked.findings}
    mistyped = {path for path, code in columns if code == "TSK002"}
    found = found_in(checked.violations)
    taken: list[tuple[str, str, object]] = []
    wrong = {(table, column, key, place) for table, key, place, column, *_ in expected}
    for name, listed in rows.items():
        for column in SCHEMAS[name].table.types():
            if json_pointers.join(name, column) in mistyped:
                taken += _taken(name, column, listed, wrong)
    found = Counter({each: n for each, n in found.items() if not _is_reference(each)})
    rest = Counter({each: n for each, n in expected.items() if not _is_in(each, mistyped)})
    found = Counter({each: n for each, n in found.items() if not _is_in(each, mistyped)})
    return Difference(rest - found, found - rest, taken)


def _is_in(violation: tuple[str | None, ...], columns: set[str]) -> bool:
    table, _, _, column, *_ = violation
    return json_pointers.join(str(table), str(column)) in columns


def _is_reference(violation: tuple[str | None, ...]) -> bool:
    """Whether a violation is about a code that no register has, which readers of rows leave."""
    table, _, _, column, code, *_ = violation
    columns = SCHEMAS[str(table)].table.columns
    return code == "TSK005" and column in columns and isinstance(columns[column][1], Ref)


def _taken(
    name: str,
    column: str,
    listed: Sequence[Mapping[str, Any]],
    wrong: AbstractSet[tuple[str | None, ...]],
) -> list[tuple[str, str, object]]:
    """Return the cells of a column in which rows find nothing wrong."""
    schema = SCHEMAS[name]
    return [
        (name, column, row[column])
        for row in listed
        if row[column] is not None and (name, column, *_at(schema, row)) not in wrong
    ]


def _at(schema: TableSchema, row: Mapping[str, Any]) -> tuple[str, str | None]:
    place = "/".join(str(row[each]) for each in schema.position_columns) or None
    return " ".join(str(row[each]) for each in schema.key_columns), place


def _expected(rows: Rows) -> Found:
    plain = {
        name: [python_row(row, SCHEMAS[name]) for row in listed] for name, listed in rows.items()
    }
    found: Found = Counter()
    for finding in read_rows(plain, limits=Limits(findings=10**6)).findings:
        if finding.code not in CODES:
            continue
        at = address_of(finding.path, plain)
        number = int(json_pointers.split(finding.path)[1])
        given, cell = (each[at.table][number].get(at.column or "") for each in (rows, plain))
        value = cell_text(given if isinstance(given, str) else cell)
        # A set has a finding for each wrong word of its cell; frames have one for the cell.
        found[(*at, finding.code, finding.severity.value, value)] = 1
    return found


def _table(schema: TableSchema, listed: Sequence[Mapping[str, Any]], kind: str) -> Any:  # noqa: ANN401 - Arrow's
    """Return the rows of a table as a table of Arrow."""
    known = {each.known_column for each in schema.table.lists}
    types: dict[str, Any] = dict.fromkeys(schema.table.types(), TYPES[kind][0])
    types |= dict.fromkeys(known & types.keys(), pa.bool_())
    types |= dict.fromkeys(schema.key_columns, pa.string()) | dict.fromkeys(
        schema.position_columns, pa.int64()
    )
    fields = [(name, types[name]) for name in schema.table.types()]
    return pa.Table.from_pylist([*listed], schema=pa.schema(fields))
