"""Finds a register and its objects by the words of a user, in any language.

A register is the collection of all objects of one class, such as all calls. The bundled facts are
those that come with the package.
"""

import contextlib
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import cast

import tulevaisuus as tul
from tulevaisuus.cli.command_texts import CommandError
from tulevaisuus.cli.object_texts import display_name
from tulevaisuus.findings.localization import LANGUAGES, LocalizedText, Param
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.model.entity import key_text
from tulevaisuus.model.labels import entity_label
from tulevaisuus.model.name_search import Keyed, normalise_name
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.reports.report_texts import subject_text

__all__ = [
    "GAP_LISTINGS",
    "entities_of",
    "find_object",
    "is_valid_on",
    "not_valid_error",
    "register_of",
    "validate_day",
]

GAP_LISTINGS = ("gaps", "disagreements")
"""What the command shows besides registers: gaps in the facts, and disagreements of sources."""

_MIN_SIMILARITY = 0.65
"""How similar a suggested word must be: most words of registers are short."""

_SINGULARS = {
    "programme": "programme",
    **{name: cls.singular for name, cls in REGISTERS.items()},
    "rules": "rule",
}
"""The registers that can be shown: the name of each, and the singular for one of its objects."""


def register_of(word: str) -> str:
    """Find the register for a word: singular or plural, in any language.

    Raises:
        CommandError: No register is called so.

    >>> register_of("kunta"), register_of("Regions")
    ('municipalities', 'regions')
    """
    wanted = _normalise(word)
    registers = _registers_by_word()
    if wanted in registers:
        return registers[wanted]
    suggestions = tuple(each for each in suggest(wanted, registers) if _is_similar(wanted, each))
    if suggestions:
        raise CommandError("no_such_kind_near", word=word, suggestions=suggestions)
    raise CommandError("no_such_kind", word=word, known=_known_words())


def _known_words() -> tuple[LocalizedText, ...]:
    """Return a word for each register, for gaps and for disagreements, in each language."""
    phrases_by_register = open_catalogue("tulevaisuus.cli", "words_for_registers")["names"]
    phrases = [
        phrases_by_register.get(name) or entity_label(_SINGULARS[name])
        for name in (*_SINGULARS, *GAP_LISTINGS)
    ]
    return tuple(
        LocalizedText(*(each.get(language).partition(",")[0] for language in LANGUAGES))
        for each in phrases
    )


def _is_similar(wanted: str, word: str) -> bool:
    """Return whether a short word is similar: *organ* is no suggestion for *koira*."""
    return SequenceMatcher(None, wanted, word).ratio() >= _MIN_SIMILARITY or wanted in word


def _registers_by_word() -> Mapping[str, str]:
    """Return the register for each word that means one.

    Some words mean two classes, such as *alue*. The name of a register comes before other words,
    and then the first register before the others.
    """
    registers: dict[str, str] = {}
    phrases_by_register = open_catalogue("tulevaisuus.cli", "words_for_registers")["names"]
    for register, singular in _SINGULARS.items():
        registers |= dict.fromkeys(map(_normalise, (register, singular)), register)
    for register, singular in _SINGULARS.items():
        phrases = [entity_label(singular).get(language) for language in LANGUAGES]
        if register in phrases_by_register:
            phrases += (phrases_by_register[register].localize(language) for language in LANGUAGES)
        for word in _split_at_commas(phrases):
            registers.setdefault(_normalise(word), register)
    for name in GAP_LISTINGS:
        phrases = [phrases_by_register[name].localize(language) for language in LANGUAGES]
        registers |= dict.fromkeys(map(_normalise, _split_at_commas(phrases)), name)
    return registers


def _split_at_commas(phrases: Iterable[str]) -> list[str]:
    return [word for phrase in phrases for word in phrase.split(",")]


def _normalise(word: str) -> str:
    """Make words comparable: without case, and with one blank for blanks, hyphens, underscores."""
    return re.sub(r"[\s_-]+", " ", word.strip().casefold())


def entities_of(name: str, on: dt.date | None, language: str) -> tul.Register[Keyed]:
    """Return the bundled objects of a register.

    Args:
        name: The name of the register.
        on: The day on which they must be valid; ``None`` for all objects.
        language: The language of the class in an error.

    Raises:
        CommandError: The facts do not cover the day, or the class has no periods of validity.
    """
    registers: dict[str, tul.Register[Keyed]] = {
        **tul.reference.registers(),
        "rules": tul.rulebook,
    }
    register = registers[name]
    if on is None:
        return register
    validate_day(on)
    if not all(hasattr(each, "valid") for each in register):
        raise CommandError("without_time", kind=subject_text(_SINGULARS[name], language))
    return register.on(on)


def find_object(name: str, words: Iterable[str], on: dt.date | None, language: str) -> Keyed:
    """Find one object of a register by its key or, failing that, by its name.

    Args:
        name: The name of the register.
        words: The words of the key or name.
        on: The day on which the object must be valid, if any.
        language: The language of names in an error.

    Raises:
        CommandError: There is no such object, or several have the name.
    """
    register = entities_of(name, on, language)
    key = " ".join(words)
    entity = _find_by_key(register, key)
    if entity is not None:
        return entity
    try:
        return _find_by_name(register, key)
    except tul.AmbiguousNameError as error:
        candidates, message = error.suggestions, "ambiguous_name"
    except tul.UnknownCodeError as error:
        if on is not None:
            _raise_if_valid_on_other_days(name, key, on, language)
        candidates = error.suggestions or _organisations_meant(name, key)
        candidates = candidates or suggest(key, [key_text(each.key) for each in register])
        message = "no_such_key_near" if candidates else "no_such_key"
    raise CommandError(
        message,
        kind=subject_text(_SINGULARS[name], language),
        key=key,
        suggestions=tuple(_key_and_name(register, each, language) for each in candidates),
    )


def _find_by_key(register: tul.Register[Keyed], key: str) -> Keyed | None:
    return next((each for each in register if key_text(each.key) == key), None)


def _organisations_meant(name: str, words: str) -> tuple[str, ...]:
    """Return the organisations that words may mean as in a table: *Åbo stad*, *Varha*."""
    if name != "organisations":
        return ()
    # Imports readers of tables; only a wrong name needs them.
    from tulevaisuus.exchange.csv_and_excel.names_and_codes_in_cells import OrganisationNames

    names = OrganisationNames(tul.reference)
    try:
        found = names.find(words)
    except tul.InvalidValueError:  # a name with the business id of another one
        found = None
    return tuple(names.candidates(words)) if found is None else (found,)


def _find_by_name(register: tul.Register[Keyed], words: str) -> Keyed:
    """Find an object by its name or, if none has it, by its key in other letters: *Etelä-Savo*.

    Raises:
        UnknownCodeError: Nothing is called so, or several objects are (`AmbiguousNameError`).
    """
    try:
        return register.find(words)
    except tul.AmbiguousNameError:
        raise
    except tul.UnknownCodeError:
        wanted = normalise_name(words)
        found = [each for each in register if normalise_name(key_text(each.key)) == wanted]
        if len(found) != 1:
            raise
        return found[0]


def _raise_if_valid_on_other_days(name: str, key: str, on: dt.date, language: str) -> None:
    """Raise an error that states the period of validity, if an object exists on other days."""
    register = entities_of(name, None, language)
    entity = _find_by_key(register, key)
    if entity is None:
        with contextlib.suppress(tul.UnknownCodeError):
            entity = _find_by_name(register, key)
    if entity is not None and not is_valid_on(entity, on):
        raise not_valid_error(entity, on, language)


def is_valid_on(entity: Keyed, on: dt.date) -> bool:
    """Return whether an object is valid on a day; one without a period of validity always is."""
    valid = _period_of(entity)
    return valid is None or on in valid


def _period_of(entity: Keyed) -> tul.Period | None:
    return cast("tul.Period | None", getattr(entity, "valid", None))


def not_valid_error(entity: Keyed, on: dt.date, language: str) -> CommandError:
    """Return the error about an object that is valid on other days, and its successor.

    Args:
        entity: The object.
        on: The day on which it is not valid.
        language: The language of names in the error.
    """
    cls = type(cast("tul.Entity", entity))
    subject = subject_text(f"{cls.singular} {key_text(entity.key)}", language)
    params: dict[str, Param] = {
        "subject": subject,
        "name": display_name(entity, language),
        "valid": _period_of(entity),
        "day": on,
    }
    successor = getattr(entity, "successor", None)
    if successor is None:
        return CommandError("not_valid", **params)
    register = entities_of(cls.plural, None, language)
    return CommandError(
        "not_valid_successor", **params, successor=_key_and_name(register, successor, language)
    )


def validate_day(on: dt.date) -> None:
    """Check that the bundled facts cover a day.

    Raises:
        CommandError: The day is before the first day of the facts.
    """
    try:
        tul.municipalities.validate_day(on)
    except tul.OutsideFactsError:
        raise CommandError("outside_facts", since=tul.FACTS_SINCE, day=on) from None


def _key_and_name(register: tul.Register[Keyed], key: str, language: str) -> str:
    """Write a key with the name of its object. A candidate that is a name stays alone."""
    names = {key_text(each.key): display_name(each, language) for each in register}
    return f"{key} ({names[key]})" if key in names else key
