"""Checks files for the commands `check` and `report`, or the bundled facts."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import cast

import attrs

import tulevaisuus as tul
from tulevaisuus.cli import input_files
from tulevaisuus.cli.command_options import LARGEST_IN_MEMORY
from tulevaisuus.cli.command_texts import CommandError
from tulevaisuus.cli.progress import ProgressBar
from tulevaisuus.cli.rule_arguments import codes_of_option
from tulevaisuus.cli.standard_input import STANDARD_INPUT, STANDARD_INPUT_NAME
from tulevaisuus.exchange.formats_registry import ReadOptions

__all__ = ["COULD_NOT_OPEN", "CheckedDocument", "Options", "check_files", "exit_code"]

COULD_NOT_OPEN = 2
"""The exit code if a file could not be opened."""


@attrs.frozen(kw_only=True)
class Options:
    """The options of `check` and `report`.

    ``only_if_opened`` is whether a page is only written if a file could be opened: a path that
    nobody has chosen gets no page without contents. ``source`` is how to read the files. Tables of
    more than ``in_memory`` megabytes are not loaded.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    language: str = "en"
    format: str = "text"
    output: str | None = None
    only_if_opened: bool = False
    limit: int | None = None
    statistics: bool = False
    fail_on: tul.Severity = tul.Severity.ERROR
    in_memory: int = LARGEST_IN_MEMORY
    source: ReadOptions = attrs.field(factory=ReadOptions)

    @property
    def workbook(self) -> str | None:
        """The path of a copy of the table with its findings, if the output is such a copy."""
        is_workbook = (self.output or "").lower().endswith(".xlsx")
        return self.output if is_workbook else None


@attrs.frozen
class CheckedDocument:
    """A document, and its report or the error of opening it.

    ``data`` is the result of reading. It is only kept for HTML pages, which show it.
    """

    name: str
    report: tul.Report | OSError
    data: tul.Portfolio | tul.Reading | None = None


def check_files(files: Sequence[str], options: Options) -> list[CheckedDocument]:
    """Check documents, or the bundled facts if there are no files.

    Raises:
        CommandError: A rule or an option is not valid.
        OutputError: The copy of a table cannot be written.
    """
    checker = _Checker(options, codes_of_option(options.select), codes_of_option(options.ignore))
    if options.workbook is not None and (len(files) != 1 or files[0] == STANDARD_INPUT):
        raise CommandError("one_table", name=options.workbook)
    names = files or (None,)
    with ProgressBar(len(names)) as bar:
        return [checker.check_file(name, bar) for name in names]


@attrs.frozen
class _Checker:
    """Checks files by the selected rules; ``select`` and ``ignore`` are codes of rules."""

    options: Options
    select: list[str]
    ignore: list[str]

    def check_file(self, file: str | None, bar: ProgressBar) -> CheckedDocument:
        """Check a file, or the bundled facts for ``None``."""
        name = _document_name(file)
        progress = bar.next(name)
        try:
            report = None if file is None else self._check_large_file(file, progress)
            if report is not None:
                return CheckedDocument(name, report)
            data = tul.reference if file is None else input_files.read(file, self.options.source)
        except OSError as error:
            return CheckedDocument(name, error)
        except ModuleNotFoundError as error:  # the optional package for this file type is missing
            return CheckedDocument(name, OSError(0, str(error), name))
        report = self._check_data(data, file, progress)
        return CheckedDocument(name, report, data if self.options.format == "html" else None)

    def _check_data(
        self,
        data: tul.Portfolio | tul.Reading,
        file: str | None,
        progress: Callable[[int, int], None],
    ) -> tul.Report:
        """Check a portfolio or a reading; write a copy of the table with findings if requested."""
        options = self.options
        report = tul.check(
            data,
            select=self.select or None,
            ignore=self.ignore,
            limit=options.limit,
            progress=progress,
        )
        if file is not None and options.workbook is not None:
            reading = cast("tul.Reading", data)  # only the bundled facts are no reading
            input_files.write_copy(file, options.workbook, reading, report, options.language)
        return report

    def _check_large_file(
        self, file: str, progress: Callable[[int, int], None]
    ) -> tul.Report | None:
        """Check a large table without loading it; return ``None`` if its rows must become objects.

        A copy of the table with its findings is written from objects.
        """
        options = self.options
        is_document = file.lower().endswith(".json") and Path(file).is_file()
        if is_document or file == STANDARD_INPUT or options.workbook is not None:
            return None
        # Imports the queries on data frames.
        from tulevaisuus.cli.check_large_tables import check_large, large_tables

        tables = large_tables(file, options.source, options.in_memory)
        if tables is None:
            return None
        return check_large(tables, self.select, self.ignore, options.limit, progress)


def _document_name(file: str | None) -> str:
    if file is None:
        return "tulevaisuus.reference"
    return STANDARD_INPUT_NAME if file == STANDARD_INPUT else file


def exit_code(documents: Iterable[CheckedDocument], fail_on: tul.Severity) -> int:
    """Return 2 if a file could not be opened, 1 if there are findings to fail on, else 0."""
    code = 0
    failing = [severity for severity in tul.Severity if severity >= fail_on]
    for document in documents:
        if isinstance(document.report, OSError):
            return COULD_NOT_OPEN
        if any(map(document.report.count, failing)):
            code = 1
    return code
