"""Reads files of any format, and turns the options of the command into options of reading."""

import codecs
import errno
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import attrs

import tulevaisuus as tul
from tulevaisuus import exchange
from tulevaisuus.cli.command_options import TableOptions, TableReadingOptions
from tulevaisuus.cli.command_texts import CommandError
from tulevaisuus.cli.output import OutputError
from tulevaisuus.cli.register_lookup import register_of
from tulevaisuus.cli.standard_input import STANDARD_INPUT, STANDARD_INPUT_NAME
from tulevaisuus.exchange.formats_registry import (
    FORMATS,
    FileFormat,
    Reader,
    ReadOptions,
    Source,
    format_called,
    format_of,
)
from tulevaisuus.findings.localization import LANGUAGES, LocalizedText, Param
from tulevaisuus.model.labels import RegisterName
from tulevaisuus.model.portfolio import REGISTERS

__all__ = [
    "format_read",
    "options_of",
    "pairs",
    "read",
    "read_by",
    "require_known_workbook",
    "write_copy",
]

_FIRST_LINES = 10
"""In so many lines at the start of standard input, separators of a table are looked for."""

_CONTROL_BYTES = frozenset(range(32)) - frozenset(b"\t\r\n")
"""Bytes that no text has: an input with one of them is compressed, or a workbook."""

_UNSUPPORTED_WORKBOOKS = (".xls", ".xlsb", ".ods", ".numbers")
"""The endings of workbooks that cannot be read."""


def pairs(option: str, words: Iterable[str]) -> dict[str, str]:
    """Split the values ``field=value`` of an option that can be repeated.

    Raises:
        CommandError: A value has no field or no equals sign.
    """
    values: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name.strip():
            raise CommandError("no_pair", "usage", name=option, word=word)
        values[name.strip()] = value
    return values


def options_of(table: TableReadingOptions) -> ReadOptions:
    """Return the options of reading; an option of the command overrides the mapping file.

    A mapping file (TOML) says which header means which field, which values the table does not have,
    how ids are made, and how a CSV file is written.

    Raises:
        CommandError: The mapping file is not valid, or there is no such class.
        OutputError: The mapping file cannot be opened.
    """
    kind = table.kind if isinstance(table, TableOptions) else None
    cls = None if kind is None else _class_of(kind)
    options = _read_mapping(table.mapping)
    constants = pairs("--set", table.constants)
    ids = options.ids
    if "{" in constants.get("id", ""):  # a template: the rows need ids that differ
        ids = constants.pop("id")
    return attrs.evolve(
        options,
        of=cls or options.of,
        sheet=options.sheet if table.sheet is None else table.sheet,
        constants={**options.constants, **constants},
        ids=ids,
    )


def _read_mapping(path: str | None) -> ReadOptions:
    if path is None:
        return ReadOptions()
    try:
        return exchange.read_mapping(path)
    except tul.InvalidValueError as error:
        raise _invalid_option(error) from None
    except OSError as error:
        raise OutputError(error) from None


def _class_of(kind: str) -> type[tul.Entity]:
    """Return the class that a word means; the words are those of `tulevaisuus show`."""
    known: Param = tuple(map(RegisterName, REGISTERS))
    try:
        name = register_of(kind)
    except CommandError as error:
        name, known = "", error.params.get("suggestions", known)
    if name not in REGISTERS:  # also for words of `show` that mean no class of objects
        raise CommandError("bad_choice", "usage", name="--as", word=kind, known=known)
    return REGISTERS[name]


def read(file: str, options: ReadOptions, used: Iterable[str] = ()) -> tul.Reading:
    """Read a file by its format. Standard input is a document or a table (CSV).

    Args:
        file: The path of the file.
        options: How to read it.
        used: Options that the caller uses itself: they are allowed for every format.

    Raises:
        CommandError: The file needs an option, or has no use for one.
        OSError: The file cannot be opened.
        ModuleNotFoundError: The optional package for this file type is missing.
    """
    if file == STANDARD_INPUT:
        return _read_standard_input(options, used)
    file_format = format_read(file, options, used)
    # A reader takes text such as "[x" for a document; a `Path` is always a file.
    return read_by(cast("Reader", file_format.reader), Path(file), options)


def format_read(file: str, options: ReadOptions, used: Iterable[str] = ()) -> FileFormat:
    """Return the format of a file, if the options fit it.

    Args:
        file: The path of the file.
        options: How to read it.
        used: Options that the caller uses itself: they are allowed for every format.

    Raises:
        CommandError: The file needs an option, or has no use for one.
    """
    require_known_workbook(file)
    # A file with an unknown ending is read as a document. The cast: every format has a reader.
    file_format = cast("FileFormat", format_of(file) or format_called("json"))
    _require_options(file, file_format, options, used)
    if options.of is None and _needs_class(file, file_format):
        raise CommandError("needs_class", name=file)
    return file_format


def _needs_class(file: str, file_format: FileFormat) -> bool:
    """Return whether the user must name the class of the rows or lines: the file does not."""
    if file_format.name != "parquet":
        return file_format.name == "jsonl"
    from tulevaisuus.exchange.parquet.reading import needs_class  # few files are Parquet

    return needs_class(Path(file))


def require_known_workbook(file: str) -> None:
    """Check that a file is not a workbook of an unsupported format, such as ``.xls``.

    Raises:
        CommandError: It is one.
    """
    if file.lower().endswith(_UNSUPPORTED_WORKBOOKS) and Path(file).is_file():
        raise CommandError("other_workbook", name=file)


def read_by(reader: Reader, source: Source, options: ReadOptions) -> tul.Reading:
    """Read a source by the reader of its format.

    Args:
        reader: The reader.
        source: The source to read.
        options: How to read it.

    Raises:
        CommandError: An option is not valid.
    """
    try:
        return reader(source, options)
    except tul.UnknownCodeError as error:
        raise _unknown_field(error) from None
    except tul.InvalidValueError as error:
        raise _invalid_option(error) from None


def _read_standard_input(options: ReadOptions, used: Iterable[str]) -> tul.Reading:
    """Read a document; or a table, if it looks like one or the options give its class."""
    if sys.stdin is None:
        raise OSError(9, "Bad file descriptor", STANDARD_INPUT_NAME)
    is_table = options.of is not None or _looks_like_table(_first_bytes(sys.stdin.buffer))
    # A document is read further below: here the sign with which it begins is enough.
    data = sys.stdin.buffer.read() if is_table else b"{"
    if not data.removeprefix(codecs.BOM_UTF8).lstrip().startswith((b"{", b"[")):
        table = cast("FileFormat", format_called("csv"))
        _require_options(STANDARD_INPUT_NAME, table, options, ("--sheet", *used))
        return read_by(cast("Reader", table.reader), data, options)
    document = cast("FileFormat", format_called("json"))
    _require_options(STANDARD_INPUT_NAME, document, options, used)
    return tul.read(data if is_table else sys.stdin.buffer)


def _first_bytes(stream: object) -> bytes:
    """Return the first bytes of a stream without consuming them; none if the stream cannot peek."""
    peek = getattr(stream, "peek", None)
    return b"" if peek is None else cast("bytes", peek(1))


def _looks_like_table(head: bytes) -> bool:
    """Return whether a text is a table: no JSON, and its first line with separators has several.

    >>> _looks_like_table(b"Tunnus;Haku;Hanke"), _looks_like_table(b'"format": 1, "grants": []')
    (True, False)
    """
    text = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if text.startswith((b"{", b"[")) or _CONTROL_BYTES & {*head}:
        return False
    lines = [line for line in text.splitlines()[:_FIRST_LINES] if b'":' not in line]
    return any(line.count(separator) > 1 for line in lines for separator in (b";", b"\t", b","))


def _require_options(
    name: str, file_format: FileFormat, options: ReadOptions, used: Iterable[str]
) -> None:
    """Check that the format uses all given options: ignoring one in silence would mislead.

    Raises:
        CommandError: It does not; the message names the options.
        FileNotFoundError: There is no such file; it may be a pattern that no file matches.
    """
    is_mapped = options.dialect is not None  # only a mapping file sets a dialect, and always does
    given_options = {
        "--as": options.of is not None,
        "--sheet": options.sheet is not None,
        "--set": bool(options.constants) or options.ids is not None,
        "--map": is_mapped,
    }
    ignored = tuple(
        option
        for option, is_given in given_options.items()
        if is_given and option not in (*file_format.options, *used)
    )
    if "--map" in ignored:  # then the mapping file may have set the others
        ignored = ("--map",)
    if ignored:
        _require_file(name)  # the format of a file that does not exist is not known
        raise CommandError(
            "no_table_options",
            name=name,
            format=file_format.name,
            options=ignored,
            formats=tuple(each.name for each in FORMATS if {*ignored} <= {*each.options}),
        )


def _require_file(name: str) -> None:
    if name != STANDARD_INPUT_NAME and not os.path.lexists(name):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)


def write_copy(
    file: str, path: str, reading: tul.Reading, report: tul.Report, language: str
) -> None:
    """Write a copy of a table with its findings.

    Args:
        file: The path of the table.
        path: The path of the copy.
        reading: The result of reading the table.
        report: The findings.
        language: The language of the findings.

    Raises:
        CommandError: The file could not be read as a table.
        OutputError: The copy cannot be written.
    """
    try:
        exchange.write_checked(file, path, reading, report, language=language)
    except ValueError:
        raise CommandError("no_copy", name=file) from None
    except ModuleNotFoundError as error:
        raise OutputError(OSError(0, str(error), path)) from None
    except OSError as error:
        name = os.fsdecode(error.filename or path)
        raise OutputError(OSError(error.errno, error.strerror, name)) from None


def _unknown_field(error: tul.UnknownCodeError) -> CommandError:
    if error.suggestions:
        return CommandError(
            "no_such_field_near", word=str(error.key), suggestions=error.suggestions
        )
    return CommandError("no_such_field", word=str(error.key))


def _invalid_option(error: tul.InvalidValueError) -> CommandError:
    """Make one message of all that is wrong with a mapping file or with values of ``--set``."""
    location = error.findings[0].location
    name = location.source if location and location.source else "--set"
    reasons = {
        language: "; ".join(
            f"{each.path.strip('/')}: {each.message(language)}".removeprefix(": ")
            for each in error.findings
        )
        for language in LANGUAGES
    }
    return CommandError("invalid", name=name, reason=LocalizedText(**reasons))
