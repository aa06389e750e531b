"""Compresses and decompresses files by the suffix of their path: ``.gz`` and ``.zst``."""

import contextlib
import gzip
import importlib
import sys
import zlib
from collections.abc import Generator
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

__all__ = ["COMPRESSED_SUFFIXES", "Opened", "compressing", "decompressing"]

COMPRESSED_SUFFIXES = (".gz", ".zst")
"""The last suffixes of compressed files; the suffix before them is that of the content."""

_ZSTD = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
"""The module for files that end in ``.zst``; Python has it since 3.14."""

_GZIP_LEVEL = 6
"""How hard gzip tries to make the file small, from 1 to 9; 6 is the level of the command."""


class Opened(NamedTuple):
    """A file opened in binary mode, and the errors that a damaged file raises when it is read."""

    file: IO[bytes]
    broken: tuple[type[Exception], ...]


@contextlib.contextmanager
def decompressing(path: Path) -> Generator[Opened]:
    """Open a file for reading its content.

    Raises:
        EOFError: A file that should be compressed with gzip is empty.
        ModuleNotFoundError: The extra for ``.zst`` is not installed.
        OSError: The file cannot be opened.
    """
    name = str(path).lower()
    with contextlib.ExitStack() as stack:
        zstd = _import_zstd() if name.endswith(".zst") else None  # may raise: before opening
        raw = stack.enter_context(path.open("rb"))
        if zstd:
            decompressed = stack.enter_context(zstd.open(raw, "rb"))
            yield Opened(cast("IO[bytes]", decompressed), (EOFError, zstd.ZstdError))
        elif name.endswith(".gz"):
            if not raw.peek():
                raise EOFError(name)  # gzip would read an empty file as an empty text
            decompressed = stack.enter_context(gzip.GzipFile(fileobj=raw))
            yield Opened(cast("IO[bytes]", decompressed), (EOFError, gzip.BadGzipFile, zlib.error))
        else:
            yield Opened(raw, ())


@contextlib.contextmanager
def compressing(path: str, raw: IO[bytes]) -> Generator[IO[bytes]]:
    """Compress what is written to an open file.

    Args:
        path: The path that the file gets in the end; its suffix decides.
        raw: The file opened for writing.
    """
    name = path.lower()
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
