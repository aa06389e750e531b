"""`Region`: a wellbeing services county, the City of Helsinki, HUS or Åland."""

import datetime as dt
from collections.abc import Iterator
from typing import ClassVar

import attrs

from tulevaisuus.model.annotations import AreaCode, Id, Number, Quantity, SourceId, UniqueList
from tulevaisuus.model.business_id import BusinessId
from tulevaisuus.model.codelists import Code
from tulevaisuus.model.entity import Alias, Entity
from tulevaisuus.model.text import Text
from tulevaisuus.model.value import Value

__all__ = ["Population", "Region", "RegionKind", "Tile"]

_GENERIC_SUFFIXES = (" hyvinvointialue", " välfärdsområde", " kaupunki", " stad")
"""The words for county and city, in Finnish and Swedish, at the end of long names."""


class RegionKind(Code):
    """The legal form of a region.

    *County*: a wellbeing services county (*hyvinvointialue*). *City*: the City of Helsinki. *Joint
    authority*: the HUS Group. *Autonomous region*: Åland.
    """

    COUNTY = "county"
    CITY = "city"
    JOINT_AUTHORITY = "joint_authority"
    AUTONOMOUS_REGION = "autonomous_region"


@attrs.frozen(repr=False)
class Tile(Value):
    """A position on the tile map of Finland; row 1, column 1 is at the top left."""

    row: Number
    column: Number


@attrs.frozen(repr=False)
class Population(Value):
    """The number of inhabitants on a date."""

    date: dt.date
    count: Quantity
    sources: UniqueList[SourceId] = ()


@attrs.frozen(kw_only=True, repr=False)
class Region(Entity):
    """A region by its code: ``01``-``21`` a county, ``90`` Helsinki, ``91`` Åland, or ``HUS``.

    The numbers are from Statistics Finland; HUS has no number there, so ``HUS`` is our own code.

    A county (*hyvinvointialue*, *välfärdsområde*) was ``established`` as a legal person on
    1.7.2021 and organises health and social services from ``organises_from``, 1.1.2023.
    ``in_programme`` is true for the 22 regions of the programme, false for HUS and Åland.
    ``collaborative_area`` (*yhteistyöalue*) is the area since 2023, ``catchment_area``
    (*erityisvastuualue*) the area of most of the region until the end of 2022. ``genitive`` is used
    in sentences and at the start of official names: *Varsinais-Suomen*.
    """

    singular: ClassVar[str] = "region"
    plural: ClassVar[str] = "regions"
    key_fields: ClassVar[tuple[str, ...]] = ("code",)

    code: Id
    name: Text
    long_name: Text | None = None
    genitive: Text | None = None
    kind: RegionKind | None = None
    in_programme: bool | None = None
    established: dt.date | None = None
    organises_from: dt.date | None = None
    bilingual: bool | None = None
    collaborative_area: AreaCode | None = None
    catchment_area: AreaCode | None = None
    business_id: BusinessId | None = None
    aliases: UniqueList[Alias] = ()
    tile: Tile | None = None
    population: UniqueList[Population] = ()

    def names(self) -> Iterator[str]:
        """Return all names, and the long names without the generic word: ``Varsinais-Suomen``."""
        yield from super().names()
        if self.long_name:
            for long_name in self.long_name.wordings():
                for suffix in _GENERIC_SUFFIXES:
                    yield long_name.removesuffix(suffix)
