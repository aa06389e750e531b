"""Resolves the texts of a ledger to ids of projects, organisations and cost categories.

A ledger is the table of the costs of projects, as accounting software writes it. A portfolio is all
entities of one document.
"""

import functools
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tulevaisuus._text_files import read_text
from tulevaisuus.facts.similar_names import SimilarNames
from tulevaisuus.findings.found_values import quote
from tulevaisuus.findings.localization import LANGUAGES
from tulevaisuus.findings.lookup_errors import AmbiguousNameError, UnknownCodeError
from tulevaisuus.findings.suggestions import Vocabulary
from tulevaisuus.model.cost_category import CostCategory
from tulevaisuus.model.entity import Entity, key_text
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.name_search import key_named, normalise_name
from tulevaisuus.model.organisation import OrganisationKind
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.register import Register

__all__ = ["Names", "Resolved"]


class Resolved(NamedTuple):
    """The id that a text means or, without one, suggestions of ids."""

    id: str | None
    suggestions: tuple[str, ...] = ()


class Names:
    """Looks up names in a portfolio and the bundled facts; each text is looked up once."""

    def __init__(
        self,
        merged: Portfolio,
        grants: Iterable[Grant],
        categories: Mapping[str, str | CostCategory],
    ) -> None:
        """Take the data in which names are looked up.

        Args:
            merged: The portfolio merged with the facts.
            grants: The grants of the portfolio; their projects may have no description.
            categories: The caller's words for cost categories, each with an id, a name or the
                category.

        Raises:
            UnknownCodeError: A word is mapped to no cost category.
        """
        self._merged = merged
        self._projects_of_grants = {grant.project for grant in grants}
        """Ids of projects."""
        self._category_ids = {category.id for category in merged.cost_categories}
        self._category_words = _category_words(merged)
        """The id of a category for each normalised word; the caller's words replace ours."""
        self._similar_names = SimilarNames()
        words_of_caller = {
            normalise_name(word): self._require_category(category)
            for word, category in categories.items()
        }
        self._category_words = {**self._category_words, **words_of_caller}
        self._cache: dict[tuple[str, str], Resolved] = {}
        """What was found, by register and text."""

    def project(self, text: str) -> Resolved:
        """Resolve an id or a name of a project; the project may be known from grants only."""
        return self._find("projects", text)

    def organisation(self, text: str) -> Resolved:
        """Resolve an id or a name of an organisation; the name of a region means its county."""
        return self._find("organisations", text)

    def category(self, text: str) -> Resolved:
        """Resolve an id, a name, or a word of the caller for a cost category."""
        return self._find("cost_categories", text)

    def _find(self, register: str, text: str) -> Resolved:
        key = register, text
        cached = self._cache.get(key)
        if cached is None:
            cached = self._cache[key] = self._look_up(register, text)
        return cached

    def _look_up(self, register: str, text: str) -> Resolved:
        if register == "cost_categories":
            return self._look_up_category(text)
        if register == "projects" and text in self._projects_of_grants:
            return Resolved(text)
        entities = self._merged.registers()[register]
        found = _look_up(entities, text)
        id = found.id or self._other_meaning(register, text)
        if id is not None:
            return Resolved(id)
        suggestions = found.suggestions or self._similar_names.suggest(text, register, entities)
        return Resolved(None, suggestions)

    def _other_meaning(self, register: str, text: str) -> str | None:
        """Return the project of a grant in other letters, or the county of a region."""
        if register == "projects":
            id = normalise_name(text)
            return id if id in self._projects_of_grants else None
        region = _look_up(self._merged.regions, text).id
        counties = [
            organisation.id
            for organisation in (self._merged.organisations if region else ())
            if organisation.kind is OrganisationKind.COUNTY and organisation.region == region
        ]
        return counties[0] if len(counties) == 1 else None

    def _require_category(self, category: str | CostCategory) -> str:
        text = category.id if isinstance(category, CostCategory) else category
        found = self._look_up_category(text)
        if found.id is None:
            near = f"; did you mean {found.suggestions[0]!r}?" if found.suggestions else ""
            message = f"there is no cost category '{quote(text)}'{near}"
            raise UnknownCodeError(message, text, found.suggestions)
        return found.id

    def _look_up_category(self, text: str) -> Resolved:
        id = self._category_words.get(normalise_name(text))
        if id is not None or text in self._category_ids:
            return Resolved(id or text)
        return Resolved(None, self._similar_names.search(text, self._categories, limit=1))

    @functools.cached_property
    def _categories(self) -> Vocabulary:
        """The ids and words of categories, for suggestions."""
        known = (*self._category_ids, *self._category_words)
        return Vocabulary((text, ()) for text in known)


def _look_up(register: Register[Entity], text: str) -> Resolved:
    """Look up an id or a name; an id may have capitals and accents, as in *Etelä-Savo*.

    The entities with a name that several have are suggestions.
    """
    if text in register:
        return Resolved(text)
    try:
        key = key_named(text, register.name_index)
    except AmbiguousNameError as error:
        return Resolved(None, error.suggestions)
    id = normalise_name(text) if key is None else key_text(key)
    return Resolved(id if id in register else None)


def _category_words(merged: Portfolio) -> Mapping[str, str]:
    """Return the id for each name of a category, in all languages, and for each short word.

    Words are compared after `normalise_name`. A name in the lists of both decrees,
    13/2020 and 7/2020, has one id.
    """
    names = {
        normalise_name(name): category.id
        for category in merged.cost_categories
        for name in category.names()
    }
    return {**{normalise_name(word): id for word, id in _short_words()}, **names}


@functools.cache
def _short_words() -> tuple[tuple[str, str], ...]:
    return tuple(_read_words())


def _read_words() -> Iterator[tuple[str, str]]:
    file = tomllib.loads(read_text("tulevaisuus.funding", "data", "categories.toml"))
    for category, words in file.items():
        for language in LANGUAGES:
            for word in words[language]:
                yield word, category
