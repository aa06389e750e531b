"""TSK3xx: rules for calls and grants, and for the administrations of projects.

The severity, evidence and texts of each rule are in ``severities_and_texts/tsk3_grants.toml``. A
county is a wellbeing services county. A maakunta is a part of an older division of the country,
such as Uusimaa.
"""

import datetime as dt
import operator
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from tulevaisuus.findings.localization import Param
from tulevaisuus.model.amount import Precision
from tulevaisuus.model.call import Call
from tulevaisuus.model.grant import Grant, GrantStatus
from tulevaisuus.model.maakunta import Maakunta
from tulevaisuus.model.organisation import Organisation, OrganisationKind
from tulevaisuus.model.project import Project
from tulevaisuus.model.text import Text
from tulevaisuus.rules.administrations import administration_days, other_administrators
from tulevaisuus.rules.ceilings import above_maximum, above_maximum_shares, above_total
from tulevaisuus.rules.lookups import Context
from tulevaisuus.rules.problem_messages import Problem, problem
from tulevaisuus.rules.rule_declaration import rule, texts

TEXTS = texts("grants")

LAST_DAY_OF_OLD_ADMINISTRATORS = dt.date(2022, 12, 31)
"""After this date only counties and Helsinki administer projects (pirha-minutes-2022-11-07)."""

_UNDECIDED = {GrantStatus.PLANNED, GrantStatus.APPLIED}
"""The statuses of grants without a decision."""

HELSINKI = "90"
"""The region code of the City of Helsinki, which organises services itself."""


@rule(Grant, needs=("decided_on",), **TEXTS["TSK301"])
def decided_before_deadline(grant: Grant, context: Context) -> Iterator[Problem]:
    """Find grants that were decided before their call closed."""
    call = context.call(grant.call)
    period = None if call is None else call.application_period
    deadline = None if period is None else period.end
    if deadline and grant.decided_on and grant.decided_on <= deadline:
        yield problem(
            "/decided_on", grant=grant.id, day=grant.decided_on, call=grant.call, closing=deadline
        )


@rule(Grant, needs=("usable",), **TEXTS["TSK302"])
def grant_outside_cost_period(grant: Grant, context: Context) -> Iterator[Problem]:
    """Find usable periods of grants that reach beyond the cost period of the call."""
    call = context.call(grant.call)
    if grant.usable is not None and call is not None and call.cost_period is not None:
        for side, date in grant.usable.days_outside(call.cost_period):
            yield problem(
                f"/usable/{side}",
                side,
                grant=grant.id,
                day=date,
                call=call.id,
                period=call.cost_period,
                basis=call.sources,
            )


@rule(Grant, **TEXTS["TSK303"])
def not_a_continuation(grant: Grant, context: Context) -> Iterator[Problem]:
    """Find grants of a continuing call whose project has no grant of the earlier call."""
    call = context.call(grant.call)
    if call is None or call.continues is None or grant.status is GrantStatus.REJECTED:
        return
    if grant.project not in context.shared(_projects_by_call).get(call.continues, ()):
        yield problem(
            "/project",
            grant=grant.id,
            project=grant.project,
            call=call.id,
            earlier=call.continues,
        )


def _projects_by_call(context: Context) -> Mapping[str, Collection[str]]:
    """Map each call to the projects with a grant of it, without rejected applications."""
    projects: defaultdict[str, set[str]] = defaultdict(set)
    for grant in context.everything("grants"):
        if isinstance(grant, Grant) and grant.status is not GrantStatus.REJECTED:
            projects[grant.call].add(grant.project)
    return projects


@rule(Grant, only_if=above_maximum, **TEXTS["TSK304"])
def call_overspent(grant: Grant, context: Context) -> Iterator[Problem]:
    """Find the grant with which a call gives more than its maximum."""
    excess = context.shared(above_maximum).get(grant.id)
    if excess is not None:
        yield problem("", grant=grant.id, call=grant.call, sum=excess.sum, bound=excess.bound)


@rule(Grant, only_if=above_total, **TEXTS["TSK305"])
def above_published_total(grant: Grant, context: Context) -> Iterator[Problem]:
    """Find the grant with which a call gives more than its published total."""
    excess = context.shared(above_total).get(grant.id)
    if excess is not None:
        yield problem("", grant=grant.id, call=grant.call, sum=excess.sum, bound=excess.bound)


def _earlier_grants(context: Context) -> Mapping[str, str]:
    """Map each repeated grant of the same project, call and status to the first grant."""
    firsts: dict[object, str] = {}
    earlier: dict[str, str] = {}
    for grant in context.portfolio.grants:
        first = firsts.setdefault((grant.project, grant.call, grant.status), grant.id)
        if first is not grant.id:
            earlier[grant.id] = first
    return earlier


@rule(Grant, only_if=_earlier_grants, **TEXTS["TSK306"])
def second_grant_of_a_call(grant: Grant, context: Context) -> Iterator[Problem]:
    """Find a second grant of a project with the same call and status."""
    first = context.shared(_earlier_grants).get(grant.id)
    if first is not None:
        yield problem("/call", grant=grant.id, project=grant.project, call=grant.call, first=first)


@rule(Grant, needs=("amount_eur", "precision"), **TEXTS["TSK307"])
def rounded_amount(grant: Grant, _: Context) -> Iterator[Problem]:
    """Find amounts that no source states exactly."""
    if grant.amount_eur is None or grant.precision in {None, Precision.EXACT}:
        return
    params: dict[str, Param] = {"grant": grant.id, "amount": grant.amount_eur}
    if grant.rounded_to_eur is None:
        yield problem("/amount_eur", "vague", **params)
    else:
        yield problem("/amount_eur", "rounded", **params, to=grant.rounded_to_eur)


def _has_rejected(context: Context) -> bool:
    return GrantStatus.REJECTED in context.shared(_statuses)


def _has_undecided(context: Context) -> bool:
    return not _UNDECIDED.isdisjoint(context.shared(_statuses))


def _statuses(context: Context) -> Collection[GrantStatus]:
    """Return the statuses that grants of the document have."""
    return {*map(operator.attrgetter("status"), context.portfolio.grants)}


@rule(Grant, needs=("decided_on",), only_if=_has_undecided, **TEXTS["TSK308"])
def decision_on_undecided(grant: Grant, _: Context) -> Iterator[Problem]:
    """Find decision dates of grants that are only planned or applied for."""
    if grant.decided_on and grant.status in _UNDECIDED:
        yield problem("/decided_on", grant=grant.id, status=grant.status, day=grant.decided_on)


@rule(Grant, needs=("own_contribution_eur",), **TEXTS["TSK309"])
def own_contribution(grant: Grant, context: Context) -> Iterator[Problem]:
    """Find own contributions to grants of a call that does not require them."""
    call = context.call(grant.call)
    if call is not None and call.own_contribution_required is False and grant.own_contribution_eur:
        yield problem(
            "/own_contribution_eur",
            grant=grant.id,
            amount=grant.own_contribution_eur,
            call=call.id,
        )


@rule(Project, needs=("administrations",), **TEXTS["TSK310"])
def old_administrator(project: Project, context: Context) -> Iterator[Problem]:
    """Find administrations in 2023 by organisations other than counties and Helsinki."""
    # One date for each administration is enough: the end, if known, replaces the start here.
    late_bounds = {
        bound.position: bound
        for bound in administration_days(project)
        if bound.date > LAST_DAY_OF_OLD_ADMINISTRATORS
    }
    for bound in late_bounds.values():
        organisation = context.organisation(bound.organisation)
        if organisation is not None and is_old_administrator(organisation):
            yield problem(
                bound.path,
                project=project.id,
                organisation=organisation.name,
                day=bound.date,
                last=LAST_DAY_OF_OLD_ADMINISTRATORS,
            )


def is_old_administrator(organisation: Organisation) -> bool:
    """Return whether an organisation had to hand over its projects at the end of 2022.

    Counties and Helsinki did not have to. A city without a region may be Helsinki.
    """
    if organisation.kind is OrganisationKind.CITY:
        return organisation.region not in {None, HELSINKI}
    return organisation.kind not in {None, OrganisationKind.COUNTY}


@rule(Grant, needs=("recipient",), **TEXTS["TSK311"])
def recipient_not_eligible(grant: Grant, context: Context) -> Iterator[Problem]:
    """Find recipients that are not eligible, or that do not administer the project."""
    call, organisation = context.call(grant.call), context.organisation(grant.recipient)
    if call is None or organisation is None or grant.status is GrantStatus.REJECTED:
        return
    kind = organisation.kind
    params: dict[str, Param] = {"grant": grant.id, "recipient": organisation.name}
    eligible = call.eligible_recipients
    if eligible is not None and kind is not None and kind not in eligible:
        yield from _not_eligible(grant, call, kind, params)
    administrators = other_administrators(grant, call, context)
    if administrators:
        names = tuple(
            context.name_of("organisations", administrator) for administrator in administrators
        )
        yield problem(
            "/recipient",
            "administrator",
            **params,
            project=grant.project,
            administrators=names,
        )


def _not_eligible(
    grant: Grant, call: Call, kind: OrganisationKind, params: dict[str, Param]
) -> Iterator[Problem]:
    """Report a recipient of a wrong kind; counties may be eligible from a later date on."""
    since, date = call.county_eligible_from, grant.decided_on or grant.announced_on
    if kind is OrganisationKind.COUNTY and since is not None:
        if date is not None and date < since:
            yield problem("/recipient", "county", **params, call=call.id, day=date, since=since)
        return
    yield problem(
        "/recipient", "kind", **params, kind=kind, call=call.id, kinds=call.eligible_recipients
    )


@rule(Grant, needs=("applied_on",), **TEXTS["TSK312"])
def applied_outside_call(grant: Grant, context: Context) -> Iterator[Problem]:
    """Find applications that were made while the call was not open."""
    call = context.call(grant.call)
    period = None if call is None else call.application_period
    if call is None or period is None or grant.applied_on is None:
        return
    if grant.status is GrantStatus.REJECTED or grant.applied_on in period:
        return
    params: dict[str, Param] = {
        "grant": grant.id,
        "day": grant.applied_on,
        "call": call.id,
        "window": period,
    }
    if call.announced_deadline is None:
        yield problem("/applied_on", "outside", **params)
    else:
        yield problem("/applied_on", "superseded", **params, first=call.announced_deadline)


@rule(Grant, needs=("amount_eur",), **TEXTS["TSK313"])
def decision_date_unknown(grant: Grant, _: Context) -> Iterator[Problem]:
    """Find granted amounts without a recorded date of decision."""
    if grant.status is GrantStatus.GRANTED and grant.amount_eur and grant.decided_on is None:
        yield problem("", grant=grant.id)


@rule(Grant, only_if=above_maximum_shares, **TEXTS["TSK314"])
def above_maximum_share(grant: Grant, context: Context) -> Iterator[Problem]:
    """Find the grant with which a maakunta gets more of a call than its maximum share."""
    excess = context.shared(above_maximum_shares).get(grant.id)
    if excess is not None:
        yield problem(
            "",
            grant=grant.id,
            call=grant.call,
            maakunta=_name_for_messages(excess.maakunta),
            sum=excess.sum,
            bound=excess.bound,
        )


def _name_for_messages(maakunta: Maakunta) -> Text:
    """Return the name in the form that messages need: in Finnish the genitive."""
    name, genitive = maakunta.name, maakunta.genitive or maakunta.name
    return Text(genitive.fi, sv=name.sv, en=name.en)


@rule(Grant, needs=("applied_eur", "amount_eur"), **TEXTS["TSK315"])
def more_than_applied_for(grant: Grant, _: Context) -> Iterator[Problem]:
    """Find grants above the amount applied for, unless a note is about one of the amounts."""
    if grant.applied_eur is None or grant.amount_eur is None:
        return
    if any(note.field in {"amount_eur", "applied_eur"} for note in grant.notes):
        return
    params: dict[str, Param] = {
        "grant": grant.id,
        "amount": grant.amount_eur,
        "applied": grant.applied_eur,
    }
    if grant.status is GrantStatus.GRANTED and grant.amount.is_above(grant.applied_eur):
        yield problem("/amount_eur", "granted", **params)
    is_same = grant.amount.is_equal_to(grant.applied_eur)
    if grant.status is GrantStatus.APPLIED and is_same is False:
        yield problem("/applied_eur", "applied", **params)


@rule(Grant, needs=("paid_eur", "amount_eur"), **TEXTS["TSK316"])
def more_paid_than_granted(grant: Grant, _: Context) -> Iterator[Problem]:
    """Find grants where more has been paid than can have been granted."""
    if grant.paid_eur is None or grant.status is not GrantStatus.GRANTED:
        return
    if grant.amount_eur is not None and grant.amount.is_below(grant.paid_eur):
        yield problem("/paid_eur", grant=grant.id, paid=grant.paid_eur, amount=grant.amount_eur)


@rule(Grant, needs=("returned_eur", "paid_eur"), **TEXTS["TSK317"])
def more_returned_than_paid(grant: Grant, _: Context) -> Iterator[Problem]:
    """Find grants where more has been paid back than has been paid."""
    if grant.returned_eur is None or grant.paid_eur is None:
        return
    if grant.returned_eur > grant.paid_eur:
        yield problem(
            "/returned_eur", grant=grant.id, returned=grant.returned_eur, paid=grant.paid_eur
        )


@rule(Grant, only_if=_has_rejected, **TEXTS["TSK318"])
def rejected_with_amount(grant: Grant, _: Context) -> Iterator[Problem]:
    """Find rejected applications with fields that only a grant has."""
    if grant.status is GrantStatus.REJECTED:
        for field in ("amount_eur", "usable", "paid_eur", "returned_eur"):
            if getattr(grant, field):  # zero paid or returned does not contradict a rejection
                yield problem(f"/{field}", grant=grant.id, field=field)


@rule(Grant, only_if=_has_undecided, **TEXTS["TSK319"])
def paid_before_decision(grant: Grant, _: Context) -> Iterator[Problem]:
    """Find payments of grants that are only planned or applied for."""
    if grant.status in _UNDECIDED:
        for field in ("paid_eur", "returned_eur"):
            if getattr(grant, field):
                yield problem(f"/{field}", grant=grant.id, field=field, status=grant.status)


@rule(Grant, needs=("decided_on",), **TEXTS["TSK320"])
def decided_after_cost_period(grant: Grant, context: Context) -> Iterator[Problem]:
    """Find decisions made after the cost period of the call."""
    call = context.call(grant.call)
    last = call.cost_period.end if call is not None and call.cost_period is not None else None
    if last is not None and grant.decided_on is not None and grant.decided_on > last:
        yield problem(
            "/decided_on", grant=grant.id, day=grant.decided_on, call=grant.call, last=last
        )
