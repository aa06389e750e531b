"""Writing a folder so that it is complete, or as it was before if anything fails."""

import contextlib
import errno
import itertools
import os
import secrets
import shutil
from collections.abc import Callable, Generator
from pathlib import Path

from tulevaisuus.formats.files import require_path

__all__ = ["replacing_folder"]


@contextlib.contextmanager
def replacing_folder(
    folder: "str | os.PathLike[str]", is_ours: Callable[[str], bool]
) -> Generator[Path]:
    """Make a folder beside, which takes the place of the given one at the end.

    Args:
        folder: The folder; it may be there already, if all its files may be replaced.
        is_ours: Tells whether a file may be, by its path within the folder.

    Raises:
        FileExistsError: It is a file, or holds something else, which would be lost.
    """
    require_path(folder)
    path = Path(os.path.realpath(folder))  # a link stays a link
    _require_replaceable(path, is_ours)
    beside = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}")
    old = beside.with_name(f"{beside.name}.old")
    beside.mkdir()
    try:
        yield beside
        if path.exists():
            path.rename(old)
        try:
            beside.rename(path)
        except OSError:
            if old.exists():
                old.rename(path)
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _require_replaceable(path: Path, is_ours: Callable[[str], bool]) -> None:
    files = (each for each in sorted(path.rglob("*")) if not each.is_dir())
    names = (each.relative_to(path).as_posix() for each in files)
    other = "it is a file" if path.is_file() else next(itertools.filterfalse(is_ours, names), None)
    if other is not None:
        message = f"it is not replaced, as {other!r} would be lost; give a new folder"
        raise FileExistsError(errno.EEXIST, message, os.fspath(path))
