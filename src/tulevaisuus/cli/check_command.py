"""`tulevaisuus check`: checks documents, tables and packages, or the bundled facts."""

from collections.abc import Sequence
from typing import Annotated, NamedTuple

from cyclopts import Parameter

import tulevaisuus as tul
from tulevaisuus.cli import file_arguments, input_files
from tulevaisuus.cli.check_output import (
    announce_file,
    format_by_ending,
    require_ending,
    write_reports,
)
from tulevaisuus.cli.checking_files import Options, check_files, exit_code
from tulevaisuus.cli.command_language import chosen_language
from tulevaisuus.cli.command_options import (
    DEFAULT_RULE_OPTIONS,
    DEFAULT_TABLE_OPTIONS,
    LARGEST_IN_MEMORY,
    FailOn,
    InMemoryMegabytes,
    Language,
    Limit,
    OutputFile,
    ReportFormat,
    RuleOptions,
    Statistics,
    TableOptions,
)
from tulevaisuus.cli.command_texts import CommandError
from tulevaisuus.cli.standard_input import STANDARD_INPUT

__all__ = ["Outcome", "check", "check_files_and_report"]


def check(  # noqa: PLR0913 - options, each with a default and passed by name
    *files: Annotated[str, Parameter(name="FILE", help="Files; - is standard input.")],
    table: TableOptions = DEFAULT_TABLE_OPTIONS,
    rules: RuleOptions = DEFAULT_RULE_OPTIONS,
    language: Language = None,
    format: ReportFormat = None,
    output: OutputFile = None,
    limit: Limit = None,
    statistics: Statistics = False,
    fail_on: FailOn = "error",
    in_memory: InMemoryMegabytes = LARGEST_IN_MEMORY,
) -> int:
    """Check files, or the bundled facts if there is no file; return the exit code."""
    files = file_arguments.expand_patterns(files)
    file_arguments.require_files(output, (*files, table.mapping))
    options = Options(
        select=rules.select,
        ignore=rules.ignore,
        language=chosen_language(language),
        format=format or format_by_ending(output),
        output=None if output == STANDARD_INPUT else output,
        limit=limit,
        statistics=statistics,
        fail_on=tul.Severity(fail_on),
        in_memory=in_memory,
        source=input_files.options_of(table),
    )
    outcome = check_files_and_report(files, options)
    if outcome.is_written:
        announce_file(options)
    return outcome.exit_code


class Outcome(NamedTuple):
    """The exit code, and whether the output was written."""

    exit_code: int
    is_written: bool


def check_files_and_report(files: Sequence[str], options: Options) -> Outcome:
    """Check files and write the reports.

    Raises:
        CommandError: A rule or an option is not valid.
        OutputError: A report cannot be written.
    """
    if options.statistics and options.format != "text":
        raise CommandError("statistics_format", "usage", format=options.format)
    if options.workbook and options.format == "html":  # a page in the terminal helps nobody
        raise CommandError("copy_or_page", name=options.workbook)
    require_ending(options)
    documents = check_files(files, options)
    is_written = write_reports(documents, options)
    return Outcome(exit_code(documents, options.fail_on), is_written)
