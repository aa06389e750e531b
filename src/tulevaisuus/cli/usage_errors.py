"""Error messages about arguments, in the language of the user."""

from collections.abc import Collection, Iterable, Iterator
from typing import Literal, get_args, get_origin

from cyclopts import CycloptsError
from cyclopts.exceptions import (
    CoercionError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from tulevaisuus.cli.command_texts import CommandError, text
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.findings.text_catalogue import open_catalogue

__all__ = ["usage_lines"]


_OPTIONS_WITHOUT_COMMAND = ("--help", "--version", "--language")


def usage_lines(error: CycloptsError, language: str, commands: Iterable[str]) -> Iterator[str]:
    """Return the error message, then the command that shows the help.

    Args:
        error: The error of the parser.
        language: The language of the message.
        commands: The names of the commands.
    """
    yield _command_error(error, tuple(commands)).localize(language)
    chain = " ".join(["tulevaisuus", *(error.command_chain or ()), "--help"])
    yield text("usage", "help", language, command=chain)


def _command_error(error: CycloptsError, commands: tuple[str, ...]) -> CommandError:
    match error:
        case UnknownCommandError():
            return _unknown_command(_first_unused(error), commands)
        case UnknownOptionError():
            return _unknown_option(error)
        case CoercionError(token=token) if token is not None:
            return _bad_value(error)
        case RepeatArgumentError():
            return CommandError("repeated", "usage", name=error.token.keyword)
        case MissingArgumentError():
            return _missing_value(_argument_name(error, error.keyword))
        case UnusedCliTokensError():
            return CommandError("too_much", "usage", word=_first_unused(error))
        case _:
            error.verbose = False
            return CommandError("other", "usage", problem=str(error))


def _first_unused(error: CycloptsError) -> str:
    return next(iter(error.unused_tokens or ()), "")


def _unknown_command(word: str, commands: tuple[str, ...]) -> CommandError:
    """Name similar commands; a word such as ``--verson`` is an option before any command."""
    if word.startswith("-"):
        return _option_error(word, _OPTIONS_WITHOUT_COMMAND)
    suggestions = suggest(word, commands)
    if suggestions:
        return CommandError(
            "unknown_command_near",
            "usage",
            word=word,
            suggestion=suggestions[0],
            known=commands,
        )
    return CommandError("unknown_command", "usage", word=word, known=commands)


def _missing_value(name: str) -> CommandError:
    """Name an option as it is written, and an argument also in words."""
    words = open_catalogue("tulevaisuus.cli", "command")["argument"].get(name)
    if words is None:
        return CommandError("missing_value", "usage", name=name)
    return CommandError("missing_argument", "usage", name=name, words=words)


def _unknown_option(error: UnknownOptionError) -> CommandError:
    word = error.token.keyword or error.token.value
    names = [name for argument in error.argument_collection for name in argument.names]
    return _option_error(word, [name for name in names if name.startswith("--")])


def _option_error(word: str, known: Collection[str]) -> CommandError:
    suggestions = suggest(word.partition("=")[0], known)
    if suggestions:
        return CommandError("unknown_option_near", "usage", word=word, suggestion=suggestions[0])
    return CommandError("unknown_option", "usage", word=word)


def _bad_value(error: CoercionError) -> CommandError:
    token = error.token
    word, keyword = (token.value, token.keyword) if token else ("", None)
    name = keyword or (
        token.source if token and token.source != "cli" else _argument_name(error, None)
    )
    accepted = get_args(error.target_type)
    choices = accepted if get_origin(error.target_type) is Literal else ()
    if choices:
        return CommandError("bad_choice", "usage", name=name, word=word, known=choices)
    message = "bad_number" if int in (error.target_type, *accepted) else "bad_value"
    return CommandError(message, "usage", name=name, word=word)


def _argument_name(error: CycloptsError, keyword: str | None) -> str:
    """Return an option as the user wrote it, or an argument in capitals, as in the usage line."""
    if keyword or error.argument is None:
        return keyword or ""
    name = error.argument.name
    return name if name.startswith("--") else name.upper()
