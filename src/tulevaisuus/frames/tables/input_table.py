"""`InputTable`: one table that is checked, the checks of its cells, and its valid rows."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw

from tulevaisuus.findings import messages
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.decoding import unknown_fields
from tulevaisuus.formats.row_writing_and_columns import cell_type
from tulevaisuus.frames.engines.expressions import (
    LazyFrame,
    any_of,
    as_text,
    concat_text,
    is_true,
    null_text,
)
from tulevaisuus.frames.engines.interface import Engine, InputFrame
from tulevaisuus.frames.engines.pandas_and_pyarrow_columns import INVALID_SUFFIX
from tulevaisuus.frames.tables import column_findings
from tulevaisuus.frames.tables.checks_across_columns import value_checks
from tulevaisuus.frames.tables.column_parsing import (
    CellCheck,
    ParsedColumn,
    WrongType,
    parse_column,
)
from tulevaisuus.frames.tables.schemas import Field, TableSchema
from tulevaisuus.model.field_types import (
    Boolean,
    EnumMember,
    FieldType,
    Identifier,
    Money,
    WholeNumber,
)

__all__ = ["FlaggedCheck", "InputTable"]

_TYPES: dict[type, Any] = {str: nw.String, int: nw.Int64, bool: nw.Boolean}


class FlaggedCheck(NamedTuple):
    """A check of cells; ``flag`` is its boolean column in `InputTable.with_flags`.

    ``code`` is that of the finding, ``text`` the text of a cell that fails the check.
    """

    code: str
    column: str
    flag: str
    text: nw.Expr


class InputTable:
    """A table of the caller.

    ``findings`` are those on its columns. ``with_flags`` has its rows unchanged, with a boolean
    column for each check of cells, true where a cell is invalid. ``valid_rows`` has the rows whose
    cells are all valid, converted to the library's types. It has the ``key`` and ``place`` (the
    positions in lists) of each row, amounts in cents, and every column of the schema, also those
    that the table does not have. ``unusable_columns`` are the columns of the schema that the table
    does not have, that are null in every row, or that have a wrong type.
    """

    def __init__(
        self, schema: TableSchema, given: InputFrame, engine: Engine, order: str | None = None
    ) -> None:
        """Parse the columns of a table, and check its cells.

        Args:
            schema: The columns that the table should have.
            given: The frame.
            engine: The engine that runs queries on it.
            order: The column that gives the order of its rows, by default their key.
        """
        self.schema = schema
        self.order = order
        self.is_empty: bool = given.is_empty
        self.findings: list[Finding] = []
        self.checks: list[FlaggedCheck] = []
        self._dtypes = given.frame.collect_schema()
        self._null_columns = given.null_columns
        self._index = given.index
        self._columns: dict[str, ParsedColumn] = {}
        self._invalid: dict[str, list[str]] = {}
        self._flags: dict[str, nw.Expr] = {}
        self._any_flagged: dict[str, nw.Expr] = {}
        self._column_of_flag: dict[str, str] = {}
        self._identifier_flags: set[str] = set()
        self.unusable_columns: set[str] = set()
        self._mistyped: set[str] = set()
        self._check_column_names()
        self.findings += [
            column_findings.name_twice(self.name, each) for each in given.duplicate_names
        ]
        for field in self._all_fields():
            self._parse(field)
        if not self.is_empty:
            self._check_cells()
        flags = self._drop_checks_that_never_fail(given.frame, engine)
        self.with_flags: LazyFrame = given.frame.with_columns(**flags) if flags else given.frame

    def _drop_checks_that_never_fail(self, frame: LazyFrame, engine: Engine) -> dict[str, nw.Expr]:
        """Drop the checks that no cell fails, if the engine can tell; return the other flags."""
        failing = engine.possibly_true(
            frame, self._any_flagged, self._column_of_flag, self._identifier_flags
        )
        self.checks = [each for each in self.checks if each.flag in failing]
        self._invalid = {
            column: [each for each in flags if each in failing]
            for column, flags in self._invalid.items()
        }
        return {name: each for name, each in self._flags.items() if name in failing}

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.schema.name

    @property
    def is_readable(self) -> bool:
        """Whether every required column is usable."""
        needed = {*self.schema.key_columns, *self.schema.place_columns}
        return not self.lacks_required and needed.isdisjoint(self.unusable_columns)

    @property
    def lacks_required(self) -> bool:
        """Whether a required column is unusable, so that no row is valid."""
        required = {field.column for field in self.schema.fields if field.required}
        return not required.isdisjoint(self.unusable_columns)

    @property
    def is_wrong(self) -> nw.Expr | None:
        """Whether a cell of a row is invalid; ``None`` if no cell is.

        Positions in lists, and whether a list is known, are checked for the list, not for the row.
        """
        return self.is_any_wrong(field.column for field in self.schema.fields)

    def is_any_wrong(self, columns: Iterable[str]) -> nw.Expr | None:
        """Whether a cell of a row in some columns is invalid; ``None`` if no cell is."""
        flags = [flag for column in columns for flag in self._invalid.get(column, ())]
        return any_of(map(nw.col, flags)) if flags else None

    def _all_fields(self) -> Iterator[Field]:
        """Return the columns of keys and places, of fields, and of whether each list is known."""
        schema = self.schema
        for column, type_ in schema.table.owner_columns.items():
            yield Field(column, WholeNumber() if type_ is int else Identifier(), required=True)
        yield from schema.fields
        for each in schema.table.lists:
            if each.known_column:
                yield Field(each.known_column, Boolean(), required=False)

    def _check_column_names(self) -> None:
        known = [*self.schema.table.types()]
        names = [
            name
            for name in self._dtypes
            if not name.endswith(INVALID_SUFFIX) and name != self.order
        ]
        for finding in unknown_fields(names, known):
            self.findings.append(finding.under(self.name))

    def _parse(self, field: Field) -> None:
        """Parse a column; the values of one that is missing or unusable count as unknown."""
        name = field.column
        dtype = self._dtypes.get(name)
        if dtype is None or name in self._null_columns:
            self.unusable_columns.add(name)
            if field.required and dtype is None:
                self.findings.append(self._missing_column(name))
            return
        parsed = parse_column(name, dtype, field.type)
        if isinstance(parsed, ParsedColumn) and name in self.schema.table.owner_columns:
            # Owner key and position are checked against the parent table and the sibling rows.
            wrong_type = messages.WRONG_TYPE.code
            parsed = parsed._replace(
                checks=tuple(each for each in parsed.checks if each.code == wrong_type)
            )
        if isinstance(parsed, WrongType):
            self.unusable_columns.add(name)
            self._mistyped.add(name)
            wrong = column_findings.column_type(
                self.name, name, str(dtype), parsed.expected, parsed.hint
            )
            self.findings.append(wrong)
            return
        self._columns[name] = parsed

    def _missing_column(self, name: str) -> Finding:
        """Make the finding on a required column that the table does not have."""
        if name in self._index:
            return column_findings.key_in_index(self.name, name)
        return messages.MISSING_FIELD.finding(field=name).under(self.name, name)

    def _check_cells(self) -> None:
        for field in self._all_fields():
            if field.column in self._columns:
                self._check_column(field, self._columns[field.column])
            elif field.required and field.column in self._null_columns:
                is_empty = nw.col(field.column).is_null()
                self._add(
                    field.column,
                    CellCheck(self.schema.code_if_empty(field), is_empty),
                    null_text(),
                )
            elif field.column in self._mistyped:
                self._flag(field.column, ~nw.col(field.column).is_null())
        for column, check, text in value_checks(self.schema, self._columns):
            self._add(column, check, text)

    def _check_column(self, field: Field, parsed: ParsedColumn) -> None:
        """Check the cells of one column; a required one must have a value in every row."""
        name = field.column
        is_empty = nw.col(name).is_null()
        if name + INVALID_SUFFIX in self._dtypes:
            # The column has null in place of a value of another type; its text is joined it.
            invalid_text = nw.col(name + INVALID_SUFFIX)
            is_empty &= invalid_text.is_null()
            check = CellCheck(messages.WRONG_TYPE.code, ~invalid_text.is_null())
            self._add(name, check, invalid_text)
        # To look a text up among a few codes takes less than to find the distinct texts first.
        is_code = isinstance(field.type, EnumMember)
        for check in parsed.checks:
            flag = self._add(name, check, parsed.text, depends_on=None if is_code else name)
            if isinstance(field.type, Identifier):
                self._identifier_flags.add(flag)
        if field.required and name not in self.schema.table.owner_columns:
            any_empty = nw.col(name).null_count() > 0
            if name + INVALID_SUFFIX in self._dtypes:
                any_empty = is_empty.any()
            check = CellCheck(self.schema.code_if_empty(field), is_empty, any_empty)
            self._add(name, check, null_text())

    def _add(
        self, column: str, check: CellCheck, text: nw.Expr, depends_on: str | None = None
    ) -> str:
        """Add a check. Its results become a column, so that they are computed only once.

        Args:
            column: The column of the cells.
            check: The check.
            text: The text of a cell that fails it.
            depends_on: The column, if the check uses no other one.

        Returns:
            The name of the column with its results.
        """
        flag = self._flag(column, check.is_invalid, check.any_invalid)
        if depends_on is not None:
            self._column_of_flag[flag] = depends_on
        self.checks.append(FlaggedCheck(check.code, column, flag, text))
        return flag

    def _flag(self, column: str, is_invalid: nw.Expr, any_invalid: nw.Expr | None = None) -> str:
        """Add a column that is true where a cell is invalid, and return its name."""
        flag = f"wrong_{len(self._flags)}"
        self._flags[flag] = is_invalid
        self._any_flagged[flag] = is_invalid.any() if any_invalid is None else any_invalid
        self._invalid.setdefault(column, []).append(flag)
        return flag

    @property
    def key(self) -> nw.Expr:
        """The text of the key of a row, from its cells as they are in the table."""
        keys = self.schema.key_columns
        if any(each not in self._columns for each in keys):
            return null_text()
        first, *others = (as_text(self._columns[each].text) for each in keys)
        return (
            concat_text(first, *(part for each in others for part in (" ", each)))
            if others
            else first
        )

    @property
    def place(self) -> nw.Expr:
        """The text of the positions of a row in its lists, the outer list first: ``0/2``."""
        places = self.schema.place_columns
        if not places or any(each not in self._columns for each in places):
            return null_text()
        first, *others = (as_text(self._columns[each].value) for each in self.schema.place_columns)
        return (
            concat_text(first, *(part for each in others for part in ("/", each)))
            if others
            else first
        )

    @property
    def original_columns(self) -> dict[str, nw.Expr]:
        """The usable columns, unchanged, but as text where a day may be none that Python has."""
        days = {name for name in self._columns if isinstance(self._dtypes[name], nw.Date)}
        texts = {name for name in days if self._invalid.get(name)}
        return {name: as_text(name) if name in texts else nw.col(name) for name in self._columns}

    @property
    def original(self) -> LazyFrame:
        """The rows, of `original_columns`."""
        return self.with_flags.select(**self.original_columns)

    @property
    def position(self) -> dict[str, nw.Expr]:
        """The key of a row, and its positions in lists, the outer list first."""
        places = self.schema.place_columns
        values = {each: self._columns[each].value for each in places if each in self._columns}
        return {"key": self.key, **values}

    def valid_rows(self, rows: LazyFrame, wanted: Collection[str] | None = None) -> LazyFrame:
        """Return the rows whose cells are valid, converted to the library's types.

        The table must be readable (`is_readable`).

        Args:
            rows: Rows of `with_flags`.
            wanted: The columns besides ``key``, ``place`` and ``order``, by default all.
        """
        is_wrong = self.is_wrong
        valid = rows if is_wrong is None else rows.filter(~is_wrong)
        return valid.select(**self._converted(wanted))

    def rows_with_validity(self, rows: LazyFrame, wanted: Collection[str]) -> LazyFrame:
        """Return all rows, with ``is_valid``: whether all cells of the row are valid.

        The table must be readable (`is_readable`).

        Args:
            rows: Rows of `with_flags`.
            wanted: The columns besides ``key``, ``place``, ``order`` and ``is_valid``.
        """
        is_wrong = self.is_wrong
        is_valid = nw.lit(value=True) if is_wrong is None else ~is_wrong
        return rows.select(**self._converted(wanted), is_valid=is_valid)

    def _converted(self, wanted: Collection[str] | None) -> dict[str, nw.Expr]:
        """Return the expressions of columns in the library's types."""
        columns: dict[str, nw.Expr] = {"key": self.key, "place": self.place}
        for field in self._all_fields():
            if wanted is None or field.column in wanted:
                columns[field.column] = self._value(field)
        if self.order is not None:
            columns["order"] = nw.col(self.order)
        return columns

    def _value(self, field: Field) -> nw.Expr:
        parsed = self._columns.get(field.column)
        if parsed is None:
            return nw.lit(None, dtype=_dtype(field.type))
        wrong = self._invalid.get(field.column)
        if not wrong and parsed.unguarded is not None:
            return parsed.unguarded
        if not wrong or field.column in self.schema.table.columns:
            return parsed.value  # rows with an invalid cell were left out
        return nw.when(~any_of(map(nw.col, wrong))).then(parsed.value)

    def as_text(self, column: str) -> nw.Expr:
        """Return the text of a cell as it is in the table."""
        return self._columns[column].text

    def is_true_or_invalid(self, column: str) -> nw.Expr:
        """Whether a cell is true, or invalid; another check reports the invalid ones."""
        wrong = self._invalid.get(column, ())
        return any_of([is_true(self._columns[column].value), *map(nw.col, wrong)])


def _dtype(field_type: FieldType) -> Any:  # noqa: ANN401 - narwhals' types
    if isinstance(field_type, Money):
        return nw.Int64
    return _TYPES.get(cell_type(field_type), nw.Date)
