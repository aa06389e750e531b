"""Who administers a project on a date, and gaps and overlaps of administrations."""

import bisect
import datetime as dt
import functools
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tulevaisuus.findings.localization import Param
from tulevaisuus.model.call import Call
from tulevaisuus.model.grant import Grant, GrantStatus
from tulevaisuus.model.period import Period
from tulevaisuus.model.project import Administration, Project
from tulevaisuus.rules.lookups import Context
from tulevaisuus.rules.problem_messages import Problem, first_for_message, problem

__all__ = [
    "AdministrationDay",
    "administration_days",
    "gaps_and_overlaps",
    "other_administrators",
]


class AdministrationDay(NamedTuple):
    """A date on which an organisation administers a project: a bound of an administration.

    ``path`` is the JSON Pointer of the date in the project, ``position`` the index of the
    administration in the list.
    """

    path: str
    position: int
    organisation: str
    date: dt.date


def administration_days(project: Project) -> Iterator[AdministrationDay]:
    """Return the known start and end of each administration, in the order of the list."""
    for index, administration in enumerate(project.administrations or ()):
        if administration.period is not None:
            for side, date in administration.period.bounds():
                path = f"/administrations/{index}/period/{side}"
                yield AdministrationDay(path, index, administration.organisation, date)


def other_administrators(grant: Grant, call: Call, context: Context) -> tuple[str, ...]:
    """Return who administers a project on the date of a grant, if not the recipient.

    Only the grants of a call that continues an earlier call are compared.

    The result is empty if the recipient administers the project. It is also empty if that is not
    known: the call does not continue another call, no recipient of the earlier call is recorded, or
    no administration is recorded.
    """
    project = context.project(grant.project)
    with_recipient = context.shared(_projects_with_recipient)
    if project is None or (grant.project, call.continues) not in with_recipient:
        return ()
    administrators = context.once(
        ("administrators", project.id), functools.partial(_other_administrators, project, context)
    )
    return administrators.get(grant.id, ())


def _projects_with_recipient(context: Context) -> frozenset[tuple[str, str | None]]:
    """Return the project and call of each grant with a recorded recipient."""
    grants = (grant for grant in context.everything("grants") if isinstance(grant, Grant))
    return frozenset((grant.project, grant.call) for grant in grants if _is_received(grant))


def _is_received(grant: Grant) -> bool:
    return grant.recipient is not None and grant.status is not GrantStatus.REJECTED


def _other_administrators(project: Project, context: Context) -> Mapping[str, tuple[str, ...]]:
    """Map the grants of a project to its administrators; empty if the recipient is one of them.

    The grants are visited once, in the order of their dates, and the timeline moves along. To
    compare every grant with every administration would take quadratic time.
    """
    administrations = project.administrations or ()
    timeline = _Timeline(administrations)
    dated = [(date, grant) for grant in context.grants_of(project.id) if (date := _date_of(grant))]
    administrators = {
        grant.id: timeline.other_administrators(grant, date)
        for date, grant in sorted(dated, key=_date_of_pair)
    }
    organisations = {administration.organisation for administration in administrations}
    names = first_for_message(administration.organisation for administration in administrations)
    for grant in context.grants_of(project.id):
        if _date_of(grant) is None:
            administrators[grant.id] = () if grant.recipient in organisations else names
    return administrators


def _date_of(grant: Grant) -> dt.date | None:
    return grant.decided_on or grant.announced_on or grant.applied_on


def _date_of_pair(pair: tuple[dt.date, Grant]) -> dt.date:
    return pair[0]


class _Timeline:
    """Finds the administrations of a list that are active on a date.

    ``active`` are the indices of these administrations, sorted. ``begun`` and ``ended`` are the
    numbers of administrations that have begun and ended before or on the date, in the sorted lists
    ``starts`` and ``ends``. `other_administrators` must be called with ascending dates.
    """

    def __init__(self, administrations: tuple[Administration, ...]) -> None:
        self.organisations = [administration.organisation for administration in administrations]
        self.active: list[int] = []
        self.count = Counter[str]()
        periods = [
            (index, administration.period) for index, administration in enumerate(administrations)
        ]
        self.starts = sorted(
            ((period.start if period else None) or dt.date.min, index) for index, period in periods
        )
        self.ends = sorted(
            (period.end, index) for index, period in periods if period and period.end
        )
        self.begun = self.ended = 0

    def other_administrators(self, grant: Grant, date: dt.date) -> tuple[str, ...]:
        """Return the first active organisations; none if the recipient of the grant is active."""
        self._move_to(date)
        if grant.recipient is not None and self.count[grant.recipient]:
            return ()
        return tuple(self.organisations[index] for index in first_for_message(self.active))

    def _move_to(self, date: dt.date) -> None:
        """Update ``active`` and ``count`` to a later date."""
        while self.begun < len(self.starts) and self.starts[self.begun][0] <= date:
            index = self.starts[self.begun][1]
            bisect.insort(self.active, index)
            self.count[self.organisations[index]] += 1
            self.begun += 1
        while self.ended < len(self.ends) and self.ends[self.ended][0] < date:
            index = self.ends[self.ended][1]
            del self.active[bisect.bisect_left(self.active, index)]
            self.count[self.organisations[index]] -= 1
            self.ended += 1


def gaps_and_overlaps(project: Project) -> Iterator[Problem]:
    """Report the days on which administrations of a project overlap, and the days between them.

    If one administration has no start and another no end, the order of the list decides which of
    them was first.
    """
    administrations = project.administrations or ()
    terms = [
        _Term(administration.period, index, administration.organisation)
        for index, administration in enumerate(administrations)
        if administration.period is not None
    ]
    terms.sort(key=lambda term: (term.earliest, term.latest))
    # An administration without a period may fill any gap, but it does not remove an overlap.
    gaps_are_known = len(terms) == len(administrations)
    before: _Term | None = None
    for term in terms:
        if before is not None:
            yield from _gap_or_overlap(project, before, term, gaps_are_known=gaps_are_known)
        # The next term is compared with the term that ends last so far. Its neighbour may be a
        # short administration within a long one.
        if before is None or term.latest >= before.latest:
            before = term


class _Term(NamedTuple):
    """An administration with a period; ``position`` is its index in the list."""

    period: Period
    position: int
    organisation: str

    @property
    def earliest(self) -> dt.date:
        """The first date on which the administration may have begun."""
        return self.period.start or dt.date.min

    @property
    def latest(self) -> dt.date:
        """The last date on which the administration may have ended."""
        return self.period.end or dt.date.max


def _gap_or_overlap(
    project: Project, before: _Term, after: _Term, *, gaps_are_known: bool
) -> Iterator[Problem]:
    """Report the days on which two administrations overlap, or the days between them."""
    end, start = before.period.end, after.period.start
    if end is None or start is None:
        return
    path = f"/administrations/{max(before.position, after.position)}/period"
    params: dict[str, Param] = {
        "project": project.id,
        "first": before.organisation,
        "second": after.organisation,
    }
    if start <= end:
        if not _may_have_followed(before, after, end):
            days = Period(start, min(end, after.period.end or end))
            yield problem(path, "overlap", **params, days=days)
    elif gaps_are_known and (start - end).days > 1:
        day = dt.timedelta(days=1)
        yield problem(path, "gap", **params, days=Period(end + day, start - day))


def _may_have_followed(before: _Term, after: _Term, end: dt.date) -> bool:
    """Return whether ``before``, if its start is unknown, may in fact have followed ``after``.

    An unknown start is sorted as the earliest date. But ``before`` may have begun later than
    ``after`` if ``after`` ended sooner, or if ``after`` has no known end and is listed first.
    """
    if before.period.start is not None:
        return False
    if after.period.end is None:
        return before.position > after.position
    return after.period.end < end
