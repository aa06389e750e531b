"""The language of the command: the option ``--language``, then the environment, then English."""

import os
import re
from collections.abc import Iterable

from tulevaisuus.cli.command_texts import CommandError
from tulevaisuus.findings.localization import LANGUAGES

__all__ = [
    "LANGUAGE_VARIABLE",
    "chosen_language",
    "error_language",
    "language_code",
    "with_language_codes",
]

LANGUAGE_VARIABLE = "TULEVAISUUS_LANGUAGE"
"""The environment variable for the language; the option ``--language`` comes before it."""

_LANGUAGE_OPTIONS = ("--language", "-l")

_LANGUAGE_NAMES = {
    "fi": ("fi", "suomi", "suomeksi", "finska", "finnish"),
    "sv": ("sv", "ruotsi", "ruotsiksi", "svenska", "swedish"),
    "en": ("en", "englanti", "englanniksi", "engelska", "english"),
}


def language_code(word: str) -> str | None:
    """Return the language that a word names; ``None`` if it is none of the three.

    >>> language_code("suomi"), language_code("sv_FI.UTF-8"), language_code("de")
    ('fi', 'sv', None)
    """
    language = re.split(r"[-_.@]", word.strip().casefold())[0]
    return next((code for code, names in _LANGUAGE_NAMES.items() if language in names), None)


def with_language_codes(arguments: Iterable[str]) -> list[str]:
    """Return the arguments with codes in place of names of languages: ``-l suomi``."""
    replaced: list[str] = []
    previous = ""
    for argument in arguments:
        name, equals, value = argument.partition("=")
        if previous in _LANGUAGE_OPTIONS:
            replaced.append(language_code(argument) or argument)
        elif equals and name in _LANGUAGE_OPTIONS:
            replaced.append(f"{name}={language_code(value) or value}")
        else:
            replaced.append(argument)
        previous = argument
    return replaced


def error_language(arguments: Iterable[str]) -> str:
    """Return the language for errors in the arguments: it is needed before they are parsed."""
    language = os.environ.get(LANGUAGE_VARIABLE, "")
    remaining = iter(arguments)
    for argument in remaining:
        name, equals, value = argument.partition("=")
        if name in _LANGUAGE_OPTIONS:
            language = value if equals else next(remaining, "")
    return language_code(language) or "en"


def chosen_language(option: str | None) -> str:
    """Return the language of the option or, without one, that of the environment.

    Raises:
        CommandError: The environment names a language that is not supported.
    """
    word = option or os.environ.get(LANGUAGE_VARIABLE) or "en"
    language = language_code(word)
    if language is None:
        raise CommandError(
            "bad_choice", "usage", name=LANGUAGE_VARIABLE, word=word, known=LANGUAGES
        )
    return language
