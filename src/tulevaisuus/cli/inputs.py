"""Checks that the output of a command is none of its inputs."""

import contextlib
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

from tulevaisuus.cli.sources import STANDARD_INPUT
from tulevaisuus.cli.wording import CommandError

__all__ = ["require_other_file"]


def require_other_file(output: str | None, inputs: Iterable[str | None]) -> None:
    """Check that nothing that is read would be written over, also through links.

    Args:
        output: The file or folder that is written; nothing for standard output.
        inputs: What is read.

    Raises:
        CommandError: The output is one of the inputs, a file in it, or the folder that it is in.
    """
    for each in inputs:
        if output is not None and each is not None and _is_written_over(each, output):
            raise CommandError("own_input", name=output)


def _is_written_over(name: str, output: str) -> bool:
    source, target = _status(name), _status(output)
    if source is None or target is None:
        return False
    is_same = os.path.samestat(source, target)
    return is_same or _is_within(name, output) or _is_within(output, name)


def _status(name: str) -> os.stat_result | None:
    """Return what the system knows of a file or folder; a device cannot be written over."""
    found: os.stat_result | None = None
    # It may not be there, or standard input may be closed or in memory.
    with contextlib.suppress(OSError, ValueError, AttributeError):
        found = os.fstat(sys.stdin.fileno()) if name == STANDARD_INPUT else Path(name).stat()
    is_kept = found is not None and (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode))
    return found if is_kept else None


def _is_within(inner: str, outer: str) -> bool:
    """Return whether a path leads into a folder."""
    if STANDARD_INPUT in (inner, outer):
        return False
    return Path(outer).resolve() in Path(inner).resolve().parents
