"""Checks the names of files in the arguments, and expands patterns such as ``data/*.json``.

No name may be empty, and no output may overwrite an input.
"""

import contextlib
import glob
import os
import stat
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from tulevaisuus.cli.command_texts import CommandError
from tulevaisuus.cli.standard_input import STANDARD_INPUT

__all__ = ["expand_patterns", "require_files"]


def expand_patterns(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names with files in place of patterns: ``data/*.json``.

    Most shells expand patterns that are not quoted; those of Windows expand none. A pattern without
    any file stays, and is reported as a file that does not exist.
    """
    return tuple(file for name in names for file in _files_of(name))


def _files_of(name: str) -> Sequence[str]:
    is_pattern = any(sign in name for sign in "*?") and not os.path.lexists(name)
    files = sorted(glob.glob(name)) if is_pattern else []  # noqa: PTH207 - Path would change names
    return files or (name,)


def require_files(output: str | None, inputs: Collection[str | None]) -> None:
    """Check that file names are not empty, and that the output would not overwrite an input.

    Links are followed. An empty name would mean the working folder.

    Args:
        output: The file or folder to write; ``None`` for standard output.
        inputs: The files and folders to read; ``None`` is ignored.

    Raises:
        CommandError: A name is empty; or the output is an input, is inside one, or contains one.
    """
    for name, path in (("--output", output), *(("FILE", file) for file in inputs)):
        if path == "":
            raise CommandError("bad_value", "usage", name=name, word="")
    for file in inputs:
        if output is not None and file is not None and _is_overwritten(file, output):
            raise CommandError("own_input", name=output)


def _is_overwritten(name: str, output: str) -> bool:
    """Return whether writing the output would change the input with this name."""
    source, target = _status_of(name), _status_of(output)
    if source is None or target is None:
        return False
    is_same = os.path.samestat(source, target)
    return is_same or _is_within(name, output) or _is_within(output, name)


def _status_of(name: str) -> os.stat_result | None:
    """Return the status of a file or folder; ``None`` for a device: it cannot be overwritten."""
    status: os.stat_result | None = None
    # The file may not exist; standard input may be closed or in memory.
    with contextlib.suppress(OSError, ValueError, AttributeError):
        status = os.fstat(sys.stdin.fileno()) if name == STANDARD_INPUT else Path(name).stat()
    if status is not None and (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        return status
    return None


def _is_within(inner: str, outer: str) -> bool:
    """Return whether a path is inside a folder."""
    if STANDARD_INPUT in (inner, outer):
        return False
    return Path(outer).resolve() in Path(inner).resolve().parents
