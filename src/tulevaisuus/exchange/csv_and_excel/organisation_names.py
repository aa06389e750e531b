"""Names of organisations as officials write them: with a business id, as a county, in the genitive.

Only what names one organisation beyond doubt is found; what comes near is a candidate.
"""

import re
from collections.abc import Iterator, Mapping

from tulevaisuus.exchange import table_messages
from tulevaisuus.findings import expectations
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.findings.suggestions import NamedCode
from tulevaisuus.model.name_search import fold
from tulevaisuus.model.organisation import Organisation, OrganisationKind
from tulevaisuus.model.portfolio import Portfolio

__all__ = ["OrganisationNames"]

_WITH_ID = re.compile(
    r"(?P<name>.*\S)\s*[(\[,]\s*(?:Y-tunnus|FO-nummer)?:?\s*"
    r"(?P<id>[0-9]{7}-?[0-9])\s*[)\]]?",
    re.IGNORECASE,
)
_BUSINESS_ID = re.compile("([0-9]{7})-?([0-9])")
_ZEROS_LOST = re.compile("[0-9]{6,7}")

_GENITIVES = (
    ("hyvinvointialueen", "hyvinvointialue"),
    ("kaupungin", "kaupunki"),
    ("kuntayhtymän", "kuntayhtymä"),
    ("sairaanhoitopiirin", "sairaanhoitopiiri"),
    ("kunnan", "kunta"),
    ("liiton", "liitto"),
)
"""The last words of official names as in the heading *Turun kaupungin avustukset*."""

_OF_MUNICIPALITY = re.compile(r"(?P<name>.+) (?:stad|kommun|kaupunki|kunta)", re.IGNORECASE)
_MUNICIPAL = (OrganisationKind.CITY, OrganisationKind.MUNICIPALITY)


class OrganisationNames:
    """Finds organisations by what cells call them."""

    def __init__(self, reference: Portfolio) -> None:
        """Take what names are looked up in."""
        self.reference = reference
        self._owners: dict[str, list[Organisation]] = {}
        for each in reference.organisations:
            if each.business_id is not None:
                self._owners.setdefault(str(each.business_id), []).append(each)

    def owner(self, text: str) -> str | None:
        """Return the id of the one organisation that has a business id, with or without hyphen."""
        match = _BUSINESS_ID.fullmatch(text)
        owners = self._owners.get(f"{match[1]}-{match[2]}", []) if match else []
        return owners[0].id if len(owners) == 1 else None

    def find(self, text: str) -> str | None:
        """Return the id of the organisation that a text names beyond doubt, if there is one.

        Raises:
            InvalidValueError: The name and the business id in brackets belong to different ones.
        """
        match = _WITH_ID.fullmatch(text)
        if match is None:
            return self._named(text)
        named, owner = self._named(match["name"]), self.owner(match["id"])
        if named is None or owner is None:
            return owner or self._unless_other_id(named)
        if named != owner:
            quoted = expectations.quote(text)
            known = self.reference.organisations
            both = tuple(NamedCode(each, known[each].name) for each in (named, owner))
            message = table_messages.AMBIGUOUS_ORGANISATION
            raise InvalidValueError([message.finding(found=quoted, suggestions=both)])
        return owner

    def _unless_other_id(self, named: str | None) -> str | None:
        """Return an organisation whose own business id is not known, so that it may be any."""
        if named is None or self.reference.organisations[named].business_id is not None:
            return None
        return named

    def candidates(self, text: str) -> list[str]:
        """Return the ids of organisations that may be meant."""
        match = _WITH_ID.fullmatch(text)
        if match is not None:
            found = (self.owner(match["id"]), self._named(match["name"]))
            return [each for each in found if each is not None]
        if _ZEROS_LOST.fullmatch(text):
            owner = self.owner(text.zfill(8))
            return [] if owner is None else [owner]
        return [*self._of_municipality(text), *self._of_region(text)]

    def _named(self, text: str) -> str | None:
        """Return the organisation of a name, also in the genitive, or of a county's short name."""
        for name in _forms(text):
            try:
                return self.reference.organisations.find(name).id
            except UnknownCodeError:
                pass
        counties = self._of_region(text)
        return counties[0] if len(counties) == 1 and not self._is_area(text) else None

    def _of_region(self, text: str) -> list[str]:
        """Return the county of a region that a text names."""
        for name in _forms(text):
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

    def _is_area(self, text: str) -> bool:
        """Return whether a text is the name of an area, where others have their seats, too."""
        names = (each.name for each in self.reference.regions)
        wordings = (wording for name in names for wording in (name.fi, name.sv, name.en) if wording)
        return fold(text) in map(fold, wordings)

    def _of_municipality(self, text: str) -> Iterator[str]:
        """Yield the city whose municipality has a name: *Åbo stad* may be *Turun kaupunki*."""
        match = _OF_MUNICIPALITY.fullmatch(text)
        try:
            found = self.reference.municipalities.find(match["name"]) if match else None
        except UnknownCodeError:
            return
        for each in self.reference.organisations if found else ():
            if found and each.kind in _MUNICIPAL and each.id == fold(found.name.fi):
                yield each.id


def _forms(text: str) -> Iterator[str]:
    """Yield a name and, if it is in the genitive, its basic form."""
    yield text
    endings: Mapping[str, str] = dict(_GENITIVES)
    for genitive, basic in endings.items():
        if text.lower().endswith(genitive):
            yield f"{text[: -len(genitive)]}{basic}"
