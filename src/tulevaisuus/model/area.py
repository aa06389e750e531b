"""`Area`, a group of regions, and `HospitalDistrict`, which ran hospitals until 2022.

A region is a wellbeing services county (*hyvinvointialue*), the City of Helsinki or HUS, the body
that runs the university hospital in Helsinki.
"""

from typing import ClassVar

import attrs

from tulevaisuus.model.annotations import AreaCode, Id, RegionCode, UniqueList
from tulevaisuus.model.codelists import Code
from tulevaisuus.model.entity import Alias, Entity
from tulevaisuus.model.period import Period
from tulevaisuus.model.text import Text

__all__ = ["Area", "AreaKind", "HospitalDistrict"]


class AreaKind(Code):
    """The division that an area belongs to; both divisions have five areas.

    *Collaborative* (*yhteistyöalue*): the division from 2023 on. *Catchment*
    (*erityisvastuualue*): the division until the end of 2022.
    """

    COLLABORATIVE = "collaborative"
    CATCHMENT = "catchment"


@attrs.frozen(kw_only=True, repr=False)
class Area(Entity):
    """An area around a university hospital, as a group of regions.

    ``code`` is ``1``-``5`` for a collaborative area. For a catchment area it is the abbreviation of
    the hospital: ``HYKS``, ``TYKS``, ``TAYS``, ``KYS`` or ``OYS``. ``university_hospital`` is the
    code of the region that runs the hospital. ``valid`` is the time in which the area existed.
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

    ``catchment_area`` (*erityisvastuualue*) is the `Area` that it belonged to from 1.1.2018 on, by
    government decree 156/2017. ``valid`` is the time in which the district existed.
    """

    singular: ClassVar[str] = "hospital_district"
    plural: ClassVar[str] = "hospital_districts"
    key_fields: ClassVar[tuple[str, ...]] = ("code",)

    code: Id
    name: Text
    catchment_area: AreaCode | None = None
    valid: Period | None = None
    aliases: UniqueList[Alias] = ()
