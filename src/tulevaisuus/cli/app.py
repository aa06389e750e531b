"""The commands of `tulevaisuus` and their options.

The bundled facts are the data about the programme that come with the package. A rule has a code
(TSK302) and a readable name, its slug (``grant-outside-cost-period``); rules whose codes begin
alike are a family (TSK3).
"""

import io
import json
import sys
from collections.abc import Sequence
from typing import Annotated, Literal, TypeAlias

from cyclopts import App, CycloptsError, Parameter

import tulevaisuus as tul
from tulevaisuus import formats, funding
from tulevaisuus.cli import (
    check_command,
    command_options,
    convert_command,
    explain_command,
    file_arguments,
    input_files,
    output,
    plan_command,
    show_command,
    usage_errors,
)
from tulevaisuus.cli.check_command import Options
from tulevaisuus.cli.check_large_tables import LARGEST_IN_MEMORY
from tulevaisuus.cli.command_language import chosen_language, error_language, with_language_codes
from tulevaisuus.cli.command_options import (
    FailOn,
    InMemoryMegabytes,
    Language,
    Limit,
    OutputFile,
    PageFile,
    ReportFormat,
    Statistics,
    parse_date,
)
from tulevaisuus.cli.command_texts import (
    CommandError,
    versions,
)
from tulevaisuus.cli.completion_script import completion_script
from tulevaisuus.cli.help_page import TranslatedApp, written_formats
from tulevaisuus.cli.input_files import STANDARD_INPUT
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.formats.json_schema import schema_names

__all__ = ["PlanOptions", "RuleOptions", "TableOptions", "app", "run"]

_EXIT_CODES = (
    "The exit code is 0 if nothing is wrong, 1 if there are errors, 2 if a file cannot be opened "
    "or written or the command is not understood, and 130 if it is interrupted."
)

RuleOptions: TypeAlias = Annotated[command_options.RuleOptions, Parameter(name="*")]
TableOptions: TypeAlias = Annotated[command_options.TableOptions, Parameter(name="*")]
PlanOptions: TypeAlias = Annotated[command_options.PlanOptions, Parameter(name="*")]
_DEFAULT_RULE_OPTIONS = command_options.RuleOptions()
_DEFAULT_PLAN_OPTIONS = command_options.PlanOptions()
_DEFAULT_TABLE_OPTIONS = command_options.TableOptions()


def _example_lines(*commands: str) -> str:
    """Return the examples at the end of a help page, a line for each command."""
    return "\n".join(f"  tulevaisuus {command}" for command in commands)


app: App = TranslatedApp(
    name="tulevaisuus",
    help="Check and look up data of the programme Tulevaisuuden sosiaali- ja terveyskeskus.",
    help_format="plaintext",
    usage="Usage: tulevaisuus COMMAND [OPTIONS]",
    help_epilogue=_example_lines(
        "check grants.json", "explain TSK302 --language fi", "show municipality Turku"
    ),
    version=lambda: versions(error_language(sys.argv[1:])),
    result_action="return_value",
    suppress_keyboard_interrupt=False,
)


def run(arguments: Sequence[str]) -> int:
    """Run the command with these arguments and return the exit code."""
    words = [STANDARD_INPUT if word == "-" else word for word in with_language_codes(arguments)]
    language = error_language(arguments)
    try:
        return _run_app(words)
    except output.OutputError as error:
        output.print_os_error(error.error, language)
    except OSError as error:  # for example, the working folder was deleted
        output.print_os_error(error, language)
    except CommandError as error:
        output.print_error(error.localize(language))
    except CycloptsError as error:
        for line in usage_errors.usage_lines(error, language, _commands()):
            output.print_error(line)
    return 2


def _commands() -> list[str]:
    """Return the names of the commands; the app lists options such as ``--help`` with them."""
    return sorted(name for name in app if not name.startswith("-"))


def _run_app(arguments: Sequence[str]) -> int:
    """Run a command; the text of ``--help`` or ``--version`` is written at the end."""
    help_text = io.StringIO()
    console = output.plain_console(help_text, terminal=output.is_terminal(sys.stdout))
    code = app(arguments, exit_on_error=False, print_error=False, console=console)
    if help_text.getvalue():
        output.write(help_text.getvalue(), for_people=True)
    return code if isinstance(code, int) else 0


@app.command(
    usage="Usage: tulevaisuus check [OPTIONS] [FILE...]",
    help="Check documents, tables and packages, or the bundled facts if there is no FILE.\n\n"
    f"{_EXIT_CODES}",
    help_epilogue=_example_lines(
        "check grants.json",
        "check grants.xlsx --set call=shc-2021 --output checked.xlsx",
        "check data/*.json --select TSK3 --language sv",
        "check data/*.json --format sarif --output findings.sarif",
        "check data/*.json --statistics --fail-on warning",
    ),
)
def check(  # noqa: PLR0913 - options, each with a default and passed by name
    *files: Annotated[str, Parameter(name="FILE", help="Files; - is standard input.")],
    table: TableOptions = _DEFAULT_TABLE_OPTIONS,
    rules: RuleOptions = _DEFAULT_RULE_OPTIONS,
    language: Language = None,
    format: ReportFormat = "text",
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
        format=format,
        output=None if output == STANDARD_INPUT else output,
        limit=limit,
        statistics=statistics,
        fail_on=tul.Severity(fail_on),
        in_memory=in_memory,
        source=input_files.options_of(table),
    )
    code = check_command.run(files, options)
    check_command.announce_file(options, code)
    return code


@app.command(
    usage="Usage: tulevaisuus convert [OPTIONS] IN OUT",
    help="Convert a document, table or package to another format. What the format cannot hold is "
    "listed; nothing is written if something is wrong in IN.\n\n"
    f"{_EXIT_CODES}",
    help_epilogue=_example_lines(
        "convert grants.xlsx grants.json --set call=shc-2021",
        "convert portfolio.json package --to package",
        "convert portfolio.json grants.csv --as grants --language sv",
        "convert portfolio.json grants.xlsx --as grants --lossless",
    ),
)
def convert(
    source: Annotated[str, Parameter(name="IN", help="The file or folder to read.")],
    target: Annotated[
        str,
        Parameter(name="OUT", help="The file or folder to write; if that fails, nothing changes."),
    ],
    /,
    *,
    table: TableOptions = _DEFAULT_TABLE_OPTIONS,
    to: Annotated[
        str | None,
        Parameter(help=f"The format of OUT: {written_formats()} (default: by the ending of OUT)."),
    ] = None,
    lossless: Annotated[
        bool,
        Parameter(negative=(), show_default=False, help="Write nothing if anything would be lost."),
    ] = False,
    language: Language = None,
) -> int:
    """Convert a file to another format; return the exit code."""
    conversion = convert_command.Conversion(
        source=source,
        target=target,
        to=to,
        table=table,
        lossless=lossless,
        language=chosen_language(language),
        written_language=language or "fi",
    )
    return convert_command.convert(conversion)


@app.command(
    usage="Usage: tulevaisuus report [OPTIONS] FILE...",
    help="Check files and write one HTML page to send: findings, pictures and tables.\n\n"
    f"{_EXIT_CODES}",
    help_epilogue=_example_lines(
        "report grants.json", "report avustukset.xlsx --language fi --output raportti.html"
    ),
)
def report(
    file: Annotated[str, Parameter(name="FILE", help="Files; - is standard input.")],
    /,
    *more: Annotated[str, Parameter(name="FILE", show=False)],
    table: TableOptions = _DEFAULT_TABLE_OPTIONS,
    rules: RuleOptions = _DEFAULT_RULE_OPTIONS,
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
    code = check_command.run(files, options)
    if output is None and target != STANDARD_INPUT:
        check_command.announce_page(target, options.language)
    else:
        check_command.announce_file(options, code)
    return code


@app.command(
    usage="Usage: tulevaisuus explain [OPTIONS] RULE...",
    help="Explain rules: what must hold, why, by which source, what to do, with an example. "
    "Sources are described in English.",
    help_epilogue=_example_lines(
        "explain TSK302", "explain grant-outside-cost-period --language fi", "explain TSK3"
    ),
)
def explain(
    rule: Annotated[
        str, Parameter(name="RULE", help="The code (TSK302), slug or family (TSK3) of rules.")
    ],
    /,
    *more: Annotated[str, Parameter(name="RULE", show=False)],
    language: Language = None,
) -> None:
    """Explain rules by code, family or slug."""
    rules = tul.rulebook.with_(*funding.reasons)
    codes = check_command.codes_of((rule, *more), rules)
    explain_command.explain([rules[code] for code in codes], chosen_language(language))


@app.command(
    usage="Usage: tulevaisuus show [OPTIONS] WHAT [KEY...]",
    help="Show bundled facts and rules: all objects of a class, or one of them.",
    help_epilogue=_example_lines(
        "show regions",
        "show region Varha --language fi",
        "show kunta Turku --on 2022-06-01",
        "show municipalities --format csv",
        "show gaps",
    ),
)
def show(
    what: Annotated[
        str,
        Parameter(
            name="WHAT",
            help="A word such as regions or kunta; gaps, disagreements; any name or key.",
        ),
    ],
    /,
    *key: Annotated[str, Parameter(name="KEY", help="The code, id, number or name of one.")],
    on: Annotated[
        str | None,
        Parameter(help="Only what is valid on this day, such as 2022-06-01 or 1.6.2022."),
    ] = None,
    format: Annotated[
        Literal["text", "json", "csv"],
        Parameter(
            name=("--format", "-f"),
            help="Text for people; JSON as in documents; CSV, one row for each object, without "
            "lists of further objects.",
        ),
    ] = "text",
    language: Language = None,
) -> None:
    """Show all objects of a class, or one by its key or name."""
    chosen = chosen_language(language)
    show_command.show(what, key, on, format, chosen)


@app.command(
    usage="Usage: tulevaisuus plan [OPTIONS] PORTFOLIO COSTS",
    help="Plan which grant pays which cost of a ledger, and say why, what is left and what lapses. "
    f"This is no decision on eligibility.\n\n{_EXIT_CODES}",
    help_epilogue=_example_lines(
        "plan grants.json costs.csv --language fi",
        "plan grants.json costs.xlsx --category 4000=personnel --category 4400=travel",
        "plan grants.json costs.xlsx --on 2022-12-31 --output plan.xlsx",
    ),
)
def plan(
    portfolio: Annotated[
        str,
        Parameter(
            name="PORTFOLIO",
            help="The document with the projects and their grants, or a table of grants.",
        ),
    ],
    costs: Annotated[
        str,
        Parameter(name="COSTS", help="The ledger: a table (.csv, .tsv, .xlsx) or JSON Lines."),
    ],
    /,
    *,
    options: PlanOptions = _DEFAULT_PLAN_OPTIONS,
    output: Annotated[
        str | None,
        Parameter(
            name=("--output", "-o"),
            help="Write to this file, by its ending: .xlsx, .html, .csv, .json, .txt.",
        ),
    ] = None,
    language: Language = None,
) -> int:
    """Plan which grant pays which cost, and return the exit code."""
    return plan_command.plan_costs(
        plan_command.Request(
            portfolio=portfolio,
            costs=costs,
            language=chosen_language(language),
            on=None if options.on is None else parse_date(options.on),
            categories=plan_command.categories_of(options.category),
            split_by_day=options.split_by_day,
            ledger=input_files.options_of(options),
            output=output,
        )
    )


@app.command(
    usage="Usage: tulevaisuus schema [NAME]",
    help="Print the JSON Schema of documents, or of one class, value or code list in them.",
    help_epilogue=_example_lines("schema", "schema grant", "schema grant_status"),
)
def schema(
    name: Annotated[
        str, Parameter(name="NAME", help="A class, value or code list, as grant or period.")
    ] = "portfolio",
    /,
) -> None:
    """Print a JSON Schema."""
    known = schema_names()
    wanted = name.lower()
    if wanted not in known:
        suggestions = suggest(wanted, known) or tuple(known)
        raise CommandError("no_such_schema", word=name, suggestions=suggestions)
    output.write(json.dumps(formats.schema(known[wanted]), indent=2) + "\n")


@app.command(
    usage="Usage: tulevaisuus completion [OPTIONS] SHELL",
    help="Print the script that makes a shell complete commands and options at the tab key.",
    help_epilogue=_example_lines(
        "completion bash > ~/.local/share/bash-completion/completions/tulevaisuus",
        "completion zsh > ~/.zfunc/_tulevaisuus",
        "completion fish > ~/.config/fish/completions/tulevaisuus.fish",
    ),
)
def completion(
    shell: Annotated[
        Literal["bash", "zsh", "fish"], Parameter(name="SHELL", help="The shell that you use.")
    ],
    /,
    *,
    language: Language = None,
) -> None:
    """Print the completion script of a shell, with descriptions in a language."""
    output.write(completion_script(app, shell, chosen_language(language)))
