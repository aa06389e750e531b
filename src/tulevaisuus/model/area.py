"""`Area`, what several regions form together, and `HospitalDistrict`, which came before them."""

from typing import ClassVar

import attrs

from tulevaisuus.model.code import Code
from tulevaisuus.model.fields import AreaCode, Id, RegionCode
from tulevaisuus.model.period import Period
from tulevaisuus.model.text import Text
from tulevaisuus.model.thing import Alias, Thing

__all__ = ["Area", "AreaKind", "HospitalDistrict"]


class AreaKind(Code):
    """The two divisions of the country into five.

    *Collaborative* (*yhteistyöalue*) from 2023, *catchment* (*erityisvastuualue*) before.
    """

    COLLABORATIVE = "collaborative"
    CATCHMENT = "catchment"


@attrs.frozen(kw_only=True, repr=False)
class Area(Thing):
    """An area around a university hospital: ``1``-``5``, or ``HYKS TYKS TAYS KYS OYS``.

    ``university_hospital`` is the region that runs the hospital.
    """

    one: ClassVar[str] = "area"
    many: ClassVar[str] = "areas"
    key_fields: ClassVar[tuple[str, ...]] = ("code",)

    code: Id
    kind: AreaKind
    name: Text
    regions: tuple[RegionCode, ...] | None = None
    university_hospital: RegionCode | None = None
    valid: Period | None = None
    aliases: tuple[Alias, ...] = ()


@attrs.frozen(kw_only=True, repr=False)
class HospitalDistrict(Thing):
    """A hospital district (*sairaanhoitopiiri*), which ran hospitals until the end of 2022."""

    one: ClassVar[str] = "hospital_district"
    many: ClassVar[str] = "hospital_districts"
    key_fields: ClassVar[tuple[str, ...]] = ("code",)

    code: Id
    name: Text
    catchment_area: AreaCode | None = None
