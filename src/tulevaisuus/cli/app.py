"""The commands of `tulevaisuus`: what the help says about each, and which function runs it.

A command is imported when it is chosen: the module ``check_command`` has the function `check`, with
its options. So the help of all commands and short commands do not wait for readers of files.

A rule has a code (TSK302) and a readable name, its slug (``grant-outside-cost-period``); rules
whose codes begin alike are a family (TSK3).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from cyclopts import App, CycloptsError

import tulevaisuus as tul
from tulevaisuus.cli import output
from tulevaisuus.cli.command_language import with_language_codes
from tulevaisuus.cli.help_page import TranslatedApp, command_names
from tulevaisuus.cli.standard_input import with_standard_input

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["app", "run_app"]

_EXIT_CODES = (
    "The exit code is 0 if nothing is wrong, 1 if there are errors, 2 if a file cannot be opened "
    "or written or the command is not understood, and 130 if it is interrupted."
)


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
    version=tul.__version__,
    result_action="return_value",
    suppress_keyboard_interrupt=False,
)

_UNUSED_CONSOLE = cast("Console", object())
"""The app prints its pages and errors itself. Without a console, its library would import Rich."""


def run_app(arguments: Sequence[str], language: str) -> int:
    """Run a command and return the exit code.

    Args:
        arguments: The arguments of the process.
        language: The language of messages on wrong arguments.
    """
    words = with_standard_input(with_language_codes(arguments))
    try:
        code = app(
            words,
            exit_on_error=False,
            print_error=False,
            console=_UNUSED_CONSOLE,
            error_console=_UNUSED_CONSOLE,
        )
    except CycloptsError as error:
        from tulevaisuus.cli.usage_errors import usage_lines  # imports the search for similar words

        for line in usage_lines(error, language, command_names(app)):
            output.print_error(line)
        return 2
    return code if isinstance(code, int) else 0


def _add_command(name: str, arguments: str, *, about: str, examples: tuple[str, ...]) -> None:
    """Add a command; its module is imported when the command is chosen.

    Args:
        name: The name of the command, of its function, and the start of the name of its module.
        arguments: The arguments in the first line of the help.
        about: What the command does; the list of commands shows the first paragraph.
        examples: Commands to copy.
    """
    app.command(
        f"tulevaisuus.cli.{name}_command:{name}",
        name=name,
        usage=f"Usage: tulevaisuus {name} {arguments}",
        help=about,
        help_epilogue=_example_lines(*examples),
    )


_add_command(
    "check",
    "[OPTIONS] [FILE...]",
    about="Check documents, tables and packages, or the bundled facts if there is no FILE.\n\n"
    f"{_EXIT_CODES}",
    examples=(
        "check grants.json",
        "check grants.xlsx --set call=shc-2021 --output checked.xlsx",
        "check data/*.json --select TSK3 --language sv",
        "check data/*.json --output findings.sarif",
        "check data/*.json --statistics --fail-on warning",
    ),
)
_add_command(
    "convert",
    "[OPTIONS] IN OUT",
    about="Convert a document, table or package to another format. What the format cannot hold is "
    "listed; nothing is written if something is wrong in IN.\n\n"
    f"{_EXIT_CODES}",
    examples=(
        "convert grants.xlsx grants.json --set call=shc-2021",
        "convert portfolio.json package --to package",
        "convert portfolio.json grants.csv --as grants --language sv",
        "convert portfolio.json grants.xlsx --as grants --lossless",
    ),
)
_add_command(
    "report",
    "[OPTIONS] FILE...",
    about="Check files and write one HTML page to send: findings, pictures and tables.\n\n"
    f"{_EXIT_CODES}",
    examples=("report grants.json", "report avustukset.xlsx --language fi --output raportti.html"),
)
_add_command(
    "explain",
    "[OPTIONS] RULE...",
    about="Explain rules: what must hold, why, by which source, what to do, with an example. "
    "Sources are described in English.",
    examples=("explain TSK302", "explain grant-outside-cost-period --language fi", "explain TSK3"),
)
_add_command(
    "show",
    "[OPTIONS] WHAT [KEY...]",
    about="Show bundled facts and rules: all objects of a class, or one of them.",
    examples=(
        "show regions",
        "show region Varha --language fi",
        "show kunta Turku --on 2022-06-01",
        "show municipalities --format csv",
        "show gaps",
    ),
)
_add_command(
    "plan",
    "[OPTIONS] PORTFOLIO COSTS",
    about="Plan which grant pays which cost of a ledger, and say why, what is left and "
    f"what lapses. This is no decision on eligibility.\n\n{_EXIT_CODES}",
    examples=(
        "plan grants.json costs.csv --language fi",
        "plan grants.json costs.xlsx --category 4000=personnel --category 4400=travel",
        "plan grants.json costs.xlsx --on 2022-12-31 --output plan.xlsx",
    ),
)
_add_command(
    "schema",
    "[NAME]",
    about="Print the JSON Schema of documents, or of one class, value or code list in them.",
    examples=("schema", "schema grant", "schema grant_status"),
)
_add_command(
    "completion",
    "[OPTIONS] SHELL",
    about="Print the script that makes a shell complete commands and options at the tab key.",
    examples=(
        "completion bash > ~/.local/share/bash-completion/completions/tulevaisuus",
        "completion zsh > ~/.zfunc/_tulevaisuus",
        "completion fish > ~/.config/fish/completions/tulevaisuus.fish",
    ),
)
