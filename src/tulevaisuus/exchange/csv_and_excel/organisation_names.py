"""`OrganisationNames`: finds organisations by the names that officials write in tables.

A name may have a business id after it, be the short name of a county, or be in the genitive. A
name is found only if it clearly means one organisation; similar names are candidates.
"""

import re
from collections.abc import Iterator

from tulevaisuus.exchange import table_messages
from tulevaisuus.findings import found_values
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.findings.suggestions import NamedCode
from tulevaisuus.model.name_search import normalise_name
from tulevaisuus.model.organisation import Organisation, OrganisationKind
from tulevaisuus.model.portfolio import Portfolio

__all__ = ["OrganisationNames"]

_WITH_ID = re.compile(
    r"(?P<name>.*\S)\s*[(\[,]\s*(?:Y-tunnus|FO-nummer)?:?\s*"
    r"(?P<id>[0-9]{7}-?[0-9])\s*[)\]]?",
    re.IGNORECASE,
)
_BUSINESS_ID = re.compile("([0-9]{7})-?([0-9])")
_WITHOUT_LEADING_ZEROS = re.compile("[0-9]{6,7}")

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
_MUNICIPAL_KINDS = (OrganisationKind.CITY, OrganisationKind.MUNICIPALITY)


class OrganisationNames:
    """Finds organisations by the texts of cells."""

    def __init__(self, reference: Portfolio) -> None:
        """Set the portfolio in which names are looked up."""
        self.reference = reference
        self._owners: dict[str, list[Organisation]] = {}
        for each in reference.organisations:
            if each.business_id is not None:
                self._owners.setdefault(str(each.business_id), []).append(each)

    def find_owner(self, text: str) -> str | None:
        """Return the id of the organisation with a business id, if exactly one has it."""
        match = _BUSINESS_ID.fullmatch(text)
        owners = self._owners.get(f"{match[1]}-{match[2]}", []) if match else []
        return owners[0].id if len(owners) == 1 else None

    def find(self, text: str) -> str | None:
        """Return the id of the organisation that a text clearly means.

        Raises:
            InvalidValueError: The name and the business id belong to different organisations.
        """
        match = _WITH_ID.fullmatch(text)
        if match is None:
            return self._find_named(text)
        named, owner = self._find_named(match["name"]), self.find_owner(match["id"])
        if named is None or owner is None:
            return owner or self._if_without_business_id(named)
        if named != owner:
            quoted = found_values.quote(text)
            organisations = self.reference.organisations
            both = tuple(NamedCode(each, organisations[each].name) for each in (named, owner))
            message = table_messages.AMBIGUOUS_ORGANISATION
            raise InvalidValueError([message.finding(found=quoted, suggestions=both)])
        return owner

    def _if_without_business_id(self, named: str | None) -> str | None:
        """Return the organisation if its business id is unknown; a known one would differ."""
        if named is None or self.reference.organisations[named].business_id is not None:
            return None
        return named

    def candidates(self, text: str) -> list[str]:
        """Return the ids of organisations that may be meant."""
        match = _WITH_ID.fullmatch(text)
        if match is not None:
            possible = (self.find_owner(match["id"]), self._find_named(match["name"]))
            return [each for each in possible if each is not None]
        if _WITHOUT_LEADING_ZEROS.fullmatch(text):
            owner = self.find_owner(text.zfill(8))
            return [] if owner is None else [owner]
        return [*self._cities_of_municipality(text), *self._counties_of_region(text)]

    def _find_named(self, text: str) -> str | None:
        """Return the organisation with a name, also in the genitive, or a county's short name."""
        for name in _basic_forms(text):
            try:
                return self.reference.organisations.find(name).id
            except UnknownCodeError:
                pass
        counties = self._counties_of_region(text)
        return counties[0] if len(counties) == 1 and not self._is_region(text) else None

    def _counties_of_region(self, text: str) -> list[str]:
        """Return the county of the region that a text names."""
        for name in _basic_forms(text):
            try:
                code = self.reference.regions.find(name).code
            except UnknownCodeError:
                continue
            return [
                each.id
                for each in self.reference.organisations
                if each.region == code and each.kind is OrganisationKind.COUNTY
            ]
        return []

    def _is_region(self, text: str) -> bool:
        """Return whether a text is the name of a region: other organisations are there, too."""
        names = (each.name for each in self.reference.regions)
        wordings = (wording for name in names for wording in (name.fi, name.sv, name.en) if wording)
        return normalise_name(text) in map(normalise_name, wordings)

    def _cities_of_municipality(self, text: str) -> Iterator[str]:
        """Yield the city with the name of a municipality: *Åbo stad* may be *Turun kaupunki*."""
        match = _MUNICIPALITY_NAME.fullmatch(text)
        if match is None:
            return
        try:
            municipality = self.reference.municipalities.find(match["name"])
        except UnknownCodeError:
            return
        for each in self.reference.organisations:
            if each.kind in _MUNICIPAL_KINDS and each.id == normalise_name(municipality.name.fi):
                yield each.id


def _basic_forms(text: str) -> Iterator[str]:
    """Yield a name and, if it is in the genitive, its nominative."""
    yield text
    for genitive, nominative in _GENITIVES:
        if text.lower().endswith(genitive):
            yield f"{text[: -len(genitive)]}{nominative}"
