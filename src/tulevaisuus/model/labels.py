"""Labels of codes and of classes of entities, from ``texts/labels.toml``."""

import functools
from typing import Any, cast

from tulevaisuus._text_files import read_text
from tulevaisuus.model.text import Text

__all__ = ["entity_label", "label_of"]


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
