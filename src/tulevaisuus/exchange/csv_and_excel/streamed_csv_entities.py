"""`read_csv`: streams the entities of a CSV file in constant memory.

A grid is the cells of a sheet, here of the head: the first half megabyte of the file. A finding is
a reported problem or note.
"""

from __future__ import annotations

import contextlib
import functools
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar, cast

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.class_guess import ClassGuess
from tulevaisuus.exchange.csv_and_excel.csv_encoding_and_delimiter import CountHeaders, Dialect
from tulevaisuus.exchange.csv_and_excel.grid import Grid, column_name, format_row_numbers
from tulevaisuus.exchange.csv_and_excel.header_findings import Layout, read_layout
from tulevaisuus.exchange.csv_and_excel.header_meanings import HeaderMap
from tulevaisuus.exchange.csv_and_excel.header_rows import count_known_headers
from tulevaisuus.exchange.csv_and_excel.row_reading import TableEntries
from tulevaisuus.exchange.csv_and_excel.sheet_finder import TableInput
from tulevaisuus.exchange.csv_and_excel.streamed_csv_rows import CsvRows
from tulevaisuus.exchange.csv_and_excel.table_mapping import TableMapping, require_options
from tulevaisuus.exchange.formats_registry import ReadOptions, Source
from tulevaisuus.findings import messages
from tulevaisuus.findings.collector import Collector
from tulevaisuus.findings.errors import DocumentError, InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.severity import Severity
from tulevaisuus.formats.decoding import check_class, decode
from tulevaisuus.formats.files import name_of, open_for_bytes, require_file
from tulevaisuus.formats.limits import Limits, limits_or_default
from tulevaisuus.model.entity import Entity

__all__ = ["ChooseMapping", "OnFinding", "read_csv", "stream_csv"]

T = TypeVar("T", bound=Entity)

OnFinding = Callable[[Finding], object]
"""A function that is called with each finding."""

ChooseMapping = Callable[[Grid], TableMapping | Finding]
"""A function that returns how rows become entities, or a finding if that is unclear."""

_MAX_FINDINGS = 1_000
"""How many findings the `DocumentError` at the end has at most."""

_BATCH_SIZE = 2_048
"""How many rows are read at once. Up to ``_MAX_FOOTNOTES`` more rows wait for the next batch."""

_MAX_FOOTNOTES = 1_000
"""How many rows at the end of a table can be recognised as footnotes."""

_MAX_BLANK_ROWS = 200
"""How many blank rows are remembered; a message lists fewer."""


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
    """Yield the entities of a CSV file one by one, in constant memory.

    Rows are read as by `read_table`. Encoding, delimiter and headers are detected in the first
    half megabyte; later rows that contradict them are reported. Repeated keys are not detected.

    Args:
        source: A path (``.gz`` and ``.zst`` are decompressed), bytes, or a file opened in binary
            mode.
        cls: The class of the entities, one entity per row.
        on_finding: Called with each finding as soon as it is found. Without it, a `DocumentError`
            is raised after the last row if there is any error; it has the first 1000 findings and
            the counts of all. The location of a finding has the file, row and cell.
        headers: Extra headers, mapped to fields: ``{"Euroa": "amount_eur"}``.
        constants: Values by field, for empty cells and fields without a column.
        ids: Template for missing ids: ``"{project}-{call}"``.
        dialect: Encoding, delimiter and decimal mark, where you know them.
        limits: Maximum sizes and number of findings; ``bytes`` limits each line. See `Limits`.

    Raises:
        DocumentError: There are errors, and no ``on_finding``.
        InvalidValueError: One of the ``constants``, or the template ``ids``, is not valid.
        OSError: The file cannot be opened.
        TypeError: ``cls`` is not an entity class, or ``source`` or an option has another type.
        UnknownCodeError: ``headers``, ``constants`` or ``ids`` name a field that does not exist.
    """
    check_class(cls, Entity)
    require_options(headers, constants, dialect)
    options = ReadOptions(
        of=cls,
        headers=headers or {},
        constants=constants or {},
        ids=ids,
        dialect=dialect,
        limits=limits_or_default(limits),
    )
    return cast("Iterator[T]", stream_csv(source, options, on_finding))


def stream_csv(
    source: Source, options: ReadOptions, on_finding: OnFinding | None
) -> Iterator[Entity]:
    """Yield the entities of a CSV file as `read_csv`; the entry for CSV in the registry of formats.

    Without a class in the options, the headers decide the class.

    Raises:
        UnknownCodeError: The options name a field that the class, or every class, lacks.
        InvalidValueError: One of the constants is not valid.
    """
    dialect = cast("Dialect | None", options.dialect) or Dialect()
    stream = _CsvStream(source, dialect, options.limits, on_finding)
    if options.of is not None:
        vocabulary = HeaderMap(options.of, options.headers)
        table_mapping = TableMapping(vocabulary, options.constants, options.ids, dialect)
        count_headers = functools.partial(count_known_headers, vocabulary=vocabulary)
        return stream.read(count_headers, lambda _: table_mapping)
    guess = ClassGuess(options)

    def choose_mapping(grid: Grid) -> TableMapping | Finding:
        """Return the mapping for the class that the headers show, or a finding if it is unclear."""
        vocabulary, finding = guess.choose(grid)
        if vocabulary is None:
            return finding
        stream.report(finding)
        return TableMapping(vocabulary, options.constants, options.ids, dialect)

    return stream.read(guess.count_known_headers, choose_mapping)


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
        self.collector: Collector = Collector(min(_MAX_FINDINGS, limits.findings))

    def read(self, count_headers: CountHeaders, choose_mapping: ChooseMapping) -> Iterator[Entity]:
        """Yield the entities; call ``on_finding``, or raise an error with the findings at the end.

        Args:
            count_headers: Returns how many headers of a grid are known.
            choose_mapping: Returns how rows become entities, or a finding if that is unclear.
        """
        read_errors: tuple[type[Exception], ...] = (EOFError,)
        file = io.BytesIO(self.source) if isinstance(self.source, bytes) else self.source
        with contextlib.ExitStack() as stack:
            try:
                opened, read_errors = stack.enter_context(open_for_bytes(file))
                rows = CsvRows(opened, self.name, self.dialect, self.limits, self.report)
                yield from self._entities(rows, count_headers, choose_mapping)
            except read_errors:
                self.report(messages.BROKEN_ARCHIVE.finding())
        if any(severity is Severity.ERROR for _, severity, _ in self.collector.counts):
            raise DocumentError(self.collector.findings, self.collector.counts)

    def _entities(
        self, rows: CsvRows, count_headers: CountHeaders, choose_mapping: ChooseMapping
    ) -> Iterator[Entity]:
        """Read the headers in the head, and then yield the entities of the rows below."""
        head = rows.read_head(count_headers)
        if head.grid is None:
            self._report_all(head.findings)
            return
        table_mapping = choose_mapping(head.grid)
        if isinstance(table_mapping, Finding):
            self._report_all(attrs.evolve(finding, path="") for finding in head.findings)
            self.report(table_mapping)
            return
        path = f"/{table_mapping.cls.plural}"
        self._report_all(attrs.evolve(finding, path=path) for finding in head.findings)
        layout = read_layout(head.grid, table_mapping.vocabulary)
        if isinstance(layout, Finding):
            self.report(layout)
            return
        self._report_all(layout.findings)
        entries = TableEntries(table_mapping, layout, head.grid, self._report_all)
        yield from _BatchReader(rows, head.grid, layout, entries, self._report_all).read()

    def report(self, finding: Finding) -> None:
        """Hand a finding to the caller, or keep it for the error at the end."""
        if finding.location is None:
            finding = attrs.evolve(finding, location=Location(source=self.name))
        if self.on_finding is None:
            self.collector.add(finding)
        else:
            self.on_finding(finding)

    def _report_all(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.report(finding)


class _BatchReader:
    """Reads the rows below the headers in batches.

    Rows at the end of a batch that are not clearly entities wait for the next batch: only at the
    end of the file is it clear whether they are footnotes.
    """

    def __init__(
        self,
        rows: CsvRows,
        head: Grid,
        layout: Layout,
        entries: TableEntries,
        report: Callable[[Iterable[Finding]], object],
    ) -> None:
        self.rows = rows
        self.header_row = layout.header_row
        self.entries = entries
        self.report = report
        self.header_grid = attrs.evolve(head, rows={self.header_row: head.rows[self.header_row]})
        below = (cells for row, cells in head.rows.items() if row >= self.header_row)
        # The columns with a header, or reported without one.
        self.columns: set[int] = {column for cells in below for column in cells}
        self.pending: dict[int, dict[int, object]] = {}  # the rows of the next batch, by number
        self.previous: dict[int, Mapping[int, object]] = {}  # the last row of the batch before
        self.last_row = self.header_row  # the last row that is not blank
        self.blank_rows: list[int] = []

    def read(self) -> Iterator[Entity]:
        """Yield the entities, and report what is wrong with other rows."""
        for number, cells in self.rows.rows():
            if number <= self.header_row:
                continue
            first_blank = self.last_row + 1
            if number > first_blank and len(self.blank_rows) < _MAX_BLANK_ROWS:
                self.blank_rows += range(first_blank, min(number, first_blank + _MAX_BLANK_ROWS))
            self.last_row = number
            if not self.columns.issuperset(cells):
                self._report_columns_without_header(number, cells)
            self.pending[number] = cells
            if len(self.pending) >= _BATCH_SIZE + _MAX_FOOTNOTES:
                yield from self._read_batch(is_last_batch=False)
            if self.entries.has_second_table:
                break
        if self.blank_rows:  # before the rows of the last batch, as `read_table` reports them
            finding = table_messages.BLANK_ROWS.finding(rows=format_row_numbers(self.blank_rows))
            self.entries.report_row(self.header_grid, finding, row=self.blank_rows[0])
        yield from self._read_batch(is_last_batch=True)

    def _report_columns_without_header(self, row: int, cells: Mapping[int, object]) -> None:
        """Report columns without a header at the first row where they have a value."""
        for column in sorted(set(cells) - self.columns):
            self.columns.add(column)
            finding = table_messages.COLUMN_WITHOUT_HEADER.finding(column=column_name(column))
            grid = attrs.evolve(self.header_grid, rows={row: cells})
            location = grid.location(row, column)
            self.report([attrs.evolve(finding, path=self.entries.path, location=location)])

    def _read_batch(self, *, is_last_batch: bool) -> Iterator[Entity]:
        """Yield the entities of the pending rows, but keep possible footnotes pending."""
        grid = attrs.evolve(
            self.header_grid, rows={**self.header_grid.rows, **self.previous, **self.pending}
        )
        row_numbers = [*self.pending]
        plain_rows = self.entries.read_fast(grid, row_numbers)
        if not is_last_batch:
            kept_count = 0
            while kept_count < _MAX_FOOTNOTES and row_numbers[-1 - kept_count] not in plain_rows:
                kept_count += 1
            row_numbers = row_numbers[: len(row_numbers) - kept_count]
        locator = self.entries.locator(grid)
        for entry in self.entries.iter_entries(
            grid, row_numbers, plain_rows, is_last_batch=is_last_batch
        ):
            try:
                yield decode(entry.cls, entry.value)
            except InvalidValueError as error:
                self.report(locator.locate(map(entry.with_path_in_source, error.findings)))
        self.entries.start_next_batch()
        # Whether a row is a footnote also depends on the row before it.
        self.previous = {row: self.pending[row] for row in row_numbers[-1:]}
        self.pending = {row: self.pending[row] for row in [*self.pending][len(row_numbers) :]}
