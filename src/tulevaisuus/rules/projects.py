"""TSK4xx: projects, their goals and their services."""

import datetime as dt
import functools
import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from tulevaisuus.findings.localization import Param
from tulevaisuus.findings.severity import Severity
from tulevaisuus.model.call import Call
from tulevaisuus.model.goal import GoalNumber
from tulevaisuus.model.grant import Grant, GrantStatus
from tulevaisuus.model.organisation import OrganisationKind
from tulevaisuus.model.period import Period
from tulevaisuus.model.project import Administration, Project
from tulevaisuus.model.region import RegionKind
from tulevaisuus.model.service import Sector
from tulevaisuus.rules.context import Context
from tulevaisuus.rules.rule_declaration import Problem, first_for_message, problem, rule, texts

TEXTS = texts("projects")

COUNTIES_ADMINISTER_FROM = dt.date(2023, 1, 1)
"""The counties organise services, and may administer projects, from this day (stm-counties-en)."""

_RULES_BY_FIELD = {
    "goals": ("TSK401", "TSK402", "TSK403", "TSK404"),
    "services": ("TSK402", "TSK403"),
    "themes": ("TSK402", "TSK405"),
    "administrations": ("TSK103", "TSK202", "TSK310", "TSK311", "TSK408", "TSK603"),
}
"""The rules that cannot be checked while a field of a project is not recorded."""


@rule(Project, needs=("goals",), **TEXTS["TSK401"])
def no_goal(project: Project, _: Context) -> Iterator[Problem]:
    """Find projects with an empty list of goals."""
    if project.goals == ():
        yield problem("/goals", project=project.id)


@rule(Project, needs=("goals",), **TEXTS["TSK402"])
def goal_without_service(project: Project, context: Context) -> Iterator[Problem]:
    """Find goals that none of the recorded services and themes serves.

    If services or themes are not recorded, one of those may serve the goal: then it is a note.
    """
    contents = {*(project.services or ()), *(project.themes or ())}
    complete = project.services is not None and project.themes is not None
    for place, goal in enumerate((project.goals or ()) if contents else ()):
        targets = context.once(("TSK402", goal), functools.partial(_targets_of, goal, context))
        if targets and contents.isdisjoint(targets):
            yield problem(
                f"/goals/{place}",
                "broken",
                None if complete else Severity.NOTE,
                project=project.id,
                goal=goal,
                targets=first_for_message(targets),
                evidence=context.link_evidence,
            )


def _targets_of(goal: GoalNumber, context: Context) -> Mapping[str, None]:
    """Return the services and themes that a goal is linked to, as an ordered set.

    No service serves goal 5: it follows from the other goals, so it needs none.
    """
    if goal is GoalNumber.COSTS:
        return {}
    return dict.fromkeys(link.target for link in context.links_of(goal))


@rule(Project, needs=("goals", "services"), **TEXTS["TSK403"])
def one_sector_only(project: Project, context: Context) -> Iterator[Problem]:
    """Find projects for goal 4 whose recorded services are of one sector."""
    if GoalNumber.COORDINATION not in (project.goals or ()) or not project.services:
        return
    sectors = [_sectors_of(code, context) for code in project.services]
    missing = tuple(sector for sector in Sector if sector not in itertools.chain(*sectors))
    if missing and all(sectors):
        yield problem("/services", project=project.id, missing=missing)


def _sectors_of(service_code: str, context: Context) -> Collection[Sector]:
    service = context.service(service_code)
    return () if service is None else service.sectors or ()


@rule(Project, needs=("goals",), **TEXTS["TSK404"])
def cost_goal_alone(project: Project, _: Context) -> Iterator[Problem]:
    """Find projects whose only goal is goal 5, which follows from the others."""
    if project.goals is not None and set(project.goals) == {GoalNumber.COSTS}:
        yield problem("/goals", project=project.id)


@rule(Project, needs=("themes",), **TEXTS["TSK405"])
def required_theme_missing(project: Project, context: Context) -> Iterator[Problem]:
    """Find projects without a theme that the call of one of their grants requires."""
    if project.themes is None:
        return
    themes = {*project.themes}
    for call in _calls_of(project, context):
        required = call.required_themes or ()
        if not themes.issuperset(required):
            missing = first_for_message(code for code in required if code not in themes)
            names = tuple(context.name_of("themes", code) for code in missing)
            yield problem("/themes", project=project.id, call=call.id, missing=missing, names=names)


def _granted(project: Project, context: Context) -> list[Grant]:
    grants = context.grants_of(project.id)
    return [grant for grant in grants if grant.status is GrantStatus.GRANTED]


def _calls_of(project: Project, context: Context) -> list[Call]:
    """Return the calls that granted the project something, each once."""
    ids = context.shared(_granting_calls).get(project.id, ())
    return [call for call in map(context.call, ids) if call is not None]


def _granting_calls(context: Context) -> Mapping[str, Mapping[str, None]]:
    """Map projects to the calls that granted them something, as ordered sets."""
    calls: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for grant in context.everything("grants"):
        if isinstance(grant, Grant) and grant.status is GrantStatus.GRANTED:
            calls[grant.project][grant.call] = None
    return calls


@rule(Project, needs=("period",), **TEXTS["TSK406"])
def project_too_late(project: Project, context: Context) -> Iterator[Problem]:
    """Find projects that end after the cost period of their call, without a continuing grant."""
    end = project.period.end if project.period else None
    if end is None:
        return
    calls = _calls_of(project, context)
    continued = {call.continues for call in calls}
    for call in calls:
        later = context.continuations_of(call.id)
        if later and call.id not in continued and _ends_before(call, end):
            yield problem(
                "/period/end",
                project=project.id,
                day=end,
                call=call.id,
                period=call.cost_period,
                later=first_for_message(each.id for each in later),
            )


def _ends_before(call: Call, day: dt.date) -> bool:
    """Whether the cost period of a call is known to end before a day."""
    last = call.cost_period.end if call.cost_period else None
    return last is not None and last < day


@rule(Project, needs=("period",), **TEXTS["TSK407"])
def days_without_grant(project: Project, context: Context) -> Iterator[Problem]:
    """Find days of a project on which no grant is usable, if all bounds are stated."""
    span = _span_of(project.period)
    windows = [_span_of(grant.usable) for grant in _granted(project, context)]
    stated = sorted(window for window in windows if window is not None)
    if span is None or not stated or len(stated) < len(windows):
        return
    days = tuple(_uncovered(span, stated))
    if days:
        yield problem("/period", project=project.id, days=days)


class _Span(NamedTuple):
    """A first and a last day as ordinals, which can be computed with beyond the last date."""

    first: int
    last: int

    def period(self) -> Period:
        """Return the days as a period."""
        return Period(dt.date.fromordinal(self.first), dt.date.fromordinal(self.last))


def _span_of(period: Period | None) -> _Span | None:
    if period is None or period.start is None or period.end is None:
        return None
    return _Span(period.start.toordinal(), period.end.toordinal())


def _uncovered(span: _Span, windows: Iterable[_Span]) -> Iterator[Period]:
    """Return the parts of a span that no window covers; windows are sorted by start.

    One pass: all days before ``day`` are done. Windows may overlap or contain each other, so
    ``day`` only moves forward.
    """
    day = span.first
    for window in windows:
        if window.first > span.last:
            break
        if day < window.first:
            yield _Span(day, window.first - 1).period()
        day = max(day, window.last + 1)
    if day <= span.last:
        yield _Span(day, span.last).period()


@rule(Project, needs=("administrations",), **TEXTS["TSK408"])
def administration_gap(project: Project, _: Context) -> Iterator[Problem]:
    """Find administrations that overlap, or leave days between them.

    An administration without a start and one without an end are taken in the order of the list.
    """
    listed = project.administrations or ()
    terms = [
        _Term(each.period, place, each.organisation)
        for place, each in enumerate(listed)
        if each.period is not None
    ]
    terms.sort(key=lambda term: (term.earliest, term.latest))
    # An administration without a period may fill any gap, but removes no overlap.
    gaps_are_known = len(terms) == len(listed)
    before: _Term | None = None
    for term in terms:
        if before is not None:
            yield from _gap_or_overlap(project, before, term, gaps_are_known=gaps_are_known)
        # The next one is compared with the one that ends last so far, not with its neighbour,
        # which may be a short administration within a long one.
        if before is None or term.latest >= before.latest:
            before = term


class _Term(NamedTuple):
    """An administration with a period: when it was, its place in the list, and who it was."""

    period: Period
    place: int
    organisation: str

    @property
    def earliest(self) -> dt.date:
        """The first day on which it may have begun."""
        return self.period.start or dt.date.min

    @property
    def latest(self) -> dt.date:
        """The last day on which it may have ended."""
        return self.period.end or dt.date.max


def _gap_or_overlap(
    project: Project, before: _Term, after: _Term, *, gaps_are_known: bool
) -> Iterator[Problem]:
    """Find how two administrations overlap, or which stated days lie between them."""
    end, start = before.period.end, after.period.start
    if end is None or start is None:
        return
    at = f"/administrations/{max(before.place, after.place)}/period"
    who: dict[str, Param] = {
        "project": project.id,
        "first": before.organisation,
        "second": after.organisation,
    }
    if start <= end:
        if not _may_have_followed(before, after, end):
            days = Period(start, min(end, after.period.end or end))
            yield problem(at, "overlap", **who, days=days)
    elif gaps_are_known and (start - end).days > 1:
        day = dt.timedelta(days=1)
        yield problem(at, "gap", **who, days=Period(end + day, start - day))


def _may_have_followed(before: _Term, after: _Term, end: dt.date) -> bool:
    """Whether the first one, of unknown start, may in fact have followed the second one.

    An unknown start is sorted as the earliest day. But if the second one ended sooner, or is listed
    first and has no known end, the first one may have begun after it.
    """
    if before.period.start is not None:
        return False
    if after.period.end is None:
        return before.place > after.place
    return after.period.end < end


@rule(Project, **TEXTS["TSK409"])
def several_projects_in_region(project: Project, context: Context) -> Iterator[Problem]:
    """Find regions with another project in the document."""
    first = context.shared(_first_projects)
    noted = set[str]()
    for place, code in enumerate(project.regions):
        if first.get(code, project.id) != project.id and code not in noted:
            noted.add(code)
            yield problem(f"/regions/{place}", project=project.id, region=code, first=first[code])


def _first_projects(context: Context) -> Mapping[str, str]:
    """Name the first project of each region in the document."""
    first: dict[str, str] = {}
    for project in context.portfolio.projects:
        for code in project.regions:
            first.setdefault(code, project.id)
    return first


@rule(Project, **TEXTS["TSK410"])
def not_recorded(project: Project, context: Context) -> Iterator[Problem]:
    """Find fields of a project that are not recorded, and name the rules that need them."""
    fields = tuple(name for name in _RULES_BY_FIELD if getattr(project, name) is None)
    if fields:
        yield problem(
            "", "fields", project=project.id, fields=fields, silent=_rules_without(fields)
        )
    administrations = project.administrations
    if administrations is not None and _county_is_due(project, administrations, context):
        yield problem("", "county", project=project.id, since=COUNTIES_ADMINISTER_FROM)


@functools.cache
def _rules_without(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Return the rules that cannot be checked while fields are not recorded."""
    return tuple(sorted({code for name in fields for code in _RULES_BY_FIELD[name]}))


def _county_is_due(
    project: Project, administrations: tuple[Administration, ...], context: Context
) -> bool:
    """Return whether a county should administer the project in 2023 and none is recorded."""
    end = project.period and project.period.end
    if end and end < COUNTIES_ADMINISTER_FROM:
        return False
    kinds = {region.kind for code in project.regions if (region := context.region(code))}
    return RegionKind.COUNTY in kinds and not _has_county(administrations, context)


def _has_county(administrations: tuple[Administration, ...], context: Context) -> bool:
    """Whether a county administers in 2023, or on days that are not known."""
    due = Period(COUNTIES_ADMINISTER_FROM)
    late = (each for each in administrations if each.period is None or each.period.overlaps(due))
    organisations = (context.organisation(each.organisation) for each in late)
    return any(each and each.kind is OrganisationKind.COUNTY for each in organisations)


@rule(Project, **TEXTS["TSK411"])
def project_over_several_regions(project: Project, _: Context) -> Iterator[Problem]:
    """Find projects in several regions, whose amounts cannot be assigned to one of them."""
    if len(set(project.regions)) > 1:
        yield problem("/regions", project=project.id, regions=project.regions)
