"""`Service`: one of the eight groups of services that a social and health services centre has."""

from typing import ClassVar

import attrs

from tulevaisuus.model.codelists import Code
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.text import Text

__all__ = ["Sector", "Service", "ServiceCode"]


class ServiceCode(Code):
    """The eight groups of services, in the order of the source (thl-programme)."""

    PRIMARY_HEALTH_CARE = "primary_health_care"
    ORAL_HEALTH_CARE = "oral_health_care"
    SOCIAL_WORK_AND_HOME_CARE = "social_work_and_home_care"
    MENTAL_HEALTH_AND_SUBSTANCE_ABUSE = "mental_health_and_substance_abuse"
    OUTPATIENT_REHABILITATION = "outpatient_rehabilitation"
    CHRONIC_DISEASE_PREVENTION = "chronic_disease_prevention"
    MATERNITY_AND_CHILD_HEALTH_CLINICS = "maternity_and_child_health_clinics"
    OTHER_PREVENTIVE_SERVICES = "other_preventive_services"


class Sector(Code):
    """Health care (*terveydenhuolto*) or social welfare (*sosiaalihuolto*)."""

    HEALTH = "health"
    SOCIAL = "social"


@attrs.frozen(kw_only=True, repr=False)
class Service(Entity):
    """A group of services (*palvelukokonaisuus*) of a social and health services centre.

    ``sectors`` are health care, social welfare or both. A service and a theme (`Theme`) never have
    the same code.
    """

    singular: ClassVar[str] = "service"
    plural: ClassVar[str] = "services"
    key_fields: ClassVar[tuple[str, ...]] = ("code",)

    code: ServiceCode
    name: Text
    sectors: frozenset[Sector] | None = None
