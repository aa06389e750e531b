"""Writes to the standard streams: all of the output, or an error.

Only terminals get colours. Text that could control a terminal is escaped.
"""

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterable
from typing import BinaryIO

from tulevaisuus.cli.command_texts import text
from tulevaisuus.findings.localization import escape_unprintable
from tulevaisuus.reports.error_reasons import error_text
from tulevaisuus.reports.styled_lines import Line

__all__ = [
    "OutputError",
    "is_terminal",
    "print_error",
    "print_lines",
    "print_os_error",
    "width",
    "write",
]

_MIN_WIDTH, _MAX_WIDTH = 40, 100
"""Text is wrapped at the width of the terminal, within these limits."""

_RETRY_SECONDS = 0.01
"""The time before a full non-blocking stream is tried again."""

_COLOUR_VARIABLES = ("FORCE_COLOR", "TTY_COMPATIBLE")
"""Variables of the environment by which Rich writes colours also to pipes and files."""


class OutputError(Exception):
    """The output could not be written."""

    def __init__(self, error: OSError) -> None:
        """Take the error of the operating system."""
        super().__init__(error)
        self.error: OSError = error


def width() -> int:
    """Return the columns to use: those of the terminal, or of ``COLUMNS``, within limits."""
    return min(max(shutil.get_terminal_size((80, 24)).columns, _MIN_WIDTH), _MAX_WIDTH)


def print_lines(lines: Iterable[Line]) -> None:
    """Write lines to standard output, coloured if it is a terminal or the environment asks so."""
    terminal = is_terminal(sys.stdout)
    if terminal or any(map(os.environ.get, _COLOUR_VARIABLES)):
        from tulevaisuus.cli.coloured_lines import coloured  # imports Rich

        data = coloured(lines, terminal=terminal)
    else:
        data = "".join(f"{line.text}\n" for line in lines)
    write(data, for_people=True)


def write(data: str, *, for_people: bool = False) -> None:
    """Write a text to standard output.

    Output for programs is UTF-8. Output for people has the encoding of their terminal; letters that
    it lacks are escaped. A closed pipe is no error: the program that reads it needs no more.

    Raises:
        OutputError: The text cannot be written.
    """
    out = sys.stdout
    encoding = (getattr(out, "encoding", None) or "utf-8") if for_people else "utf-8"
    try:
        buffer = _binary_stream(out)
        if buffer is None:
            out.write(data)
        else:
            out.flush()
            _write_all(buffer, data.encode(encoding, "backslashreplace"))
    except BrokenPipeError:
        _stop_writing()
    except OSError as error:
        raise OutputError(error) from None


def _binary_stream(out: object) -> BinaryIO | None:
    """Return the binary stream under a text stream; a stream in memory has none."""
    if out is None:  # it was closed before the process began
        raise OSError(9, os.strerror(9))
    buffer = getattr(out, "buffer", None)
    return None if buffer is None else getattr(buffer, "raw", buffer)


def _write_all(raw: BinaryIO, data: bytes) -> None:
    """Write all bytes: a non-blocking stream may accept only some of them at a time."""
    remaining = memoryview(data)
    while remaining:
        try:
            count = raw.write(remaining)
        except BlockingIOError as error:
            count = error.characters_written
        if not count:
            time.sleep(_RETRY_SECONDS)
        remaining = remaining[count or 0 :]
    raw.flush()


def _stop_writing() -> None:
    """Discard buffered output: flushing it into a closed pipe at exit would be an error."""
    with contextlib.suppress(OSError):  # standard output may be no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_error(message: str) -> None:
    """Write a line to standard error, escaped so that it cannot control a terminal."""
    with contextlib.suppress(OSError, ValueError, AttributeError):  # it may be closed
        safe = escape_unprintable(message)
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.write(f"{safe}\n".encode(encoding, "backslashreplace").decode(encoding))
        sys.stderr.flush()


def print_os_error(error: OSError, language: str) -> None:
    """Write the name of a file to standard error, and why it cannot be opened."""
    name = "" if error.filename is None else os.fsdecode(error.filename)
    reason = error_text(error, language)
    print_error(text("error", "file", language, name=name, reason=reason) if name else reason)


def is_terminal(stream: object) -> bool:
    """Return whether a stream is a terminal; a closed stream is not one."""
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty())
