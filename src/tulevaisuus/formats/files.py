"""Opens files: compressed files are decompressed, and files are written atomically."""

import contextlib
import errno
import gzip
import importlib
import io
import os
import reprlib
import secrets
import sys
import zlib
from collections.abc import Generator
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeAlias, cast

from tulevaisuus.findings import messages
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.limits import Limits

__all__ = [
    "COMPRESSED_SUFFIXES",
    "Opened",
    "PathOrFile",
    "bytes_of",
    "name_of",
    "open_for_bytes",
    "read_past_limit",
    "replacing",
    "require_file",
    "require_path",
]

PathOrFile: TypeAlias = str | os.PathLike[str] | IO[bytes]
"""A path, or a file opened in binary mode."""

COMPRESSED_SUFFIXES = (".gz", ".zst")
"""The last suffixes of compressed files; the suffix before them is that of the content."""

_SEPARATORS = tuple(separator for separator in (os.sep, os.altsep) if separator)
"""What ends the path of a folder."""

_ZSTD = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
"""The module for files that end in ``.zst``; Python has it since 3.14."""

_GZIP_LEVEL = 6
"""How hard gzip tries to make the file small, from 1 to 9; 6 is the level of the command."""

_MAX_PATH_SHOWN = 60
"""How many characters of an invalid path a message shows."""

_CHUNK_SIZE = 2**20
"""How much of a file is read at a time: Python reserves the memory for a chunk beforehand."""


class Opened(NamedTuple):
    """A file opened in binary mode, and the errors that a damaged file raises when it is read."""

    file: IO[bytes]
    broken: tuple[type[Exception], ...]


def name_of(source: object) -> str | None:
    """Return the name of a file in messages: its path, or the name of an open file."""
    if isinstance(source, str | os.PathLike):
        return os.fspath(cast("os.PathLike[str]", source))
    name = getattr(source, "name", None)
    return name if isinstance(name, str) else None


def require_file(file: object, use: str) -> None:
    """Raise a `TypeError` unless this is a path, or a binary file with a method called ``use``."""
    if not isinstance(file, str | os.PathLike) and (
        isinstance(file, io.TextIOBase) or not hasattr(file, use)
    ):
        raise TypeError(
            f"give a path, or a file that is open for bytes, instead of {reprlib.repr(file)}"
        )


def require_path(file: "str | os.PathLike[str]") -> None:
    """Raise an `OSError` with a helpful message for a path that no file can have.

    An empty path would mean the current folder. A path that is too long is most likely the text of
    a document.
    """
    path = os.fspath(file)
    if not path:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "")
    try:
        os.stat(path)  # noqa: PTH116 - a `Path` takes longer to make than the rest
    except ValueError:  # from a NUL or a lone surrogate
        message = "no path has such a character"
        raise OSError(errno.EINVAL, message, path[:_MAX_PATH_SHOWN]) from None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            message = "this is too long for a path; is it the text of a document? then use loads"
            raise OSError(error.errno, message, f"{path[:_MAX_PATH_SHOWN]}…") from None
        if error.errno == errno.ELOOP:  # a link to itself, which would be replaced by a file
            raise


@contextlib.contextmanager
def open_for_bytes(file: PathOrFile) -> Generator[Opened]:
    """Open a path for reading; ``.gz`` and ``.zst`` are decompressed. An open file stays open."""
    if not isinstance(file, str | os.PathLike):
        yield Opened(file, ())
        return
    require_path(file)
    name = os.fspath(file).lower()
    if not name.endswith(COMPRESSED_SUFFIXES):
        with Path(file).open("rb") as raw:
            yield Opened(raw, ())
        return
    with contextlib.ExitStack() as stack:
        zstd = _import_zstd() if name.endswith(".zst") else None  # may raise: before opening
        raw = stack.enter_context(Path(file).open("rb"))
        if zstd:
            decompressed = stack.enter_context(zstd.open(raw, "rb"))
            yield Opened(cast("IO[bytes]", decompressed), (EOFError, zstd.ZstdError))
        else:
            if not raw.peek():
                raise EOFError(name)  # gzip would read an empty file as an empty text
            decompressed = stack.enter_context(gzip.GzipFile(fileobj=raw))
            yield Opened(cast("IO[bytes]", decompressed), (EOFError, gzip.BadGzipFile, zlib.error))


def read_past_limit(file: IO[Any], limit: int) -> Any:  # noqa: ANN401 - text of a text file
    """Read a file, but at most one byte (or character) more than a limit.

    With the one more, the caller sees whether the file is larger than the limit.
    """
    chunks: list[Any] = []
    remaining = limit + 1
    while remaining > 0:
        chunk = file.read(min(remaining, _CHUNK_SIZE))
        if chunk is None:  # a non-blocking file without data yet: this is not its end
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        if not chunk:
            break
        chunks.append(chunk)
        remaining -= len(chunk)
    if not chunks:
        return b""
    empty = chunks[0][:0]  # of the same type, `str` or `bytes`
    return empty.join(chunks)


def bytes_of(
    source: "str | os.PathLike[str] | bytes | IO[bytes]", limits: Limits
) -> bytes | Finding:
    """Return the bytes of a path or an open file, or the finding that its archive is damaged.

    Raises:
        OSError: The file cannot be opened.
        TypeError: The source has another type.
    """
    if isinstance(source, bytes):
        return source
    require_file(source, "read")
    read_errors: tuple[type[Exception], ...] = (EOFError,)
    with contextlib.ExitStack() as stack:
        try:
            file, read_errors = stack.enter_context(open_for_bytes(source))
            return cast("bytes", read_past_limit(file, limits.bytes))
        except read_errors:
            return messages.BROKEN_ARCHIVE.finding()


@contextlib.contextmanager
def replacing(file: PathOrFile) -> Generator[IO[bytes]]:
    """Open a path for writing atomically: on any error the old file stays.

    The new content goes to a temporary file in the same folder, which replaces the old file at the
    end. So the old file can even be the source of the new content. ``.gz`` and ``.zst`` are
    compressed. A device, or a file that is open already, is written to directly; an open file stays
    open.
    """
    if not isinstance(file, str | os.PathLike):
        require_file(file, "write")
        raw = cast("object", file)
        yield cast("IO[bytes]", _CompleteWriter(raw)) if isinstance(raw, io.RawIOBase) else file
        return
    require_path(file)
    if os.fspath(file).endswith(_SEPARATORS):  # `Path` would drop it, and write a file
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(file))
    path = Path(os.path.realpath(file))  # a link stays a link
    if Path(file).exists() and not Path(file).is_file():
        # The given path is opened, as the real path of standard output cannot be opened.
        with Path(file).open("wb") as device:
            yield device
        return
    temporary = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}")
    raw = _open_new(temporary, file)  # outside of `try`: if it fails, there is no file to remove
    try:
        with raw:
            with _compressing(os.fspath(file).lower(), raw) as target:
                yield target
            if path.exists():
                temporary.chmod(path.stat().st_mode)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


class _CompleteWriter:
    """Writes to a file without a buffer, which may accept only a part of the bytes at once."""

    def __init__(self, file: io.RawIOBase) -> None:
        self.file = file

    def write(self, data: bytes) -> int:
        """Write all bytes; a file that accepts none at present is an error."""
        rest = memoryview(data)
        while rest:
            written = self.file.write(rest)
            if not written:
                raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
            rest = rest[written:]
        return len(data)


def _open_new(path: Path, file: "str | os.PathLike[str]") -> IO[bytes]:
    """Open a temporary file; an error names the file of the caller, or its missing folder."""
    try:
        return path.open("xb")
    except FileNotFoundError as error:
        error.filename = os.fspath(Path(file).parent)
        raise
    except OSError as error:
        error.filename = os.fspath(file)
        raise


@contextlib.contextmanager
def _compressing(name: str, raw: IO[bytes]) -> Generator[IO[bytes]]:
    if name.endswith(".zst"):
        with _import_zstd().open(raw, "wb") as target:
            target.write(b"")  # without any write the file would have no frame, and be invalid
            yield target
    elif name.endswith(".gz"):
        # Without name and time in the file, the same content always makes the same bytes.
        with gzip.GzipFile("", "wb", _GZIP_LEVEL, raw, mtime=0) as compressed:
            yield cast("IO[bytes]", compressed)
    else:
        yield raw


def _import_zstd() -> Any:  # noqa: ANN401 - one of two modules with the same interface
    try:
        return importlib.import_module(_ZSTD)
    except ModuleNotFoundError:
        message = "files that end in .zst need the extra zstd: pip install 'tulevaisuus[zstd]'"
        raise ModuleNotFoundError(message, name=_ZSTD) from None
