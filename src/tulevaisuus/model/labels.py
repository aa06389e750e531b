"""Labels of codes, of classes of entities and of registers, from the data files in ``texts``.

A register is a collection of the entities of one class, by key.
"""

import functools
from typing import Any, cast

from tulevaisuus._text_files import read_text
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.findings.lookalike_characters import escape_unprintable
from tulevaisuus.findings.text_catalogue import Section, open_catalogue
from tulevaisuus.model.text import Text

__all__ = ["RegisterName", "entity_label", "label_of", "register_label"]


def label_of(code_list: str, code: str) -> Text:
    """Return the label of a code; the code itself if there is none.

    Your own code lists have no labels here; such a class may define ``label`` itself.

    >>> label_of("GrantStatus", "granted").sv
    'beviljat'
    """
    return _labels().get(code_list, {}).get(code) or Text(code)


def entity_label(singular: str) -> Text:
    """Return the label of a class of entities, by its ``singular``.

    >>> entity_label("grant").get("fi")
    'avustus'
    """
    return label_of("entity", singular)


def register_label(register: str) -> LocalizedText | None:
    """Return the label of a register; ``None`` for a table or a register that is not ours.

    >>> register_label("grants").sv
    'statsunderstöd'
    """
    return _register_labels().get(register)


class RegisterName(str):
    """The name of a register in a message: with its label in front, where that says more.

    A user needs the label to understand a message, and the name for ``--as`` or for a document. For
    programs it is the text of the name.

    >>> RegisterName("grants").localize("fi"), RegisterName("grants").localize("en")
    ('valtionavustukset (grants)', 'grants')
    """

    __slots__ = ()

    def localize(self, language: str) -> str:
        """Return the label in a language, and the name in parentheses if it differs."""
        name = escape_unprintable(str(self))
        label = register_label(self)
        words = name if label is None else label.localize(language)
        return name if words == name else f"{words} ({name})"


def _register_labels() -> Section:
    return open_catalogue("tulevaisuus.model", "registers")["register"]


@functools.cache
def _labels() -> dict[str, dict[str, Text]]:
    import tomllib  # few programs show a label

    sections = cast(
        "dict[str, dict[str, dict[str, Any]]]",
        tomllib.loads(read_text("tulevaisuus.model", "texts", "labels.toml")),
    )
    return {
        name: {code: Text(**entry) for code, entry in entries.items()}
        for name, entries in sections.items()
    }
