"""`read_csv`: the entities of a CSV file one by one, in memory that does not grow."""

from __future__ import annotations

import contextlib
import functools
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar, cast

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.class_guess import Classes
from tulevaisuus.exchange.csv_and_excel.columns import HeaderMap
from tulevaisuus.exchange.csv_and_excel.csv_rows import CsvRows
from tulevaisuus.exchange.csv_and_excel.csv_source import Dialect, Score
from tulevaisuus.exchange.csv_and_excel.entries import TableEntries
from tulevaisuus.exchange.csv_and_excel.grid import Grid, column_name
from tulevaisuus.exchange.csv_and_excel.header_rows import known_headers
from tulevaisuus.exchange.csv_and_excel.layout import Layout, lay_out, listed
from tulevaisuus.exchange.csv_and_excel.mapping import TableMapping
from tulevaisuus.exchange.csv_and_excel.sheet_finder import TableInput
from tulevaisuus.exchange.formats_registry import ReadOptions, Source
from tulevaisuus.findings import messages
from tulevaisuus.findings.collector import Collector
from tulevaisuus.findings.errors import DocumentError, InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.severity import Severity
from tulevaisuus.formats.decoding import check_class, decode
from tulevaisuus.formats.files import name_of, opened_for_bytes, require_file
from tulevaisuus.formats.limits import Limits
from tulevaisuus.model.entity import Entity

__all__ = ["Choose", "OnFinding", "entities", "read_csv"]

T = TypeVar("T", bound=Entity)

OnFinding = Callable[[Finding], object]
Choose = Callable[[Grid], TableMapping | Finding]

_KEPT = 1_000
"""The most findings that are kept for the `DocumentError` at the end."""

_BATCH = 2_048
"""The rows that are read at once; up to ``_HELD`` more may wait, as they may be footnotes."""

_HELD = 1_000
"""The most rows at the end of a table that are known as footnotes."""

_BLANK = 200
"""The most blank rows that are remembered; a message lists fewer."""


def read_csv(
    source: TableInput,
    cls: type[T],
    on_finding: OnFinding | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    constants: Mapping[str, object] | None = None,
    ids: str | None = None,
    dialect: Dialect | None = None,
    limits: Limits | None = None,
) -> Iterator[T]:
    """Yield the entities of a CSV file as they come, in memory that does not grow.

    Rows are read as `read_table` reads them. Encoding, separator and headers are those of the
    first half megabyte; a later row that contradicts them is a finding. Repeated keys are not
    looked for.

    Args:
        source: A path (``.gz`` and ``.zst`` are unpacked), bytes, or a file open for bytes.
        cls: The class of the entities; each row is one.
        on_finding: What is called with each finding, when it is met. Without it one
            `DocumentError` follows the last row if anything is an error, with the first 1000
            findings and the counts of all. Their locations name file, row and cell.
        headers: Further headers, and the fields that they mean: ``{"Euroa": "amount_eur"}``.
        constants: Values by field, for empty cells and fields without a column.
        ids: How ids are made where there are none: ``"{project}-{call}"``.
        dialect: What is known of the file.
        limits: What is read at most, ``bytes`` of each line; see `Limits`.

    Raises:
        DocumentError: Something is wrong, and there is no ``on_finding``.
        InvalidValueError: One of the ``constants`` is not valid.
        OSError: The file cannot be opened.
        TypeError: ``cls`` is no entity class, or ``source`` none of these.
        UnknownCodeError: ``headers``, ``constants`` or ``ids`` name an unknown field.
    """
    check_class(cls, Entity)
    mapping = TableMapping(HeaderMap(cls, headers), constants or {}, ids, dialect or Dialect())
    score = functools.partial(known_headers, headers=mapping.headers)
    stream = _CsvStream(source, mapping.dialect, limits or Limits(), on_finding)
    return cast("Iterator[T]", stream.read(score, lambda _: mapping))


def entities(source: Source, options: ReadOptions, report: OnFinding) -> Iterator[Entity]:
    """Yield the entities of a CSV file, as the registry of formats calls it.

    If the options name no class, the headers do.

    Raises:
        UnknownCodeError: The options name a field that the class, or every class, lacks.
        InvalidValueError: One of the constants is not valid.
    """
    dialect = cast("Dialect | None", options.dialect) or Dialect()
    stream = _CsvStream(source, dialect, options.limits, report)
    if options.of is not None:
        headers = HeaderMap(options.of, options.headers)
        mapping = TableMapping(headers, options.constants, options.ids, dialect)
        score = functools.partial(known_headers, headers=headers)
        return stream.read(score, lambda _: mapping)
    classes = Classes(options)

    def choose(grid: Grid) -> TableMapping | Finding:
        """Return how rows become entities of the class that the headers show, or why not."""
        found, why = classes.choose(grid)
        if found is None:
            return why
        report(why)
        return TableMapping(found, options.constants, options.ids, dialect)

    return stream.read(classes.score, choose)


class _CsvStream:
    """One CSV file that is read row by row."""

    def __init__(
        self, source: Source, dialect: Dialect, limits: Limits, on_finding: OnFinding | None
    ) -> None:
        if not isinstance(source, bytes):
            require_file(source, "read")
        self.source = source
        self.name: str | None = None if isinstance(source, bytes) else name_of(source)
        self.dialect = dialect
        self.limits = limits
        self.on_finding = on_finding
        self.kept: Collector = Collector(min(_KEPT, limits.findings))

    def read(self, score: Score, choose: Choose) -> Iterator[Entity]:
        """Yield the entities; hand findings over, or keep the first of them to the end.

        Args:
            score: Judges how well a separator fits.
            choose: Says how the rows of a table become entities, or why that is not clear.
        """
        broken: tuple[type[Exception], ...] = (EOFError,)
        file = io.BytesIO(self.source) if isinstance(self.source, bytes) else self.source
        with contextlib.ExitStack() as stack:
            try:
                opened, broken = stack.enter_context(opened_for_bytes(file))
                rows = CsvRows(opened, self.name, self.dialect, self.limits, self._tell)
                yield from self._entities(rows, score, choose)
            except broken:
                self._tell(messages.BROKEN_ARCHIVE.finding())
        if any(severity is Severity.ERROR for _, severity, _ in self.kept.counts):
            raise DocumentError(self.kept.findings, self.kept.counts)

    def _entities(self, rows: CsvRows, score: Score, choose: Choose) -> Iterator[Entity]:
        found = rows.open(score)
        if found.grid is None:
            self._tell_all(found.findings)
            return
        mapping = choose(found.grid)
        if isinstance(mapping, Finding):
            self._tell_all(attrs.evolve(each, path="") for each in found.findings)
            self._tell(mapping)
            return
        path = f"/{mapping.cls.plural}"
        self._tell_all(attrs.evolve(each, path=path) for each in found.findings)
        layout = lay_out(found.grid, mapping.headers)
        if isinstance(layout, Finding):
            self._tell(layout)
            return
        self._tell_all(layout.findings)
        entries = TableEntries(mapping, layout, found.grid, self._tell_all)
        yield from _Rows(rows, found.grid, layout, entries, self._tell_all).read()

    def _tell(self, finding: Finding) -> None:
        if finding.location is None:
            finding = attrs.evolve(finding, location=Location(source=self.name))
        if self.on_finding is None:
            self.kept.add(finding)
        else:
            self.on_finding(finding)

    def _tell_all(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self._tell(finding)


class _Rows:
    """The rows below the headers, some at a time."""

    def __init__(
        self,
        rows: CsvRows,
        head: Grid,
        layout: Layout,
        entries: TableEntries,
        tell: Callable[[Iterable[Finding]], object],
    ) -> None:
        self.rows = rows
        self.header_row = layout.header
        self.entries = entries
        self.tell = tell
        self.header_grid = attrs.evolve(head, rows={self.header_row: head.rows[self.header_row]})
        below = (cells for row, cells in head.rows.items() if row >= self.header_row)
        self.columns: set[int] = {column for cells in below for column in cells}
        self.pending: dict[int, dict[int, object]] = {}
        self.previous: dict[int, Mapping[int, object]] = {}
        self.last = self.header_row
        self.blank: list[int] = []

    def read(self) -> Iterator[Entity]:
        """Yield the entities, and report what is wrong with the others."""
        for number, cells in self.rows.rows():
            if number <= self.header_row:
                continue
            if number > self.last + 1 and len(self.blank) < _BLANK:
                self.blank += range(self.last + 1, min(number, self.last + 1 + _BLANK))
            self.last = number
            if not self.columns.issuperset(cells):
                self._report_nameless(number, cells)
            self.pending[number] = cells
            if len(self.pending) >= _BATCH + _HELD:
                yield from self._batch(is_end=False)
            if self.entries.is_over:
                break
        yield from self._batch(is_end=True)
        if self.blank:
            finding = table_messages.BLANK_ROWS.finding(rows=listed(self.blank))
            self.entries.note(self.header_grid, finding, row=self.blank[0])

    def _report_nameless(self, row: int, cells: Mapping[int, object]) -> None:
        """Report columns that begin here without a header, once each."""
        for column in sorted(set(cells) - self.columns):
            self.columns.add(column)
            finding = table_messages.NO_HEADER_ABOVE.finding(column=column_name(column))
            grid = attrs.evolve(self.header_grid, rows={row: cells})
            location = grid.location(row, column)
            self.tell([attrs.evolve(finding, path=self.entries.path, location=location)])

    def _batch(self, *, is_end: bool) -> Iterator[Entity]:
        """Yield the entities of the rows that wait, but for those that may be footnotes."""
        grid = attrs.evolve(
            self.header_grid, rows={**self.header_grid.rows, **self.previous, **self.pending}
        )
        numbers = [*self.pending]
        certain = self.entries.certain(grid, numbers)
        if not is_end:
            held = 0
            while held < _HELD and numbers[-1 - held] not in certain:
                held += 1
            numbers = numbers[: len(numbers) - held]
        locator = self.entries.locator(grid)
        for entry in self.entries.of(grid, numbers, certain, is_end=is_end):
            try:
                yield decode(entry.cls, entry.value)
            except InvalidValueError as error:
                self.tell(locator.locate(map(entry.placed, error.findings)))
        self.entries.next_rows()
        self.previous = {row: self.pending[row] for row in numbers[-1:]}
        self.pending = {row: self.pending[row] for row in [*self.pending][len(numbers) :]}
