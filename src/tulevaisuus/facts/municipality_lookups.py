"""Questions to the facts: `region_of` a municipality, and `where` it belongs in all, on a day."""

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
from tulevaisuus.findings.localization import localize
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.model.area import Area, AreaKind, HospitalDistrict
from tulevaisuus.model.labels import entity_label
from tulevaisuus.model.maakunta import Maakunta
from tulevaisuus.model.municipality import Municipality
from tulevaisuus.model.region import Region, RegionKind
from tulevaisuus.model.text import Text

__all__ = ["Place", "region_of", "where"]


def region_of(municipality: Municipality | str, *, on: dt.date) -> Region:
    """Return the region that a municipality belongs to on a day (statfin-classifications).

    ``municipality`` is Statistics Finland's three-digit code, or the municipality itself. Before
    2021 the region is the county that the municipality was later assigned to. A code that does not
    exist on the day is an `UnknownCodeError` that names the successor, a day before `FACTS_SINCE`
    an `OutsideFactsError`.

    >>> region_of("853", on=dt.date(2023, 1, 1)).name.sv
    'Egentliga Finland'
    """
    day = validate_fact_day(on)
    found = municipalities[municipality]
    if found.valid is None or day in found.valid:
        return regions[found.region]
    message = f"municipality {found.code} {found.name} existed in {found.valid}, not on {day}"
    if found.successor is None:
        raise UnknownCodeError(message, found.code)
    successor = municipalities[found.successor]
    raise UnknownCodeError(
        f"{message}; its successor is {successor.code} {successor.name}",
        found.code,
        (successor.code,),
    )


@attrs.frozen(kw_only=True)
class Place:
    """The divisions that a municipality belongs to on one day.

    ``hospital_district`` and ``catchment_area`` ended with 2022, ``collaborative_area`` began with
    2023: each is ``None`` on other days, and where no source that was read gives it.
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
        """Write the same line in the language of the format: ``f"{place:sv}"``."""
        return self.localize(spec or "en")

    def localize(self, language: str) -> str:
        """Return the line in ``fi``, ``sv`` or ``en``; names are Finnish if there is no other.

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
        listed = [
            f"{_label_of(each).get(language)}: {_name_and_code(each, language)}"
            for each in divisions
            if each is not None
        ]
        day = localize(self.on, language)
        return f"{_name_and_code(self.municipality, language)}, {day}; {'; '.join(listed)}"


def where(municipality: Municipality | str, *, on: dt.date) -> Place:
    """Return the divisions that a municipality belongs to on a day (statfin-classifications).

    Args:
        municipality: Its three-digit code, any of its names, or the municipality itself.
        on: The day; there is no default.

    Raises:
        UnknownCodeError: No municipality has that code or name, or it did not exist on the day;
            then the error names its successor. Several of that name are an `AmbiguousNameError`.
        OutsideFactsError: The day is before `FACTS_SINCE`.

    >>> place = where("Turku", on=dt.date(2022, 6, 1))
    >>> place.region.code, place.hospital_district.code, place.catchment_area.code
    ('05', '03', 'TYKS')
    """
    day = validate_fact_day(on)
    found = municipalities.get(municipality)
    if found is None and isinstance(municipality, str):
        found = municipalities.find(municipality)
    elif found is None:
        found = municipalities[municipality]  # which says what may be meant
    region = region_of(found, on=day)
    district = _on(day, hospital_districts.get(found.hospital_district or ""))
    catchment = district.catchment_area if district is not None else region.catchment_area
    maakunta = found.maakunta_on(day)
    return Place(
        on=day,
        municipality=found,
        region=region,
        maakunta=maakunnat.get(maakunta or ""),
        hospital_district=district,
        catchment_area=_on(day, areas.get(catchment or "")),
        collaborative_area=_on(day, areas.get(region.collaborative_area or "")),
    )


_Division: TypeAlias = Municipality | Region | Maakunta | HospitalDistrict | Area


def _name_and_code(division: _Division, language: str) -> str:
    return f"{division.name.get(language)} ({division.code})"


def _label_of(division: _Division) -> Text:
    """Return the word for a division; regions and areas are of several kinds."""
    kind: RegionKind | AreaKind | None = getattr(division, "kind", None)
    return entity_label(division.singular) if kind is None else kind.label


T = TypeVar("T", Area, HospitalDistrict)


def _on(day: dt.date, found: T | None) -> T | None:
    """Return the division if it is in force on the day."""
    return found if found is not None and (found.valid is None or day in found.valid) else None
