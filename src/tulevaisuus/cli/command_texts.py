"""The texts of the command, from its data files, and the choice of a language."""

import os
import re
from collections.abc import Iterable
from typing import cast

import tulevaisuus as tul
from tulevaisuus.findings.localization import LANGUAGES, LocalizedText, Param, localize
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.model.name_search import Keyed

__all__ = [
    "LANGUAGE_VARIABLE",
    "CommandError",
    "chosen_language",
    "display_name",
    "error_language",
    "field_name",
    "in_english",
    "language_code",
    "text",
    "versions",
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

_NAMES = ("name", "title", "project", "role", "basis", "about")
"""The fields that can serve as the name of an object; each class has one of them."""


class CommandError(Exception):
    """An error in the arguments; its message is in the language of the user."""

    def __init__(self, name: str, section: str = "error", /, **params: Param) -> None:
        """Take the name of the message in ``texts/command.toml``, and its parameters."""
        super().__init__(name)
        self.message: LocalizedText = _phrase(section, name)
        self.params: dict[str, Param] = params

    def localize(self, language: str) -> str:
        """Return the message in a language."""
        return self.message.fill(self.params, language)


def _phrase(section: str, name: str) -> LocalizedText:
    """Return a phrase of ``texts/command.toml``."""
    return open_catalogue("tulevaisuus.cli", "command")[section][name]


def text(section: str, name: str, language: str, /, **params: Param) -> str:
    """Return a phrase in a language, with values filled in."""
    return _phrase(section, name).fill(params, language)


def field_name(field: str, language: str) -> str:
    """Return the label of a field, or its name if it has no label."""
    labels = open_catalogue("tulevaisuus.cli", "field_labels")["field"]
    return labels[field].localize(language) if field in labels else field


def display_name(shown: Keyed, language: str) -> str:
    """Return the name of an object, or another field that distinguishes it."""
    values = (getattr(shown, field, None) for field in _NAMES)
    return localize(cast("Param", next(value for value in values if value is not None)), language)


def in_english(words: str, language: str) -> str:
    """Mark words that the facts have in English only; in English they stay as they are."""
    return text("value", "english", language, words=words)


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


def versions(language: str) -> str:
    """Name the three versions: of the interface, of the facts and of the document format."""
    numbers = {
        "interface": tul.__version__,
        "facts": tul.FACTS_VERSION.isoformat(),
        "format": tul.FORMAT_VERSION,
    }
    return "\n".join(
        text("version", name, language, version=version) for name, version in numbers.items()
    )
