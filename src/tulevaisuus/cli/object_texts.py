"""Names of objects and labels of fields, as `tulevaisuus show` writes them."""

from typing import cast

from tulevaisuus.cli.command_texts import text
from tulevaisuus.findings.localization import Param, localize
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.model.name_search import Keyed

__all__ = ["display_name", "field_name", "in_english"]

_NAME_FIELDS = ("name", "title", "project", "role", "basis", "about")
"""The fields that can serve as the name of an object; each class has one of them."""


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
