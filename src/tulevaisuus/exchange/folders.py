"""Writing a folder so that it is complete, or as it was before if anything fails."""

import contextlib
import os
import secrets
import shutil
from collections.abc import Generator
from pathlib import Path

from tulevaisuus.formats.files import require_path

__all__ = ["replacing_folder"]


@contextlib.contextmanager
def replacing_folder(folder: "str | os.PathLike[str]", pattern: str) -> Generator[Path]:
    """Make a folder beside, which takes the place of the given one at the end.

    Args:
        folder: The folder; it may be there already, with files of the pattern only.
        pattern: What the files that may be replaced are called, such as ``*.parquet``.

    Raises:
        FileExistsError: It is a file, or holds something else, which would be lost.
    """
    require_path(folder)
    path = Path(os.path.realpath(folder))  # a link stays a link
    _require_replaceable(path, pattern)
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


def _require_replaceable(path: Path, pattern: str) -> None:
    if not path.exists():
        return
    others = [each for each in path.iterdir() if not each.match(pattern)] if path.is_dir() else []
    if others or not path.is_dir():
        other = others[0].name if others else "it is a file"
        raise FileExistsError(
            f"{os.fspath(path)!r} is not replaced: {other!r} would be lost; give a new folder"
        )
