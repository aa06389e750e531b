"""`Municipality`: the municipalities of Finland, those that merged away among them."""

import datetime as dt
from typing import ClassVar

import attrs

from tulevaisuus.model.annotations import (
    DistrictCode,
    Id,
    MaakuntaCode,
    MunicipalityCode,
    RegionCode,
    SourceId,
    UniqueList,
)
from tulevaisuus.model.codelists import Code
from tulevaisuus.model.entity import Alias, Entity
from tulevaisuus.model.period import Period
from tulevaisuus.model.text import Text
from tulevaisuus.model.value import Value

__all__ = ["LanguageRelation", "LanguageStatus", "MaakuntaMembership", "Municipality"]


class LanguageRelation(Code):
    """The languages of a municipality (*kielisuhde*), the majority's named where it has two."""

    FINNISH = "fi"
    SWEDISH = "sv"
    BILINGUAL_FINNISH = "bilingual_fi"
    BILINGUAL_SWEDISH = "bilingual_sv"


@attrs.frozen(repr=False)
class LanguageStatus(Value):
    """The language status that a government decree gives a municipality for ten years."""

    relation: LanguageRelation
    valid: Period
    sources: UniqueList[SourceId] = ()


@attrs.frozen(repr=False)
class MaakuntaMembership(Value):
    """The maakunta that a municipality belonged to before it moved to another."""

    maakunta: MaakuntaCode
    valid: Period
    sources: UniqueList[SourceId] = ()


@attrs.frozen(kw_only=True, repr=False)
class Municipality(Entity):
    """A municipality (*kunta*) by Statistics Finland's three-digit code.

    ``region`` is its county, or the county it was assigned to before 2021; ``maakunta`` its region
    in the older division, the last one it belonged to. ``hospital_district`` is that of the years
    2020-2022. ``genitive`` is the form that sentences need (*Turun*). ``valid`` is absent while it
    exists throughout the facts; one that merged away ends, and names its ``successor``.
    """

    singular: ClassVar[str] = "municipality"
    plural: ClassVar[str] = "municipalities"
    key_fields: ClassVar[tuple[str, ...]] = ("code",)

    code: Id
    name: Text
    genitive: Text | None = None
    region: RegionCode
    maakunta: MaakuntaCode | None = None
    earlier_maakunnat: UniqueList[MaakuntaMembership] = ()
    hospital_district: DistrictCode | None = None
    language_status: UniqueList[LanguageStatus] = ()
    valid: Period | None = None
    successor: MunicipalityCode | None = None
    aliases: UniqueList[Alias] = ()

    def maakunta_on(self, date: dt.date) -> str | None:
        """Return the code of the maakunta that it belonged to on a day, ``None`` if unknown.

        >>> from tulevaisuus import municipalities
        >>> iitti = municipalities["142"]
        >>> iitti.maakunta_on(dt.date(2020, 12, 31)), iitti.maakunta_on(dt.date(2021, 1, 1))
        ('08', '07')
        """
        earlier = (each.maakunta for each in self.earlier_maakunnat if date in each.valid)
        return next(earlier, self.maakunta)

    def language_on(self, date: dt.date) -> LanguageRelation | None:
        """Return its languages on a day, ``None`` if no decree in the facts covers the day.

        >>> from tulevaisuus import municipalities
        >>> municipalities["853"].language_on(dt.date(2023, 1, 1)).value
        'bilingual_fi'
        """
        known = (each.relation for each in self.language_status if date in each.valid)
        return next(known, None)
