"""`tulevaisuus convert`: reads a file, lists what the other format cannot hold, and writes it."""

import contextlib
import dataclasses
import os
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Annotated, cast

import attrs
from cyclopts import Parameter

import tulevaisuus as tul
from tulevaisuus.cli import input_files, output
from tulevaisuus.cli.command_language import chosen_language
from tulevaisuus.cli.command_options import DEFAULT_TABLE_OPTIONS, Language, TableOptions
from tulevaisuus.cli.command_texts import CommandError, text
from tulevaisuus.cli.file_arguments import require_files
from tulevaisuus.cli.output import OutputError
from tulevaisuus.cli.progress import ProgressBar
from tulevaisuus.cli.standard_input import STANDARD_INPUT
from tulevaisuus.exchange.formats_registry import (
    FORMATS,
    FileFormat,
    ReadOptions,
    WriteOptions,
    Writer,
    format_called,
    format_to_write,
)
from tulevaisuus.exchange.lost_data import lost_in_reading
from tulevaisuus.exchange.one_class_per_file import entities_to_write
from tulevaisuus.exchange.streaming_conversion import StreamingConversion
from tulevaisuus.reports.text_report import Layout, lines

__all__ = ["convert"]

_NO_FILES = {STANDARD_INPUT: "-", "": ""}
"""Targets that are no files, as the user writes them: no format is written to a stream."""


@attrs.frozen(kw_only=True)
class _Conversion:
    """A request to convert a file.

    ``language`` is that of the messages, ``written_language`` that of the file that is written.
    """

    source: str
    target: str
    to: str | None = None
    table: TableOptions = attrs.field(factory=TableOptions)
    lossless: bool = False
    language: str = "en"
    written_language: str = "fi"


def convert(
    source: Annotated[str, Parameter(name="IN", help="The file or folder to read.")],
    target: Annotated[
        str,
        Parameter(name="OUT", help="The file or folder to write; if that fails, nothing changes."),
    ],
    /,
    *,
    table: TableOptions = DEFAULT_TABLE_OPTIONS,
    to: Annotated[
        str | None,
        Parameter(help="The format of OUT: {formats} (default: by the ending of OUT)."),
    ] = None,
    lossless: Annotated[
        bool,
        Parameter(negative=(), show_default=False, help="Write nothing if anything would be lost."),
    ] = False,
    language: Language = None,
) -> int:
    """Convert a file to another format; return the exit code."""
    conversion = _Conversion(
        source=source,
        target=target,
        to=to,
        table=table,
        lossless=lossless,
        language=chosen_language(language),
        written_language=language or "fi",
    )
    return _convert(conversion)


def _convert(conversion: _Conversion) -> int:
    """Convert a file, and return the exit code: 1 if nothing was written because of findings."""
    file_format = _target_format(conversion)
    require_files(conversion.target, (conversion.source, conversion.table.mapping))
    # `--set` gives settings of the target format as well as constants of the source.
    words = conversion.table.constants
    pairs = input_files.pairs("--set", words)
    settings = {name: value for name, value in pairs.items() if name in file_format.settings}
    constants = tuple(word for word in words if word.partition("=")[0] not in settings)
    options = input_files.options_of(dataclasses.replace(conversion.table, constants=constants))
    writing = WriteOptions(of=options.of, language=conversion.written_language, settings=settings)
    # In these formats `--as` is also the class to write, so the source need not use it.
    used = ("--as",) if file_format.of_one_class else ()
    with ProgressBar(2) as bar:
        bar.next(conversion.source)
        streaming = _open_stream(file_format, options, writing, conversion, used)
        if streaming is not None and _stream(streaming, conversion):
            return _finish_stream(streaming, conversion)
        reading = _read(conversion.source, options, used)
        _show_findings(conversion.source, reading.findings, conversion.language)
        if not reading.ok:
            return _report_failure("unread", conversion)
        bar.next(conversion.target)
        return _write(reading, file_format, writing, conversion)


def _open_stream(
    target: FileFormat,
    options: ReadOptions,
    writing: WriteOptions,
    conversion: _Conversion,
    used: Iterable[str],
) -> StreamingConversion | None:
    """Open the source to convert it entity by entity; ``None`` if a format cannot do that."""
    if conversion.source == STANDARD_INPUT or not target.write_stream:
        return None
    streaming = StreamingConversion(
        input_files.format_read(conversion.source, options, used), target, options, writing
    )
    try:
        return streaming if streaming.open(conversion.source) else None
    except (tul.UnknownCodeError, tul.InvalidValueError, OSError, ModuleNotFoundError):
        return None  # the same error is reported when the file is read as a whole


def _stream(streaming: StreamingConversion, conversion: _Conversion) -> bool:
    """Write the target entity by entity; return False if the source must be read as a whole."""
    try:
        with _output_errors(Path(conversion.target)):
            return streaming.write(Path(conversion.target), lossless=conversion.lossless)
    except (tul.InvalidValueError, tul.DocumentError):
        return False


def _finish_stream(streaming: StreamingConversion, conversion: _Conversion) -> int:
    """Show the findings and losses of a conversion entity by entity; return the exit code."""
    _show_findings(conversion.source, streaming.found.findings, conversion.language)
    if not streaming.ok:
        return _report_failure("unread", conversion)
    lost = streaming.losses()
    _show_losses(conversion.target, lost, conversion.language)
    if lost and conversion.lossless:
        return _report_failure("lossless", conversion)
    _announce(streaming.count, conversion)
    return 0


def _announce(objects: int, conversion: _Conversion) -> None:
    message = text("convert", "written", conversion.language, name=conversion.target, count=objects)
    output.write(f"{message}\n", for_people=True)


def _target_format(conversion: _Conversion) -> FileFormat:
    """Return the format to write: that of ``--to``, by default that of the file's ending."""
    known = tuple(each.name for each in FORMATS if each.write)
    if conversion.target in _NO_FILES:
        word = _NO_FILES[conversion.target]
        raise CommandError("bad_value", "usage", name="OUT", word=word)
    if conversion.to is None:
        by_ending = format_to_write(conversion.target)
        if by_ending is None:
            raise CommandError("no_such_format", name=conversion.target, known=known)
        return by_ending
    by_name = format_called(conversion.to)
    if by_name is None or by_name.name not in known:
        raise CommandError("bad_choice", "usage", name="--to", word=conversion.to, known=known)
    if not by_name.is_folder and not by_name.has_ending(conversion.target):
        raise CommandError("other_ending", name=conversion.target, known=by_name.endings)
    return by_name


def _read(source: str, options: ReadOptions, used: Iterable[str]) -> tul.Reading:
    try:
        return input_files.read(source, options, used)
    except ModuleNotFoundError as error:
        raise OutputError(OSError(0, str(error), source)) from None
    except OSError as error:
        raise OutputError(error) from None


def _write(
    reading: tul.Reading, file_format: FileFormat, options: WriteOptions, conversion: _Conversion
) -> int:
    """Write what the format can hold, unless a loss is an error or ``--lossless`` forbids it."""
    portfolio = reading.portfolio
    lost = [*lost_in_reading(reading.findings), *file_format.lost(portfolio, options)]
    _show_losses(conversion.target, lost, conversion.language)
    if any(each.severity is tul.Severity.ERROR for each in lost):
        return _report_failure("impossible", conversion)
    if lost and conversion.lossless:
        return _report_failure("lossless", conversion)
    try:
        objects = _write_file(portfolio, file_format, options, Path(conversion.target))
    except (tul.InvalidValueError, tul.DocumentError) as error:
        _show_losses(conversion.target, error.findings, conversion.language)
        return _report_failure("impossible", conversion)
    _announce(objects, conversion)
    return 0


@contextlib.contextmanager
def _output_errors(path: Path) -> Generator[None]:
    """Turn an error in writing into an `OutputError` that names the file."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise OutputError(OSError(0, str(error), os.fspath(path))) from None
    except OSError as error:
        name = os.fsdecode(error.filename or path)
        raise OutputError(OSError(error.errno, error.strerror, name)) from None


def _write_file(
    portfolio: tul.Portfolio, file_format: FileFormat, options: WriteOptions, path: Path
) -> int:
    """Write a file and return how many objects it holds.

    Raises:
        OutputError: It cannot be written.
    """
    writer = cast("Writer", file_format.writer)  # `_target_format` chose one that has a writer
    with _output_errors(path):
        count = writer(portfolio, path, options)
    if count is not None:
        return count
    if file_format.of_one_class:
        return len(entities_to_write(portfolio, options))
    return sum(map(len, portfolio.registers().values()))


def _report_failure(reason: str, conversion: _Conversion) -> int:
    """Print why nothing was written, and return the exit code.

    ``reason`` is the name of a message in ``texts/command.toml``.
    """
    output.print_error(text("convert", reason, conversion.language, name=conversion.target))
    return 1


def _show_findings(name: str, findings: Iterable[tul.Finding], language: str) -> None:
    """Show findings on the source as `check` does, if there are any."""
    titles = {rule.code: rule.title for rule in tul.rulebook}
    _show_report(name, tul.Report.of(findings, titles=titles), language)


def _show_losses(name: str, losses: Iterable[tul.Finding], language: str) -> None:
    """Show what a format cannot hold, without the titles of rules: no rule is broken."""
    _show_report(name, tul.Report.of(losses), language)


def _show_report(name: str, report: tul.Report, language: str) -> None:
    if len(report):
        output.print_lines(lines([(name, report)], Layout(language, output.width())))
