"""TSK4xx: rules for projects, their goals and their services.

The severity, evidence and texts of each rule are in ``severities_and_texts/tsk4_projects.toml``. A
region is a wellbeing services county, for short county, or the City of Helsinki.
"""

import datetime as dt
import functools
import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from tulevaisuus.findings.severity import Severity
from tulevaisuus.model.call import Call
from tulevaisuus.model.goal import GoalNumber
from tulevaisuus.model.grant import Grant, GrantStatus
from tulevaisuus.model.organisation import OrganisationKind
from tulevaisuus.model.period import Period
from tulevaisuus.model.project import Administration, Project
from tulevaisuus.model.region import RegionKind
from tulevaisuus.model.service import Sector
from tulevaisuus.rules.administrations import gaps_and_overlaps
from tulevaisuus.rules.lookups import Context
from tulevaisuus.rules.problem_messages import Problem, first_for_message, problem
from tulevaisuus.rules.rule_declaration import rule, texts

TEXTS = texts("projects")

COUNTIES_ADMINISTER_FROM = dt.date(2023, 1, 1)
"""From this date the counties organise services and may administer projects.

The source is ``stm-counties-en`` in `tulevaisuus.sources`.
"""

_RULES_BY_FIELD = {
    "goals": ("TSK401", "TSK402", "TSK403", "TSK404"),
    "services": ("TSK402", "TSK403"),
    "themes": ("TSK402", "TSK405"),
    "administrations": ("TSK103", "TSK202", "TSK310", "TSK311", "TSK408", "TSK603"),
}
"""The rules that cannot be checked if a field of a project is not recorded."""


@rule(Project, needs=("goals",), **TEXTS["TSK401"])
def no_goal(project: Project, _: Context) -> Iterator[Problem]:
    """Find projects with an empty list of goals."""
    if project.goals == ():
        yield problem("/goals", project=project.id)


@rule(Project, needs=("goals",), **TEXTS["TSK402"])
def goal_without_service(project: Project, context: Context) -> Iterator[Problem]:
    """Find goals that no recorded service or theme serves.

    If the services or the themes are not recorded, the finding is only a note: a service or theme
    that is not recorded may serve the goal. Projects without any recorded ones are left to TSK410.
    """
    contents = {*(project.services or ()), *(project.themes or ())}
    complete = project.services is not None and project.themes is not None
    for index, goal in enumerate((project.goals or ()) if contents else ()):
        targets = context.once(("TSK402", goal), functools.partial(_targets_of, goal, context))
        if targets and contents.isdisjoint(targets):
            yield problem(
                f"/goals/{index}",
                "broken",
                None if complete else Severity.NOTE,
                project=project.id,
                goal=goal,
                targets=first_for_message(targets),
                evidence=context.link_evidence,
            )


def _targets_of(goal: GoalNumber, context: Context) -> Mapping[str, None]:
    """Return the services and themes that a goal is linked to, as an ordered set.

    Goal 5 has none, because it follows from the other goals.
    """
    if goal is GoalNumber.COSTS:
        return {}
    return dict.fromkeys(link.target for link in context.links_of(goal))


@rule(Project, needs=("goals", "services"), **TEXTS["TSK403"])
def one_sector_only(project: Project, context: Context) -> Iterator[Problem]:
    """Find projects with goal 4 (coordination) without a service of one of the sectors."""
    if GoalNumber.COORDINATION not in (project.goals or ()) or not project.services:
        return
    sectors = [_sectors_of(code, context) for code in project.services]
    missing = tuple(sector for sector in Sector if sector not in itertools.chain(*sectors))
    if missing and all(sectors):
        yield problem("/services", project=project.id, missing=missing)


def _sectors_of(service_code: str, context: Context) -> Collection[Sector]:
    """Return the sectors of a service; empty if they are unknown."""
    service = context.service(service_code)
    return () if service is None else service.sectors or ()


@rule(Project, needs=("goals",), **TEXTS["TSK404"])
def cost_goal_alone(project: Project, _: Context) -> Iterator[Problem]:
    """Find projects whose only goal is goal 5, which follows from the other goals."""
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


def _granted_grants(project: Project, context: Context) -> list[Grant]:
    grants = context.grants_of(project.id)
    return [grant for grant in grants if grant.status is GrantStatus.GRANTED]


def _calls_of(project: Project, context: Context) -> list[Call]:
    """Return the calls that gave the project a grant, each once."""
    ids = context.shared(_granting_calls).get(project.id, ())
    return [call for call in map(context.call, ids) if call is not None]


def _granting_calls(context: Context) -> Mapping[str, Mapping[str, None]]:
    """Map projects to the calls that gave them a grant, as ordered sets."""
    calls: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for grant in context.everything("grants"):
        if isinstance(grant, Grant) and grant.status is GrantStatus.GRANTED:
            calls[grant.project][grant.call] = None
    return calls


@rule(Project, needs=("period",), **TEXTS["TSK406"])
def project_too_late(project: Project, context: Context) -> Iterator[Problem]:
    """Find projects that end after the cost period of their call, without a continuing grant.

    Only calls that a later call continues count.
    """
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
                later=first_for_message(later_call.id for later_call in later),
            )


def _ends_before(call: Call, date: dt.date) -> bool:
    """Return whether the cost period of a call is known to end before a date."""
    end = call.cost_period.end if call.cost_period else None
    return end is not None and end < date


@rule(Project, needs=("period",), **TEXTS["TSK407"])
def days_without_grant(project: Project, context: Context) -> Iterator[Problem]:
    """Find days of a project on which no grant is usable, if all bounds are known."""
    span = _span_of(project.period)
    usable = [_span_of(grant.usable) for grant in _granted_grants(project, context)]
    known = sorted(period for period in usable if period is not None)
    if span is None or not known or len(known) < len(usable):
        return
    days = tuple(_uncovered(span, known))
    if days:
        yield problem("/period", project=project.id, days=days)


class _Span(NamedTuple):
    """A first and a last day as ordinal numbers: Python has no date after 31.12.9999."""

    first: int
    last: int

    def period(self) -> Period:
        """Return the same days as a `Period`."""
        return Period(dt.date.fromordinal(self.first), dt.date.fromordinal(self.last))


def _span_of(period: Period | None) -> _Span | None:
    if period is None or period.start is None or period.end is None:
        return None
    return _Span(period.start.toordinal(), period.end.toordinal())


def _uncovered(span: _Span, usable: Iterable[_Span]) -> Iterator[Period]:
    """Return the parts of a span that no usable span covers; the usable ones are in order.

    One pass is enough: all days before ``day`` are done. The usable spans may overlap or contain
    each other, so ``day`` never moves back.
    """
    day = span.first
    for covered in usable:
        if covered.first > span.last:
            break
        if day < covered.first:
            yield _Span(day, covered.first - 1).period()
        day = max(day, covered.last + 1)
    if day <= span.last:
        yield _Span(day, span.last).period()


@rule(Project, needs=("administrations",), **TEXTS["TSK408"])
def administration_gap(project: Project, _: Context) -> Iterator[Problem]:
    """Find administrations that overlap, or that leave days between them."""
    return gaps_and_overlaps(project)


@rule(Project, **TEXTS["TSK409"])
def several_projects_in_region(project: Project, context: Context) -> Iterator[Problem]:
    """Find regions of a project that already have an earlier project in the document."""
    first = context.shared(_first_projects)
    reported = set[str]()
    for index, code in enumerate(project.regions):
        if first.get(code, project.id) != project.id and code not in reported:
            reported.add(code)
            yield problem(f"/regions/{index}", project=project.id, region=code, first=first[code])


def _first_projects(context: Context) -> Mapping[str, str]:
    """Map each region to its first project in the document."""
    first: dict[str, str] = {}
    for project in context.portfolio.projects:
        for code in project.regions:
            first.setdefault(code, project.id)
    return first


@rule(Project, **TEXTS["TSK410"])
def not_recorded(project: Project, context: Context) -> Iterator[Problem]:
    """Find fields of a project that are not recorded, and list the rules that need them."""
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
    """Return the rules that cannot be checked if some fields are not recorded."""
    return tuple(sorted({code for name in fields for code in _RULES_BY_FIELD[name]}))


def _county_is_due(
    project: Project, administrations: tuple[Administration, ...], context: Context
) -> bool:
    """Return whether a county should administer the project from 2023, but none is recorded."""
    end = project.period and project.period.end
    if end and end < COUNTIES_ADMINISTER_FROM:
        return False
    kinds = {region.kind for code in project.regions if (region := context.region(code))}
    return RegionKind.COUNTY in kinds and not _has_county(administrations, context)


def _has_county(administrations: tuple[Administration, ...], context: Context) -> bool:
    """Return whether a county administers the project from 2023, or in an unknown period."""
    since = Period(COUNTIES_ADMINISTER_FROM)
    late = (
        administration
        for administration in administrations
        if administration.period is None or administration.period.overlaps(since)
    )
    organisations = (context.organisation(administration.organisation) for administration in late)
    return any(
        organisation and organisation.kind is OrganisationKind.COUNTY
        for organisation in organisations
    )


@rule(Project, **TEXTS["TSK411"])
def project_over_several_regions(project: Project, _: Context) -> Iterator[Problem]:
    """Find projects in several regions: their amounts cannot be assigned to one region."""
    if len(set(project.regions)) > 1:
        yield problem("/regions", project=project.id, regions=project.regions)
