"""`tulevaisuus report`: checks files, and writes one HTML page about all of them."""

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
from tulevaisuus.cli.standard_input import STANDARD_INPUT

__all__ = ["report"]


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
    target = file_arguments.report_page_path(files[0]) if output is None else output
    file_arguments.require_page_ending(target)
    file_arguments.require_files(target, (*files, table.mapping))
    options = Options(
        select=rules.select,
        ignore=rules.ignore,
        language=chosen_language(language),
        format="html",
        output=None if target == STANDARD_INPUT else target,
        limit=limit,
        fail_on=tul.Severity(fail_on),
        source=input_files.options_of(table),
    )
    code = check_files_and_report(files, options)
    if output is None and target != STANDARD_INPUT:
        announce_page(target, options.language)
    else:
        announce_file(options, code)
    return code
