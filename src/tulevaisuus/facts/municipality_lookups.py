"""`region_of`: the region of a municipality on a date; `where`: all divisions it belongs to.

A region is a wellbeing services county or the City of Helsinki; a maakunta belongs to another,
older division of the country.
"""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias, TypeVar

import attrs

from tulevaisuus.facts.bundled_registers import (
    areas,
    hospital_districts,
    maakunnat,
    municipalities,
    regions,
)
from tulevaisuus.facts.facts_since import validate_fact_day
from tulevaisuus.findings.argument_checks import require_argument
from tulevaisuus.findings.localization import format_value, localize
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.findings.pydantic_and_notebooks import PydanticFields
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.model.area import Area, AreaKind, HospitalDistrict
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.labels import entity_label
from tulevaisuus.model.maakunta import Maakunta
from tulevaisuus.model.municipality import Municipality
from tulevaisuus.model.region import Region, RegionKind

__all__ = ["Division", "Place", "region_of", "where"]

Division: TypeAlias = Region | Maakunta | HospitalDistrict | Area
"""What a municipality belongs to."""


def region_of(municipality: Municipality | str, *, on: dt.date) -> Region:
    """Return the region that a municipality belongs to on a date (statfin-classifications).

    ``municipality`` is Statistics Finland's three-digit code, or the municipality itself. Before
    1.7.2021 there were no counties (soteuudistus-counties): then the region is the county that the
    municipality, or its successor, belonged to later. The codes in brackets are those of sources.

    Raises:
        UnknownCodeError: The code did not exist on the date; the message names the successor.
        OutsideFactsError: The date is before `FACTS_SINCE`.

    >>> region_of("853", on=dt.date(2023, 1, 1)).name.sv
    'Egentliga Finland'
    """
    date = validate_fact_day(on)
    _require_municipality(municipality, "region_of")
    entity = municipalities[municipality]
    if entity.valid is None or date in entity.valid:
        return regions[entity.region]
    existed = localize(entity.valid, "en")
    day = localize(date, "en")
    message = f"municipality {entity.code} {entity.name} existed {existed}, not on {day}"
    if entity.successor is None:
        raise UnknownCodeError(message, entity.code)
    successor = municipalities[entity.successor]
    raise UnknownCodeError(
        f"{message}; its successor is {successor.code} {successor.name}",
        entity.code,
        (successor.code,),
    )


def _require_municipality(given: object, name: str) -> None:
    """Raise a `TypeError` for an entity of another class: a region may have an equal code."""
    if isinstance(given, Entity):
        require_argument(given, Municipality, name, "a municipality or its code")


@attrs.frozen(kw_only=True)
class Place(PydanticFields):
    """The divisions that a municipality belongs to on one date.

    ``hospital_district`` and ``catchment_area`` ended with 2022, ``collaborative_area`` began with
    2023. A division is ``None`` if it did not exist on the date, or if no source states it.
    """

    on: dt.date
    municipality: Municipality
    region: Region
    maakunta: Maakunta | None
    hospital_district: HospitalDistrict | None
    catchment_area: Area | None
    collaborative_area: Area | None

    def __str__(self) -> str:
        """Return a line with the name, code and label of each division, in English."""
        return self.localize("en")

    def __format__(self, spec: str) -> str:
        """Return the same line in a language, ``f"{place:sv}"``, or padded as a text is."""
        return format_value(self, spec)

    def localize(self, language: str) -> str:
        """Return the line in ``fi``, ``sv`` or ``en``; names are Finnish if there is no other.

        Raises:
            UnknownLanguageError: The language is none of the three.
        """
        names = [
            f"{label}: {_name_and_code(division, language)}"
            for label, division in self.labelled(language)
        ]
        date = localize(self.on, language)
        return f"{_name_and_code(self.municipality, language)}, {date}; {'; '.join(names)}"

    def labelled(self, language: str) -> list[tuple[str, Division]]:
        """Return each division after its label in a language, from the smallest to the largest.

        Before 1.7.2021 there were no counties (soteuudistus-counties): the label then says that the
        county of the municipality is a future one.

        Raises:
            UnknownLanguageError: The language is none of the three.
        """
        divisions = (
            self.region,
            self.maakunta,
            self.hospital_district,
            self.catchment_area,
            self.collaborative_area,
        )
        return [
            (self._label_of(division, language), division)
            for division in divisions
            if division is not None
        ]

    def _label_of(self, division: Division, language: str) -> str:
        """Return the label of a division; for regions and areas, that of its ``kind``."""
        kind: RegionKind | AreaKind | None = getattr(division, "kind", None)
        label = entity_label(division.singular) if kind is None else kind.label
        established = division.established if isinstance(division, Region) else None
        if established is None or established <= self.on:
            return label.get(language)
        future = open_catalogue("tulevaisuus.facts", "divisions_of_municipalities")["place"][
            "future"
        ]
        return future.fill({"division": label, "day": established}, language)


def where(municipality: Municipality | str, *, on: dt.date) -> Place:
    """Return the divisions that a municipality belongs to on a date (statfin-classifications).

    Args:
        municipality: Its three-digit code, any of its names, or the municipality itself.
        on: The date; there is no default.

    Raises:
        UnknownCodeError: No municipality has the code or name, or it did not exist on the date;
            then the message names its successor.
        AmbiguousNameError: Several municipalities have the name.
        OutsideFactsError: The date is before `FACTS_SINCE`.

    >>> place = where("Turku", on=dt.date(2022, 6, 1))
    >>> place.region.code, place.hospital_district.code, place.catchment_area.code
    ('05', '03', 'TYKS')
    """
    date = validate_fact_day(on)
    _require_municipality(municipality, "where")
    entity = municipalities.get(municipality)
    if entity is None and isinstance(municipality, str):
        entity = municipalities.find(municipality)
    elif entity is None:
        entity = municipalities[municipality]  # raises an error with suggestions
    region = region_of(entity, on=date)
    district = _if_valid(hospital_districts.get(entity.hospital_district or ""), date)
    catchment = district.catchment_area if district is not None else region.catchment_area
    maakunta = entity.maakunta_on(date)
    return Place(
        on=date,
        municipality=entity,
        region=region,
        maakunta=maakunnat.get(maakunta or ""),
        hospital_district=district,
        catchment_area=_if_valid(areas.get(catchment or ""), date),
        collaborative_area=_if_valid(areas.get(region.collaborative_area or ""), date),
    )


def _name_and_code(division: Municipality | Division, language: str) -> str:
    return f"{division.name.get(language)} ({division.code})"


T = TypeVar("T", Area, HospitalDistrict)


def _if_valid(division: T | None, date: dt.date) -> T | None:
    """Return the division if it is valid on a date."""
    if division is None or (division.valid is not None and date not in division.valid):
        return None
    return division
