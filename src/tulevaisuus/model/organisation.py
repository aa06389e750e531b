"""`Organisation`: leads, pays, administers, takes part in projects, or receives grants."""

from typing import ClassVar

import attrs

from tulevaisuus.model.annotations import Id, RegionCode, UniqueList
from tulevaisuus.model.business_id import BusinessId
from tulevaisuus.model.codelists import Code
from tulevaisuus.model.entity import Alias, Entity
from tulevaisuus.model.period import Period
from tulevaisuus.model.text import Text

__all__ = ["Organisation", "OrganisationKind"]


class OrganisationKind(Code):
    """The legal form of an organisation, as far as calls for applications and rules need it.

    *Agency*: a state agency or institute (*virasto*, *laitos*). *City*: a municipality that is a
    city. *Joint authority* (*kuntayhtymä*): a body that municipalities have in common. *Hospital
    district* (*sairaanhoitopiiri*) and *regional council* (*maakunnan liitto*) are such bodies with
    a task of their own. *County*: a wellbeing services county (*hyvinvointialue*). *NGO*: an
    association of the third sector (*järjestö*).
    """

    MINISTRY = "ministry"
    AGENCY = "agency"
    CITY = "city"
    MUNICIPALITY = "municipality"
    JOINT_AUTHORITY = "joint_authority"
    HOSPITAL_DISTRICT = "hospital_district"
    REGIONAL_COUNCIL = "regional_council"
    COUNTY = "county"
    NGO = "ngo"
    COMPANY = "company"
    OTHER = "other"


@attrs.frozen(kw_only=True, repr=False)
class Organisation(Entity):
    """An organisation; ``region`` is the wellbeing services county where it works, if only one.

    ``short_name`` is its usual name, such as *Siun sote*. ``valid`` is the time in which it
    existed, as far as that is known: the joint authority *Siun sote* ended on 31.12.2022.
    ``business_id`` is the *Y-tunnus*, ``external_ids`` are its numbers in other schemes.
    """

    singular: ClassVar[str] = "organisation"
    plural: ClassVar[str] = "organisations"

    id: Id
    name: Text
    short_name: Text | None = None
    kind: OrganisationKind | None = None
    business_id: BusinessId | None = None
    region: RegionCode | None = None
    valid: Period | None = None
    external_ids: UniqueList[Alias] = ()
