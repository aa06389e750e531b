"""The engine that runs the rules on frames of Polars."""

import datetime as dt
import importlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, cast

import narwhals.stable.v2 as nw

from tulevaisuus.frames.engines.expressions import LazyFrame
from tulevaisuus.frames.engines.interface import (
    MAX_SCALE,
    Constant,
    Engine,
    InputFrame,
    Rows,
    Strategy,
)
from tulevaisuus.frames.engines.patterns import LONGEST_ID

__all__ = ["PolarsEngine"]

_SAMPLE_SIZE = 1_000
"""The rows, spread over a frame, from which it is estimated whether texts repeat."""

_MAX_TEXTS_AT_ONCE = 1_000_000
"""The rows whose texts are put together at a time."""

_VISIBLE = bytes(range(ord("!"), ord("~") + 1))
"""The visible characters of ASCII."""

_MIN_ROWS_PER_TEXT = 4
"""Texts repeat if the sample has this many rows for each of them."""


class PolarsEngine(Engine):
    """Polars; an eager frame is read lazily, and its violations are collected."""

    strategy: Strategy = Strategy.MASKS

    def __init__(self, *, is_eager: bool) -> None:
        """Take whether violations are returned as an eager frame."""
        self.is_eager = is_eager
        self.kind = "Polars" if is_eager else "Polars (lazy)"
        self.pl: Any = importlib.import_module("polars")
        self.errors: tuple[type[Exception], ...] = (self.pl.exceptions.PolarsError,)

    def read_frame(self, native: object) -> InputFrame:
        """Wrap the frame; Polars has a type of its own for columns with only nulls."""
        lazy = cast("Any", native).lazy()
        schema = lazy.collect_schema()
        null_columns = [name for name, dtype in schema.items() if dtype == self.pl.Null]
        decimals = [name for name, dtype in schema.items() if _is_too_exact(dtype)]
        if decimals:
            lazy = lazy.with_columns(map(self._as_text, decimals))
        is_empty = lazy.head(1).collect().height == 0
        return InputFrame(nw.from_native(lazy), null_columns, is_empty=is_empty, decimals=decimals)

    def _as_text(self, name: str) -> Any:  # noqa: ANN401 - an expression of Polars
        """Return the shortest text of a decimal that has digits after the point."""
        text = self.pl.col(name).cast(self.pl.String)
        return text.str.strip_chars_end("0").str.strip_chars_end(".")

    def literal_table(
        self, columns: Mapping[str, type], rows: Iterable[Sequence[Constant]]
    ) -> LazyFrame:
        """Make a frame of the rows."""
        pl = self.pl
        types = {str: pl.String, int: pl.Int64, bool: pl.Boolean, dt.date: pl.Date}
        schema = {name: types[each] for name, each in columns.items()}
        return cast("LazyFrame", nw.from_native(pl.LazyFrame([*rows], schema=schema, orient="row")))

    def select(
        self,
        frame: LazyFrame,
        names: Sequence[str],
        constants: Mapping[str, str | None],
        days: Collection[str],
    ) -> LazyFrame:
        """Write each day once, and take its text for each row: to write one takes longer."""
        if not self.is_eager:
            return super().select(frame, names, constants, days)
        pl = self.pl
        columns: dict[str, Any] = {name: pl.col(name) for name in names}
        for name in days:
            columns[name] = columns[name].map_batches(self._texts_of_days, pl.String)
        for name, text in constants.items():
            columns[name] = pl.lit(text, pl.String)
        return cast("LazyFrame", nw.from_native(frame.to_native().select(**columns)))

    def _texts_of_days(self, days: Any) -> Any:  # noqa: ANN401 - a series of Polars
        """Return the texts of days; those of all days between the first and the last are made."""
        first, last = days.min(), days.max()
        if first is None or (last - first).days >= len(days):
            return days.cast(self.pl.String)
        texts = self.pl.date_range(first, last, eager=True).cast(self.pl.String)
        return texts.gather((days - first).dt.total_days()).alias(days.name)

    def conditions_that_may_hold(
        self,
        frame: LazyFrame,
        conditions: Mapping[str, nw.Expr],
        columns: Mapping[str, str],
        identifier_conditions: Collection[str] = (),
    ) -> frozenset[str]:
        """Look at frames in memory column by column: it takes less than to run all conditions.

        Repeated texts are checked once, and other texts all together if they may be identifiers:
        to match each with a pattern takes longer.
        """
        if not self.is_eager or not conditions:
            return super().conditions_that_may_hold(
                frame, conditions, columns, identifier_conditions
            )
        repeated = self._repeated_texts(frame, {*columns.values()})
        others = {
            each: columns[each] for each in identifier_conditions if columns[each] not in repeated
        }
        plain = self._plain_texts(frame, sorted({*others.values()}))
        valid = {name for name, column in others.items() if column in plain}
        parts: defaultdict[str, dict[str, nw.Expr]] = defaultdict(dict)
        for name in sorted(conditions.keys() - valid):
            column = columns.get(name, "")
            parts[column if column in repeated else ""][name] = conditions[name]
        return self._names_of_true(
            _distinct(frame, each).select(**of) for each, of in parts.items()
        )

    def _names_of_true(self, frames: Iterable[LazyFrame]) -> frozenset[str]:
        """Return the names of the columns that are true, of frames of one row."""
        rows = self.collect_rows([*frames])
        return frozenset(name for (row,) in rows for name, is_true in row.items() if is_true)

    def _plain_texts(self, frame: LazyFrame, columns: Sequence[str]) -> frozenset[str]:
        """Return the columns whose texts are identifiers of visible ASCII characters alone."""
        pl = self.pl
        lazy = frame.to_native()
        schema = lazy.collect_schema()
        texts = [pl.col(name) for name in columns if schema[name] == pl.String]
        if not texts:
            return frozenset()
        collected = lazy.select(texts).collect(engine="in-memory")
        return frozenset(each.name for each in collected if _is_plain(each))

    def _repeated_texts(self, frame: LazyFrame, columns: Iterable[str]) -> frozenset[str]:
        """Return the columns whose texts repeat, estimated from a sample of rows."""
        pl = self.pl
        lazy = frame.to_native()
        schema = lazy.collect_schema()
        texts = [pl.col(name) for name in columns if schema[name] == pl.String]
        count = lazy.select(pl.len()).collect().item()
        sample = lazy.select(texts).gather_every(max(count // _SAMPLE_SIZE, 1)).collect()
        return frozenset(
            series.name for series in sample if series.n_unique() * _MIN_ROWS_PER_TEXT < len(series)
        )

    def keep(self, frames: Sequence[LazyFrame]) -> list[LazyFrame | None]:
        """Run the queries together."""
        collected = self.pl.collect_all([each.to_native() for each in frames])
        return [
            cast("LazyFrame", nw.from_native(each.lazy())) if each.height else None
            for each in collected
        ]

    def may_repeat(self, keys: LazyFrame) -> bool:
        """Count the hashes of the texts: to compare the texts takes three times as long."""
        hashes = self.pl.col("key").hash()
        counts = keys.to_native().select(distinct=hashes.n_unique(), every=self.pl.len())
        ((distinct, every),) = counts.collect().rows()
        return bool(distinct < every)

    def to_native_frame(self, frame: LazyFrame) -> object:
        """Collect the violations if the frames were eager."""
        lazy = frame.to_native()
        return lazy.collect(engine="in-memory") if self.is_eager else lazy

    def collect_rows(self, frames: Sequence[LazyFrame]) -> list[Rows]:
        """Run all frames together, so that common parts run only once."""
        collected = self.pl.collect_all([each.to_native() for each in frames])
        return [each.to_dicts() for each in collected]


def _is_too_exact(dtype: Any) -> bool:  # noqa: ANN401 - a type of Polars
    """Whether a hundred times a decimal of this type is too large for the type."""
    return bool(dtype.is_decimal() and dtype.scale > MAX_SCALE)


def _is_plain(texts: Any) -> bool:  # noqa: ANN401 - a series of Polars
    """Return whether all texts have 1 to 200 characters, all of them visible ASCII.

    Texts are put together, a part of them at a time, and searched at once.
    """
    lengths = texts.str.len_bytes()
    least, most = lengths.min(), lengths.max()
    if least is not None and not 1 <= least <= most <= LONGEST_ID:
        return False
    for first in range(0, len(texts), _MAX_TEXTS_AT_ONCE):
        text: str = texts.slice(first, _MAX_TEXTS_AT_ONCE).str.join("").item() or ""
        if not text.isascii() or text.encode().translate(None, _VISIBLE):
            return False
    return True


def _distinct(frame: LazyFrame, column: str) -> LazyFrame:
    """Return the distinct values of a column, or all rows if there is none."""
    return frame.select(column).unique(column) if column else frame
