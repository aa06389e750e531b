"""What `tulevaisuus convert` does: it reads one format, lists what another one loses, writes it."""

import contextlib
import dataclasses
import os
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import cast

import attrs

import tulevaisuus as tul
from tulevaisuus.cli import input_files, output
from tulevaisuus.cli.command_options import TableOptions
from tulevaisuus.cli.command_texts import CommandError, text
from tulevaisuus.cli.file_arguments import require_files
from tulevaisuus.cli.input_files import STANDARD_INPUT
from tulevaisuus.cli.output import OutputError
from tulevaisuus.cli.progress import ProgressBar
from tulevaisuus.exchange.formats_registry import (
    FORMATS,
    FileFormat,
    ReadOptions,
    WriteOptions,
    Writer,
    format_called,
    format_to_write,
)
from tulevaisuus.exchange.one_class import entities_of
from tulevaisuus.exchange.reading_losses import lost_in_reading
from tulevaisuus.exchange.streaming_conversion import StreamingConversion
from tulevaisuus.reports.text import Layout, lines

__all__ = ["Conversion", "convert"]


@attrs.frozen(kw_only=True)
class Conversion:
    """What is converted, and how."""

    source: str
    target: str
    to: str | None = None
    table: TableOptions = attrs.field(factory=TableOptions)
    lossless: bool = False
    language: str = "en"
    written_language: str = "fi"


def convert(asked: Conversion) -> int:
    """Convert a file, and return the exit code: 1 if nothing was written because of findings."""
    file_format = _target(asked)
    require_files(asked.target, (asked.source, asked.table.mapping))
    given = input_files.pairs("--set", asked.table.constants)
    settings = {name: value for name, value in given.items() if name in file_format.settings}
    rest = tuple(each for each in asked.table.constants if each.partition("=")[0] not in settings)
    options = input_files.options_of(dataclasses.replace(asked.table, constants=rest))
    writing = WriteOptions(of=options.of, language=asked.written_language, settings=settings)
    used = ("--as",) if file_format.of_one_class else ()
    with ProgressBar(2) as bar:
        bar.next(asked.source)
        streaming = _streaming(file_format, options, writing, asked, used)
        if streaming is not None and _stream(streaming, asked):
            return _result(streaming, asked)
        reading = _read(asked.source, options, used)
        _show(asked.source, reading.findings, asked.language)
        if not reading.ok:
            return _refuse("unread", asked)
        bar.next(asked.target)
        return _write(reading, file_format, writing, asked)


def _streaming(
    target: FileFormat,
    options: ReadOptions,
    writing: WriteOptions,
    asked: Conversion,
    used: Iterable[str],
) -> StreamingConversion | None:
    """Return the conversion entity by entity, or ``None`` if one of the formats has none."""
    if asked.source == STANDARD_INPUT or not target.write_stream:
        return None
    streaming = StreamingConversion(
        (input_files.format_read(asked.source, options, used), target), options, writing
    )
    try:
        return streaming if streaming.open(asked.source) else None
    except (tul.UnknownCodeError, tul.InvalidValueError, OSError, ModuleNotFoundError):
        return None  # reading the file as a whole meets the same error, and reports it


def _stream(streaming: StreamingConversion, asked: Conversion) -> bool:
    """Write the target entity by entity; return False if the source must be read as a whole."""
    try:
        with _errors_named(Path(asked.target)):
            return streaming.write(Path(asked.target), lossless=asked.lossless)
    except (tul.InvalidValueError, tul.DocumentError):
        return False


def _result(streaming: StreamingConversion, asked: Conversion) -> int:
    _show(asked.source, streaming.found.findings, asked.language)
    if not streaming.ok:
        return _refuse("unread", asked)
    lost = streaming.losses()
    _show(asked.target, lost, asked.language)
    if lost and asked.lossless:
        return _refuse("lossless", asked)
    _announce(streaming.count, asked)
    return 0


def _announce(objects: int, asked: Conversion) -> None:
    written = text("convert", "written", asked.language, name=asked.target, count=objects)
    output.write(f"{written}\n", for_people=True)


def _target(asked: Conversion) -> FileFormat:
    """Return the format to write: the one of ``--to``, by default that of the file's ending."""
    written = [each.name for each in FORMATS if each.write]
    if asked.target == STANDARD_INPUT:
        raise CommandError("bad_value", "usage", name="OUT", word="-")
    if asked.to is None:
        found = format_to_write(asked.target)
        if found is None:
            raise CommandError("no_such_format", name=asked.target, known=tuple(written))
        return found
    chosen = format_called(asked.to)
    if chosen is None or chosen.name not in written:
        raise CommandError("bad_choice", "usage", name="--to", word=asked.to, known=tuple(written))
    if not chosen.is_folder and not chosen.fits(asked.target):
        raise CommandError("other_ending", name=asked.target, known=chosen.endings)
    return chosen


def _read(source: str, options: ReadOptions, used: Iterable[str]) -> tul.Reading:
    try:
        return input_files.read(source, options, used)
    except ModuleNotFoundError as error:
        raise OutputError(OSError(0, str(error), source)) from None
    except OSError as error:
        raise OutputError(error) from None


def _write(
    reading: tul.Reading, file_format: FileFormat, options: WriteOptions, asked: Conversion
) -> int:
    """Write what the format holds, unless something that must not be lost would be."""
    portfolio = reading.portfolio
    lost = [*lost_in_reading(reading.findings), *file_format.lost(portfolio, options)]
    _show(asked.target, lost, asked.language)
    if any(each.severity is tul.Severity.ERROR for each in lost):
        return _refuse("impossible", asked)
    if lost and asked.lossless:
        return _refuse("lossless", asked)
    try:
        objects = _put(portfolio, file_format, options, Path(asked.target))
    except (tul.InvalidValueError, tul.DocumentError) as error:
        _show(asked.target, error.findings, asked.language)
        return _refuse("impossible", asked)
    _announce(objects, asked)
    return 0


@contextlib.contextmanager
def _errors_named(path: Path) -> Generator[None]:
    """Raise errors of writing as `OutputError` with the name of the file."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise OutputError(OSError(0, str(error), os.fspath(path))) from None
    except OSError as error:
        name = os.fsdecode(error.filename or path)
        raise OutputError(OSError(error.errno, error.strerror, name)) from None


def _put(
    portfolio: tul.Portfolio, file_format: FileFormat, options: WriteOptions, path: Path
) -> int:
    """Write a file and return how many objects it holds, or raise `OutputError` with its name."""
    writer = cast("Writer", file_format.writer)  # `_target` chooses what is written
    with _errors_named(path):
        written = writer(portfolio, path, options)
    if written is not None:
        return written
    if file_format.of_one_class:
        return len(entities_of(portfolio, options))
    return sum(map(len, portfolio.registers().values()))


def _refuse(reason: str, asked: Conversion) -> int:
    output.print_error(text("convert", reason, asked.language, name=asked.target))
    return 1


def _show(name: str, findings: Iterable[tul.Finding], language: str) -> None:
    """Show findings as `check` does, if there are any."""
    titles = {rule.code: rule.title for rule in tul.rulebook}
    report = tul.Report.of(findings, titles=titles)
    if len(report):
        output.print_lines(lines([(name, report)], Layout(language, output.width())))
