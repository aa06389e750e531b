"""`Initiative`, a related programme, and `CooperationGoal`, on cooperation with organisations."""

from typing import ClassVar

import attrs

from tulevaisuus.model.annotations import Id, Number
from tulevaisuus.model.codelists import Code
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.text import Text

__all__ = ["CooperationGoal", "Initiative", "Relation"]


class Relation(Code):
    """How an initiative is related to the programme.

    *Carried out within*: parts of it are carried out in the programme's projects. *Promotes
    together*: it promotes the same goals. *Finances digital services*: it pays for the digital
    services of the programme's projects. *Announced together*: its grants were announced together
    with those of the programme.
    """

    CARRIED_OUT_WITHIN = "carried_out_within"
    PROMOTES_TOGETHER = "promotes_together"
    FINANCES_DIGITAL_SERVICES = "finances_digital_services"
    ANNOUNCED_TOGETHER = "announced_together"


@attrs.frozen(kw_only=True, repr=False)
class Initiative(Entity):
    """A sister programme (*sisarohjelma*): another programme or reform, related to this one."""

    singular: ClassVar[str] = "initiative"
    plural: ClassVar[str] = "initiatives"

    id: Id
    name: Text
    relation: Relation | None = None


@attrs.frozen(kw_only=True, repr=False)
class CooperationGoal(Entity):
    """A goal of the cooperation of organisations (*järjestöt*) and the public sector."""

    singular: ClassVar[str] = "cooperation_goal"
    plural: ClassVar[str] = "cooperation_goals"
    key_fields: ClassVar[tuple[str, ...]] = ("number",)

    number: Number
    name: Text
