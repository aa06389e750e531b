"""Writes the output of the command, to standard output or to a file: all of it, or an error.

Only terminals get colours. Text that could control a terminal is escaped.
"""

import contextlib
import io
import os
import shutil
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from rich.console import Console
from rich.text import Text as Styled

from tulevaisuus.cli.command_texts import text
from tulevaisuus.findings.localization import escape_unprintable
from tulevaisuus.formats.files import replacing
from tulevaisuus.reports.report_texts import error_text
from tulevaisuus.reports.text_report import Line

__all__ = [
    "OutputError",
    "announce_file",
    "is_terminal",
    "plain_console",
    "print_error",
    "print_lines",
    "print_os_error",
    "width",
    "write",
    "write_file",
]

_MIN_WIDTH, _MAX_WIDTH = 40, 100
"""Text is wrapped at the width of the terminal, within these limits."""

_RETRY_SECONDS = 0.01
"""The time before a full non-blocking stream is tried again."""

_STYLES = {
    "place": "bold",
    "error": "bold red",
    "warning": "yellow",
    "note": "cyan",
    "summary": "bold",
    "label": "cyan",
    "detail": "dim",
    "excerpt": "dim",
}
"""The styles of `Line`, in the words of Rich."""


class OutputError(Exception):
    """The output could not be written."""

    def __init__(self, error: OSError) -> None:
        """Take the error of the operating system."""
        super().__init__(error)
        self.error: OSError = error


def width() -> int:
    """Return the columns to use: those of the terminal, or of ``COLUMNS``, within limits."""
    return min(max(shutil.get_terminal_size((80, 24)).columns, _MIN_WIDTH), _MAX_WIDTH)


def plain_console(file: io.StringIO, *, terminal: bool) -> Console:
    """Return a console that writes to memory in the form of the real output."""
    return Console(
        file=file,
        width=width(),
        force_terminal=terminal or None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def print_lines(lines: Iterable[Line]) -> None:
    """Write lines to standard output, coloured if it is a terminal."""
    rendered = io.StringIO()
    console = plain_console(rendered, terminal=is_terminal(sys.stdout))
    for line in lines:
        styled = Styled(line.text)
        for start, end, style in line.spans:
            styled.stylize(_STYLES[style], start, end)
        console.print(styled, soft_wrap=True)
    write(rendered.getvalue(), for_people=True)


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


def write_file(path: str, data: str | bytes) -> None:
    """Write a file atomically: on any error the old file stays.

    A device is written to directly. A file that ends in ``.gz`` or ``.zst`` is compressed.

    Raises:
        OutputError: It cannot be written.
    """
    try:
        with replacing(path) as file:
            file.write(
                data if isinstance(data, bytes) else data.encode("utf-8", "backslashreplace")
            )
    except ModuleNotFoundError as error:  # the optional package for this compression is missing
        raise OutputError(OSError(0, str(error), path)) from None
    except OSError as error:
        name = os.fsdecode(error.filename or path)
        raise OutputError(OSError(error.errno, error.strerror, name)) from None


def print_error(message: str) -> None:
    """Write a line to standard error, escaped so that it cannot control a terminal."""
    with contextlib.suppress(OSError, ValueError, AttributeError):  # it may be closed
        safe = escape_unprintable(message)
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.write(f"{safe}\n".encode(encoding, "backslashreplace").decode(encoding))
        sys.stderr.flush()


def announce_file(path: str, language: str) -> None:
    """Report on standard error that a file was written: standard output may be for programs.

    A device is not reported: no file remains.
    """
    if Path(path).is_file():
        print_error(text("output", "written", language, name=path))


def print_os_error(error: OSError, language: str) -> None:
    """Write the name of a file to standard error, and why it cannot be opened."""
    name = "" if error.filename is None else os.fsdecode(error.filename)
    reason = error_text(error, language)
    print_error(text("error", "file", language, name=name, reason=reason) if name else reason)


def is_terminal(stream: object) -> bool:
    """Return whether a stream is a terminal; a closed stream is not one."""
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty())
