"""Hospital districts and municipalities whose names are where the id of an organisation belongs.

Grants of the first years were given to them, and passed to the wellbeing services counties on
1 January 2023. The facts hold few of them as organisations, but know what they are and where.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast

from tulevaisuus.findings.suggestions import NamedCode, read_name
from tulevaisuus.model.area import HospitalDistrict
from tulevaisuus.model.labels import entity_label
from tulevaisuus.model.municipality import Municipality
from tulevaisuus.model.organisation import Organisation
from tulevaisuus.model.text import Text
from tulevaisuus.rules.context import Context

__all__ = ["Predecessor", "predecessor_named"]

_DISTRICT, _MUNICIPALITY = HospitalDistrict.singular, Municipality.singular

_MAX_ORGANISATIONS = 3
"""How many organisations of the same regions are suggested."""


class Predecessor(NamedTuple):
    """What a body is, the regions that it was in, and the organisations of these regions."""

    kind: Text
    regions: tuple[NamedCode, ...]
    organisations: tuple[NamedCode, ...]


def predecessor_named(name: str, context: Context) -> Predecessor | None:
    """Return the hospital district or the municipality that has exactly this name.

    Words for the type of body may be there in any form: *Lapin shp*, *Vantaan kaupunki*. A name
    within another one, such as *Turun yliopisto*, is none.
    """
    read = read_name(name)
    found = context.shared(_by_name).get((_DISTRICT, read.text))
    if _DISTRICT not in read.kinds or found is None:
        found = None
        if read.kinds <= {_MUNICIPALITY}:
            found = context.shared(_by_name).get((_MUNICIPALITY, read.text))
    described = None if found is None else _described(found, context)
    return described if described and described.organisations else None


def _described(found: HospitalDistrict | Municipality, context: Context) -> Predecessor:
    codes = sorted({*_regions_of(found, context)})
    return Predecessor(
        kind=entity_label(found.singular),
        regions=tuple(_named(code, "regions", context) for code in codes),
        organisations=tuple(
            _named(each.id, "organisations", context)
            for each in _organisations(context)
            if each.region in codes
        )[:_MAX_ORGANISATIONS],
    )


def _by_name(context: Context) -> Mapping[tuple[str, str], HospitalDistrict | Municipality]:
    """Return both by class and folded name, without the words for their type."""
    bodies: dict[tuple[str, str], HospitalDistrict | Municipality] = {}
    for register in ("hospital_districts", "municipalities"):
        for each in context.everything(register):
            for name in each.names():
                key = (each.singular, read_name(name).text)
                bodies.setdefault(key, cast("HospitalDistrict | Municipality", each))
    return bodies


def _regions_of(found: HospitalDistrict | Municipality, context: Context) -> Iterator[str]:
    if isinstance(found, Municipality):
        yield found.region
        return
    for each in cast("Iterator[Municipality]", context.everything("municipalities")):
        if each.hospital_district == found.code:
            yield each.region


def _organisations(context: Context) -> list[Organisation]:
    """Return the organisations, the wellbeing services counties first."""
    known = cast("Iterator[Organisation]", context.everything("organisations"))
    return sorted(known, key=lambda each: each.kind != "county")


def _named(code: str, register: str, context: Context) -> NamedCode:
    name = context.name_of(register, code)
    return NamedCode(code, name if isinstance(name, Text) else None)
