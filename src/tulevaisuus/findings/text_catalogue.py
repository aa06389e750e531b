"""Reads texts in three languages from TOML files, which translators can edit."""

import functools
from collections.abc import Mapping
from typing import TypeAlias, cast

from tulevaisuus._text_files import read_text
from tulevaisuus.findings.localization import LANGUAGES, LocalizedText

__all__ = ["Section", "open_catalogue"]

Section: TypeAlias = Mapping[str, LocalizedText]
"""Texts by name."""


@functools.cache
def open_catalogue(package: str, name: str) -> Mapping[str, Section]:
    """Return the texts of the file ``texts/NAME.toml`` in a package, by section and name.

    An entry has the keys ``fi``, ``sv`` and ``en``; other keys, such as ``code``, are ignored.

    >>> open_catalogue("tulevaisuus.findings", "tsk0_reading")["expected"]["text"].en
    'text'
    """
    import tomllib  # slow to import, and few programs need texts

    sections = cast(
        "dict[str, dict[str, dict[str, str]]]",
        tomllib.loads(read_text(package, "texts", f"{name}.toml")),
    )
    return {
        section: {key: _text_of(entry) for key, entry in entries.items()}
        for section, entries in sections.items()
    }


def _text_of(entry: Mapping[str, str]) -> LocalizedText:
    return LocalizedText(**{language: entry[language] for language in LANGUAGES})
