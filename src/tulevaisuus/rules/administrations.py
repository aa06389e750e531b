"""Who administers a project on which day: shared by the rules of several families."""

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
from tulevaisuus.rules.rule_declaration import first_for_message

__all__ = ["AdministrationDay", "administration_days", "other_administrators"]


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


def other_administrators(grant: Grant, call: Call, context: Context) -> tuple[str, ...]:
    """Return who administers a project on the day of a continuing grant, if not its recipient.

    The result is empty if the recipient administers it, or if it is not known who does: the call
    continues no other, no recipient of the earlier call is recorded, or no administration is.
    """
    project = context.project(grant.project)
    known = context.shared(_known_recipients)
    if project is None or (grant.project, call.continues) not in known:
        return ()
    answers = context.once(
        ("administrators", project.id), functools.partial(_other_administrators, project, context)
    )
    return answers.get(grant.id, ())


def _known_recipients(context: Context) -> frozenset[tuple[str, str | None]]:
    """Return the projects and calls of all grants of which the recipient is recorded."""
    grants = (each for each in context.everything("grants") if isinstance(each, Grant))
    return frozenset((each.project, each.call) for each in grants if _is_received(each))


def _is_received(grant: Grant) -> bool:
    return grant.recipient is not None and grant.status is not GrantStatus.REJECTED


def _other_administrators(project: Project, context: Context) -> Mapping[str, tuple[str, ...]]:
    """Map grants of a project to its administrators, if the recipient is none of them.

    One pass over the administrations and grants of the project, by day: the timeline knows which
    administrations are active on the day of each grant. Comparing every grant with every
    administration would take quadratic time.
    """
    administrations = project.administrations or ()
    timeline = _Timeline(administrations)
    dated = [(day, grant) for grant in context.grants_of(project.id) if (day := _day_of(grant))]
    answers = {
        grant.id: timeline.other_administrators(grant, day)
        for day, grant in sorted(dated, key=_first)
    }
    everyone = {each.organisation for each in administrations}
    names = first_for_message(each.organisation for each in administrations)
    for grant in context.grants_of(project.id):
        if _day_of(grant) is None:
            answers[grant.id] = () if grant.recipient in everyone else names
    return answers


def _day_of(grant: Grant) -> dt.date | None:
    return grant.decided_on or grant.announced_on or grant.applied_on


def _first(pair: tuple[dt.date, Grant]) -> dt.date:
    return pair[0]


class _Timeline:
    """Knows which administrations of a list are active on a day.

    ``active`` are their places in the list, in order. Days must be asked for in ascending order.
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

    def other_administrators(self, grant: Grant, day: dt.date) -> tuple[str, ...]:
        """Return the first of those that are active on the day, unless the recipient is."""
        self._go_to(day)
        if grant.recipient is not None and self.count[grant.recipient]:
            return ()
        return tuple(self.organisations[place] for place in first_for_message(self.active))

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
