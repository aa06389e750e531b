"""Finds what the arguments of `tulevaisuus show` mean: a register, an object, or any name.

A register is the collection of all objects of one class, such as all calls.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

import tulevaisuus as tul
from tulevaisuus.cli import show_command
from tulevaisuus.cli.command_options import parse_date
from tulevaisuus.cli.command_texts import CommandError
from tulevaisuus.cli.register_lookup import (
    GAP_LISTINGS,
    find_object,
    is_valid_on,
    not_valid_error,
    register_of,
    validate_day,
)
from tulevaisuus.model.entity import Entity, key_text
from tulevaisuus.model.name_search import normalise_name

__all__ = ["show"]


def show(what: str, key: Sequence[str], on: str | None, format: str, language: str) -> None:
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
        entities = [*_entities_called(" ".join([what, *key]))]
        if not entities:
            raise
        if day is not None:
            entities = _valid_entities(entities, day, language)
        if len(entities) == 1:
            show_command.show_one(entities[0], format, language, day)
        else:
            show_command.show_several(entities, format, language)
        return
    if name in {"programme", *GAP_LISTINGS}:
        _show_listing(name, what, (*key, *([on] if on else [])), format, language)
    elif key:
        entity = find_object(name, key, day, language)
        show_command.show_one(entity, format, language, day)
    else:
        show_command.show_all(name, day, format, language)


def _show_listing(name: str, what: str, surplus: Sequence[str], format: str, language: str) -> None:
    """Show the programme, the gaps or the disagreements: they have neither keys nor dates."""
    if surplus:
        raise CommandError("no_key_here", kind=what, key=" ".join(surplus))
    if name == "programme":
        show_command.show_one(tul.programme, format, language)
    else:
        show_command.show_gaps(name, format, language)


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
