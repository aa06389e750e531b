"""`Sheet`: one given table, its columns read at the door, its wrong cells, and the right ones."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw

from tulevaisuus.findings import templates
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.decoding import unknown_fields
from tulevaisuus.frames import messages
from tulevaisuus.frames.arrow import WRONG
from tulevaisuus.frames.cells import Cell, Mistyped, Wrong, column_type, is_wrong, read_column
from tulevaisuus.frames.engines import Incoming
from tulevaisuus.frames.expressions import Lazy as LazyFrame
from tulevaisuus.frames.expressions import any_of, closed, joined, no_text, text_of
from tulevaisuus.frames.layouts import Field, Layout
from tulevaisuus.model.field_types import Boolean, FieldType, Identifier, Money, WholeNumber

__all__ = ["CellCheck", "Sheet"]

_TYPES: dict[type, Any] = {str: nw.String, int: nw.Int64, bool: nw.Boolean}


class CellCheck(NamedTuple):
    """What may be wrong with the cells of a column: where that is so in `Sheet.flagged`."""

    code: str
    column: str
    where: nw.Expr
    text: nw.Expr


class Sheet:
    """A table as it was given.

    ``findings`` are those on its columns. ``flagged`` has its rows as they came, with a column of
    truth for each check of cells; ``clean`` the rows whose required cells are right, as values of
    ours: what is wrong elsewhere is unknown there. It has ``key`` and ``place`` of each row, cents
    for amounts, and every column of the table, given or not.
    """

    def __init__(self, layout: Layout, given: Incoming, order: str | None = None) -> None:
        """Read the columns of a table.

        Args:
            layout: What the table is.
            given: The frame.
            order: The column that tells the order of its rows, if it is not their key.
        """
        self.layout = layout
        self.order = order
        self.is_empty: bool = given.is_empty
        self.findings: list[Finding] = []
        self.checks: list[CellCheck] = []
        self._schema = given.frame.collect_schema()
        self._nothing = given.nothing
        self._index = given.index
        self._cells: dict[str, Cell] = {}
        self._wrong: dict[str, list[nw.Expr]] = {}
        self._flags: dict[str, nw.Expr] = {}
        self.absent: set[str] = set()
        self._look_at_names()
        self.findings += [messages.name_twice(self.name, each) for each in given.twice]
        for field in self._all_fields():
            self._read(field)
        if not self.is_empty:
            self._judge_cells()
        flags = self._flags
        self.flagged: LazyFrame = given.frame.with_columns(**flags) if flags else given.frame

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.layout.name

    @property
    def is_readable(self) -> bool:
        """Whether every required column is there and can be read."""
        needed = {*self.layout.keys, *self.layout.places}
        needed |= {field.column for field in self.layout.fields if field.required}
        return needed.isdisjoint(self.absent)

    def _all_fields(self) -> Iterator[Field]:
        """Return the columns of keys and places, of the fields, and those with what is known."""
        layout = self.layout
        for column, type_ in layout.table.owner.items():
            yield Field(column, WholeNumber() if type_ is int else Identifier(), required=True)
        yield from layout.fields
        for each in layout.table.lists:
            if each.known:
                yield Field(each.known, Boolean(), required=False)

    def _look_at_names(self) -> None:
        known = [*self.layout.table.types()]
        given = [name for name in self._schema if not name.endswith(WRONG) and name != self.order]
        for finding in unknown_fields(given, known):
            self.findings.append(finding.under(self.name))

    def _read(self, field: Field) -> None:
        """Read a column; what is absent, or cannot be read, counts as unknown."""
        name = field.column
        dtype = self._schema.get(name)
        if dtype is None or name in self._nothing:
            self.absent.add(name)
            if field.required and dtype is None:
                self.findings.append(self._absent(name))
            return
        read = read_column(name, dtype, field.type)
        if isinstance(read, Cell) and name in self.layout.table.owner:
            # Whose a row is, and where in the list, the parent's table and its other rows tell.
            read = read._replace(
                checks=tuple(each for each in read.checks if each.code == "TSK002")
            )
        if isinstance(read, Mistyped):
            self.absent.add(name)
            wrong = messages.column_type(self.name, name, str(dtype), read.expected, read.hint)
            self.findings.append(wrong)
            return
        self._cells[name] = read

    def _absent(self, name: str) -> Finding:
        """Make the finding on a required column that is absent."""
        if name in self._index:
            return messages.key_in_index(self.name, name)
        return templates.MISSING_FIELD.finding(field=name).under(self.name, name)

    def _judge_cells(self) -> None:
        for field in self._all_fields():
            if field.column in self._cells:
                self._judge(field, self._cells[field.column])
            elif field.required and field.column in self._nothing:
                self._add(field.column, Wrong(self._missing(field), nw.lit(value=True)), no_text())
        self._judge_values()

    def _judge_values(self) -> None:
        """Find what is wrong between the columns of one value: a text, a period."""
        for field in self.layout.fields:
            if field.within:
                self._judge_within(field)
            if field.column.rpartition("_")[2] == "unofficial":
                self._judge_wordings(field.column)
        for start, end in self.layout.periods:
            self._judge_period(start, end)

    def _judge(self, field: Field, cell: Cell) -> None:
        """Find wrong cells of one column, and missing ones where each row must have one."""
        name = field.column
        missing = nw.col(name).is_null()
        text = cell.text
        if name + WRONG in self._schema:
            other = nw.col(name + WRONG)
            missing &= other.is_null()
            self._add(name, Wrong("TSK002", ~other.is_null()), other)
        for check in cell.checks:
            self._add(name, check, text)
        if field.required and name not in self.layout.table.owner:
            self._add(name, Wrong(self._missing(field), missing), no_text())

    def _missing(self, field: Field) -> str:
        """Return the code of a required cell that is empty: an element of a list is no field."""
        path = self.layout.table.columns.get(field.column, ((),))[0]
        return "TSK003" if path else "TSK002"

    def _judge_within(self, field: Field) -> None:
        """Find optional values of which the part is missing that each of them must have."""
        others = [~nw.col(each).is_null() for each in field.within if each in self._cells]
        if not others:
            return
        absent = nw.lit(value=True)
        if field.column in self._cells:
            absent = nw.col(field.column).is_null()
        self._add(field.column, Wrong("TSK003", absent & any_of(others)), no_text())

    def _judge_period(self, start: str, end: str) -> None:
        if start not in self._cells or end not in self._cells:
            return
        first, last = self._right(start), self._right(end)
        self._add(end, Wrong("TSK011", closed(last < first)), self._cells[end].text)

    def _judge_wordings(self, column: str) -> None:
        """Find languages that are named as unofficial and have no wording."""
        if column not in self._cells:
            return
        text = self._cells[column].text
        missing: list[nw.Expr] = []
        for language in ("sv", "en"):
            wording = column.removesuffix("unofficial") + language
            absent = nw.col(wording).is_null() if wording in self._cells else nw.lit(value=True)
            missing.append(closed(text.str.contains(language)) & absent)
        right = ~is_wrong(self._cells[column].checks)
        self._add(column, Wrong("TSK003", any_of(missing) & right), text)

    def _add(self, column: str, check: Wrong, text: nw.Expr) -> None:
        """Note a check; its answers become a column, so that each is worked out once."""
        flag = f"wrong_{len(self._flags)}"
        self._flags[flag] = check.where
        self._wrong.setdefault(column, []).append(nw.col(flag))
        self.checks.append(CellCheck(check.code, column, nw.col(flag), text))

    def _right(self, column: str) -> nw.Expr:
        """Return a value where its cell is right, before there are flags."""
        cell = self._cells[column]
        return nw.when(~is_wrong(cell.checks)).then(cell.value) if cell.checks else cell.value

    @property
    def key(self) -> nw.Expr:
        """The text of the key of a row, of its cells as they came."""
        keys = self.layout.keys
        if any(each not in self._cells for each in keys):
            return no_text()
        first, *others = (text_of(self._cells[each].text) for each in keys)
        return (
            joined(first, *(part for each in others for part in (" ", each))) if others else first
        )

    @property
    def place(self) -> nw.Expr:
        """The text of the place of a row in its list, the outer list first."""
        if not self.layout.places or any(each not in self._cells for each in self.layout.places):
            return no_text()
        first, *others = (text_of(self._cells[each].value) for each in self.layout.places)
        return (
            joined(first, *(part for each in others for part in ("/", each))) if others else first
        )

    @property
    def as_given(self) -> LazyFrame:
        """The columns that can be read, as they came."""
        return self.flagged.select(*self._cells)

    @property
    def clean(self) -> LazyFrame:
        """The rows whose required cells are right, as values of ours."""
        frame = self.flagged
        required = [field.column for field in self._all_fields() if field.required]
        wrong = [flag for column in required for flag in self._wrong.get(column, ())]
        if wrong:
            frame = frame.filter(~any_of(wrong))
        columns: dict[str, nw.Expr] = {"key": self.key, "place": self.place}
        for field in self._all_fields():
            columns[field.column] = self._value(field)
        if self.order is not None:
            columns["order"] = nw.col(self.order)
        return frame.select(**columns)

    def _value(self, field: Field) -> nw.Expr:
        cell = self._cells.get(field.column)
        if cell is None:
            return nw.lit(None, dtype=_dtype(field.type))
        wrong = self._wrong.get(field.column)
        if field.required or not wrong:
            return cell.value
        return nw.when(~any_of(wrong)).then(cell.value)

    def text_of(self, column: str) -> nw.Expr:
        """Return the text of a cell as it came."""
        return self._cells[column].text

    def truth_of(self, column: str) -> nw.Expr:
        """Whether a cell is true, or is no truth at all, which is found elsewhere."""
        wrong = self._wrong.get(column, ())
        return any_of([closed(self._cells[column].value), *wrong])


def _dtype(field_type: FieldType) -> Any:  # noqa: ANN401 - narwhals' types
    if isinstance(field_type, Money):
        return nw.Int64
    return _TYPES.get(column_type(field_type), nw.Date)
