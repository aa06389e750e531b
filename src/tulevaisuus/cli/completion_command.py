"""`tulevaisuus completion`: prints the script of a shell, described in the language of the user.

Cyclopts generates the scripts, in English; here its descriptions are replaced.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from cyclopts import Parameter

from tulevaisuus.cli import output
from tulevaisuus.cli.app import app
from tulevaisuus.cli.command_language import chosen_language
from tulevaisuus.cli.command_options import Language
from tulevaisuus.cli.help_page import texts_by_english, with_formats, word

__all__ = ["completion"]

_MAX_DESCRIPTION = 80
"""The number of characters to which Cyclopts cuts a description."""

_LIBRARY_WORDS = {
    "Display this message and exit.": "help",
    "Display application version.": "version",
}
"""Descriptions that Cyclopts adds itself, and the names of our texts for them."""


def completion(
    shell: Annotated[
        Literal["bash", "zsh", "fish"], Parameter(name="SHELL", help="The shell that you use.")
    ],
    /,
    *,
    language: Language = None,
) -> None:
    """Print the completion script of a shell, with descriptions in a language."""
    output.write(_script(shell, chosen_language(language)))


def _script(shell: Literal["bash", "zsh", "fish"], language: str) -> str:
    """Return the completion script of a shell. Bash shows no descriptions."""
    script = app.generate_completion(shell=shell)
    translations = {
        _escape(_shorten(english), shell): _escape(_shorten(localized), shell)
        for english, localized in _descriptions(language)
    }
    # One pass, the longest first: no description is taken for a part of another one.
    known = sorted(map(re.escape, translations), key=len, reverse=True)
    return re.sub("|".join(known), lambda match: translations[match[0]], script)


def _descriptions(language: str) -> Iterator[tuple[str, str]]:
    """Return each description in English, with its text in a language."""
    for english, text in texts_by_english().items():
        yield english, with_formats(text.get(language))
    for english, name in _LIBRARY_WORDS.items():
        yield english, word(name, language)


def _shorten(text: str) -> str:
    if len(text) <= _MAX_DESCRIPTION:
        return text
    return f"{text[: _MAX_DESCRIPTION - 1]}…"


def _escape(text: str, shell: str) -> str:
    """Escape a description as Cyclopts does; our texts have no quotes, ``$`` or backslash."""
    return re.sub(r"([:\[\]])", r"\\\1", text) if shell == "zsh" else text
