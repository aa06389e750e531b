"""`tulevaisuus show`: finds what its arguments mean, and shows it as text, JSON or CSV.

The arguments mean a register, an object, or any name. A register is the collection of all objects
of one class, such as all calls. The objects are those that come with the package.
"""

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal, cast

from cyclopts import Parameter

import tulevaisuus as tul
from tulevaisuus.cli import output
from tulevaisuus.cli.command_language import chosen_language
from tulevaisuus.cli.command_options import Language, parse_date
from tulevaisuus.cli.command_texts import CommandError, text
from tulevaisuus.cli.register_lookup import (
    GAP_LISTINGS,
    entities_of,
    find_object,
    is_valid_on,
    not_valid_error,
    register_of,
    validate_day,
)
from tulevaisuus.cli.rule_text import show_rules
from tulevaisuus.cli.show_data import Data, data_of, write_csv, write_json
from tulevaisuus.cli.show_gaps import issues_of
from tulevaisuus.cli.show_text import (
    lines_of_divisions,
    lines_of_entity,
    lines_of_issues,
    lines_of_register,
    lines_with_class,
)
from tulevaisuus.model.entity import Entity, key_text
from tulevaisuus.model.name_search import Keyed, normalise_name
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.reports.styled_lines import Line

__all__ = ["show", "show_all", "show_gaps", "show_one", "show_several"]


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
    _show(what, key, on, format, chosen_language(language))


def _show(what: str, key: Sequence[str], on: str | None, format: str, language: str) -> None:
    """Show what the arguments mean.

    Args:
        what: A word for a register; or a name or key, which is searched in all registers.
        key: The words after it: the key or name of one object.
        on: The date, as the user wrote it.
        format: ``text``, ``json`` or ``csv``.
        language: The language of the text.

    Raises:
        CommandError: There is no such register or object.
    """
    day = None if on is None else parse_date(on)
    try:
        name = register_of(what)
    except CommandError:
        if not _show_called(what, key, day, format, language):
            raise
        return
    if name in {"programme", *GAP_LISTINGS}:
        _show_listing(name, what, key, on, format, language)
    elif key:
        entity = find_object(name, key, day, language)
        show_one(entity, format, language, day)
    else:
        show_all(name, day, format, language)


def _show_called(
    what: str, key: Sequence[str], day: dt.date | None, format: str, language: str
) -> bool:
    """Show what has the words as its key or name, in any register; return whether there is any.

    Args:
        what: The first word.
        key: The other words.
        day: The day on which it must be valid, if any.
        format: ``text``, ``json`` or ``csv``.
        language: The language of the text.

    Raises:
        CommandError: Nothing that is called so is valid on the day.
    """
    entities = [*_entities_called(" ".join([what, *key]))]
    if entities and day is not None:
        entities = _valid_entities(entities, day, language)
    if len(entities) > 1:
        show_several(entities, format, language)
        return True
    shown: Keyed | None = None
    if entities:
        shown = entities[0]
    elif not key and day is None:
        shown = _rule_called(what)
    if shown is None:
        return False
    show_one(shown, format, language, day)
    return True


def _show_listing(
    name: str, what: str, key: Sequence[str], on: str | None, format: str, language: str
) -> None:
    """Show the programme, the gaps or the disagreements: they have no dates.

    Args:
        name: ``programme``, ``gaps`` or ``disagreements``.
        what: The word of the user for it.
        key: The words after it: a register, or an object, to show only its gaps.
        on: The date, as the user wrote it.
        format: ``text``, ``json`` or ``csv``.
        language: The language of the text.
    """
    surplus = [*(key if name == "programme" else ()), *([on] if on else [])]
    if surplus:
        raise CommandError("no_key_here", kind=what, key=" ".join(surplus))
    if name == "programme":
        show_one(tul.programme, format, language)
    else:
        show_gaps(name, _subject_of(what, key, language), format, language)


def _subject_of(what: str, words: Sequence[str], language: str) -> tul.Entity | str | None:
    """Return the register or the object whose gaps or disagreements are asked for, if any.

    Args:
        what: The word of the user for gaps or disagreements.
        words: The words after it.
        language: The language of names in an error.

    Raises:
        CommandError: There is no such register or object, or its class has no gaps.
    """
    if not words:
        return None
    register, *key = words
    name = register_of(register)
    if name == "programme" or name not in REGISTERS:
        raise CommandError("no_key_here", kind=what, key=" ".join(words))
    return cast("tul.Entity", find_object(name, key, None, language)) if key else name


def _rule_called(word: str) -> tul.Rule | None:
    """Return the rule with a code or a slug."""
    with contextlib.suppress(tul.UnknownCodeError):
        return tul.rulebook.find(word)
    return None


def _valid_entities(entities: Sequence[Entity], on: dt.date, language: str) -> list[Entity]:
    """Return the objects that are valid on a day; if none is, raise the error of the first one."""
    validate_day(on)
    valid = [each for each in entities if is_valid_on(each, on)]
    if not valid:
        raise not_valid_error(entities[0], on, language)
    return valid


def _entities_called(words: str) -> Iterator[Entity]:
    """Return the objects of all registers that have exactly this key or name."""
    wanted = normalise_name(words)
    if not wanted:
        return
    for register in tul.reference.registers().values():
        for entity in register:
            if key_text(entity.key) == words or wanted in map(normalise_name, entity.names()):
                yield entity


def show_all(name: str, on: dt.date | None, format: str, language: str) -> None:
    """Show all objects of a register: a line each, or all data of each.

    Args:
        name: The name of the register.
        on: The day on which they must be valid, if any.
        format: ``text``, ``json`` or ``csv``.
        language: The language of the text.

    Raises:
        CommandError: The objects of this register cannot be selected by this day.
    """
    register = entities_of(name, on, language)
    lines = lines_of_register(register, language)
    _show_list((data_of(each) for each in register), lines, format, language)


def show_several(entities: Iterable[tul.Entity], format: str, language: str) -> None:
    """Show objects of several classes: a line each, with the class, or all data of each.

    Args:
        entities: The objects.
        format: ``text``, ``json`` or ``csv``.
        language: The language of the text.
    """
    listed = [*entities]
    lines = lines_with_class(listed, language)
    _show_list((data_of(each) for each in listed), lines, format, language)


def show_gaps(name: str, of: tul.Entity | str | None, format: str, language: str) -> None:
    """Show gaps in the facts, or disagreements of sources.

    Args:
        name: ``gaps`` or ``disagreements``.
        of: The object or the register to show only those of it, if any.
        format: ``text``, ``json`` or ``csv``.
        language: The language of the text.
    """
    issues = issues_of(name, of)
    _show_list(
        (each.data() for each in issues), lines_of_issues(issues, language), format, language
    )


def _show_list(data: Iterable[Data], lines: Iterable[Line], format: str, language: str) -> None:
    """Write a list of objects; only what the format needs is computed.

    Args:
        data: The objects as data, for JSON and CSV.
        lines: The objects as lines, for people.
        format: ``text``, ``json`` or ``csv``.
        language: The language of the line that says that there are no objects.
    """
    if format == "json":
        write_json([*data])
    elif format == "csv":
        write_csv([*data])
    else:
        output.print_lines([*lines] or [Line(text("show", "none", language))])


def show_one(shown: Keyed, format: str, language: str, on: dt.date | None = None) -> None:
    """Show all recorded fields of one object, a line each; a rule is explained.

    Args:
        shown: The object.
        format: ``text``, ``json`` or ``csv``.
        language: The language of the text.
        on: For a municipality, text also shows the divisions that it belonged to on this day.
    """
    if format == "json":
        write_json(data_of(shown))
    elif format == "csv":
        write_csv([data_of(shown)])
    elif isinstance(shown, tul.Rule):
        show_rules([shown], language)
    else:
        lines = [*lines_of_entity(cast("tul.Entity", shown), language)]
        if on is not None and isinstance(shown, tul.Municipality):
            lines += lines_of_divisions(tul.where(shown, on=on), language)
        output.print_lines(lines)
