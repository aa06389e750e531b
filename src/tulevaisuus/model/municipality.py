"""`Municipality`: a municipality of Finland, or a former one that was merged into another.

A region is a wellbeing services county (*hyvinvointialue*) or the City of Helsinki. A maakunta,
plural maakunnat, belongs to another, older division of the country.
"""

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
    """The official languages of a municipality (*kielisuhde*).

    *Bilingual Finnish*: both, with Finnish as the language of the majority. *Bilingual Swedish*:
    both, with Swedish as the language of the majority.
    """

    FINNISH = "fi"
    SWEDISH = "sv"
    BILINGUAL_FINNISH = "bilingual_fi"
    BILINGUAL_SWEDISH = "bilingual_sv"


@attrs.frozen(repr=False)
class LanguageStatus(Value):
    """The language status of a municipality; a government decree sets it for ten years."""

    relation: LanguageRelation
    valid: Period
    sources: UniqueList[SourceId] = ()


@attrs.frozen(repr=False)
class MaakuntaMembership(Value):
    """A maakunta that a municipality belonged to before it moved to another one."""

    maakunta: MaakuntaCode
    valid: Period
    sources: UniqueList[SourceId] = ()


@attrs.frozen(kw_only=True, repr=False)
class Municipality(Entity):
    """A municipality (*kunta*) by Statistics Finland's three-digit code.

    ``region`` is its wellbeing services county. A municipality that ended before there were
    counties has the county of its successor. ``maakunta`` is the maakunta that it belongs to, or
    belonged to last; ``earlier_maakunnat`` are those before. ``hospital_district`` is its hospital
    district in 2020-2022. ``genitive`` is used in sentences (*Turun*). ``valid`` is the time in
    which the municipality exists; it is absent if that is every year that this library has data on,
    2020 and later. A municipality that was merged into another one has an end, and ``successor`` is
    the other one.
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
        """Return the code of the maakunta that the municipality belonged to on a date.

        That is ``maakunta``, which may be ``None``, unless ``earlier_maakunnat`` has the date.

        >>> from tulevaisuus import municipalities
        >>> iitti = municipalities["142"]
        >>> iitti.maakunta_on(dt.date(2020, 12, 31)), iitti.maakunta_on(dt.date(2021, 1, 1))
        ('08', '07')
        """
        earlier = (
            membership.maakunta for membership in self.earlier_maakunnat if date in membership.valid
        )
        return next(earlier, self.maakunta)

    def language_on(self, date: dt.date) -> LanguageRelation | None:
        """Return the official languages on a date; ``None`` if ``language_status`` has no date.

        >>> from tulevaisuus import municipalities
        >>> municipalities["853"].language_on(dt.date(2023, 1, 1)).value
        'bilingual_fi'
        """
        relations = (status.relation for status in self.language_status if date in status.valid)
        return next(relations, None)
