"""Opening files: compressed ones are decompressed, and files are written whole or not at all."""

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

__all__ = [
    "Opened",
    "PathOrFile",
    "name_of",
    "opened_for_bytes",
    "read_past_limit",
    "replacing",
    "require_file",
    "require_path",
]

PathOrFile: TypeAlias = "str | os.PathLike[str] | IO[bytes]"
"""A path, or a file open for bytes."""

_ZSTD = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
_GZIP_LEVEL = 6

_MAX_PATH_SHOWN = 60
"""How many characters of a path that is none are shown."""

_CHUNK_SIZE = 2**20
"""How much of a file is read at a time: Python reserves the memory for a chunk beforehand."""


class Opened(NamedTuple):
    """A file open for bytes, and the errors that show that it is damaged."""

    file: IO[bytes]
    broken: tuple[type[Exception], ...]


def name_of(source: object) -> str | None:
    """Return what messages call a file: its path, or the name that an open file has."""
    if isinstance(source, str | os.PathLike):
        return os.fspath(cast("os.PathLike[str]", source))
    name = getattr(source, "name", None)
    return name if isinstance(name, str) else None


def require_file(file: object, use: str) -> None:
    """Raise a `TypeError` for what is neither a path nor open for bytes."""
    if not isinstance(file, str | os.PathLike) and (
        isinstance(file, io.TextIOBase) or not hasattr(file, use)
    ):
        raise TypeError(
            f"give a path, or a file that is open for bytes, instead of {reprlib.repr(file)}"
        )


def require_path(file: "str | os.PathLike[str]") -> None:
    """Raise an `OSError` that says what is wrong with a path that no file can have.

    An empty one would stand for the current folder. One that is too long is most likely the text
    of a document.
    """
    path = os.fspath(file)
    if not path:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "")
    try:
        Path(path).stat()
    except ValueError:  # from a NUL or a lone surrogate
        message = "no path has such a character"
        raise OSError(errno.EINVAL, message, path[:_MAX_PATH_SHOWN]) from None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            message = "this is too long for a path; is it the text of a document? then use loads"
            raise OSError(error.errno, message, f"{path[:_MAX_PATH_SHOWN]}…") from None


@contextlib.contextmanager
def opened_for_bytes(file: PathOrFile) -> Generator[Opened]:
    """Open a path for reading; ``.gz`` and ``.zst`` are unpacked. An open file stays open."""
    if not isinstance(file, str | os.PathLike):
        yield Opened(file, ())
        return
    require_path(file)
    name = os.fspath(file).lower()
    with contextlib.ExitStack() as stack:
        zstd = _zstd() if name.endswith(".zst") else None  # before anything is opened
        raw = stack.enter_context(Path(file).open("rb"))
        if zstd:
            unpacked = stack.enter_context(zstd.open(raw, "rb"))
            yield Opened(cast("IO[bytes]", unpacked), (EOFError, zstd.ZstdError))
        elif name.endswith(".gz"):
            if not raw.peek(1):
                raise EOFError(name)  # gzip would take it for an empty archive
            unpacked = stack.enter_context(gzip.GzipFile(fileobj=raw))
            yield Opened(cast("IO[bytes]", unpacked), (EOFError, gzip.BadGzipFile, zlib.error))
        else:
            yield Opened(raw, ())


def read_past_limit(file: IO[Any], limit: int) -> Any:  # noqa: ANN401 - text of a text file
    """Read a file, but at most one byte (or character) more than a limit.

    So whoever calls can tell a file of the largest size from a larger one.
    """
    chunks: list[Any] = []
    left = limit + 1
    while left > 0:
        chunk = file.read(min(left, _CHUNK_SIZE))
        if chunk is None:  # what would block is not at its end
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        if not chunk:
            break
        chunks.append(chunk)
        left -= len(chunk)
    return chunks[0][:0].join(chunks) if chunks else b""


@contextlib.contextmanager
def replacing(file: PathOrFile) -> Generator[IO[bytes]]:
    """Open a path for writing so that it is complete, or as it was before if anything fails.

    What is written goes to a new file beside it, which takes its place at the end; so the file
    may even be the source of what is written. ``.gz`` and ``.zst`` are packed. What is no regular
    file, such as a device, is written to directly; an open file is, too, and stays open.
    """
    if not isinstance(file, str | os.PathLike):
        require_file(file, "write")
        yield file
        return
    require_path(file)
    path = Path(os.path.realpath(file))  # a link stays a link
    if Path(file).exists() and not Path(file).is_file():
        # Not by its real path: that of standard output is none that could be opened.
        with Path(file).open("wb") as device:
            yield device
        return
    new = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}")
    raw = _new(new, file)  # before the `try`: what could not be made need not be removed
    try:
        with raw:
            with _packed(os.fspath(file).lower(), raw) as target:
                yield target
            if path.exists():
                new.chmod(path.stat().st_mode)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _new(path: Path, file: "str | os.PathLike[str]") -> IO[bytes]:
    """Open a new file; an error names the file that was asked for, or the folder it lacks."""
    try:
        return path.open("xb")
    except FileNotFoundError as error:
        error.filename = os.fspath(Path(file).parent)
        raise
    except OSError as error:
        error.filename = os.fspath(file)
        raise


@contextlib.contextmanager
def _packed(name: str, raw: IO[bytes]) -> Generator[IO[bytes]]:
    if name.endswith(".zst"):
        with _zstd().open(raw, "wb") as target:
            target.write(b"")  # else a file without a line would have no frame, and be broken
            yield target
    elif name.endswith(".gz"):
        # No name and no time go into the file, so that the same lines make the same bytes.
        with gzip.GzipFile("", "wb", _GZIP_LEVEL, raw, mtime=0) as packed:
            yield cast("IO[bytes]", packed)
    else:
        yield raw


def _zstd() -> Any:  # noqa: ANN401 - one of two modules of the same interface
    try:
        return importlib.import_module(_ZSTD)
    except ModuleNotFoundError:
        message = "files that end in .zst need the extra zstd: pip install 'tulevaisuus[zstd]'"
        raise ModuleNotFoundError(message, name=_ZSTD) from None
