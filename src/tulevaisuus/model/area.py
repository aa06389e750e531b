"""`Area`, a group of regions, and `HospitalDistrict`, which ran hospitals before the counties."""

from typing import ClassVar

import attrs

from tulevaisuus.model.annotations import AreaCode, Id, RegionCode, UniqueList
from tulevaisuus.model.codelists import Code
from tulevaisuus.model.entity import Alias, Entity
from tulevaisuus.model.period import Period
from tulevaisuus.model.text import Text

__all__ = ["Area", "AreaKind", "HospitalDistrict"]


class AreaKind(Code):
    """The two divisions of the country into five areas.

    *Collaborative* (*yhteistyöalue*) from 2023, *catchment* (*erityisvastuualue*) before.
    """

    COLLABORATIVE = "collaborative"
    CATCHMENT = "catchment"


@attrs.frozen(kw_only=True, repr=False)
class Area(Entity):
    """An area around a university hospital: ``1``-``5``, or ``HYKS TYKS TAYS KYS OYS``.

    ``university_hospital`` is the region that runs the hospital.
    """

    singular: ClassVar[str] = "area"
    plural: ClassVar[str] = "areas"
    key_fields: ClassVar[tuple[str, ...]] = ("code",)

    code: Id
    kind: AreaKind
    name: Text
    regions: UniqueList[RegionCode] | None = None
    university_hospital: RegionCode | None = None
    valid: Period | None = None
    aliases: UniqueList[Alias] = ()


@attrs.frozen(kw_only=True, repr=False)
class HospitalDistrict(Entity):
    """A hospital district (*sairaanhoitopiiri*), which ran hospitals until the end of 2022.

    ``catchment_area`` (*erityisvastuualue*) is its area from 1.1.2018 on (156/2017).
    """

    singular: ClassVar[str] = "hospital_district"
    plural: ClassVar[str] = "hospital_districts"
    key_fields: ClassVar[tuple[str, ...]] = ("code",)

    code: Id
    name: Text
    catchment_area: AreaCode | None = None
    valid: Period | None = None
    aliases: UniqueList[Alias] = ()
