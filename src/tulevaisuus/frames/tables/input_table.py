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

_DTYPES: dict[type, Any] = {str: nw.String, int: nw.Int64, bool: nw.Boolean}
"""The narwhals type of each Python type; amounts are cents, and all others are days."""


class FlaggedCheck(NamedTuple):
    """A check of the cells of a column; ``flag`` is its column in `InputTable.with_flags`.

    ``code`` is that of the finding, ``text`` the text of a cell that fails the check.
    """

    code: str
    column: str
    flag: str
    text: nw.Expr


class _Flag(NamedTuple):
    """A column of booleans, true where a cell is invalid: the check then runs only once for a row.

    ``column`` is the column of the cells, ``any_invalid`` whether the flag may be true in any row.
    ``depends_on`` is the only column that it reads, if it reads one. ``is_of_identifiers`` is
    whether it marks texts that are no identifiers.
    """

    column: str
    is_invalid: nw.Expr
    any_invalid: nw.Expr
    depends_on: str | None = None
    is_of_identifiers: bool = False


class InputTable:
    """A table of the caller, as a lazy query. Its columns and cells are checked, never changed.

    Attributes:
        is_empty: Whether it is known to have no rows.
        findings: The findings on its columns.
        checks: The checks of its cells, each with its flag.
        unusable_columns: The columns of the schema that the table does not have, that are null in
            every row, or that have a wrong type.
        with_flags: Its rows, unchanged, with a boolean column for each check (the *flag*): true
            where a cell is invalid.
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
        self._dtypes = given.dtypes()  # the narwhals type of each column
        self.given = given
        self._columns: dict[str, ParsedColumn] = {}
        """For each usable column of the schema, its expressions."""
        self._flags: dict[str, _Flag] = {}
        """The flags by name; in the end, those that may be true in a row."""
        self.unusable_columns: set[str] = set()
        self._mistyped: set[str] = set()
        """The columns with a wrong type."""
        self._check_column_names()
        self.findings += [
            column_findings.name_twice(self.name, each) for each in given.duplicate_names
        ]
        for field in self._all_fields():
            self._parse(field)
        if not self.is_empty:
            self._check_cells()
        self._drop_checks_that_never_fail(given.frame, engine)
        flags = {name: each.is_invalid for name, each in self._flags.items()}
        self.with_flags: LazyFrame = given.frame.with_columns(**flags) if flags else given.frame

    def _drop_checks_that_never_fail(self, frame: LazyFrame, engine: Engine) -> None:
        """Drop the checks that no cell fails, and their flags, if the engine can tell."""
        failing = engine.conditions_that_may_hold(
            frame,
            {name: each.any_invalid for name, each in self._flags.items()},
            {name: each.depends_on for name, each in self._flags.items() if each.depends_on},
            {name for name, each in self._flags.items() if each.is_of_identifiers},
        )
        self.checks = [each for each in self.checks if each.flag in failing]
        self._flags = {name: each for name, each in self._flags.items() if name in failing}

    def _flags_of(self, column: str) -> list[nw.Expr]:
        """Return the flags of the cells of a column."""
        return [nw.col(name) for name, each in self._flags.items() if each.column == column]

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.schema.name

    @property
    def is_readable(self) -> bool:
        """Whether every required column is usable."""
        needed = {*self.schema.key_columns, *self.schema.position_columns}
        return not self.lacks_required and needed.isdisjoint(self.unusable_columns)

    @property
    def lacks_required(self) -> bool:
        """Whether a required column is unusable, so that no row is valid."""
        required = {field.column for field in self.schema.fields if field.required}
        return not required.isdisjoint(self.unusable_columns)

    @property
    def has_invalid_cell(self) -> nw.Expr | None:
        """The condition that a cell of a row is invalid; ``None`` if no cell of the table is.

        Positions in lists, and whether a list is known, are checked for the list, not for the row.
        """
        return self.has_invalid_cell_in(field.column for field in self.schema.fields)

    def has_invalid_cell_in(self, columns: Iterable[str]) -> nw.Expr | None:
        """Return the condition that a cell in some columns is invalid; ``None`` if no cell is."""
        flags = [flag for column in columns for flag in self._flags_of(column)]
        return any_of(flags) if flags else None

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
        if dtype is None or name in self.given.null_columns:
            self.unusable_columns.add(name)
            if field.required and dtype is None:
                self.findings.append(self._missing_column(name))
            return
        parsed = parse_column(name, dtype, field.type)
        if isinstance(parsed, ParsedColumn) and name in self.schema.table.owner_columns:
            # Other checks compare the key of the entity, and the position, with other rows.
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
        if name in self.given.index_names:
            return column_findings.key_in_index(self.name, name)
        return messages.MISSING_FIELD.finding(field=name).under(self.name, name)

    def _check_cells(self) -> None:
        for field in self._all_fields():
            if field.column in self._columns:
                self._check_column(field, self._columns[field.column])
            elif field.required and field.column in self.given.null_columns:
                check = CellCheck(self.schema.code_if_empty(field), nw.col(field.column).is_null())
                self._add(field.column, check, null_text())
            elif field.column in self._mistyped:
                # The finding is on the column: its values make their rows invalid, without a check.
                has_value = ~nw.col(field.column).is_null()
                self._add_flag(_Flag(field.column, has_value, has_value.any()))
        for column, check, text in value_checks(self.schema, self._columns):
            self._add(column, check, text)

    def _check_column(self, field: Field, parsed: ParsedColumn) -> None:
        """Check the cells of one column; a required one must have a value in every row."""
        name = field.column
        has_no_value = nw.col(name).is_null()
        if name + INVALID_SUFFIX in self._dtypes:
            # Our reader of pandas wrote null in place of values of another type, and put their
            # texts into a column of their own.
            invalid_text = nw.col(name + INVALID_SUFFIX)
            has_no_value &= invalid_text.is_null()
            check = CellCheck(messages.WRONG_TYPE.code, ~invalid_text.is_null())
            self._add(name, check, invalid_text)
        # An engine may run a check that depends on one column on its distinct texts only. For codes
        # that takes longer than to look up every text among the few codes.
        is_code = isinstance(field.type, EnumMember)
        for check in parsed.checks:
            self._add(
                name,
                check,
                parsed.text,
                depends_on=None if is_code else name,
                is_of_identifiers=isinstance(field.type, Identifier),
            )
        if field.required and name not in self.schema.table.owner_columns:
            any_empty = nw.col(name).null_count() > 0
            if name + INVALID_SUFFIX in self._dtypes:
                any_empty = has_no_value.any()
            check = CellCheck(self.schema.code_if_empty(field), has_no_value, any_empty)
            self._add(name, check, null_text())

    def _add(
        self,
        column: str,
        check: CellCheck,
        text: nw.Expr,
        *,
        depends_on: str | None = None,
        is_of_identifiers: bool = False,
    ) -> None:
        """Add a check and its flag.

        Args:
            column: The column that the finding is on.
            check: Which cells are invalid, and the code of the finding.
            text: The text of a cell that fails it.
            depends_on: The only column that the check reads; ``None`` if it reads several, or if
                the check shall run on every row.
            is_of_identifiers: Whether it finds texts that are no identifiers.
        """
        any_invalid = check.is_invalid.any() if check.any_invalid is None else check.any_invalid
        flag = _Flag(column, check.is_invalid, any_invalid, depends_on, is_of_identifiers)
        self.checks.append(FlaggedCheck(check.code, column, self._add_flag(flag), text))

    def _add_flag(self, flag: _Flag) -> str:
        """Add a flag to the rows, and return its name."""
        name = f"wrong_{len(self._flags)}"
        self._flags[name] = flag
        return name

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
        columns = self.schema.position_columns
        if not columns or any(each not in self._columns for each in columns):
            return null_text()
        first, *others = (as_text(self._columns[each].value) for each in columns)
        return (
            concat_text(first, *(part for each in others for part in ("/", each)))
            if others
            else first
        )

    @property
    def original_columns(self) -> dict[str, nw.Expr]:
        """The usable columns, unchanged; days are text if Python may not have them (year 10000)."""
        days = {name for name in self._columns if isinstance(self._dtypes[name], nw.Date)}
        texts = {name for name in days if self._flags_of(name)}
        return {name: as_text(name) if name in texts else nw.col(name) for name in self._columns}

    @property
    def key_and_positions(self) -> dict[str, nw.Expr]:
        """The key of a row, and its positions in lists as numbers, the outer list first."""
        columns = self.schema.position_columns
        positions = {each: self._columns[each].value for each in columns if each in self._columns}
        return {"key": self.key, **positions}

    def rows_with_valid_cells(
        self, rows: LazyFrame, wanted: Collection[str] | None = None
    ) -> LazyFrame:
        """Return the rows whose cells are valid, converted to the library's types.

        The table must be readable (`is_readable`).

        Args:
            rows: Rows of `with_flags`.
            wanted: The columns besides ``key``, ``place`` and ``order``, by default all.
        """
        is_invalid = self.has_invalid_cell
        valid = rows if is_invalid is None else rows.filter(~is_invalid)
        return valid.select(**self._converted(wanted))

    def rows_with_validity(self, rows: LazyFrame, wanted: Collection[str]) -> LazyFrame:
        """Return all rows, with ``is_valid``: whether all cells of the row are valid.

        The table must be readable (`is_readable`).

        Args:
            rows: Rows of `with_flags`.
            wanted: The columns besides ``key``, ``place``, ``order`` and ``is_valid``.
        """
        is_invalid = self.has_invalid_cell
        is_valid = nw.lit(value=True) if is_invalid is None else ~is_invalid
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
        """Return the value of a column in the library's type, null if it is unusable."""
        parsed = self._columns.get(field.column)
        if parsed is None:
            return nw.lit(None, dtype=_dtype(field.type))
        flags = self._flags_of(field.column)
        if not flags and parsed.value_if_all_valid is not None:
            return parsed.value_if_all_valid
        if not flags or field.column in self.schema.table.columns:
            # Meaningless in a row with an invalid cell: `rows_with_valid_cells` leaves such rows
            # out, and `rows_with_validity` says which they are.
            return parsed.value
        return nw.when(~any_of(flags)).then(parsed.value)

    def text_of(self, column: str) -> nw.Expr:
        """Return the text of a cell as it is in the table."""
        return self._columns[column].text

    def is_true_or_invalid(self, column: str) -> nw.Expr:
        """Whether a cell is true, or invalid; another check reports the invalid ones."""
        return any_of([is_true(self._columns[column].value), *self._flags_of(column)])


def _dtype(field_type: FieldType) -> Any:  # noqa: ANN401 - narwhals' types
    if isinstance(field_type, Money):
        return nw.Int64
    return _DTYPES.get(cell_type(field_type), nw.Date)
