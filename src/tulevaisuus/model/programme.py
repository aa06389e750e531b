"""`Programme`: the programme itself, with its years, owner and goals."""

import datetime as dt
from typing import ClassVar

import attrs

from tulevaisuus.model.annotations import BodyId, Id, OrganisationId, RegionCode, UniqueList
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.goal import GoalNumber
from tulevaisuus.model.period import Period
from tulevaisuus.model.text import Text

__all__ = ["Programme"]

_MONTHS_IN_HALF_YEAR = 6
_DAYS_IN_SHORTEST_MONTH = 28


@attrs.frozen(kw_only=True, repr=False)
class Programme(Entity):
    """A national programme (*ohjelma*) that is carried out in regional projects.

    ``owner`` leads and funds the programme, ``operator`` carries it out, ``responsible_body`` is
    the unit of the operator that is responsible for it, and ``steering_body`` acts as its steering
    group (*ohjausryhmä*).
    ``regions`` are the 22 regions that organise services: the wellbeing services counties and the
    City of Helsinki.
    ``channels`` are the services where projects report and share models.
    """

    singular: ClassVar[str] = "programme"
    plural: ClassVar[str] = "programme"

    id: Id
    name: Text
    short_name: Text | None = None
    aim: Text | None = None
    period: Period | None = None
    owner: OrganisationId | None = None
    operator: OrganisationId | None = None
    responsible_body: BodyId | None = None
    steering_body: BodyId | None = None
    goals: UniqueList[GoalNumber] | None = None
    regions: UniqueList[RegionCode] | None = None
    channels: UniqueList[Text] | None = None
    part_of: Text | None = None

    @property
    def evaluation_periods(self) -> tuple[Period, ...]:
        """The half-years that THL evaluates; empty if a bound of the period is unknown.

        THL is the Finnish Institute for Health and Welfare, the operator of the programme.

        Sources say that THL evaluates every six months (soteuudistus-support-sv). It is inferred
        that these are half-years from the start of the programme.
        """
        if self.period is None or self.period.start is None or self.period.end is None:
            return ()
        from dateutil.rrule import MONTHLY, rrule

        day = self.period.start.day
        starts = rrule(
            MONTHLY,
            interval=_MONTHS_IN_HALF_YEAR,
            dtstart=self.period.start,
            until=self.period.end,
            bymonthday=range(min(day, _DAYS_IN_SHORTEST_MONTH), day + 1),
            bysetpos=-1,  # the last of these days that exists in the month
        )
        firsts = [start.date() for start in starts]
        lasts = [first - dt.timedelta(days=1) for first in firsts[1:]]
        return tuple(map(Period, firsts, [*lasts, self.period.end]))
