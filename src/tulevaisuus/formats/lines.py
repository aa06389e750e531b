"""JSON Lines: one thing a line, read and written as they come, in memory that does not grow."""

import codecs
import contextlib
import importlib
import io
import json
import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import IO, Any, Literal, NamedTuple, TypeAlias, TypeVar, cast

import attrs

from tulevaisuus.findings import templates
from tulevaisuus.findings.errors import DocumentError, InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.decoding import COMPILED, check_class, decode
from tulevaisuus.formats.encoding import encode, only_entities
from tulevaisuus.formats.parsing import ALREADY_REPORTED, Limits, number, parse
from tulevaisuus.formats.reading import in_document_order
from tulevaisuus.model.entity import Entity

__all__ = ["Problem", "read_lines", "write_lines"]

File: TypeAlias = "str | os.PathLike[str] | IO[bytes]"
"""A path, or a file open for bytes."""

T = TypeVar("T", bound=Entity)
Broken: TypeAlias = tuple[type[Exception], ...]

_BLANKS = b" \t\r\n"
_ENDS = b"\r\n"
_NOTHING = (b"", codecs.BOM_UTF8)
_KEPT = 1000
_SHORT = 65_536
"""Longer lines are read with every step in sight, and skipped in parts of so many bytes."""

_LEAST = 16
"""What is sound goes no deeper and has no longer numbers; lower limits need a closer look."""

_ZSTD = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"

_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class Problem(NamedTuple):
    """A line that does not read soundly, by its number, and what is wrong within its object."""

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
    """Yield the things of a file of JSON Lines; ``.gz`` and ``.zst`` are unpacked.

    What is wrong with a line goes to ``on_problem`` when it is met. Without it one `DocumentError`
    follows the last line, with the first 1000 findings; their subjects name the lines. ``limits``
    hold for each line. Blank lines mean nothing, and keys may come again. A missing file is an
    `OSError`; a file that is open for text, and a class that is none of things, a `TypeError`.
    """
    check_class(cls, Entity)
    _check_file(file, "readline")
    return _entities(file, cls, on_problem, limits or Limits())


def _entities(
    file: File, cls: type[T], on_problem: Callable[[Problem], object] | None, limits: Limits
) -> Iterator[T]:
    """Yield the things, and do with problems what is wanted."""
    kept: list[Finding] = []
    count = 0
    with contextlib.closing(_read(file, cls, limits)) as lines:
        for each in lines:
            if not isinstance(each, Problem):
                yield cast("T", each)
            elif on_problem:
                on_problem(each)
            else:
                count += len(each.findings)
                for finding in each.findings[: _KEPT - len(kept)]:
                    subject = f"line {each.line}, {finding.subject}".removesuffix(", ")
                    kept.append(attrs.evolve(finding, subject=subject))
    if count:
        raise DocumentError(kept, count - len(kept))


def write_lines(file: File, entities: Iterable[Entity]) -> None:
    """Write things to a file of JSON Lines as they come; to ``.gz`` and ``.zst`` packed.

    What is no thing is an `InvalidValueError`; the lines before it stand.
    """
    _check_file(file, "write")
    given = iter(entities)  # before anything is overwritten
    with contextlib.ExitStack() as stack:
        target, _ = _opened(file, "wb", stack)
        target.write(b"")  # some packers leave an empty file without it, which is broken
        for entity in only_entities(given):
            target.write(f"{_write(encode(entity))}\n".encode())


def _read(file: File, cls: type[Entity], limits: Limits) -> Generator[object]:
    """Yield things and problems as the lines run."""
    usual = 0
    if min(limits.depth, limits.digits) >= _LEAST and limits.items >= _SHORT:
        usual = min(_SHORT, limits.bytes)
    most = min(limits.bytes, sys.maxsize - 1)
    place = 0
    broken: Broken = (EOFError,)
    with contextlib.ExitStack() as stack:
        try:
            opened, broken = _opened(file, "rb", stack)
            while line := opened.readline(most + 1):
                place += 1
                entity = _valid_entity(line, cls) if len(line) <= usual else None
                if entity is not None:
                    yield entity
                elif line.strip(_BLANKS) not in _NOTHING or len(line.rstrip(_ENDS)) > most:
                    part = line
                    while part and not part.endswith(b"\n"):
                        part = opened.readline(_SHORT)
                    yield _judged(line.rstrip(_ENDS), place, cls, limits)
        except broken:
            yield Problem(place + 1, (templates.BROKEN_FILE.finding(line=place),))


def _valid_entity(line: bytes, cls: type[Entity]) -> object:
    """Read a line at speed; nothing if anything about it is in doubt."""
    read = COMPILED.get(cls)
    if read is None:
        return None
    try:
        return read(_load(line.decode()))
    except (ValueError, RecursionError):
        return None


def _judged(line: bytes, place: int, cls: type[Entity], limits: Limits) -> object:
    """Read a line with every step in sight: its thing, or what is wrong."""
    value, found = parse(line, limits)
    findings = [_on_line(finding, place) for finding in found]
    if value is not ALREADY_REPORTED:
        try:
            entity = decode(cls, value)
        except InvalidValueError as error:
            findings = in_document_order(value, [*findings, *error.findings])
        else:
            if not findings:
                return entity
    return Problem(place, tuple(findings))


def _on_line(finding: Finding, place: int) -> Finding:
    params = ((name, place if name == "line" else value) for name, value in finding.params)
    return attrs.evolve(finding, params=tuple(params))


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError
    return made


_load = json.JSONDecoder(object_pairs_hook=_once, parse_float=number).decode


def _check_file(file: object, use: str) -> None:
    """Raise a `TypeError` for what is neither a path nor open for bytes."""
    if not isinstance(file, str | os.PathLike) and (
        isinstance(file, io.TextIOBase) or not hasattr(file, use)
    ):
        raise TypeError(f"give a path, or a file that is open for bytes, instead of {file!r}")


def _opened(
    file: File, mode: Literal["rb", "wb"], stack: contextlib.ExitStack
) -> tuple[IO[bytes], Broken]:
    """Open a file, packed if its name says so, and tell what shows that it is broken."""
    if not isinstance(file, str | os.PathLike):
        return file, ()
    name = os.fspath(file).lower()
    zstd = _zstd() if name.endswith(".zst") else None
    opened = stack.enter_context(open(file, mode))  # noqa: PTH123, SIM115 - the stack closes it
    if zstd:
        return stack.enter_context(zstd.open(opened, mode)), (EOFError, zstd.ZstdError)
    if name.endswith(".gz"):
        import gzip
        import zlib

        if mode == "rb" and not cast("io.BufferedReader", opened).peek(1):
            raise EOFError(name)  # gzip would take it for an empty archive
        packed = gzip.GzipFile("", mode, 6, opened, mtime=0)  # the same bytes on any day
        broken = (EOFError, gzip.BadGzipFile, zlib.error)
        return cast("IO[bytes]", stack.enter_context(packed)), broken
    return opened, ()


def _zstd() -> Any:  # noqa: ANN401 - one of two modules of the same interface
    try:
        return importlib.import_module(_ZSTD)
    except ModuleNotFoundError:
        message = "files that end in .zst need the extra zstd: pip install 'tulevaisuus[zstd]'"
        raise ModuleNotFoundError(message, name=_ZSTD) from None
