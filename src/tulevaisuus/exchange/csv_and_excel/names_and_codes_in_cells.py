"""`CodeFinder`: finds the entity that a cell means by a code, a name or a business id.

The names of organisations are those that officials write in tables: a name may have a business id
after it, be the short name of a county, or be in the genitive. A name is found only if it clearly
means one organisation; similar names are candidates. A register is a collection of the entities of
one class, by key.
"""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, cast

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.business_ids import with_hyphen
from tulevaisuus.exchange.table_messages import TableMessage
from tulevaisuus.facts.similar_names import SimilarNames
from tulevaisuus.findings import found_values
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.lookup_errors import AmbiguousNameError
from tulevaisuus.findings.suggestions import NamedCode
from tulevaisuus.model.entity import Entity, key_text
from tulevaisuus.model.name_search import key_if_named, key_named, normalise_name
from tulevaisuus.model.organisation import Organisation, OrganisationKind
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.register import Register
from tulevaisuus.model.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.finding import Finding
    from tulevaisuus.rules.lookups import Context
    from tulevaisuus.rules.suggested_organisations import Predecessor

__all__ = ["CodeFinder", "OrganisationNames"]


_NAME_AND_BUSINESS_ID = re.compile(
    r"(?P<name>.*\S)\s*[(\[,]\s*(?:Y-tunnus|FO-nummer)?:?\s*"
    r"(?P<id>[0-9]{7}-?[0-9])\s*[)\]]?",
    re.IGNORECASE,
)
_WITHOUT_LEADING_ZEROS = re.compile("[0-9]{6,7}")
"""A business id that a spreadsheet program has taken for a number; the hyphen is missing, too."""

_GENITIVES = (
    ("hyvinvointialueen", "hyvinvointialue"),
    ("kaupungin", "kaupunki"),
    ("kuntayhtymän", "kuntayhtymä"),
    ("sairaanhoitopiirin", "sairaanhoitopiiri"),
    ("kunnan", "kunta"),
    ("liiton", "liitto"),
)
"""The last words of official names in the genitive, as in *Turun kaupungin avustukset*."""

_MUNICIPALITY_NAME = re.compile(r"(?P<name>.+) (?:stad|kommun|kaupunki|kunta)", re.IGNORECASE)
"""The name of a municipality, and the word for a city or a municipality after it."""

_MUNICIPAL_KINDS = (OrganisationKind.CITY, OrganisationKind.MUNICIPALITY)


class OrganisationNames:
    """Finds organisations by the texts of cells."""

    def __init__(self, reference: Portfolio) -> None:
        """Set the portfolio in which names are looked up."""
        self.reference = reference
        self._owners: dict[str, list[Organisation]] = {}  # by business id
        for organisation in reference.organisations:
            if organisation.business_id is not None:
                self._owners.setdefault(str(organisation.business_id), []).append(organisation)

    def find_owner(self, text: str) -> str | None:
        """Return the id of the organisation with a business id, if exactly one has it."""
        owners = self._owners.get(with_hyphen(text) or "", [])
        return owners[0].id if len(owners) == 1 else None

    def find(self, text: str) -> str | None:
        """Return the id of the organisation that a text clearly means.

        Raises:
            InvalidValueError: The name and the business id belong to different organisations.
        """
        match = _NAME_AND_BUSINESS_ID.fullmatch(text)
        if match is None:
            return self._find_named(text)
        organisations = self.reference.organisations
        named, owner = self._find_named(match["name"]), self.find_owner(match["id"])
        if named is not None and owner is not None and named != owner:
            quoted = found_values.quote(text)
            both = tuple(NamedCode(key, organisations[key].name) for key in (named, owner))
            message = table_messages.AMBIGUOUS_ORGANISATION
            raise InvalidValueError([message.finding(found=quoted, suggestions=both)])
        if owner is not None or named is None:
            return owner
        # Nobody has the id in the text: an organisation with a known id must be another one.
        return named if organisations[named].business_id is None else None

    def candidates(self, text: str) -> list[str]:
        """Return the ids of organisations that may be meant."""
        match = _NAME_AND_BUSINESS_ID.fullmatch(text)
        if match is not None:
            keys = (self.find_owner(match["id"]), self._find_named(match["name"]))
            return [key for key in keys if key is not None]
        if _WITHOUT_LEADING_ZEROS.fullmatch(text):
            owner = self.find_owner(text.zfill(8))
            return [] if owner is None else [owner]
        return [*self._cities_of_municipality(text), *self._counties_of_region(text)]

    def _find_named(self, text: str) -> str | None:
        """Return the organisation with a name, also in the genitive, or a county's short name."""
        for name in _basic_forms(text):
            key = key_if_named(name, self.reference.organisations.name_index)
            if key is not None:
                return str(key)
        counties = self._counties_of_region(text)
        return counties[0] if len(counties) == 1 and not self._is_region(text) else None

    def _counties_of_region(self, text: str) -> list[str]:
        """Return the county of the region that a text names."""
        keys = (
            key_if_named(name, self.reference.regions.name_index) for name in _basic_forms(text)
        )
        code = next((key for key in keys if key is not None), None)
        return [
            organisation.id
            for organisation in (self.reference.organisations if code is not None else ())
            if organisation.region == code and organisation.kind is OrganisationKind.COUNTY
        ]

    def _is_region(self, text: str) -> bool:
        """Return whether a text is the full name of a region, which has several organisations."""
        names = (region.name for region in self.reference.regions)
        wordings = (wording for name in names for wording in (name.fi, name.sv, name.en) if wording)
        return normalise_name(text) in map(normalise_name, wordings)

    def _cities_of_municipality(self, text: str) -> Iterator[str]:
        """Yield the city with the name of a municipality: *Åbo stad* may be *Turun kaupunki*."""
        match = _MUNICIPALITY_NAME.fullmatch(text)
        if match is None:
            return
        municipalities = self.reference.municipalities
        code = key_if_named(match["name"], municipalities.name_index)
        if code is None:
            return
        key = normalise_name(municipalities[code].name.fi)  # cities have such ids
        organisation = self.reference.organisations.get(key)
        if organisation is not None and organisation.kind in _MUNICIPAL_KINDS:
            yield key


def _basic_forms(text: str) -> Iterator[str]:
    """Yield a name and, if it is in the genitive, its nominative."""
    yield text
    for genitive, nominative in _GENITIVES:
        if text.lower().endswith(genitive):
            yield f"{text[: -len(genitive)]}{nominative}"


_Registers: TypeAlias = Mapping[str, Register[Entity]]
"""The registers in which an entity is looked up, by name."""

_MAX_SUGGESTIONS = 3
"""How many entities a message suggests."""

_MAX_CACHED = 10_000
"""The maximum number of texts whose codes are cached."""

_ID = re.compile(r"(?=.*[0-9_-])[a-z0-9]+(?:[-_.][a-z0-9]+)*")
"""A text that is an id, not a name: lower-case letters with digits or hyphens, as ``vs-2021``."""

_SHORT_WORD_FOR_COUNTY = re.compile(r"(?<=n) hva$", re.IGNORECASE)
"""The abbreviation of *hyvinvointialue* after the name of a county: *Pohjanmaan HVA*."""

_EXTENSIBLE_REGISTERS = {"calls", "projects", "organisations", "bodies", "sources"}
"""Registers to which a document may add entities; the others are complete code lists."""


class CodeFinder:
    """Finds the codes of cells that refer to entities; the result for each text is cached."""

    def __init__(self, reference: Portfolio) -> None:
        """Set the portfolio in which names, codes and business ids are looked up."""
        self.reference = reference
        self.organisations: OrganisationNames = OrganisationNames(reference)
        self._similar_names = SimilarNames()
        # The result for each text, registers and kind of identifier; errors are cached as well.
        self._cache: dict[tuple[str, tuple[str, ...], str], str | InvalidValueError] = {}

    def find_code(self, text: str, registers: tuple[str, ...], key_in_cells: str) -> str:
        """Return the code of the entity that a text refers to.

        Args:
            text: The text of the cell.
            registers: The registers in which the entity may be.
            key_in_cells: ``code`` if the cell has a code, which is returned unchanged, as `check`
                verifies codes. ``business_id`` if it has the business id of an organisation. Empty
                if it has a code or a name.

        Raises:
            InvalidValueError: No entity fits, or several do; the finding names candidates.
        """
        if key_in_cells == "code":
            return text
        key = text, registers, key_in_cells
        if key not in self._cache:
            if len(self._cache) >= _MAX_CACHED:
                self._cache.clear()
            try:
                found = (
                    self._find_owner(text) if key_in_cells else self._find_named(text, registers)
                )
                self._cache[key] = found
            except InvalidValueError as error:
                self._cache[key] = error
        cached = self._cache[key]
        if isinstance(cached, InvalidValueError):
            raise InvalidValueError(cached.findings)
        return cached

    def _find_owner(self, text: str) -> str:
        """Return the id of the organisation with a business id, or raise an error."""
        owner = self.organisations.find_owner(text)
        if owner is None:
            candidates = self.organisations.candidates(text)
            raise _lookup_error(text, candidates, self._registers(("organisations",)))
        return owner

    def _find_named(self, text: str, names: tuple[str, ...]) -> str:
        """Return the code of the entity that has a text as its code or name, or raise an error.

        ``names`` are the names of the registers.
        """
        registers = self._registers(names)
        if any(text in register for register in registers.values()):
            return text
        full_name = _SHORT_WORD_FOR_COUNTY.sub(" hyvinvointialue", text)
        found = _key_named(full_name, registers)
        if found is None and "organisations" in registers:
            found = self.organisations.find(full_name)
        if found is None:
            found = _as_id(text, registers)
        if found is None:
            raise _lookup_error(text, self._candidates(full_name, registers), registers)
        return found

    def _candidates(self, text: str, registers: _Registers) -> list[str]:
        """Return the codes that an unknown name may mean, the likeliest first."""
        candidates = self.organisations.candidates(text) if "organisations" in registers else []
        for name, register in registers.items():
            candidates += self._similar_names.suggest(text, name, register)
        return candidates

    def _registers(self, names: Sequence[str]) -> _Registers:
        """Return the registers with these names."""
        return {name: cast("Register[Entity]", getattr(self.reference, name)) for name in names}


def _key_named(text: str, registers: _Registers) -> str | None:
    """Return the code of the entity with a name; raise an error if several have it."""
    for register in registers.values():
        try:
            key = key_named(text, register.name_index)
        except AmbiguousNameError as error:
            raise _lookup_error(text, error.suggestions, registers, ambiguous=True) from None
        if key is not None:
            return key_text(key)
    return None


def _as_id(text: str, registers: _Registers) -> str | None:
    """Return the known id that a text has in capitals, or a text in the form of a user's own id."""
    lowered = normalise_name(text)
    if any(lowered in register for register in registers.values()):
        return lowered
    return text if _EXTENSIBLE_REGISTERS.issuperset(registers) and _ID.fullmatch(text) else None


def _lookup_error(
    text: str, candidates: Sequence[str], registers: _Registers, *, ambiguous: bool = False
) -> InvalidValueError:
    """Make the error for a text that fits no entity, or several.

    Args:
        text: The text of the cell.
        candidates: The codes of entities that may be meant.
        registers: The registers that were searched.
        ambiguous: Whether several entities have the name.
    """
    suggestions = _named_codes(candidates, registers)
    if not suggestions and "organisations" in registers:
        predecessor = _find_predecessor(text)
        if predecessor is not None:
            return InvalidValueError([_predecessor_finding(text, predecessor)])
    message = table_messages.AMBIGUOUS_NAME if ambiguous else _unknown_name_message(suggestions)
    # TSK009 is a reference to an entity that is missing, as a document could have added it. TSK005
    # is a code that no list has.
    code = "TSK009" if _EXTENSIBLE_REGISTERS.issuperset(registers) else "TSK005"
    params = {"suggestions": suggestions} if suggestions else {}
    finding = TableMessage(code, message.name).finding(found=found_values.quote(text), **params)
    return InvalidValueError([finding])


def _named_codes(candidates: Sequence[str], registers: _Registers) -> tuple[NamedCode, ...]:
    """Return the first candidates that exist in the registers, with their names."""
    if not candidates:
        return ()
    entities = (entity for register in registers.values() for entity in register)
    by_code = {key_text(entity.key): entity for entity in entities}
    codes = [code for code in dict.fromkeys(candidates) if code in by_code][:_MAX_SUGGESTIONS]
    return tuple(
        NamedCode(code, cast("Text | None", getattr(by_code[code], "name", None))) for code in codes
    )


def _predecessor_finding(text: str, predecessor: "Predecessor") -> "Finding":
    return table_messages.NAME_OF_PREDECESSOR.finding(
        found=found_values.quote(text),
        kind=predecessor.kind,
        regions=predecessor.regions,
        suggestions=predecessor.organisations,
    )


def _unknown_name_message(suggestions: Sequence[NamedCode]) -> TableMessage:
    """Return the message about a name that nothing has."""
    return (
        table_messages.UNKNOWN_NAME_WITH_SUGGESTIONS if suggestions else table_messages.UNKNOWN_NAME
    )


def _find_predecessor(text: str) -> "Predecessor | None":
    """Return the former hospital district or municipality that a text names."""
    from tulevaisuus.rules.suggested_organisations import predecessor_named  # few tables need it

    return predecessor_named(text, _reference_context())


@functools.cache
def _reference_context() -> "Context":
    """Return the context in which rules look up entities, with the bundled facts only."""
    from tulevaisuus.facts.reference_portfolio import reference
    from tulevaisuus.rules.lookups import Context

    return Context(Portfolio(), reference)
