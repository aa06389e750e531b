"""`InputTable`: one given table, the checks of its cells, and its valid rows."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw

from tulevaisuus.findings import messages
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.decoding import unknown_fields
from tulevaisuus.frames import column_findings
from tulevaisuus.frames.arrow_columns import INVALID_SUFFIX
from tulevaisuus.frames.column_parsing import (
    CellCheck,
    ParsedColumn,
    WrongType,
    column_type,
    is_invalid,
    parse_column,
)
from tulevaisuus.frames.engine_base import Engine, InputFrame
from tulevaisuus.frames.expressions import (
    LazyFrame,
    any_of,
    as_text,
    concat_text,
    is_true,
    null_text,
)
from tulevaisuus.frames.schemas import Field, TableSchema
from tulevaisuus.model.field_types import Boolean, FieldType, Identifier, Money, WholeNumber

__all__ = ["FlaggedCheck", "InputTable"]

_TYPES: dict[type, Any] = {str: nw.String, int: nw.Int64, bool: nw.Boolean}


class FlaggedCheck(NamedTuple):
    """A check of cells; ``flag`` is its column of truth in `InputTable.with_flags`."""

    code: str
    column: str
    flag: str
    text: nw.Expr


class InputTable:
    """A table as it was given.

    ``findings`` are those on its columns. ``with_flags`` has its rows as they came, with a column
    of truth for each check of cells. ``valid_rows`` has those whose required cells are valid, as
    values of ours; other invalid cells are null there. It has ``key`` and ``place`` of each row,
    cents for amounts, and every column of the table, given or not.
    """

    def __init__(
        self, schema: TableSchema, given: InputFrame, engine: Engine, order: str | None = None
    ) -> None:
        """Read the columns of a table.

        Args:
            schema: What the table is.
            given: The frame.
            engine: What runs queries on it.
            order: The column that tells the order of its rows, if it is not their key.
        """
        self.schema = schema
        self.order = order
        self.is_empty: bool = given.is_empty
        self.findings: list[Finding] = []
        self.checks: list[FlaggedCheck] = []
        self._schema = given.frame.collect_schema()
        self._null_columns = given.null_columns
        self._index = given.index
        self._columns: dict[str, ParsedColumn] = {}
        self._invalid: dict[str, list[str]] = {}
        self._flags: dict[str, nw.Expr] = {}
        self._single: dict[str, str] = {}
        self.missing_columns: set[str] = set()
        self._look_at_names()
        self.findings += [
            column_findings.name_twice(self.name, each) for each in given.duplicate_names
        ]
        for field in self._all_fields():
            self._read(field)
        if not self.is_empty:
            self._check_cells()
        flags = self._without_idle_flags(given.frame, engine)
        self.with_flags: LazyFrame = given.frame.with_columns(**flags) if flags else given.frame

    def _without_idle_flags(self, frame: LazyFrame, engine: Engine) -> dict[str, nw.Expr]:
        """Drop the checks that no cell fails, where that is known, and return the flags left."""
        held = engine.ever_true(frame, self._flags, self._single)
        self.checks = [each for each in self.checks if each.flag in held]
        self._invalid = {
            column: [each for each in flags if each in held]
            for column, flags in self._invalid.items()
        }
        return {name: each for name, each in self._flags.items() if name in held}

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.schema.name

    @property
    def is_readable(self) -> bool:
        """Whether every required column is there and can be read."""
        needed = {*self.schema.key_columns, *self.schema.place_columns}
        needed |= {field.column for field in self.schema.fields if field.required}
        return needed.isdisjoint(self.missing_columns)

    def _all_fields(self) -> Iterator[Field]:
        """Return the columns of keys and places, of the fields, and those with what is known."""
        schema = self.schema
        for column, type_ in schema.table.owner.items():
            yield Field(column, WholeNumber() if type_ is int else Identifier(), required=True)
        yield from schema.fields
        for each in schema.table.lists:
            if each.known:
                yield Field(each.known, Boolean(), required=False)

    def _look_at_names(self) -> None:
        known = [*self.schema.table.types()]
        given = [
            name
            for name in self._schema
            if not name.endswith(INVALID_SUFFIX) and name != self.order
        ]
        for finding in unknown_fields(given, known):
            self.findings.append(finding.under(self.name))

    def _read(self, field: Field) -> None:
        """Read a column; what is absent, or cannot be read, counts as unknown."""
        name = field.column
        dtype = self._schema.get(name)
        if dtype is None or name in self._null_columns:
            self.missing_columns.add(name)
            if field.required and dtype is None:
                self.findings.append(self._absent(name))
            return
        read = parse_column(name, dtype, field.type)
        if isinstance(read, ParsedColumn) and name in self.schema.table.owner:
            # Whose a row is, and where in the list, the parent's table and its other rows tell.
            read = read._replace(
                checks=tuple(each for each in read.checks if each.code == "TSK002")
            )
        if isinstance(read, WrongType):
            self.missing_columns.add(name)
            wrong = column_findings.column_type(
                self.name, name, str(dtype), read.expected, read.hint
            )
            self.findings.append(wrong)
            return
        self._columns[name] = read

    def _absent(self, name: str) -> Finding:
        """Make the finding on a required column that is absent."""
        if name in self._index:
            return column_findings.key_in_index(self.name, name)
        return messages.MISSING_FIELD.finding(field=name).under(self.name, name)

    def _check_cells(self) -> None:
        for field in self._all_fields():
            if field.column in self._columns:
                self._check_column(field, self._columns[field.column])
            elif field.required and field.column in self._null_columns:
                missing = nw.col(field.column).is_null()
                self._add(field.column, CellCheck(self._missing(field), missing), null_text())
        self._check_values()

    def _check_values(self) -> None:
        """Find what is wrong between the columns of one value: a text, a period."""
        for field in self.schema.fields:
            if field.siblings:
                self._check_required_parts(field)
            if field.column.rpartition("_")[2] == "unofficial":
                self._check_wordings(field.column)
        for start, end in self.schema.periods:
            self._check_period(start, end)

    def _check_column(self, field: Field, cell: ParsedColumn) -> None:
        """Find wrong cells of one column, and missing ones where each row must have one."""
        name = field.column
        missing = nw.col(name).is_null()
        text = cell.text
        if name + INVALID_SUFFIX in self._schema:
            other = nw.col(name + INVALID_SUFFIX)
            missing &= other.is_null()
            self._add(name, CellCheck("TSK002", ~other.is_null()), other)
        for check in cell.checks:
            self._add(name, check, text, depends_on=name)
        if field.required and name not in self.schema.table.owner:
            self._add(name, CellCheck(self._missing(field), missing), null_text())

    def _missing(self, field: Field) -> str:
        """Return the code of a required cell that is empty: an element of a list is no field."""
        path = self.schema.table.columns.get(field.column, ((),))[0]
        return "TSK003" if path else "TSK002"

    def _check_required_parts(self, field: Field) -> None:
        """Find optional values of which the part is missing that each of them must have."""
        others = [~nw.col(each).is_null() for each in field.siblings if each in self._columns]
        if not others:
            return
        absent = nw.lit(value=True)
        if field.column in self._columns:
            absent = nw.col(field.column).is_null()
        self._add(field.column, CellCheck("TSK003", absent & any_of(others)), null_text())

    def _check_period(self, start: str, end: str) -> None:
        if start not in self._columns or end not in self._columns:
            return
        first, last = self._valid_value(start), self._valid_value(end)
        self._add(end, CellCheck("TSK011", is_true(last < first)), self._columns[end].text)

    def _check_wordings(self, column: str) -> None:
        """Find languages that are named as unofficial and have no wording."""
        if column not in self._columns:
            return
        text = self._columns[column].text
        missing: list[nw.Expr] = []
        for language in ("sv", "en"):
            wording = column.removesuffix("unofficial") + language
            absent = nw.col(wording).is_null() if wording in self._columns else nw.lit(value=True)
            missing.append(is_true(text.str.contains(language)) & absent)
        right = ~is_invalid(self._columns[column].checks)
        self._add(column, CellCheck("TSK003", any_of(missing) & right), text)

    def _add(
        self, column: str, check: CellCheck, text: nw.Expr, depends_on: str | None = None
    ) -> None:
        """Note a check; its answers become a column, so that each is worked out once.

        Args:
            column: The column of the cells.
            check: The check.
            text: The text of a cell that fails it.
            depends_on: The column, if the check looks at no other one.
        """
        flag = f"wrong_{len(self._flags)}"
        if depends_on is not None:
            self._single[flag] = depends_on
        self._flags[flag] = check.is_invalid
        self._invalid.setdefault(column, []).append(flag)
        self.checks.append(FlaggedCheck(check.code, column, flag, text))

    def _valid_value(self, column: str) -> nw.Expr:
        """Return a value where its cell is valid, without use of the flags."""
        cell = self._columns[column]
        return nw.when(~is_invalid(cell.checks)).then(cell.value) if cell.checks else cell.value

    @property
    def key(self) -> nw.Expr:
        """The text of the key of a row, of its cells as they came."""
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
        """The text of the place of a row in its list, the outer list first."""
        if not self.schema.place_columns or any(
            each not in self._columns for each in self.schema.place_columns
        ):
            return null_text()
        first, *others = (as_text(self._columns[each].value) for each in self.schema.place_columns)
        return (
            concat_text(first, *(part for each in others for part in ("/", each)))
            if others
            else first
        )

    @property
    def original(self) -> LazyFrame:
        """The columns that can be read, as they came."""
        return self.with_flags.select(*self._columns)

    def valid_rows(self, wanted: Collection[str] | None = None) -> LazyFrame:
        """Return the rows whose required cells are right, as values of ours.

        Args:
            wanted: The columns beside ``key``, ``place`` and ``order``, by default all.
        """
        frame = self.with_flags
        required = [field.column for field in self._all_fields() if field.required]
        wrong = [flag for column in required for flag in self._invalid.get(column, ())]
        if wrong:
            frame = frame.filter(~any_of(map(nw.col, wrong)))
        columns: dict[str, nw.Expr] = {"key": self.key, "place": self.place}
        for field in self._all_fields():
            if wanted is None or field.column in wanted:
                columns[field.column] = self._value(field)
        if self.order is not None:
            columns["order"] = nw.col(self.order)
        return frame.select(**columns)

    def _value(self, field: Field) -> nw.Expr:
        cell = self._columns.get(field.column)
        if cell is None:
            return nw.lit(None, dtype=_dtype(field.type))
        wrong = self._invalid.get(field.column)
        if not wrong and cell.unguarded is not None:
            return cell.unguarded
        if field.required or not wrong:
            return cell.value
        return nw.when(~any_of(map(nw.col, wrong))).then(cell.value)

    def as_text(self, column: str) -> nw.Expr:
        """Return the text of a cell as it came."""
        return self._columns[column].text

    def is_true_or_invalid(self, column: str) -> nw.Expr:
        """Whether a cell is true, or invalid, which another check finds."""
        wrong = self._invalid.get(column, ())
        return any_of([is_true(self._columns[column].value), *map(nw.col, wrong)])


def _dtype(field_type: FieldType) -> Any:  # noqa: ANN401 - narwhals' types
    if isinstance(field_type, Money):
        return nw.Int64
    return _TYPES.get(column_type(field_type), nw.Date)
