"""`tulevaisuus report`: checks files, and writes one HTML page about all of them."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

import tulevaisuus as tul
from tulevaisuus.cli import file_arguments, input_files
from tulevaisuus.cli.check_command import check_files_and_report
from tulevaisuus.cli.check_output import announce_file, announce_page
from tulevaisuus.cli.checking_files import Options
from tulevaisuus.cli.command_language import chosen_language
from tulevaisuus.cli.command_options import (
    DEFAULT_RULE_OPTIONS,
    DEFAULT_TABLE_OPTIONS,
    FailOn,
    Language,
    Limit,
    PageFile,
    RuleOptions,
    TableOptions,
)
from tulevaisuus.cli.command_texts import CommandError
from tulevaisuus.cli.standard_input import STANDARD_INPUT
from tulevaisuus.formats.compression import COMPRESSED_SUFFIXES

__all__ = ["report", "report_page_path"]


def report(
    file: Annotated[str, Parameter(name="FILE", help="Files; - is standard input.")],
    /,
    *more: Annotated[str, Parameter(name="FILE", show=False)],
    table: TableOptions = DEFAULT_TABLE_OPTIONS,
    rules: RuleOptions = DEFAULT_RULE_OPTIONS,
    language: Language = None,
    output: PageFile = None,
    limit: Limit = None,
    fail_on: FailOn = "error",
) -> int:
    """Check files and write the page; return the exit code."""
    files = file_arguments.expand_patterns((file, *more))
    target = report_page_path(files[0]) if output is None else output
    _require_page_ending(target)
    file_arguments.require_files(target, (*files, table.mapping))
    options = Options(
        select=rules.select,
        ignore=rules.ignore,
        language=chosen_language(language),
        format="html",
        output=None if target == STANDARD_INPUT else target,
        only_if_opened=output is None,
        limit=limit,
        fail_on=tul.Severity(fail_on),
        source=input_files.options_of(table),
    )
    outcome = check_files_and_report(files, options)
    if outcome.is_written:
        if output is None and target != STANDARD_INPUT:
            announce_page(target, options.language)
        else:
            announce_file(options)
    return outcome.exit_code


def report_page_path(file: str) -> str:
    """Return the path of the HTML page about a file, in its folder; ``-`` stays ``-``.

    >>> report_page_path("data/grants.json.gz")
    'data/grants.report.html'
    """
    if file == STANDARD_INPUT:
        return file
    path = Path(file)
    if path.name in {"", ".."}:  # "." and ".." have no name of their own: use that of the folder
        path = path.resolve()
    if path.suffix.lower() in COMPRESSED_SUFFIXES:
        path = path.with_suffix("")
    return str(path.parent / f"{path.stem}.report.html")


def _require_page_ending(path: str) -> None:
    """Check that the page is not to be written as a workbook, which only `check` writes.

    Raises:
        CommandError: The path ends in ``.xlsx``.
    """
    if path.lower().endswith(".xlsx"):
        raise CommandError("page_ending", name=path)
