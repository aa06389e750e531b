"""`Tables`: what the forms of rules look at: the given tables, and what the facts add to them."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw

from tulevaisuus.formats.rows import to_rows
from tulevaisuus.frames.engines import Constant, Engine
from tulevaisuus.frames.expressions import Lazy
from tulevaisuus.frames.layouts import LAYOUTS
from tulevaisuus.frames.sheets import Sheet
from tulevaisuus.model.field_types import Money, Scalar
from tulevaisuus.rules.context import Context

__all__ = ["DATA", "Tables"]

DATA = ("organisations", "projects", "grants", "centres", "bodies", "posts", "sources")
"""The registers that are data and may be of any size; all others are code lists, read whole."""

_CENTS = 100


class Tables:
    """The tables of one check.

    ``context`` has what is read whole: the given code lists over the reference.
    """

    def __init__(
        self,
        engine: Engine,
        sheets: Mapping[str, Sheet],
        context: Context,
        given_whole: frozenset[str] = frozenset(),
    ) -> None:
        """Take what is checked.

        Args:
            engine: What runs the forms.
            sheets: The tables of data that were given.
            context: The code lists that were given, over the reference.
            given_whole: The names of these lists.
        """
        self.engine = engine
        self.given_whole = given_whole
        self.sheets = sheets
        self.context = context
        self._kept: dict[object, Lazy] = {}

    def has(self, *names: str) -> bool:
        """Whether tables are given and can be read."""
        return all(name in self.sheets and self.sheets[name].is_readable for name in names)

    def once(self, name: object, make: Callable[[], Lazy]) -> Lazy:
        """Return a frame that several forms share."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    def clean(self, name: str) -> Lazy:
        """Return the rows of a given table whose required cells are right."""
        return self.once(("clean", name), lambda: self.sheets[name].clean)

    def flagged(self, name: str) -> Lazy:
        """Return the rows of a given table as they came."""
        return self.sheets[name].flagged

    def order_of(self, name: str) -> tuple[str, ...]:
        """Return the columns of a clean table by which its rows are in order."""
        return ("key",) if self.sheets[name].order is None else ("order", "key")

    def constants(
        self, name: object, columns: Mapping[str, type], rows: Iterable[Sequence[Constant]]
    ) -> Lazy:
        """Return a table that we bring along, made once under its name."""
        return self.once(("constants", name), lambda: self.engine.constants(columns, [*rows]))

    def everyone(self, name: str, columns: Sequence[str]) -> Lazy:
        """Return the rows of a table of data: the given ones, then what only the facts have.

        Args:
            name: The table; that of a list follows the entities that it belongs to.
            columns: The columns of it that are wanted, beside ``key``.
        """
        return self.once(("everyone", name, tuple(columns)), lambda: self._everyone(name, columns))

    def _everyone(self, name: str, columns: Sequence[str]) -> Lazy:
        main = LAYOUTS[name].main
        facts = self._facts(name, columns)
        if not self.has(main):
            return facts
        sheet = self.sheets[main]
        own_keys = sheet.flagged.select(own_key=sheet.key)
        facts = facts.join(own_keys, left_on="key", right_on="own_key", how="anti")
        if not self.has(name):
            return facts
        own = self.clean(name).select("key", *columns)
        return nw.concat([own, facts], how="vertical")

    def _facts(self, name: str, columns: Sequence[str]) -> Lazy:
        layout = LAYOUTS[name]
        reference = getattr(self.context.reference, layout.main)
        rejected = {key for register, key in self.context.rejected if register == layout.main}
        kept = [entity for entity in reference if entity.key not in rejected]
        rows = to_rows(kept).get(name, [])
        types = {"key": str, **{column: _column_type(name, column) for column in columns}}
        keys = layout.keys
        lines = [
            (" ".join(str(row[key]) for key in keys), *(_constant(row[each]) for each in columns))
            for row in rows
        ]
        return self.constants(("facts", name, tuple(columns)), types, lines)


def _column_type(table: str, column: str) -> type:
    layout = LAYOUTS[table].table
    if column in layout.columns:
        field_type = layout.columns[column][1]
        if isinstance(field_type, Money):
            return int
        return field_type.column if isinstance(field_type, Scalar) else str
    return layout.types()[column]


def _constant(cell: Any) -> Constant:  # noqa: ANN401 - any cell of a row
    """Return a cell as our frames hold it: amounts in cents."""
    if isinstance(cell, str | int | bool | dt.date) or cell is None:
        return cell
    return int(cell * _CENTS)
