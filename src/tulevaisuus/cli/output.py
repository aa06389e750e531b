"""Output of the command: complete or an error, to standard output or a file.

Only terminals get colours, and all text is escaped for them.
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
from tulevaisuus.reports.text import Line

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

_NARROWEST, _WIDEST = 40, 100
"""Text is wrapped at the width of the terminal, within these limits."""

_PAUSE = 0.01
"""Seconds before output that does not block is tried again."""

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


class OutputError(Exception):
    """Output that could not be written, with the error of the operating system."""

    def __init__(self, error: OSError) -> None:
        """Take the error of the operating system."""
        super().__init__(error)
        self.error: OSError = error


def width() -> int:
    """Return the columns to use: those of the terminal, or of ``COLUMNS``, within limits."""
    return min(max(shutil.get_terminal_size((80, 24)).columns, _NARROWEST), _WIDEST)


def plain_console(file: io.StringIO, *, terminal: bool) -> Console:
    """Return a console that writes to memory as it would to the real output."""
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
    """Write all of a text to standard output, or raise `OutputError`.

    What programs read is UTF-8; people get the encoding of their terminal, in which a letter that
    it lacks is shown by its number. A closed pipe is no error, as its reader needs no more.
    """
    out = sys.stdout
    encoding = (getattr(out, "encoding", None) or "utf-8") if for_people else "utf-8"
    try:
        buffer = _binary(out)
        if buffer is None:
            out.write(data)
        else:
            out.flush()
            _write_all(buffer, data.encode(encoding, "backslashreplace"))
    except BrokenPipeError:
        _stop_writing()
    except OSError as error:
        raise OutputError(error) from None


def _binary(out: object) -> BinaryIO | None:
    """Return what takes the bytes of a stream; nothing of a stream in memory has any."""
    if out is None:  # it was closed before the process began
        raise OSError(9, os.strerror(9))
    buffer = getattr(out, "buffer", None)
    return None if buffer is None else getattr(buffer, "raw", buffer)


def _write_all(raw: BinaryIO, data: bytes) -> None:
    """Write bytes until none is left; a stream that does not block may take only some at a time."""
    left = memoryview(data)
    while left:
        try:
            count = raw.write(left)
        except BlockingIOError as error:
            count = error.characters_written
        if not count:
            time.sleep(_PAUSE)
        left = left[count or 0 :]
    raw.flush()


def _stop_writing() -> None:
    """Discard what is still to be flushed, as the pipe is closed."""
    with contextlib.suppress(OSError):  # standard output need not be a file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_file(path: str, data: str | bytes) -> None:
    """Write a file that is complete, or as it was before if anything fails.

    What is no regular file, such as a device, is written to directly; ``.gz`` and ``.zst`` are
    packed.

    Raises:
        OutputError: It cannot be written.
    """
    try:
        with replacing(path) as file:
            file.write(
                data if isinstance(data, bytes) else data.encode("utf-8", "backslashreplace")
            )
    except ModuleNotFoundError as error:  # what packs a file of this ending is not installed
        raise OutputError(OSError(0, str(error), path)) from None
    except OSError as error:
        name = os.fsdecode(error.filename or path)
        raise OutputError(OSError(error.errno, error.strerror, name)) from None


def print_error(message: str) -> None:
    """Write a line to standard error, in which nothing acts on a terminal."""
    with contextlib.suppress(OSError, ValueError, AttributeError):  # it may be closed
        safe = escape_unprintable(message)
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.write(f"{safe}\n".encode(encoding, "backslashreplace").decode(encoding))
        sys.stderr.flush()


def announce_file(path: str, language: str) -> None:
    """Say on standard error that a file was written: standard output may be for programs.

    Nothing is said of a device, of which no file is left.
    """
    if Path(path).is_file():
        print_error(text("output", "written", language, name=path))


def print_os_error(error: OSError, language: str) -> None:
    """Write the name of a file to standard error, and why it cannot be opened."""
    name = "" if error.filename is None else os.fsdecode(error.filename)
    reason = error_text(error, language)
    print_error(text("error", "file", language, name=name, reason=reason) if name else reason)


def is_terminal(stream: object) -> bool:
    """Return whether a stream is a terminal; one that was closed is none."""
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty())
