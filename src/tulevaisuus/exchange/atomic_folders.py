"""Writes a folder atomically: on any error the old folder stays."""

import contextlib
import errno
import itertools
import os
import shutil
from collections.abc import Callable, Generator
from pathlib import Path

from tulevaisuus.formats.files import require_path

__all__ = ["replacing_folder"]

_MAX_NAME_LENGTH = 100
"""How much of a folder's name the temporary folder repeats: names may have 255 bytes in all."""


@contextlib.contextmanager
def replacing_folder(
    folder: "str | os.PathLike[str]", is_ours: Callable[[str], bool]
) -> Generator[Path]:
    """Yield a temporary folder, which replaces the given folder at the end.

    Args:
        folder: The folder; it may exist, if all its files may be replaced.
        is_ours: Returns whether a file may be replaced, by its path within the folder.

    Raises:
        FileExistsError: The path is a file, or the folder has other files, which would be lost.
    """
    require_path(folder)
    path = Path(os.path.realpath(folder))  # a link stays a link
    _require_replaceable(path, is_ours)
    temporary = path.with_name(f".{path.name[:_MAX_NAME_LENGTH]}.{os.urandom(4).hex()}")
    old = temporary.with_name(f"{temporary.name}.old")
    temporary.mkdir()
    try:
        yield temporary
        if path.exists():  # a folder cannot be renamed over another one
            path.rename(old)
        try:
            temporary.rename(path)
        except OSError:
            if old.exists():
                old.rename(path)
            raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _require_replaceable(path: Path, is_ours: Callable[[str], bool]) -> None:
    """Raise an error if the path is a file, or if the folder has a file that is not ours."""
    if path.is_file():
        message = "it is a file, which is not replaced by a folder; give a new folder"
        raise FileExistsError(errno.EEXIST, message, os.fspath(path))
    files = (file for file in sorted(path.rglob("*")) if not file.is_dir())
    names = (file.relative_to(path).as_posix() for file in files)
    other = next(itertools.filterfalse(is_ours, names), None)
    if other is not None:
        message = f"it is not replaced, as {other!r} would be lost; give a new folder"
        raise FileExistsError(errno.EEXIST, message, os.fspath(path))
