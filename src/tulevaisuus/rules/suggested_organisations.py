"""Suggests organisations where a hospital district or municipality is named in place of an id.

Hospital districts and municipalities received grants in the first years. On 1 January 2023 the
grants passed to the wellbeing services counties. Few of these predecessors are organisations in the
facts, but all are in the registers of hospital districts and municipalities, which also lead to
their regions: the counties and the City of Helsinki. A register is a collection of the entities of
one class, by key.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast

from tulevaisuus.findings.ignored_words import read_name
from tulevaisuus.findings.suggestions import NamedCode
from tulevaisuus.model.area import HospitalDistrict
from tulevaisuus.model.labels import entity_label
from tulevaisuus.model.municipality import Municipality
from tulevaisuus.model.organisation import Organisation, OrganisationKind
from tulevaisuus.model.text import Text
from tulevaisuus.rules.lookups import Context

__all__ = ["Predecessor", "predecessor_named"]

_DISTRICT, _MUNICIPALITY = HospitalDistrict.singular, Municipality.singular

_REGISTERS = ("hospital_districts", "municipalities")

_MAX_ORGANISATIONS = 3
"""The maximum number of suggested organisations."""


class Predecessor(NamedTuple):
    """A hospital district or municipality: its label, its regions, and organisations in them."""

    kind: Text
    regions: tuple[NamedCode, ...]
    organisations: tuple[NamedCode, ...]


def predecessor_named(name: str, context: Context) -> Predecessor | None:
    """Return the hospital district or municipality with exactly this name.

    The name may have a word for the type of place, in any form: *Lapin shp*, *Vantaan kaupunki*. A
    longer name, such as *Turun yliopisto*, does not match.
    """
    parsed = read_name(name)
    body = context.shared(_bodies_by_name).get((_DISTRICT, parsed.text))
    if _DISTRICT not in parsed.place_types or body is None:
        body = None
        if parsed.place_types <= {_MUNICIPALITY}:
            body = context.shared(_bodies_by_name).get((_MUNICIPALITY, parsed.text))
    predecessor = None if body is None else _make_predecessor(body, context)
    return predecessor if predecessor and predecessor.organisations else None


def _make_predecessor(body: HospitalDistrict | Municipality, context: Context) -> Predecessor:
    codes = sorted({*_regions_of(body, context)})
    return Predecessor(
        kind=entity_label(body.singular),
        regions=tuple(_named_code(code, "regions", context) for code in codes),
        organisations=tuple(
            _named_code(organisation.id, "organisations", context)
            for organisation in _organisations(context)
            if organisation.region in codes
        )[:_MAX_ORGANISATIONS],
    )


def _bodies_by_name(context: Context) -> Mapping[tuple[str, str], HospitalDistrict | Municipality]:
    """Return hospital districts and municipalities by class and normalised name.

    The name is without the word for the type of place.
    """

    def by_name() -> Mapping[tuple[str, str], HospitalDistrict | Municipality]:
        """Read the names of all hospital districts and municipalities."""
        bodies: dict[tuple[str, str], HospitalDistrict | Municipality] = {}
        for register in _REGISTERS:
            for entity in context.everything(register):
                for name in entity.names():
                    key = (entity.singular, read_name(name).text)
                    bodies.setdefault(key, cast("HospitalDistrict | Municipality", entity))
        return bodies

    return context.once_for_facts("bodies_by_name", _REGISTERS, by_name)


def _regions_of(body: HospitalDistrict | Municipality, context: Context) -> Iterator[str]:
    """Yield the region of a municipality, or the regions of the municipalities of a district."""
    if isinstance(body, Municipality):
        yield body.region
        return
    for municipality in cast("Iterator[Municipality]", context.everything("municipalities")):
        if municipality.hospital_district == body.code:
            yield municipality.region


def _organisations(context: Context) -> list[Organisation]:
    """Return all organisations, the wellbeing services counties first."""
    organisations = cast("Iterator[Organisation]", context.everything("organisations"))
    return sorted(
        organisations, key=lambda organisation: organisation.kind is not OrganisationKind.COUNTY
    )


def _named_code(code: str, register: str, context: Context) -> NamedCode:
    name = context.name_of(register, code)
    return NamedCode(code, name if isinstance(name, Text) else None)
