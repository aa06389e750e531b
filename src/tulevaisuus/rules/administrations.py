"""Who administers a project on which day, which several families of rules judge."""

import bisect
import datetime as dt
import functools
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tulevaisuus.model.call import Call
from tulevaisuus.model.grant import Grant, GrantStatus
from tulevaisuus.model.project import Administration, Project
from tulevaisuus.rules.context import Context
from tulevaisuus.rules.registry import first_of

__all__ = ["AdministrationDay", "administration_days", "administrators_instead"]


class AdministrationDay(NamedTuple):
    """A day on which an organisation administers a project, and where the document states it."""

    at: str
    place: int
    organisation: str
    day: dt.date


def administration_days(project: Project) -> Iterator[AdministrationDay]:
    """Return each stated first and last day of an administration, in the order of the list."""
    for place, administration in enumerate(project.administrations or ()):
        if administration.period is not None:
            for side, day in administration.period.bounds():
                at = f"/administrations/{place}/period/{side}"
                yield AdministrationDay(at, place, administration.organisation, day)


def administrators_instead(grant: Grant, call: Call, context: Context) -> tuple[str, ...]:
    """Return who administers a project on the day of a continuing grant, if not its recipient.

    Nobody, if the recipient administers it or the records do not tell: the call continues none,
    no recipient of the earlier call's grants is known, or no administration is of that day.
    """
    project = context.project(grant.project)
    known = context.shared(_known_recipients)
    if project is None or (grant.project, call.continues) not in known:
        return ()
    answers = context.once(
        ("administrators", project.id), functools.partial(_others, project, context)
    )
    return answers.get(grant.id, ())


def _known_recipients(context: Context) -> frozenset[tuple[str, str | None]]:
    """Return the projects and calls of all grants of which the recipient is recorded."""
    grants = (each for each in context.everything("grants") if isinstance(each, Grant))
    return frozenset((each.project, each.call) for each in grants if _is_received(each))


def _is_received(grant: Grant) -> bool:
    return grant.recipient is not None and grant.status is not GrantStatus.REJECTED


def _others(project: Project, context: Context) -> Mapping[str, tuple[str, ...]]:
    """Map the grants of a project whose recipient does not administer it to those who do.

    One walk through time with all administrations and all grants of the project: at each grant's
    day the active ones are known. To ask every administration for every grant would take the
    square of a long document.
    """
    administrations = project.administrations or ()
    walk = _Walk(administrations)
    dated = [(day, grant) for grant in context.grants_of(project.id) if (day := _day_of(grant))]
    answers = {grant.id: walk.others_than(grant, day) for day, grant in sorted(dated, key=_first)}
    everyone = {each.organisation for each in administrations}
    names = first_of(each.organisation for each in administrations)
    for grant in context.grants_of(project.id):
        if _day_of(grant) is None:
            answers[grant.id] = () if grant.recipient in everyone else names
    return answers


def _day_of(grant: Grant) -> dt.date | None:
    return grant.decided_on or grant.announced_on or grant.applied_on


def _first(pair: tuple[dt.date, Grant]) -> dt.date:
    return pair[0]


class _Walk:
    """A walk through time that knows which administrations of a list are active on a day.

    ``active`` are their places in the list, in order; days are asked for in their order.
    """

    def __init__(self, administrations: tuple[Administration, ...]) -> None:
        self.organisations = [each.organisation for each in administrations]
        self.active: list[int] = []
        self.count = Counter[str]()
        periods = [(place, each.period) for place, each in enumerate(administrations)]
        self.starts = sorted(
            ((period.start if period else None) or dt.date.min, place) for place, period in periods
        )
        self.ends = sorted(
            (period.end, place) for place, period in periods if period and period.end
        )
        self.begun = self.ended = 0

    def others_than(self, grant: Grant, day: dt.date) -> tuple[str, ...]:
        """Return the first of those that are active on the day, unless the recipient is."""
        self._go_to(day)
        if grant.recipient is not None and self.count[grant.recipient]:
            return ()
        return tuple(self.organisations[place] for place in first_of(self.active))

    def _go_to(self, day: dt.date) -> None:
        while self.begun < len(self.starts) and self.starts[self.begun][0] <= day:
            place = self.starts[self.begun][1]
            bisect.insort(self.active, place)
            self.count[self.organisations[place]] += 1
            self.begun += 1
        while self.ended < len(self.ends) and self.ends[self.ended][0] < day:
            place = self.ends[self.ended][1]
            del self.active[bisect.bisect_left(self.active, place)]
            self.count[self.organisations[place]] -= 1
            self.ended += 1
