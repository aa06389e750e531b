"""The texts of the command, from its data files, and the choice of their language."""

import os
from collections.abc import Iterable

import tulevaisuus as tul
from tulevaisuus.findings.localization import LANGUAGES, LocalizedText, Param
from tulevaisuus.findings.text_catalogue import open_catalogue

__all__ = [
    "LANGUAGE_VARIABLE",
    "CommandError",
    "asked_language",
    "chosen_language",
    "field_name",
    "in_english",
    "text",
    "versions",
]

LANGUAGE_VARIABLE = "TULEVAISUUS_LANGUAGE"
"""The environment variable that chooses the language where no option does."""


class CommandError(Exception):
    """An error in the arguments; its message is in the language of the user."""

    def __init__(self, name: str, section: str = "error", /, **params: Param) -> None:
        """Take the name of the message and what is filled into it."""
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
    """Return the label of a field; one without a label keeps its name."""
    known = open_catalogue("tulevaisuus.cli", "field_labels")["field"]
    return known[field].localize(language) if field in known else field


def in_english(words: str, language: str) -> str:
    """Return words that the facts have in English only, marked so in the other languages."""
    return text("value", "english", language, words=words)


def asked_language(arguments: Iterable[str]) -> str:
    """Return the language of errors, before the arguments are parsed."""
    asked = os.environ.get(LANGUAGE_VARIABLE, "")
    words = iter(arguments)
    for each in words:
        name, equals, value = each.partition("=")
        if name in {"--language", "-l"}:
            asked = value if equals else next(words, "")
    return asked if asked in LANGUAGES else "en"


def chosen_language(option: str | None) -> str:
    """Return the language of an option or, without one, that of the environment.

    Raises:
        CommandError: The environment names a language that is none of ours.
    """
    language = option or os.environ.get(LANGUAGE_VARIABLE) or "en"
    if language not in LANGUAGES:
        raise CommandError(
            "bad_choice", "usage", name=LANGUAGE_VARIABLE, word=language, known=LANGUAGES
        )
    return language


def versions(language: str) -> str:
    """Name the three versions: of the interface, of the facts and of the document format."""
    known = {
        "interface": tul.__version__,
        "facts": tul.FACTS_VERSION.isoformat(),
        "format": tul.FORMAT_VERSION,
    }
    return "\n".join(
        text("version", name, language, version=version) for name, version in known.items()
    )
