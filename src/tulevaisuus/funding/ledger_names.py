"""From what ledgers write to ids: projects, organisations and categories, by id or by name."""

import functools
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tulevaisuus._text_files import read_text
from tulevaisuus.findings.localization import LANGUAGES
from tulevaisuus.findings.lookup_errors import AmbiguousNameError, UnknownCodeError
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.name_search import fold
from tulevaisuus.model.organisation import OrganisationKind
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.register import Register

__all__ = ["Names", "Resolved"]


class Resolved(NamedTuple):
    """What a text stands for: an id, or nothing and the ids that it may be meant for."""

    id: str | None
    near: tuple[str, ...] = ()


class Names:
    """Looks names up in a portfolio and the facts; each text once."""

    def __init__(
        self, view: Portfolio, grants: Iterable[Grant], categories: Mapping[str, str]
    ) -> None:
        """Take what names are looked up in.

        Args:
            view: The merged view of a portfolio.
            grants: Its own grants, which may name projects that nobody describes.
            categories: The caller's words for categories, and an id or a name of each.

        Raises:
            UnknownCodeError: A word is given for what is no category.
        """
        self._view = view
        self._own = {each.project for each in grants}
        self._ids = {each.id for each in view.cost_categories}
        self._words = _words(view)
        given = {fold(word): self._category_of(to) for word, to in categories.items()}
        self._words = {**self._words, **given}
        self._known: dict[tuple[str, str], Resolved] = {}

    def project(self, text: str) -> Resolved:
        """Return the project of an id or a name; one that only grants name is known, too."""
        return self._find("projects", text)

    def organisation(self, text: str) -> Resolved:
        """Return the organisation of an id or a name; that of a region means its county."""
        return self._find("organisations", text)

    def category(self, text: str) -> Resolved:
        """Return the cost category of an id, a name, or a word that the caller gave."""
        return self._find("cost_categories", text)

    def _find(self, register: str, text: str) -> Resolved:
        place = register, text
        known = self._known.get(place)
        if known is None:
            known = self._known[place] = self._look_up(register, text)
        return known

    def _look_up(self, register: str, text: str) -> Resolved:
        if register == "cost_categories":
            return self._category(text)
        if register == "projects" and text in self._own:
            return Resolved(text)
        found = _look_up(self._view.registers()[register], text)
        return self._county(text, found) if register == "organisations" else found

    def _county(self, text: str, found: Resolved) -> Resolved:
        """Return the county that a name of its region means, as in Varha, where nothing else is."""
        if found.id is not None:
            return found
        region = _look_up(self._view.regions, text).id
        counties = [
            each.id
            for each in self._view.organisations
            if each.kind is OrganisationKind.COUNTY and each.region == region is not None
        ]
        return Resolved(counties[0]) if len(counties) == 1 else found

    def _category_of(self, text: str) -> str:
        """Return the id of a category that the caller names."""
        found = self._category(text)
        if found.id is None:
            raise UnknownCodeError(f"there is no cost category {text!r}", text, found.near)
        return found.id

    def _category(self, text: str) -> Resolved:
        meant = self._words.get(fold(text))
        if meant is not None or text in self._ids:
            return Resolved(meant or text)
        return Resolved(None, suggest(text, [*self._ids, *self._words], limit=1))


def _look_up(register: Register[Entity], text: str) -> Resolved:
    if text in register:
        return Resolved(text)
    try:
        return Resolved(str(register.find(text).key))
    except (AmbiguousNameError, UnknownCodeError) as error:
        return Resolved(None, tuple(str(each) for each in error.suggestions))


def _words(view: Portfolio) -> Mapping[str, str]:
    """Return the names of categories, folded, in all languages, and short words for them.

    A name in the lists of both decrees has the same id in both.
    """
    names = {fold(name): each.id for each in view.cost_categories for name in each.names()}
    return {**{fold(word): to for word, to in _short_words()}, **names}


@functools.cache
def _short_words() -> tuple[tuple[str, str], ...]:
    return tuple(_read_words())


def _read_words() -> Iterator[tuple[str, str]]:
    file = tomllib.loads(read_text("tulevaisuus.funding", "data", "categories.toml"))
    for category, languages in file.items():
        for word in (each for language in LANGUAGES for each in languages[language]):
            yield word, category
