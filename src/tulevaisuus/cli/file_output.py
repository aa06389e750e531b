"""Writes files of the command: all of a file, or an error."""

import os
from pathlib import Path

from tulevaisuus.cli.command_texts import text
from tulevaisuus.cli.output import OutputError, print_error
from tulevaisuus.formats.files import replacing

__all__ = ["announce_file", "write_file"]


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


def announce_file(path: str, language: str) -> None:
    """Report on standard error that a file was written: standard output may be for programs.

    A device is not reported: no file remains.
    """
    if Path(path).is_file():
        print_error(text("output", "written", language, name=path))
