"""What `tulevaisuus show` is asked for: a register, one of its objects, or a name of any object."""

from collections.abc import Iterator, Sequence

import tulevaisuus as tul
from tulevaisuus.cli import show_command
from tulevaisuus.cli.command_texts import CommandError
from tulevaisuus.model.entity import Entity, key_text
from tulevaisuus.model.name_search import fold

__all__ = ["show"]


def show(what: str, key: Sequence[str], on: str | None, format: str, language: str) -> None:
    """Show what the words ask for.

    Args:
        what: A word for a register; or a name or key, which is searched in all of them.
        key: The words behind it: the key or name of one object.
        on: The day, as it was written.
        format: ``text``, ``json`` or ``csv``.
        language: The language of the text.

    Raises:
        CommandError: There is no such register or object.
    """
    day = None if on is None else show_command.day_of(on)
    try:
        name = show_command.register_of(what)
    except CommandError:
        found = [*_named(" ".join([what, *key]))]
        if not found:
            raise
        if len(found) == 1:
            show_command.show_one(found[0], format, language, day)
        else:
            show_command.show_several(found, format, language)
        return
    if name in {"programme", *show_command.GAP_LISTINGS}:
        _show_whole(name, what, (*key, *([on] if on else [])), format, language)
    elif key:
        picked = show_command.pick(name, tuple(key), day, language)
        show_command.show_one(picked, format, language, day)
    else:
        show_command.show_all(name, day, format, language)


def _show_whole(name: str, what: str, surplus: Sequence[str], format: str, language: str) -> None:
    """Show what has no keys and no days."""
    if surplus:
        raise CommandError("no_key_here", kind=what, key=" ".join(surplus))
    if name == "programme":
        show_command.show_one(tul.programme, format, language)
    else:
        show_command.show_gaps(name, format, language)


def _named(words: str) -> Iterator[Entity]:
    """Return the objects of all registers that have exactly this key or name."""
    wanted = fold(words)
    for register in tul.reference.registers().values() if wanted else ():
        for entity in register:
            if key_text(entity.key) == words or wanted in map(fold, entity.names()):
                yield entity
