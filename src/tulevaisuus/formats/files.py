"""Opens files for reading, and replaces files atomically, whether they are compressed or not."""

import contextlib
import errno
import io
import os
import reprlib
from collections.abc import Generator
from pathlib import Path
from typing import IO, Any, TypeAlias, cast

from tulevaisuus.findings import messages
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.compression import Opened, compressing, decompressing
from tulevaisuus.formats.limits import Limits

__all__ = [
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

_SEPARATORS = tuple(separator for separator in (os.sep, os.altsep) if separator)
"""What ends the path of a folder."""

_MAX_PATH_SHOWN = 60
"""How many characters of an invalid path a message shows."""

_CHUNK_SIZE = 2**20
"""How much of a file is read at a time: Python reserves the memory for a chunk beforehand."""


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
    with decompressing(Path(file)) as opened:
        yield opened


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
    temporary = path.with_name(f".{path.name[:100]}.{os.urandom(4).hex()}")
    raw = _open_new(temporary, file)  # outside of `try`: if it fails, there is no file to remove
    try:
        with raw:
            with compressing(os.fspath(file), raw) as target:
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
