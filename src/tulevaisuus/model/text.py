"""`Text`, a phrase in up to three languages, and `Language`."""

from collections.abc import Iterator
from typing import ClassVar

import attrs

from tulevaisuus.findings.localization import UnknownLanguageError
from tulevaisuus.findings.messages import MISSING_WORDING
from tulevaisuus.model.codelists import Code
from tulevaisuus.model.value import Invariant, Value

TYPE_CHECKING = False
if TYPE_CHECKING:  # at run time, imported only to report a mistake
    from tulevaisuus.findings.finding import Finding

__all__ = ["Language", "Text"]


class Language(Code):
    """The languages of the facts: Finnish (*suomi*), Swedish (*svenska*) and English."""

    FI = "fi"
    SV = "sv"
    EN = "en"


_LANGUAGES = tuple(language.value for language in Language)


def _unofficial_have_wordings(
    sv: str | None, en: str | None, unofficial: frozenset[Language]
) -> "Iterator[Finding]":
    for language, wording in ((Language.SV, sv), (Language.EN, en)):
        if language in unofficial and wording is None:
            yield MISSING_WORDING.finding("/unofficial", language=language)


@attrs.frozen(repr=False)
class Text(Value):
    """A phrase in Finnish, and in Swedish and English if a source or a translation has it.

    ``unofficial`` lists the languages whose wording is our own working translation, not from a
    source. A blank wording, or a language in ``unofficial`` without a wording, is an
    `InvalidValueError`.

    >>> goal = Text("Palvelut", sv="Tjänster")
    >>> goal.get("sv"), goal.get("en"), f"{goal:sv}", str(goal)
    ('Tjänster', 'Palvelut', 'Tjänster', 'Palvelut')
    """

    invariants: ClassVar[tuple[Invariant, ...]] = (
        Invariant(("sv", "en", "unofficial"), _unofficial_have_wordings),
    )

    fi: str
    sv: str | None = None
    en: str | None = None
    unofficial: frozenset[Language] = frozenset()

    def get(self, language: str) -> str:
        """Return the wording in ``fi``, ``sv`` or ``en``; without one, the Finnish wording.

        The language is always an argument, never taken from the environment.

        Raises:
            UnknownLanguageError: The language is none of the three.
        """
        if language not in _LANGUAGES:
            raise UnknownLanguageError(language, _LANGUAGES)
        return {"fi": self.fi, "sv": self.sv, "en": self.en}[language] or self.fi

    def localize(self, language: str) -> str:
        """Return the wording for messages, with control characters escaped."""
        from tulevaisuus.findings.lookalike_characters import escape_unprintable

        return escape_unprintable(self.get(language))

    def wordings(self) -> tuple[str, ...]:
        """Return the wordings in all languages that have one."""
        return tuple(wording for wording in (self.fi, self.sv, self.en) if wording is not None)

    def __format__(self, spec: str) -> str:
        """Return the wording in a language, ``f"{text:sv}"``, or the Finnish one, padded: ``:>12``.

        Raises:
            UnknownLanguageError: The format begins with a word that is none of the languages.
        """
        from tulevaisuus.findings.localization import split_language

        language, text_spec = split_language(spec)
        return format(self.fi if language is None else self.get(language), text_spec)

    def __str__(self) -> str:
        """Return the Finnish wording."""
        return self.fi
