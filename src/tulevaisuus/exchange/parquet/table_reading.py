"""Reads Parquet files as tables of rows, and locates findings in them.

A column of another type than its field is never converted: each of its values is reported.
"""

import datetime as dt
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal
from pathlib import Path
from typing import Any, TypeAlias, cast

import attrs

from tulevaisuus._optional_libraries import pyarrow
from tulevaisuus.exchange import standards_messages
from tulevaisuus.exchange.parquet.arrow_tables_and_metadata import METADATA
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.formats import format_version
from tulevaisuus.formats.decoding import ALREADY_REPORTED, unknown_fields, warning
from tulevaisuus.formats.row_writing_and_columns import Table

__all__ = ["ParquetTable", "Report", "RowCells", "tables_in"]

Report: TypeAlias = Callable[[Iterable[Finding]], object]
"""A function that takes findings."""

RowCells: TypeAlias = "dict[str, object]"
"""The cells of a row, by the name of the column."""

_BATCH_SIZE = 8_192
"""How many rows are in memory at once."""

_CENT = Decimal("0.01")

_EXACT = Context(prec=100, rounding=ROUND_HALF_EVEN, traps=[])
"""A decimal context of our own: the one of the calling program may round."""

_TYPE_TEXTS = {str: "text", int: "number", bool: "truth", dt.date: "day", Decimal: "amount"}
"""For each type of a column, the name of the text that messages use for the type."""


def tables_in(folder: Path) -> Mapping[str, tuple[Path, ...]]:
    """Return the Parquet files of a folder by the name of their table.

    A table is one file (``grants.parquet``), or a folder of parts (``grants/part-0.parquet``), as
    Spark writes it.
    """
    found: dict[str, tuple[Path, ...]] = {}
    for path in sorted(folder.iterdir()):
        parts = _files_of_table(path)
        if parts:
            found[path.name.removesuffix(".parquet")] = parts
    return found


def _files_of_table(path: Path) -> tuple[Path, ...]:
    """Return the file, or the parts in a folder; nothing for a file of another type."""
    candidates = sorted(path.iterdir()) if path.is_dir() else [path]
    return tuple(filter(_is_parquet, candidates))


def _is_parquet(path: Path) -> bool:
    """Return whether a file is data in Parquet; Spark's names of other files begin with ``_``."""
    return path.suffix == ".parquet" and not path.name.startswith((".", "_")) and path.is_file()


@attrs.frozen
class ParquetTable:
    """The files of one table; ``limit`` is the maximum number of rows."""

    table: Table
    parts: tuple[Path, ...]
    report: Report
    limit: int

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.table.name

    def with_location(
        self, findings: Iterable[Finding], row: int | None = None
    ) -> Iterator[Finding]:
        """Yield the findings with the file, the table and the row, counted from 1."""
        location = self.location(row)
        return (attrs.evolve(finding, location=location) for finding in findings)

    def location(self, row: int | None) -> Location:
        """Return the location of a row: the file or folder, the table and the row."""
        source = os.fspath(self.parts[0] if len(self.parts) == 1 else self.parts[0].parent)
        return Location(source=source, sheet=self.name, row=row)

    def newer_version(self) -> str | None:
        """Return the format version of the files if it is newer, and can be read with warnings."""
        for file in self._open_files():
            version = None if file is None else _written_version(file)
            if version is None or format_version.version_problem(version) is not None:
                continue
            if format_version.is_newer(version):
                return version
        return None

    def rows(self) -> Iterator[RowCells]:
        """Yield the rows, and report findings about files, columns and the types of values."""
        total = 0
        for file in self._open_files():
            if file is None:
                self._report_table(standards_messages.NOT_PARQUET.finding())
            if file is None or not self._is_readable(file):
                continue
            try:
                for row in self._rows_of(file, total):
                    total += 1
                    if total > self.limit:
                        self._report_table(
                            standards_messages.TOO_MANY_ROWS.finding(limit=self.limit)
                        )
                        return
                    yield row
            except _parquet_errors():
                self._report_table(standards_messages.DAMAGED_PARQUET.finding(row=total))

    def _report_table(self, *findings: Finding) -> None:
        """Report findings about the whole table."""
        path = f"/{self.name}"
        with_path = (attrs.evolve(finding, path=path) for finding in findings)
        self.report(self.with_location(with_path))

    def _open_files(self) -> Iterator[Any]:
        """Yield the open files, and ``None`` for a file that is not Parquet."""
        for path in self.parts:
            with path.open("rb") as raw:
                try:
                    file = pyarrow("pyarrow.parquet").ParquetFile(raw)
                    _ = file.schema_arrow
                except _parquet_errors():
                    file = None
                yield file

    def _is_readable(self, file: Any) -> bool:  # noqa: ANN401 - pyarrow has no types
        """Return whether the version of a file can be read; report it if not."""
        written = _written_version(file)
        wrong = None if written is None else format_version.version_problem(written)
        if wrong is not None:
            self._report_table(wrong)
        return wrong is None

    def _rows_of(self, file: Any, start: int) -> Iterator[RowCells]:  # noqa: ANN401 - as above
        """Yield the rows of a file; ``start`` is the number of rows in the files before it."""
        types = self.table.types()
        names = self._columns(file, types)
        for batch in file.iter_batches(batch_size=_BATCH_SIZE, columns=names):
            columns = [self._cells(name, batch.column(name), types[name], start) for name in names]
            if names:
                yield from (
                    dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)
                )
            else:
                yield from ({} for _ in range(batch.num_rows))
            start += batch.num_rows

    def _columns(self, file: Any, types: Mapping[str, type]) -> list[str]:  # noqa: ANN401 - as above
        """Return the columns that are read; report the others."""
        names: list[str] = file.schema_arrow.names
        unknown = unknown_fields(dict.fromkeys(names), types)
        is_newer = format_version.is_newer(_written_version(file))
        self._report_table(*(warning(finding) if is_newer else finding for finding in unknown))
        repeated = [
            name for name in dict.fromkeys(names) if names.count(name) > 1 and name in types
        ]
        self._report_table(
            *(standards_messages.REPEATED_COLUMN.finding(field=name) for name in repeated)
        )
        return [name for name in names if name in types and name not in repeated]

    def _cells(self, name: str, column: Any, expected: type, start: int) -> list[object]:  # noqa: ANN401 - as above
        """Return the values of a column; ``start`` is the number of rows before the first one."""
        if not _fits(column.type, expected):
            return self._report_column(name, column, expected, start)
        cells = cast("list[object]", column.to_pylist())
        if expected is Decimal:
            return [
                _without_extra_zeros(cell) if isinstance(cell, Decimal) else cell for cell in cells
            ]
        return cells

    def _report_column(self, name: str, column: Any, expected: type, start: int) -> list[object]:  # noqa: ANN401 - as above
        """Report each value of a column of another type; return `ALREADY_REPORTED` for it."""
        wanted = standards_messages.phrase("columns", _TYPE_TEXTS[expected])
        wrong = standards_messages.WRONG_COLUMN_TYPE.finding(
            found=str(column.type), expected=wanted
        )
        filled: list[bool] = column.is_valid().to_pylist()
        for index, is_filled in enumerate(filled, start):
            if is_filled:
                self.report(self.with_location([wrong.under(self.name, index, name)], index + 1))
        # A column that says where the row belongs, such as the key of the owner, is no field.
        is_field = name in self.table.columns
        return [ALREADY_REPORTED if is_filled and is_field else None for is_filled in filled]


def _written_version(file: Any) -> str | None:  # noqa: ANN401 - as above
    """Return the format version that our writer has put into a file."""
    metadata = cast("Mapping[bytes, bytes]", file.schema_arrow.metadata or {})
    try:
        found: object = json.loads(metadata[METADATA])["format_version"]
    except (TypeError, ValueError, KeyError):
        return None
    return found if isinstance(found, str) else None


def _parquet_errors() -> tuple[type[Exception], ...]:
    """Return the errors of pyarrow for a file that is damaged, or not Parquet."""
    return (pyarrow().ArrowException, OSError, ValueError)


def _fits(found: Any, expected: type) -> bool:  # noqa: ANN401 - as above
    """Return whether an Arrow type has the values of a column, without conversion."""
    types = pyarrow("pyarrow.types")
    if types.is_dictionary(found):
        found = found.value_type
    tests: Mapping[type, tuple[Callable[[Any], bool], ...]] = {
        str: (types.is_string, types.is_large_string, types.is_string_view),
        int: (types.is_integer,),
        bool: (types.is_boolean,),
        dt.date: (types.is_date,),
        Decimal: (types.is_decimal, types.is_integer),
    }
    return any(test(found) for test in (types.is_null, *tests[expected]))


def _without_extra_zeros(amount: Decimal) -> Decimal:
    """Return an amount without extra zeros, as a column with four decimals has them."""
    cents = amount.quantize(_CENT, context=_EXACT)
    return cents if cents == amount else amount
