"""`CsvRows`: streams the rows of a CSV file in constant memory.

Encoding and delimiter are detected in the head: the first half megabyte of the file. A later cell
in another encoding becomes a `CellProblem`. A finding is a reported problem or note.
"""

import csv
import io
import itertools
from collections.abc import Callable, Iterator
from typing import IO

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.csv_encoding_and_delimiter import (
    UTF_8,
    WINDOWS,
    CountHeaders,
    Decoded,
    Dialect,
    cells_of_row,
    parse_text,
)
from tulevaisuus.exchange.csv_and_excel.grid import CellProblem
from tulevaisuus.exchange.csv_and_excel.sheet_finder import FoundSheet
from tulevaisuus.exchange.csv_and_excel.xlsx_reading import is_old_office, is_zip
from tulevaisuus.findings import messages
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.formats.limits import Limits

__all__ = ["CsvRows"]

_HEAD_SIZE = 2**19
"""How many characters are read to detect encoding, delimiter and headers."""

_BLOCK_SIZE = 2**16
"""How many bytes are read from the file at once."""

_SURROGATES = "surrogateescape"
"""This error handler of Python replaces each byte that it cannot decode with a lone surrogate.

A lone surrogate can be turned back into the byte. So the text is read as UTF-8 until a line shows
another encoding.
"""

_UTF16_MARKS = ("\udcff\udcfe", "\udcfe\udcff")
"""The byte order marks of UTF-16, as surrogates."""


class CsvRows:
    """The rows of one CSV file, each with its number."""

    def __init__(
        self,
        file: IO[bytes],
        name: str | None,
        dialect: Dialect,
        limits: Limits,
        report: Callable[[Finding], object],
    ) -> None:
        """Set the file and how it is read.

        Args:
            file: A file opened in binary mode.
            name: The name of the file in messages.
            dialect: The encoding and delimiter, where the caller knows them.
            limits: Maximum size of each line, and of the whole file.
            report: Receives the findings about rows.
        """
        self.name = name
        self.dialect = dialect
        self.limits = limits
        self.report = report
        self.raw: _CountingFile = _CountingFile(file)
        self.lines: _LineDecoder = _LineDecoder(self.raw, dialect.encoding, limits.bytes)
        self.head: list[str] = []  # the lines of the head, decoded
        self.delimiter: str = ";"
        self.skipped: int = 0

    def read_head(self, count_headers: CountHeaders) -> FoundSheet:
        """Return the first rows as a sheet, or the finding that this is not a CSV file.

        Args:
            count_headers: Returns how many headers of a grid are known.
        """
        first_bytes = self.raw.peek()
        if is_zip(first_bytes) or is_old_office(first_bytes):
            return self._unreadable(table_messages.WORKBOOK_IN_PLACE_OF_CSV.finding())
        head: list[str] = []
        size = 0
        for line in self.lines.iter_undecoded():
            head.append(line)
            size += len(line)
            if size >= _HEAD_SIZE:
                break
        decoded = self.lines.decode_head(head)
        if isinstance(decoded, Finding):
            return self._unreadable(decoded)
        # `str.splitlines` would also split at other characters, which are part of a line here.
        self.head = [*io.StringIO(decoded.text, newline="")]
        is_cut = size >= _HEAD_SIZE
        parsed = parse_text(
            decoded, self.name, self.dialect.delimiter, count_headers, is_cut=is_cut
        )
        self.delimiter, self.skipped = parsed.delimiter, parsed.skipped
        if parsed.grid is not None and not parsed.grid.rows:
            return self._unreadable(table_messages.EMPTY_TABLE.finding())
        return FoundSheet(self.name, parsed.grid, parsed.findings)

    def _unreadable(self, finding: Finding) -> FoundSheet:
        """Return the result for a file that cannot be read, with the finding that says why."""
        return FoundSheet(self.name, None, (finding,))

    def rows(self) -> Iterator[tuple[int, dict[int, object]]]:
        """Yield the number and the cells of each row that is not blank."""
        lines = itertools.chain(self.head[self.skipped :], self.lines)
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        number = self.skipped
        try:
            for number, row in enumerate(reader, 1 + self.skipped):
                if self._report_if_over_limit(number):
                    return
                cells = cells_of_row(row)
                if self.lines.has_other_encoding:
                    self.lines.has_other_encoding = False
                    cells = {column: _mark_undecoded(value) for column, value in cells.items()}
                if cells:
                    yield number, cells
        except csv.Error:
            line = reader.line_num + self.skipped
            self._report(table_messages.UNPAIRED_QUOTES.finding(line=line), number + 1)
            return
        if self.lines.is_too_long:
            self._report(messages.TOO_LARGE.finding(limit=self.limits.bytes), number + 1)

    def _report_if_over_limit(self, row: int) -> bool:
        """Report a file with too many bytes or rows; return whether it has too many."""
        if self.raw.total > self.limits.total:
            self._report(messages.TOO_LARGE_IN_ALL.finding(limit=self.limits.total), row)
        elif row > self.limits.lines:
            self._report(messages.TOO_MANY_LINES.finding(limit=self.limits.lines), row)
        else:
            return False
        return True

    def _report(self, finding: Finding, row: int) -> None:
        """Report a finding about a row."""
        self.report(attrs.evolve(finding, location=Location(source=self.name, row=row)))


def _mark_undecoded(value: object) -> object:
    """Return a `CellProblem` for a text with bytes of another encoding, or else the value."""
    text = str(value)
    if _is_decoded(text):
        return value
    readable = text.encode("utf-8", _SURROGATES).decode(WINDOWS, "replace")
    return CellProblem(table_messages.CELL_IN_OTHER_ENCODING, readable)


class _CountingFile(io.RawIOBase):
    """Wraps a binary file for `io.TextIOWrapper`; counts the bytes, and leaves the file open."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self.file = file
        self.first: bytes | None = None  # what `peek` has read
        self.total: int = 0  # the number of bytes so far

    def peek(self) -> bytes:
        """Return the first bytes of the file; `readinto` returns them again."""
        self.first = self.file.read(_BLOCK_SIZE)
        return self.first

    def readable(self) -> bool:
        """Return ``True``, as `io.TextIOWrapper` asks for it."""
        return True

    def readinto(self, buffer: "memoryview", /) -> int:  # type: ignore[override]
        """Read the next bytes into a buffer, and return their number."""
        block = self.first or self.file.read(len(buffer))
        self.first = block[len(buffer) :] if self.first else None
        size = min(len(block), len(buffer))
        buffer[:size] = block[:size]
        self.total += size
        return size


class _LineDecoder:
    """Decodes lines in the encoding that the first line with other characters than ASCII shows.

    Attributes:
        is_too_long: Whether a line is longer than the limit; no line follows it.
        has_other_encoding: Whether a line had bytes of another encoding. `CsvRows.rows` sets this
            back to false.
    """

    def __init__(self, raw: _CountingFile, encoding: str | None, max_length: int) -> None:
        self.encoding = encoding
        self.max_length = max_length
        self.is_too_long: bool = False
        self.has_other_encoding: bool = False
        self.text: io.TextIOWrapper = io.TextIOWrapper(
            io.BufferedReader(raw, _BLOCK_SIZE),
            encoding=encoding or "utf-8",
            errors=_SURROGATES,
            newline="",
        )

    def iter_undecoded(self) -> Iterator[str]:
        """Yield the lines, with surrogates for the bytes that could not be decoded."""
        while not self.is_too_long and (line := self.text.readline(self.max_length + 1)):
            if len(line) > self.max_length:
                self.is_too_long = True
                return
            yield line

    def decode_head(self, head: list[str]) -> Decoded | Finding:
        """Decode the first lines, and remember their encoding."""
        text = "".join(head).removeprefix("\ufeff")
        if text.startswith(_UTF16_MARKS):
            return table_messages.UTF16_TEXT.finding()
        if self.encoding is not None:
            if not _is_decoded(text):
                return table_messages.NOT_UTF8_OR_WINDOWS_1252.finding()
            return Decoded(text, self.encoding)
        if not text.isascii():
            self.encoding = UTF_8 if _is_decoded(text) else WINDOWS
        if self.encoding != WINDOWS:
            return Decoded(text, "UTF-8")
        text = _decode_as_windows(text)
        if not _is_decoded(text):
            return table_messages.NOT_UTF8_OR_WINDOWS_1252.finding()
        return Decoded.from_windows(text)

    def __iter__(self) -> Iterator[str]:
        """Yield the lines after the head, decoded."""
        for line in self.iter_undecoded():
            yield line if line.isascii() else self._decode(line)

    def _decode(self, line: str) -> str:
        """Decode a line with other characters than ASCII, and note an encoding of its own."""
        is_decoded = _is_decoded(line)
        if self.encoding is None:
            self.encoding = UTF_8 if is_decoded else WINDOWS
        if self.encoding == WINDOWS:
            line = _decode_as_windows(line)
            is_decoded = _is_decoded(line)
        self.has_other_encoding = self.has_other_encoding or not is_decoded
        return line


def _is_decoded(text: str) -> bool:
    """Return whether a text has no surrogates of undecoded bytes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _decode_as_windows(text: str) -> str:
    """Turn a text that was decoded as UTF-8 back into bytes, and decode them as Windows-1252."""
    return text.encode("utf-8", _SURROGATES).decode(WINDOWS, _SURROGATES)
