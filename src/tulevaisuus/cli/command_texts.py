"""The texts of the command, from its data files."""

from typing import cast

import tulevaisuus as tul
from tulevaisuus.findings.localization import LocalizedText, Param, localize
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.model.name_search import Keyed

__all__ = [
    "CommandError",
    "display_name",
    "field_name",
    "in_english",
    "text",
    "versions",
]

_NAME_FIELDS = ("name", "title", "project", "role", "basis", "about")
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
    values = (getattr(shown, field, None) for field in _NAME_FIELDS)
    return localize(cast("Param", next(value for value in values if value is not None)), language)


def in_english(words: str, language: str) -> str:
    """Mark words that the bundled facts have in English only; in English they stay as they are."""
    return text("value", "english", language, words=words)


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
