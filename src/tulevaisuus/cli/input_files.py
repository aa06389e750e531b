"""Files of any format as the command reads them, and what its options tell of them."""

import codecs
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import attrs

import tulevaisuus as tul
from tulevaisuus.cli.command_options import TableOptions, TableReadingOptions
from tulevaisuus.cli.command_texts import CommandError
from tulevaisuus.cli.output import OutputError
from tulevaisuus.cli.register_lookup import register_of
from tulevaisuus.exchange import read_mapping, write_checked
from tulevaisuus.exchange.csv_and_excel import table_format
from tulevaisuus.exchange.formats_registry import (
    FileFormat,
    Reader,
    ReadOptions,
    Source,
    format_called,
    format_of,
)
from tulevaisuus.findings.localization import LANGUAGES, LocalizedText, Param
from tulevaisuus.model.portfolio import REGISTERS

__all__ = [
    "STANDARD_INPUT",
    "STANDARD_INPUT_NAME",
    "format_read",
    "options_of",
    "pairs",
    "read",
    "read_by",
    "require_known_workbook",
    "write_copy",
]

STANDARD_INPUT = "\0stdin"
"""What a bare ``-`` becomes before parsing: no file can have this name, and it is no option."""

STANDARD_INPUT_NAME = "<stdin>"

_OTHER_WORKBOOKS = (".xls", ".xlsb", ".ods", ".numbers")


def pairs(option: str, words: Iterable[str]) -> dict[str, str]:
    """Return the values of an option ``field=value`` that can be repeated.

    Raises:
        CommandError: One of them has no equals sign.
    """
    given: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name.strip():
            raise CommandError("no_pair", "usage", name=option, word=word)
        given[name.strip()] = value
    return given


def options_of(table: TableReadingOptions) -> ReadOptions:
    """Return what the caller tells of a source; an option counts before the mapping file.

    Raises:
        CommandError: The mapping file is not valid, or there is no such class.
        OutputError: The mapping file cannot be opened.
    """
    kind = table.kind if isinstance(table, TableOptions) else None
    cls = None if kind is None else _class_of(kind)
    options = _mapped(table.mapping)
    given = pairs("--set", table.constants)
    ids = options.ids
    if "{" in given.get("id", ""):  # a scheme, as one id for all rows would be of no use
        ids = given.pop("id")
    return attrs.evolve(
        options,
        of=cls or options.of,
        sheet=options.sheet if table.sheet is None else table.sheet,
        constants={**options.constants, **given},
        ids=ids,
    )


def _mapped(path: str | None) -> ReadOptions:
    if path is None:
        return ReadOptions()
    try:
        return read_mapping(path)
    except tul.InvalidValueError as error:
        raise _invalid(error) from None
    except OSError as error:
        raise OutputError(error) from None


def _class_of(kind: str) -> type[tul.Entity]:
    """Return the class that an everyday word means, as `show` takes it."""
    known: Param = tuple(REGISTERS)
    try:
        name = register_of(kind)
    except CommandError as error:
        name, known = "", error.params.get("suggestions", known)
    if name not in REGISTERS:
        raise CommandError("bad_choice", "usage", name="--as", word=kind, known=known)
    return REGISTERS[name]


def read(file: str, options: ReadOptions, used: Iterable[str] = ()) -> tul.Reading:
    """Read a file by its format; standard input as a document, or as a table of a given class.

    Args:
        file: The file.
        options: What the caller knows of it.
        used: Options that are used otherwise, so that they may be given for any format.

    Raises:
        CommandError: The file needs an option, or an option does not fit it.
        OSError: It cannot be opened.
        ModuleNotFoundError: What reads it is not installed.
    """
    if file == STANDARD_INPUT:
        return _standard_input(options, used)
    found = format_read(file, options, used)
    # A path: as text, a name such as "[x" would be taken for a document.
    return read_by(cast("Reader", found.reader), Path(file), options)


def format_read(file: str, options: ReadOptions, used: Iterable[str] = ()) -> FileFormat:
    """Return the format of a file that is read, if the options fit it.

    Args:
        file: The file.
        options: What the caller knows of it.
        used: Options that are used otherwise.

    Raises:
        CommandError: The file needs an option, or an option does not fit it.
    """
    require_known_workbook(file)
    # Other endings are those of documents; and each format that is known can be read.
    found = cast("FileFormat", format_of(file) or format_called("json"))
    _require_options(file, found, options, used)
    if found.name == "jsonl" and options.of is None:
        raise CommandError("needs_class", name=file)
    return found


def require_known_workbook(file: str) -> None:
    """Check that a workbook that is there has a format that is read.

    Raises:
        CommandError: It has not.
    """
    if file.lower().endswith(_OTHER_WORKBOOKS) and Path(file).is_file():
        raise CommandError("other_workbook", name=file)


def read_by(reader: Reader, source: Source, options: ReadOptions) -> tul.Reading:
    """Read a source by the reader of its format.

    Args:
        reader: The reader.
        source: What is read.
        options: What the caller tells of it.

    Raises:
        CommandError: An option is not valid.
    """
    try:
        return reader(source, options)
    except tul.UnknownCodeError as error:
        raise _no_such_field(error) from None
    except tul.InvalidValueError as error:
        raise _invalid(error) from None


def _standard_input(options: ReadOptions, used: Iterable[str]) -> tul.Reading:
    """Read a document, or a table if the options say of which class."""
    if sys.stdin is None:
        raise OSError(9, "Bad file descriptor", STANDARD_INPUT_NAME)
    data = sys.stdin.buffer.read() if options.of is not None else b"{"
    if not data.removeprefix(codecs.BOM_UTF8).lstrip().startswith((b"{", b"[")):
        table = cast("FileFormat", format_called("csv"))
        _require_options(STANDARD_INPUT_NAME, table, options, ("--sheet", *used))
        return read_by(table_format.read, data, options)
    document = cast("FileFormat", format_called("json"))
    _require_options(STANDARD_INPUT_NAME, document, options, used)
    return tul.read(sys.stdin.buffer if options.of is None else data)


def _require_options(
    name: str, found: FileFormat, options: ReadOptions, used: Iterable[str]
) -> None:
    """Check that no option is given that the format does not use, which would go unnoticed.

    Raises:
        CommandError: One is; it names the options.
    """
    is_mapped = options.dialect is not None  # a mapping file always has one, and may set the others
    given = {
        "--as": options.of is not None,
        "--sheet": options.sheet is not None,
        "--set": bool(options.constants) or options.ids is not None,
        "--map": is_mapped,
    }
    ignored = tuple(
        each for each, is_given in given.items() if is_given and each not in (*found.options, *used)
    )
    if "--map" in ignored:
        ignored = ("--map",)
    if ignored:
        raise CommandError("no_table_options", name=name, format=found.name, options=ignored)


def write_copy(
    file: str, path: str, reading: tul.Reading, report: tul.Report, language: str
) -> None:
    """Write a copy of a table with findings in it.

    Args:
        file: The table.
        path: Where the copy goes.
        reading: What came of reading the table.
        report: What is wrong.
        language: The language of the findings.

    Raises:
        CommandError: The file could not be read as a table.
        OutputError: The copy cannot be written.
    """
    try:
        write_checked(file, path, reading, report.findings, language=language)
    except ValueError:
        raise CommandError("no_copy", name=file) from None
    except ModuleNotFoundError as error:
        raise OutputError(OSError(0, str(error), path)) from None
    except OSError as error:
        name = os.fsdecode(error.filename or path)
        raise OutputError(OSError(error.errno, error.strerror, name)) from None


def _no_such_field(error: tul.UnknownCodeError) -> CommandError:
    if error.suggestions:
        return CommandError(
            "no_such_field_near", word=str(error.key), suggestions=error.suggestions
        )
    return CommandError("no_such_field", word=str(error.key))


def _invalid(error: tul.InvalidValueError) -> CommandError:
    """Tell what is wrong with a mapping file or a constant, all of it in one message."""
    found = error.findings[0]
    where = found.location.source if found.location and found.location.source else "--set"
    reasons = {
        language: "; ".join(
            f"{each.path.strip('/')}: {each.message(language)}".removeprefix(": ")
            for each in error.findings
        )
        for language in LANGUAGES
    }
    return CommandError("invalid", name=where, reason=LocalizedText(**reasons))
