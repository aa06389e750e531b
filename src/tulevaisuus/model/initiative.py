"""`Initiative`, a sister programme, and `CooperationGoal`, what is aimed at with organisations."""

from typing import ClassVar

import attrs

from tulevaisuus.model.code import Code
from tulevaisuus.model.fields import Id, Number
from tulevaisuus.model.text import Text
from tulevaisuus.model.thing import Thing

__all__ = ["CooperationGoal", "Initiative", "Relation"]


class Relation(Code):
    """How an initiative stands to the programme."""

    CARRIED_OUT_WITHIN = "carried_out_within"
    PROMOTES_TOGETHER = "promotes_together"
    FINANCES_DIGITAL_SERVICES = "finances_digital_services"
    ANNOUNCED_TOGETHER = "announced_together"


@attrs.frozen(kw_only=True, repr=False)
class Initiative(Thing):
    """A programme or reform beside this one, and its relation to it."""

    one: ClassVar[str] = "initiative"
    many: ClassVar[str] = "initiatives"

    id: Id
    name: Text
    relation: Relation | None = None


@attrs.frozen(kw_only=True, repr=False)
class CooperationGoal(Thing):
    """A goal of the cooperation of organisations (*järjestöt*) and the public sector."""

    one: ClassVar[str] = "cooperation_goal"
    many: ClassVar[str] = "cooperation_goals"
    key_fields: ClassVar[tuple[str, ...]] = ("number",)

    number: Number
    name: Text
