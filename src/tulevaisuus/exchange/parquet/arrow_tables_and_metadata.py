"""`to_arrow`: makes Arrow tables with the tables and columns of `formats.to_rows`.

The extra ``arrow`` installs pyarrow. The type of a column follows from its field; Parquet files
have the same types. A portfolio has all entities of one document.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from tulevaisuus._optional_libraries import pyarrow
from tulevaisuus.exchange.entities_of_portfolio import entities_of
from tulevaisuus.formats.format_version import FORMAT_VERSION
from tulevaisuus.formats.row_writing_and_columns import Table, to_rows
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import EnumMember, FieldType, Ref
from tulevaisuus.model.portfolio import Portfolio

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["DECIMALS", "DIGITS", "METADATA", "schema_of", "to_arrow"]

DIGITS, DECIMALS = 14, 2
"""Amounts are below a trillion, with cents: `decimal128(14, 2)`."""

METADATA = b"tulevaisuus"
"""The entry in the metadata of a schema: the table, its key, the version of the format."""


def to_arrow(portfolio: Portfolio | Iterable[Entity]) -> dict[str, pa.Table]:
    """Return a portfolio as Arrow tables, by the names of `formats.to_rows`.

    Amounts are ``decimal128(14, 2)``, dates ``date32``, booleans ``bool``, numbers ``int64``, codes
    and references ``dictionary<int32, string>``, other texts ``string``. Columns are nullable as in
    `formats.columns_of`. The metadata of each schema has under ``tulevaisuus`` a JSON object with
    ``table``, ``key`` and ``format_version``.

    Args:
        portfolio: A portfolio, or any entities.

    Raises:
        DocumentError: The portfolio has a newer format version, and fields would be lost.
        InvalidValueError: One of the objects is not an entity.
        ModuleNotFoundError: The extra ``arrow`` is not installed.
    """
    arrow = pyarrow()
    entities = [*entities_of(portfolio)]
    rows = to_rows(entities)
    tables: dict[str, pa.Table] = {}
    for cls in dict.fromkeys(map(type, entities)):
        for table in Table.of(cls).with_lists():
            tables[table.name] = arrow.Table.from_pylist(rows[table.name], schema=schema_of(table))
    return tables


def schema_of(table: Table) -> pa.Schema:
    """Return the Arrow schema of a table."""
    arrow = pyarrow()
    fields = [
        arrow.field(
            name, _arrow_type(column.type, _field_type(table, name)), nullable=column.nullable
        )
        for name, column in table.describe_columns().items()
    ]
    key = [name for name, column in table.describe_columns().items() if column.key]
    metadata = {"table": table.name, "key": key, "format_version": FORMAT_VERSION}
    return cast("pa.Schema", arrow.schema(fields, metadata={METADATA: json.dumps(metadata)}))


def _field_type(table: Table, column: str) -> FieldType | None:
    """Return the field type of a column; the key of the owner, for example, has none."""
    return table.columns[column][1] if column in table.columns else None


def _arrow_type(python_type: type, field_type: FieldType | None) -> pa.DataType:
    """Return the Arrow type of a column."""
    arrow = pyarrow()
    if python_type is str and isinstance(field_type, EnumMember | Ref):
        return cast("pa.DataType", arrow.dictionary(arrow.int32(), arrow.string()))
    by_type = {
        str: arrow.string(),
        int: arrow.int64(),
        bool: arrow.bool_(),
        Decimal: arrow.decimal128(DIGITS, DECIMALS),
        dt.date: arrow.date32(),
    }
    return cast("pa.DataType", by_type[python_type])
