"""Checks that files have names, and that the output of a command is none of its inputs."""

import contextlib
import os
import stat
import sys
from collections.abc import Collection
from pathlib import Path

from tulevaisuus.cli.command_texts import CommandError
from tulevaisuus.cli.input_files import STANDARD_INPUT

__all__ = ["require_files"]


def require_files(output: str | None, inputs: Collection[str | None]) -> None:
    """Check that files have names, and that none that is read would be written over.

    Links are followed. An empty name would stand for the folder that one works in.

    Args:
        output: The file or folder that is written; nothing for standard output.
        inputs: What is read.

    Raises:
        CommandError: A name is empty, or the output is one of the inputs, a file in it, or the
            folder that it is in.
    """
    if "" in {output, *inputs}:
        raise CommandError("bad_value", "usage", name="FILE", word="")
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
