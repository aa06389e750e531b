"""The entities of the programme, and the values in their fields.

Each entity has its own module: `Grant` is in ``grant.py``. Modules are imported when a name is
first used.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.model.amount import Amount, Precision
    from tulevaisuus.model.area import Area, AreaKind, HospitalDistrict
    from tulevaisuus.model.body import Body, BodyKind
    from tulevaisuus.model.business_id import BusinessId
    from tulevaisuus.model.call import Call, CallKind
    from tulevaisuus.model.codelists import Evidence
    from tulevaisuus.model.cost_category import CostCallKind, CostCategory
    from tulevaisuus.model.entity import Alias, Entity, Key, Note
    from tulevaisuus.model.goal import Goal, GoalLink, GoalNumber, TargetKind, Variant
    from tulevaisuus.model.grant import Grant, GrantStatus
    from tulevaisuus.model.initiative import CooperationGoal, Initiative, Relation
    from tulevaisuus.model.maakunta import Maakunta, Nuts3
    from tulevaisuus.model.maximum_share import MaximumAmount, MaximumShare
    from tulevaisuus.model.municipality import (
        LanguageRelation,
        LanguageStatus,
        MaakuntaMembership,
        Municipality,
    )
    from tulevaisuus.model.organisation import Organisation, OrganisationKind
    from tulevaisuus.model.period import Period
    from tulevaisuus.model.portfolio import Portfolio
    from tulevaisuus.model.post import Post
    from tulevaisuus.model.programme import Programme
    from tulevaisuus.model.project import Administration, Project
    from tulevaisuus.model.region import Population, Region, RegionKind, Tile
    from tulevaisuus.model.register import Register
    from tulevaisuus.model.role import Level, Role
    from tulevaisuus.model.service import Sector, Service, ServiceCode
    from tulevaisuus.model.service_centre import ServiceCentre
    from tulevaisuus.model.source import Source
    from tulevaisuus.model.text import Language, Text
    from tulevaisuus.model.theme import Theme, ThemeKind
    from tulevaisuus.model.value import Value

__all__ = [
    "Administration",
    "Alias",
    "Amount",
    "Area",
    "AreaKind",
    "Body",
    "BodyKind",
    "BusinessId",
    "Call",
    "CallKind",
    "CooperationGoal",
    "CostCallKind",
    "CostCategory",
    "Entity",
    "Evidence",
    "Goal",
    "GoalLink",
    "GoalNumber",
    "Grant",
    "GrantStatus",
    "HospitalDistrict",
    "Initiative",
    "Key",
    "Language",
    "LanguageRelation",
    "LanguageStatus",
    "Level",
    "Maakunta",
    "MaakuntaMembership",
    "MaximumAmount",
    "MaximumShare",
    "Municipality",
    "Note",
    "Nuts3",
    "Organisation",
    "OrganisationKind",
    "Period",
    "Population",
    "Portfolio",
    "Post",
    "Precision",
    "Programme",
    "Project",
    "Region",
    "RegionKind",
    "Register",
    "Relation",
    "Role",
    "Sector",
    "Service",
    "ServiceCentre",
    "ServiceCode",
    "Source",
    "TargetKind",
    "Text",
    "Theme",
    "ThemeKind",
    "Tile",
    "Value",
    "Variant",
]

_NAMES_BY_MODULE = {
    "amount": ("Amount", "Precision"),
    "area": ("Area", "AreaKind", "HospitalDistrict"),
    "body": ("Body", "BodyKind"),
    "business_id": ("BusinessId",),
    "call": ("Call", "CallKind"),
    "service_centre": ("ServiceCentre",),
    "codelists": ("Evidence",),
    "cost_category": ("CostCallKind", "CostCategory"),
    "goal": ("Goal", "GoalLink", "GoalNumber", "TargetKind", "Variant"),
    "grant": ("Grant", "GrantStatus"),
    "initiative": ("CooperationGoal", "Initiative", "Relation"),
    "maakunta": ("Maakunta", "Nuts3"),
    "maximum_share": ("MaximumAmount", "MaximumShare"),
    "municipality": (
        "LanguageRelation",
        "LanguageStatus",
        "MaakuntaMembership",
        "Municipality",
    ),
    "organisation": ("Organisation", "OrganisationKind"),
    "period": ("Period",),
    "portfolio": ("Portfolio",),
    "post": ("Post",),
    "programme": ("Programme",),
    "project": ("Administration", "Project"),
    "region": ("Population", "Region", "RegionKind", "Tile"),
    "register": ("Register",),
    "role": ("Level", "Role"),
    "service": ("Sector", "Service", "ServiceCode"),
    "source": ("Source",),
    "text": ("Language", "Text"),
    "theme": ("Theme", "ThemeKind"),
    "entity": ("Alias", "Key", "Note", "Entity"),
    "value": ("Value",),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        from tulevaisuus._lazy import open_name

        return open_name(__name__, _NAMES_BY_MODULE, name)

    def __dir__() -> list[str]:
        return list(__all__)
