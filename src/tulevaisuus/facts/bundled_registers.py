"""The registers of the bundled facts; each reads its file on first use.

A register is a collection of the entities of one class, by key, such as all calls.
"""

import json
from decimal import Decimal
from typing import Any

from tulevaisuus import model
from tulevaisuus._text_files import read_text
from tulevaisuus.facts.decoding_on_first_use import BundledIndex
from tulevaisuus.facts.facts_since import BundledRegister
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.register import Register

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.model.area import Area, HospitalDistrict
    from tulevaisuus.model.body import Body
    from tulevaisuus.model.call import Call
    from tulevaisuus.model.cost_category import CostCategory
    from tulevaisuus.model.goal import Goal, GoalLink
    from tulevaisuus.model.grant import Grant
    from tulevaisuus.model.initiative import CooperationGoal, Initiative
    from tulevaisuus.model.maakunta import Maakunta
    from tulevaisuus.model.municipality import Municipality
    from tulevaisuus.model.organisation import Organisation
    from tulevaisuus.model.post import Post
    from tulevaisuus.model.project import Project
    from tulevaisuus.model.region import Region
    from tulevaisuus.model.role import Role
    from tulevaisuus.model.service import Service
    from tulevaisuus.model.source import Source
    from tulevaisuus.model.theme import Theme

__all__ = [
    "areas",
    "bodies",
    "calls",
    "cooperation_goals",
    "cost_categories",
    "goal_links",
    "goals",
    "grants",
    "hospital_districts",
    "initiatives",
    "maakunnat",
    "municipalities",
    "organisations",
    "posts",
    "projects",
    "raw_facts",
    "regions",
    "roles",
    "services",
    "sources",
    "themes",
]


def raw_facts(key: str) -> object:
    """Return the plain data of one register, or of the programme, from its file."""
    text = read_text("tulevaisuus.facts", "data", f"{key}.json")
    return json.loads(text, parse_float=Decimal)[key]


def _bundled(key: str, cls_name: str) -> Any:  # noqa: ANN401 - annotated where it is called
    index = BundledIndex(lambda: raw_facts(key), lambda: getattr(model, cls_name))
    return BundledRegister[Entity].deferred(index)


goals: "Register[Goal]" = _bundled("goals", "Goal")
services: "Register[Service]" = _bundled("services", "Service")
themes: "Register[Theme]" = _bundled("themes", "Theme")
goal_links: "Register[GoalLink]" = _bundled("goal_links", "GoalLink")
regions: "Register[Region]" = _bundled("regions", "Region")
municipalities: "Register[Municipality]" = _bundled("municipalities", "Municipality")
areas: "Register[Area]" = _bundled("areas", "Area")
hospital_districts: "Register[HospitalDistrict]" = _bundled(
    "hospital_districts", "HospitalDistrict"
)
organisations: "Register[Organisation]" = _bundled("organisations", "Organisation")
calls: "Register[Call]" = _bundled("calls", "Call")
projects: "Register[Project]" = _bundled("projects", "Project")
grants: "Register[Grant]" = _bundled("grants", "Grant")
bodies: "Register[Body]" = _bundled("bodies", "Body")
roles: "Register[Role]" = _bundled("roles", "Role")
posts: "Register[Post]" = _bundled("posts", "Post")
initiatives: "Register[Initiative]" = _bundled("initiatives", "Initiative")
cooperation_goals: "Register[CooperationGoal]" = _bundled("cooperation_goals", "CooperationGoal")
cost_categories: "Register[CostCategory]" = _bundled("cost_categories", "CostCategory")
maakunnat: "Register[Maakunta]" = _bundled("maakunnat", "Maakunta")
sources: "Register[Source]" = _bundled("sources", "Source")
