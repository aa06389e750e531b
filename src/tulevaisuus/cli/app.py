"""The commands and their options: what is asked is answered by the library, and shown."""

import contextlib
import io
import json
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Literal, TypeAlias

from cyclopts import App, CycloptsError, Parameter

import tulevaisuus as tul
from tulevaisuus import formats
from tulevaisuus.cli import explanations, output
from tulevaisuus.cli.progress import ProgressBar
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.formats.json_schema import named
from tulevaisuus.model.name_search import Keyed
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.rules.checking import matching_codes

__all__ = ["run"]

LanguageOption: TypeAlias = Literal["fi", "sv", "en"]
FormatOption: TypeAlias = Literal["text", "json", "sarif", "junit"]
RulesOption: TypeAlias = Annotated[tuple[str, ...], Parameter(negative=(), show_default=False)]

STANDARD_INPUT = "<stdin>"
"""What a bare ``-`` becomes before parsing, as it looks like an option without a name."""

app: App = App(
    name="tulevaisuus",
    help="Check and look up data of the programme Tulevaisuuden sosiaali- ja terveyskeskus.",
    version=tul.__version__,
    result_action="return_value",
)


def run(arguments: Sequence[str]) -> int:
    """Run the command with these arguments and return the exit code."""
    words = [STANDARD_INPUT if word == "-" else word for word in arguments]
    out: object = sys.stdout
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(errors="backslashreplace")  # whatever its encoding cannot write
    try:
        return app(words, exit_on_error=False) or 0
    except CycloptsError:
        return 2  # cyclopts has said what is wrong
    except BrokenPipeError:
        _stop_writing()
        return 0
    except (tul.UnknownCodeError, OSError) as error:
        output.print_error(error)
        return 2


def _stop_writing() -> None:
    """Let what is still to be flushed go nowhere, as its reader has gone away."""
    with contextlib.suppress(OSError):  # standard output need not be a file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@app.command
def check(
    *files: Annotated[str, Parameter(help="Documents; - is standard input.")],
    select: RulesOption = (),
    ignore: RulesOption = (),
    language: LanguageOption = "en",
    format: FormatOption = "text",
) -> int:
    """Check documents, or the bundled facts if there is no FILE.

    The exit code is 0 if nothing is wrong, 1 if there are errors, 2 if a file cannot be opened or
    no rule has a selected code.

    Parameters
    ----------
    select
        Only these rules, by code (TSK302), family (TSK3) or slug; several with commas between
        them, or the option again. What cannot be read is reported nevertheless.
    ignore
        All rules but these.
    language
        The language of the messages; JSON has all three.
    format
        Readable text; JSON, one report a line and file; SARIF or JUnit XML of all files together.
    """
    names = files or (None,)
    with ProgressBar(len(names)) as bar:
        reports = [_report_on(name, _words(select), _words(ignore), bar) for name in names]
    made = [report for report in reports if report is not None]
    output.WRITERS[format](made, language)
    if len(made) < len(reports):
        return 2
    return 0 if all(report.ok for _, report in made) else 1


def _words(options: tuple[str, ...]) -> list[str]:
    words = [word.strip() for option in options for word in option.split(",")]
    if options and not any(words):
        raise tul.UnknownCodeError(f"no rule is named by {' '.join(options)!r}", options)
    return [word for word in words if word]


def _report_on(
    file: str | None, select: list[str], ignore: list[str], bar: ProgressBar
) -> tuple[str, tul.Report] | None:
    """Check one document; of a file that cannot be opened, say so."""
    name = "tulevaisuus.reference" if file is None else file
    progress = bar.next(name)
    try:
        checked = tul.reference if file is None else _read(file)
    except OSError as error:
        output.print_error(error)
        return None
    report = tul.check(checked, select=select or None, ignore=ignore, progress=progress)
    return name, report


def _read(file: str) -> tul.Reading:
    return tul.read(sys.stdin.buffer if file == STANDARD_INPUT else file)


@app.command
def explain(
    rule: Annotated[str, Parameter(help="The code, slug or family of a rule.")],
    /,
    *more: Annotated[str, Parameter(help="Other ones.")],
    language: LanguageOption = "en",
) -> None:
    """Explain rules: what must hold, why, by which source, what to do, with an example.

    Parameters
    ----------
    language
        The language of the explanation; sources are described in English.
    """
    codes = [code for word in (rule, *more) for code in matching_codes(tul.rulebook, word)]
    explanations.explain([tul.rulebook[code] for code in codes], language)


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
        output.entity(tul.programme, language)
        return
    register = _register(what)
    if not key:
        output.entities(register, language)
        return
    chosen = _pick(register, key)
    if isinstance(chosen, tul.Rule):
        explanations.explain([chosen], language)
    elif isinstance(chosen, tul.Entity):  # pragma: no branch - there is nothing else to show
        output.entity(chosen, language)


@app.command
def schema(
    entity: Annotated[
        str, Parameter(help="A kind of thing, value or code: grant, period, grant_status ...")
    ] = "portfolio",
    /,
) -> None:
    """Print the JSON Schema of documents, or of one kind of thing, value or code in them."""
    kinds = named()
    if entity.lower() not in kinds:
        intended = suggest(entity.lower(), kinds) or tuple(kinds)
        message = f"there is no schema of {entity!r}; try {', '.join(intended)}"
        raise tul.UnknownCodeError(message, entity, intended)
    output.write(json.dumps(formats.schema(kinds[entity.lower()]), indent=2) + "\n")


def _register(what: str) -> tul.Register[Keyed]:
    registers: dict[str, tul.Register[Keyed]] = {**tul.reference.registers(), "rules": tul.rulebook}
    ones = {cls.singular: name for name, cls in REGISTERS.items()} | {
        tul.Rule.singular: tul.Rule.plural
    }
    name = ones.get(what, what)
    if name not in registers:
        known = ", ".join(["programme", *registers])
        raise tul.UnknownCodeError(f"there is nothing called {what!r} to show; try {known}", what)
    return registers[name]


def _pick(register: tul.Register[Keyed], words: tuple[str, ...]) -> Keyed:
    """Return the thing of a key or, failing that, of a name."""
    text = " ".join(words)
    for entity in register:
        if output.key_text(entity.key) == text:
            return entity
    try:
        return register.find(text)
    except tul.AmbiguousNameError:
        raise
    except tul.UnknownCodeError:
        return register[text]
