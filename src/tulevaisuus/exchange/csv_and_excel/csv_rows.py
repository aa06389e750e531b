"""`CsvRows`: the rows of a CSV file as they come, in memory that does not grow.

Encoding and separator are those of the beginning of the file. A later text in another encoding is
a `CellProblem` in its cell.
"""

import csv
import io
import itertools
from collections.abc import Callable, Iterator
from typing import IO

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.csv_source import (
    UTF_8,
    WINDOWS,
    Decoded,
    Dialect,
    Score,
    cells_of,
    parsed,
)
from tulevaisuus.exchange.csv_and_excel.grid import CellProblem
from tulevaisuus.exchange.csv_and_excel.sheet_finder import FoundSheet
from tulevaisuus.exchange.csv_and_excel.xlsx_source import is_old_office, is_zip
from tulevaisuus.findings import messages
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.formats.limits import Limits

__all__ = ["CsvRows"]

_HEAD = 2**19
"""The characters at the beginning that show encoding, separator and headers."""

_BLOCK = 2**16
_ESCAPED = "surrogateescape"
_UTF16 = ("\udcff\udcfe", "\udcfe\udcff")
"""The marks with which UTF-16 begins, as escaped bytes."""


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
        """Take an open file.

        Args:
            file: The file, open for bytes.
            name: What messages call it.
            dialect: What the caller knows of it.
            limits: What is read at most: of each line, and of all.
            report: What is called with findings on the rows.
        """
        self.name = name
        self.dialect = dialect
        self.limits = limits
        self.report = report
        self.raw: _Raw = _Raw(file)
        self.lines: _Lines = _Lines(self.raw, dialect.encoding, limits.bytes)
        self.head: list[str] = []
        self.delimiter: str = ";"
        self.skipped: int = 0

    def open(self, score: Score) -> FoundSheet:
        """Return the first rows as a sheet, and how they were read; nothing if it is no CSV file.

        Args:
            score: Judges how well a separator fits.
        """
        beginning = self.raw.peek()
        if is_zip(beginning) or is_old_office(beginning):
            return self._not_read(table_messages.NO_CSV_FILE.finding())
        head: list[str] = []
        size = 0
        for line in self.lines.undecoded():
            head.append(line)
            size += len(line)
            if size >= _HEAD:
                break
        decoded = self.lines.decode_head(head)
        if isinstance(decoded, Finding):
            return self._not_read(decoded)
        self.head = [*io.StringIO(decoded.text, newline="")]  # other signs end no line
        made = parsed(decoded, self.name, self.dialect.delimiter, score, is_cut=size >= _HEAD)
        self.delimiter, self.skipped = made.delimiter, made.skipped
        if made.grid is not None and not made.grid.rows:
            return self._not_read(table_messages.EMPTY_TABLE.finding())
        return FoundSheet(self.name, made.grid, made.findings)

    def _not_read(self, finding: Finding) -> FoundSheet:
        return FoundSheet(self.name, None, (finding,))

    def rows(self) -> Iterator[tuple[int, dict[int, object]]]:
        """Yield the number and the cells of each row that is not blank."""
        lines = itertools.chain(self.head[self.skipped :], self.lines)
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        number = self.skipped
        try:
            for number, row in enumerate(reader, 1 + self.skipped):
                cells = cells_of(row)
                if self.lines.has_other_encoding:
                    self.lines.has_other_encoding = False
                    cells = {column: _checked(each) for column, each in cells.items()}
                if cells:
                    yield number, cells
                if self._is_too_much(number):
                    return
        except csv.Error:
            line = reader.line_num + self.skipped
            self._tell(table_messages.BROKEN_QUOTES.finding(line=line), number + 1)
            return
        if self.lines.is_too_long:
            self._tell(messages.TOO_LARGE.finding(limit=self.limits.bytes), number + 1)

    def _is_too_much(self, row: int) -> bool:
        if self.raw.total > self.limits.total:
            self._tell(messages.TOO_LARGE_IN_ALL.finding(limit=self.limits.total), row)
        elif row >= self.limits.lines:
            self._tell(messages.TOO_MANY_LINES.finding(limit=self.limits.lines), row)
        else:
            return False
        return True

    def _tell(self, finding: Finding, row: int) -> None:
        self.report(attrs.evolve(finding, location=Location(source=self.name, row=row)))


def _checked(value: object) -> object:
    """Return a problem in place of a text with bytes of another encoding."""
    text = str(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        shown = text.encode("utf-8", _ESCAPED).decode(WINDOWS, "replace")
        return CellProblem(table_messages.OTHER_ENCODING, shown)
    return value


class _Raw(io.RawIOBase):
    """A file that is open for bytes as `io.TextIOWrapper` needs it; it stays open."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self.file = file
        self.first: bytes | None = None
        self.total: int = 0

    def peek(self) -> bytes:
        """Return the beginning of the file, which is read again."""
        self.first = self.file.read(_BLOCK)
        return self.first

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: "memoryview", /) -> int:  # type: ignore[override]
        """Read the next bytes into a buffer, and return how many there are."""
        block = self.first or self.file.read(len(buffer))
        self.first = block[len(buffer) :] if self.first else None
        size = min(len(block), len(buffer))
        buffer[:size] = block[:size]
        self.total += size
        return size


class _Lines:
    """Lines of text, in the encoding that the lines up to them have shown."""

    def __init__(self, raw: _Raw, encoding: str | None, limit: int) -> None:
        self.encoding = encoding
        self.limit = limit
        self.is_too_long: bool = False
        self.has_other_encoding: bool = False
        self.text: io.TextIOWrapper = io.TextIOWrapper(
            io.BufferedReader(raw, _BLOCK),
            encoding=encoding or "utf-8",
            errors=_ESCAPED,
            newline="",
        )

    def undecoded(self) -> Iterator[str]:
        """Yield the lines; bytes that are not of the encoding are escaped."""
        while not self.is_too_long and (line := self.text.readline(self.limit + 1)):
            if len(line) > self.limit:
                self.is_too_long = True
                return
            yield line

    def decode_head(self, head: list[str]) -> Decoded | Finding:
        """Return the first lines as text, and remember their encoding."""
        text = "".join(head).removeprefix("\ufeff")
        if text.startswith(_UTF16):
            return table_messages.UTF16_TEXT.finding()
        if self.encoding is not None:
            if not _is_whole(text):
                return table_messages.NOT_TEXT.finding()
            return Decoded(text, self.encoding)
        if not text.isascii():
            self.encoding = UTF_8 if _is_whole(text) else WINDOWS
        if self.encoding != WINDOWS:
            return Decoded(text, "UTF-8")
        text = _in_windows(text)
        if not _is_whole(text):
            return table_messages.NOT_TEXT.finding()
        return Decoded.of_windows(text)

    def __iter__(self) -> Iterator[str]:
        """Yield the lines that follow; the first that is not ASCII shows the encoding."""
        for line in self.undecoded():
            yield line if line.isascii() else self._decoded(line)

    def _decoded(self, line: str) -> str:
        is_whole = _is_whole(line)
        if self.encoding is None:
            self.encoding = UTF_8 if is_whole else WINDOWS
        if self.encoding == WINDOWS:
            line = _in_windows(line)
            is_whole = _is_whole(line)
        self.has_other_encoding = self.has_other_encoding or not is_whole
        return line


def _is_whole(text: str) -> bool:
    """Return whether no byte of a text is escaped."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _in_windows(text: str) -> str:
    """Decode a text anew, which was taken for UTF-8."""
    return text.encode("utf-8", _ESCAPED).decode(WINDOWS, _ESCAPED)
