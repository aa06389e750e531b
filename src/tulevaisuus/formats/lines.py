"""JSON Lines: one thing a line, read and written as they come, in memory that does not grow."""

import codecs
import contextlib
import importlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import IO, Literal, NamedTuple, TypeAlias, TypeVar, cast

import attrs

from tulevaisuus.findings import DocumentError, Finding, InvalidValueError, messages
from tulevaisuus.formats.decoding import FAST, decode
from tulevaisuus.formats.encoding import encode
from tulevaisuus.formats.parsing import HOLE, Limits, number, parse
from tulevaisuus.formats.reading import in_document_order
from tulevaisuus.model import Thing
from tulevaisuus.model.kinds import Nested

__all__ = ["Problem", "read_lines", "write_lines"]

File: TypeAlias = "str | os.PathLike[str] | IO[bytes]"
"""Where lines are: a path, or a file open for bytes."""

T = TypeVar("T", bound=Thing)

_BLANKS = b" \t\r\n"
_NOTHING = (b"", codecs.BOM_UTF8)
_KEPT = 1000
"""So many findings an error keeps; the others are counted."""

_SHORT = 65_536
"""So many bytes of a line are read at once, and only lines within them at speed."""

_SAFE = 16
"""What is sound has no longer numbers and goes no deeper; with lower limits each line is judged."""

_ZSTD = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"

_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class Problem(NamedTuple):
    """A line that does not read soundly, by its number from one, and what is wrong with it.

    Paths of the findings are JSON Pointers into the object of the line.
    """

    line: int
    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        """List the findings, one a line."""
        return "\n".join(f"line {self.line}: {finding}" for finding in self.findings)


def read_lines(
    file: File,
    cls: type[T],
    on_problem: Callable[[Problem], object] | None = None,
    *,
    limits: Limits | None = None,
) -> Iterator[T]:
    """Yield the things of a file of JSON Lines, one after the other.

    What is wrong with a line goes to ``on_problem`` when the line is met. Without it, one
    `DocumentError` follows the last line; it names each line in the subjects of its findings,
    keeps the first 1000 and counts the rest. Blank lines mean nothing. A path that ends in
    ``.gz`` or ``.zst`` is unpacked, the latter by the extra ``zstd``. ``limits`` apply to each
    line. A key may come again: to know that would take memory. A missing file is an `OSError`.
    """
    reader = _Lines(cls, limits or Limits())
    kept: list[Finding] = []
    count = 0
    with contextlib.ExitStack() as stack:
        for each in reader.read(*_opened(file, "rb", stack)):
            if not isinstance(each, Problem):
                yield cast("T", each)
            elif on_problem:
                on_problem(each)
            else:
                count += len(each.findings)
                room = each.findings[: _KEPT - len(kept)]
                kept += [_named(finding, each.line) for finding in room]
    if count:
        raise DocumentError(kept, count - len(kept))


def write_lines(file: File, things: Iterable[Thing]) -> None:
    """Write things to a file of JSON Lines, one a line, as they come.

    A path that ends in ``.gz`` or ``.zst`` is packed; the same things are always the same bytes.
    What is no thing is an `InvalidValueError`; the lines before it stand.
    """
    accept = Nested(Thing).accept
    with contextlib.ExitStack() as stack:
        target, _ = _opened(file, "wb", stack)
        for place, thing in enumerate(things):
            try:
                target.write(f"{_write(encode(accept(thing)))}\n".encode())
            except InvalidValueError as error:
                raise error.under(place) from None


def _named(finding: Finding, line: int) -> Finding:
    subject = ", ".join(filter(None, (f"line {line}", finding.subject)))
    return attrs.evolve(finding, subject=subject)


class _Lines:
    """How lines of things of one class are read."""

    def __init__(self, cls: type[Thing], limits: Limits) -> None:
        self.cls = cls
        self.limits = limits
        self.is_usual = min(limits.depth, limits.digits) >= _SAFE and limits.items >= _SHORT

    def read(self, file: IO[bytes], broken: tuple[type[Exception], ...]) -> Iterator[object]:
        """Yield things and problems as the lines run."""
        number = 0
        try:
            while line := file.readline(self.limits.bytes + 1):
                number += 1
                thing = self._sound(line)
                if thing is not None:
                    yield thing
                elif line.strip(_BLANKS) not in _NOTHING:
                    yield self._judged(self._whole(line, file), number)
        except broken:
            yield Problem(number + 1, (messages.BROKEN_FILE.finding(line=number),))

    def _sound(self, line: bytes) -> object:
        """Read a line at speed; nothing if anything about it is in doubt."""
        read = FAST.get(self.cls) if self.is_usual and len(line) <= _SHORT else None
        if read is None:
            return None
        try:
            text = line.strip(_BLANKS).decode()
            raw, end = _scan(text)
            return read(raw) if end == len(text) else None
        except (ValueError, RecursionError):
            return None

    def _whole(self, line: bytes, file: IO[bytes]) -> bytes:
        """Go on to the end of a line of which only so much was read as the limits allow."""
        part = line
        while part and not part.endswith(b"\n"):
            part = file.readline(_SHORT)
        return line.rstrip(b"\r\n")

    def _judged(self, line: bytes, number: int) -> object:
        """Read a line with every step in sight: its thing, or what is wrong."""
        value, found = parse(line, self.limits)
        findings = [_on_line(finding, number) for finding in found]
        if value is not HOLE:
            try:
                thing = decode(self.cls, value)
            except InvalidValueError as error:
                findings = in_document_order(value, [*findings, *error.findings])
            else:
                if not findings:
                    return thing
        return Problem(number, tuple(findings))


def _on_line(finding: Finding, number: int) -> Finding:
    """Say of a finding on the text of a line in which line of the file it is."""
    params = ((name, number if name == "line" else value) for name, value in finding.params)
    return attrs.evolve(finding, params=tuple(params))


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError
    return made


_scan = json.JSONDecoder(object_pairs_hook=_once, parse_float=number).raw_decode


def _opened(
    file: File, mode: Literal["rb", "wb"], stack: contextlib.ExitStack
) -> tuple[IO[bytes], tuple[type[Exception], ...]]:
    """Open a file, packed if its name says so, and tell what shows that it is broken."""
    if not isinstance(file, str | os.PathLike):
        return file, ()
    name = os.fspath(file)
    zstd = _zstd() if name.endswith(".zst") else None
    opened = stack.enter_context(open(file, mode))  # noqa: PTH123, SIM115 - as in read; the stack closes
    if zstd is not None:
        return stack.enter_context(zstd.open(opened, mode)), (EOFError, zstd.ZstdError)
    if name.endswith(".gz"):
        import gzip
        import zlib

        packed = gzip.GzipFile("", mode, 6, opened, mtime=0)  # the same bytes on any day
        broken = (EOFError, gzip.BadGzipFile, zlib.error)
        return cast("IO[bytes]", stack.enter_context(packed)), broken
    return opened, ()


def _zstd() -> ModuleType:
    try:
        return importlib.import_module(_ZSTD)
    except ModuleNotFoundError:
        message = "files that end in .zst need the extra zstd: pip install 'tulevaisuus[zstd]'"
        raise ModuleNotFoundError(message, name=_ZSTD) from None
