"""Runs the command, and turns errors into messages and exit codes.

It needs neither the parser of the arguments nor the files that a command reads: these are imported
when they are needed, because most of the time of a short command is that of its imports.
"""

from collections.abc import Sequence

from tulevaisuus.cli import output
from tulevaisuus.cli.command_language import error_language
from tulevaisuus.cli.command_texts import CommandError
from tulevaisuus.cli.versions import asks_for_versions, versions

__all__ = ["run"]


def run(arguments: Sequence[str]) -> int:
    """Run the command with these arguments and return the exit code."""
    language = error_language(arguments)
    try:
        if asks_for_versions(arguments):
            output.write(f"{versions(language)}\n", for_people=True)
            return 0
        from tulevaisuus.cli.app import run_app  # imports the parser

        return run_app(arguments, language)
    except output.OutputError as error:
        output.print_os_error(error.error, language)
    except OSError as error:  # for example, the working folder was deleted
        output.print_os_error(error, language)
    except CommandError as error:
        output.print_error(error.localize(language))
    return 2
