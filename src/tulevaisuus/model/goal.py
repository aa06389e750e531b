"""`Goal`, `Variant` (another wording of a goal), and `GoalLink` (to a service or theme)."""

from enum import IntEnum
from typing import ClassVar

import attrs

from tulevaisuus.model._hooks import PydanticSupport
from tulevaisuus.model.annotations import ContentCode, SourceId, UniqueList
from tulevaisuus.model.codelists import Code, Evidence, Labelled
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.text import Text
from tulevaisuus.model.value import Value

__all__ = ["Goal", "GoalLink", "GoalNumber", "TargetKind", "Variant"]


class GoalNumber(PydanticSupport, Labelled, IntEnum):
    """The goals of the programme (*hyötytavoitteet*, benefit goals) by number in the sources.

    *Access*: equal and timely access to services, and their continuity. *Prevention*: a shift from
    heavy services to prevention. *Quality*: quality and effectiveness. *Coordination*: services
    that work together across disciplines. *Costs*: to curb the growth of expenditure.
    """

    ACCESS = 1
    PREVENTION = 2
    QUALITY = 3
    COORDINATION = 4
    COSTS = 5


class TargetKind(Code):
    """Whether a goal is linked to a service or to a theme."""

    SERVICE = "service"
    THEME = "theme"


@attrs.frozen(repr=False)
class Variant(Value):
    """Another wording of a goal, from sources other than the official one."""

    text: Text
    sources: UniqueList[SourceId] = ()


@attrs.frozen(kw_only=True, repr=False)
class Goal(Entity):
    """A goal of the programme (*hyötytavoite*).

    ``consequence`` is true for goal 5, cost containment (*kustannusten nousun hillitseminen*): most
    sources list it as a goal, but one says that it follows from the other four.
    """

    singular: ClassVar[str] = "goal"
    plural: ClassVar[str] = "goals"
    key_fields: ClassVar[tuple[str, ...]] = ("number",)

    number: GoalNumber
    name: Text
    short_name: Text | None = None
    consequence: bool = False
    variants: UniqueList[Variant] = ()


@attrs.frozen(kw_only=True, repr=False)
class GoalLink(Entity):
    """A link from a goal to a service or a theme, and how strong the evidence is.

    No official table exists; ``basis`` explains in English what supports the link.
    """

    singular: ClassVar[str] = "goal_link"
    plural: ClassVar[str] = "goal_links"
    key_fields: ClassVar[tuple[str, ...]] = ("goal", "target")

    goal: GoalNumber
    target: ContentCode
    target_kind: TargetKind
    evidence: Evidence
    basis: str
