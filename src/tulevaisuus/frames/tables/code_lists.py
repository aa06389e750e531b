"""Code lists and the programme, which are read into memory and checked as objects.

Their tables are small, and most rules look up something in them. As objects they are fast to look
up, and the functions that check documents check them, too.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Context, Decimal, InvalidOperation
from typing import Any, NamedTuple

from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.formats.row_reading import read_rows
from tulevaisuus.formats.row_writing_and_columns import Cell
from tulevaisuus.frames.engines.expressions import LazyFrame
from tulevaisuus.frames.engines.interface import Engine
from tulevaisuus.frames.engines.pandas_and_pyarrow_columns import INVALID_SUFFIX
from tulevaisuus.frames.engines.patterns import PLAIN_AMOUNT
from tulevaisuus.frames.tables.finding_places import Address, Rows, address_of
from tulevaisuus.frames.tables.input_table import InputTable
from tulevaisuus.frames.tables.schemas import SCHEMAS, TableSchema
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.text_number_and_date_types import LIMIT
from tulevaisuus.rules.checking import check

__all__ = [
    "CodeLists",
    "ObjectViolation",
    "OtherValue",
    "cell_text",
    "code_list_violations",
    "python_row",
    "read_code_lists",
]

_MIDNIGHT = dt.time()
_AMOUNT = re.compile(PLAIN_AMOUNT.removeprefix(r"\A").removesuffix(r"\z"))
"""The pattern of engines without its anchors, which Python writes in another way."""

_EXACT = Context(prec=100)
"""A decimal context without rounding: columns have up to 76 digits, Python's default has 28."""


class ObjectViolation(NamedTuple):
    """A finding on an object, with what a row of violations needs: its address, and the cell."""

    address: Address
    finding: Finding
    value: str | None


class CodeLists(NamedTuple):
    """The result of reading code lists: the entities, and their rows."""

    reading: Reading
    rows: Rows


def read_code_lists(engine: Engine, inputs: Mapping[str, InputTable]) -> CodeLists:
    """Read the tables of code lists into memory."""
    names = [*inputs]
    frames = [_original_rows(inputs[name]) for name in names]
    fetched = engine.collect_rows(frames) if frames else []
    rows = {
        name: [
            _with_mistyped(
                python_row(row, SCHEMAS[name], inputs[name].given.decimals), SCHEMAS[name]
            )
            for row in listed
        ]
        for name, listed in zip(names, fetched, strict=True)
    }
    return CodeLists(read_rows(rows), rows)


def _original_rows(table_input: InputTable) -> LazyFrame:
    """Return the rows of a table, with the texts of the values that have a wrong type."""
    columns = table_input.original_columns
    mistyped = table_input.given.dtypes().keys() & {name + INVALID_SUFFIX for name in columns}
    return table_input.with_flags.select(*sorted(mistyped), **columns)


class OtherValue:
    """A value of a text column that is no text, number or boolean, and its text."""

    def __init__(self, text: str) -> None:
        """Keep the text."""
        self.text = text

    def __str__(self) -> str:
        """Return the text, for the violation."""
        return self.text


def _with_mistyped(row: Mapping[str, Cell], schema: TableSchema) -> dict[str, Cell]:
    """Put the values of wrong types back into their columns, where the row has null.

    The reader of pandas has kept their texts. They must be rejected as what they were: as a text, a
    number would be accepted in a column of texts.
    """
    types = schema.table.types()
    cells = {name: cell for name, cell in row.items() if not name.endswith(INVALID_SUFFIX)}
    for name, text in row.items():
        if name.endswith(INVALID_SUFFIX) and text is not None:
            column = name.removesuffix(INVALID_SUFFIX)
            is_of_texts = types.get(column) is str
            cells[column] = _value_of(str(text)) if is_of_texts else text
    return cells


def _value_of(text: str) -> Any:  # noqa: ANN401 - for a cell of any type
    """Return the number or boolean that a text shows, else an `OtherValue`."""
    if text in {"True", "False"}:
        return text == "True"
    try:
        return Decimal(text)
    except InvalidOperation:
        return OtherValue(text)


def python_row(
    row: Mapping[str, Any], schema: TableSchema, decimals: Collection[str] = ()
) -> dict[str, Cell]:
    """Convert the cells of a row from the types of the engine to those of `formats.to_rows`.

    Args:
        row: The row.
        schema: The schema of its table.
        decimals: The columns that hold the texts of decimals.
    """
    types = schema.table.types()
    texts = {name: cell for name, cell in row.items() if name in decimals and cell is not None}
    given = {**row, **{name: Decimal(text) for name, text in texts.items()}}
    return {name: _python_cell(cell, types.get(name)) for name, cell in given.items()}


def _python_cell(cell: Any, type_: type | None) -> Any:  # noqa: ANN401 - whatever a frame holds
    if isinstance(cell, dt.datetime):
        is_midnight = cell.tzinfo is None and cell.time() == _MIDNIGHT
        return cell.date() if is_midnight else cell
    if isinstance(cell, Decimal):
        return _shortest(cell)
    if isinstance(cell, str):
        return Decimal(cell) if type_ is Decimal and _AMOUNT.fullmatch(cell) else cell
    return _number(cell, type_)


def _number(cell: Any, type_: type | None) -> Any:  # noqa: ANN401 - as above
    """Convert a number to an integer or a boolean, if its column has these."""
    if type_ is bool and cell in {0, 1}:
        return bool(cell)
    is_whole = isinstance(cell, float) and abs(cell) <= LIMIT and cell.is_integer()
    return int(cell) if type_ is int and is_whole else cell


def _shortest(amount: Decimal) -> Decimal:
    """Return an amount without the zeros that the scale of its column adds."""
    if not amount.is_finite():
        return amount
    shortest = amount.normalize(_EXACT)
    exponent = shortest.as_tuple().exponent
    is_whole = isinstance(exponent, int) and exponent > 0
    return shortest.quantize(Decimal(1), context=_EXACT) if is_whole else shortest


def code_list_violations(
    lists: CodeLists, reference: Portfolio, codes: list[str], link_evidence: Evidence
) -> Iterator[ObjectViolation]:
    """Return the findings about the code lists."""
    report = check(lists.reading, reference=reference, select=codes, link_evidence=link_evidence)
    for finding in report:
        address = address_of(finding.path, lists.rows)
        yield ObjectViolation(address, finding, _value(address, lists.rows))


def _value(address: Address, rows: Rows) -> str | None:
    """Return the text of the cell that a finding points at."""
    schema = SCHEMAS[address.table]
    for row in rows.get(address.table, ()):
        key = " ".join(str(row.get(each)) for each in schema.key_columns)
        where = "/".join(str(row.get(each)) for each in schema.position_columns)
        if key == (address.key or "") and where == (address.place or ""):
            return cell_text(row.get(address.column or ""))
    return None


def cell_text(cell: object) -> str | None:
    """Return the text of a cell in the form of violations.

    >>> cell_text(Decimal("1250.50")), cell_text(True), cell_text(dt.date(2021, 1, 1))
    ('1250.5', 'true', '2021-01-01')
    """
    if cell is None:
        return None
    if isinstance(cell, bool):
        return str(cell).lower()
    return f"{_shortest(cell):f}" if isinstance(cell, Decimal) else str(cell)
