"""The commands and their options: what is asked is answered by the library, and shown."""

import sys
from collections.abc import Sequence
from typing import Annotated, Literal, TypeAlias

from cyclopts import App, CycloptsError, Parameter

import tulevaisuus as tul
from tulevaisuus.cli import output

__all__ = ["run"]

LanguageOption: TypeAlias = Literal["fi", "sv", "en"]
FormatOption: TypeAlias = Literal["text", "json"]

STANDARD_INPUT = "<stdin>"
"""What a bare ``-`` becomes before parsing, as it looks like an option without a name."""

app = App(
    name="tulevaisuus",
    help="Check and look up data of the programme Tulevaisuuden sosiaali- ja terveyskeskus.",
    version=tul.__version__,
    result_action="return_value",
)


def run(arguments: Sequence[str]) -> int:
    """Run the command with these arguments and return the exit code."""
    words = [STANDARD_INPUT if word == "-" else word for word in arguments]
    try:
        return app(words, exit_on_error=False) or 0
    except CycloptsError:
        return 2  # cyclopts has said what is wrong
    except BrokenPipeError:
        return 0
    except (tul.UnknownCodeError, OSError) as error:
        output.complain(error)
        return 2


@app.command
def check(
    *files: Annotated[str, Parameter(help="Documents; - is standard input.")],
    language: LanguageOption = "en",
    format: FormatOption = "text",
) -> int:
    """Check documents, or the bundled facts if there is no FILE.

    The exit code is 0 if nothing is wrong, 1 if there are errors, 2 if a file cannot be opened.

    Parameters
    ----------
    language
        The language of the messages; JSON has all three.
    format
        Readable text, or JSON: one report a line and file.
    """
    codes = [_check_one(file, language, format) for file in files or [None]]
    return max(codes)


def _check_one(file: str | None, language: LanguageOption, format: FormatOption) -> int:
    try:
        report = tul.check(tul.reference if file is None else _read(file))
    except OSError as error:
        output.complain(error)
        return 2
    name = "tulevaisuus.reference" if file is None else file
    if format == "json":
        output.report_as_json(name, report)
    else:
        output.report_as_text(name, report, language)
    return 0 if report.ok else 1


def _read(file: str) -> tul.Reading:
    return tul.read(sys.stdin.buffer if file == STANDARD_INPUT else file)


@app.command
def show(
    what: Annotated[str, Parameter(help="A kind of thing: region, regions, call, rules ...")],
    *key: Annotated[str, Parameter(help="The code, id, number or name of one of them.")],
    language: LanguageOption = "en",
) -> None:
    """Show bundled facts and rules: all things of a kind, or one of them.

    Parameters
    ----------
    language
        The language of names; Finnish where there is no other.
    """
    if what == "programme":
        output.thing(tul.programme, language)
        return
    register = _register(what)
    if key:
        output.thing(_pick(register, key), language)
    else:
        output.things(register, language)


def _register(what: str) -> tul.Register[tul.Thing]:
    registers = {**tul.reference.registers(), "rules": tul.rulebook}
    ones = {next(iter(register)).one: name for name, register in registers.items() if register}
    name = ones.get(what, what)
    if name not in registers:
        known = ", ".join(["programme", *registers])
        raise tul.UnknownCodeError(f"there is nothing called {what!r} to show; try {known}", what)
    return registers[name]


def _pick(register: tul.Register[tul.Thing], words: tuple[str, ...]) -> tul.Thing:
    """Return the thing of a key or, failing that, of a name."""
    text = " ".join(words)
    for thing in register:
        if output.key_text(thing.key) == text:
            return thing
    try:
        return register.find(text)
    except tul.AmbiguousNameError:
        raise
    except tul.UnknownCodeError:
        return register[text]
