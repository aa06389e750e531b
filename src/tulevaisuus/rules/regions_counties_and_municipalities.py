"""TSK2xx: rules for regions, counties and municipalities.

The severity, evidence and texts of each rule are in
``severities_and_texts/tsk2_regions_counties_and_municipalities.toml``. A county is a wellbeing
services county: most regions are counties, others are the City of Helsinki, HUS and Åland.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from tulevaisuus.findings.localization import Param
from tulevaisuus.model.grant import Grant, GrantStatus
from tulevaisuus.model.municipality import Municipality
from tulevaisuus.model.organisation import OrganisationKind
from tulevaisuus.model.post import Post
from tulevaisuus.model.project import Project
from tulevaisuus.model.service_centre import ServiceCentre
from tulevaisuus.rules.administrations import administration_days
from tulevaisuus.rules.lookups import Context
from tulevaisuus.rules.problem_messages import Problem, problem
from tulevaisuus.rules.rule_declaration import rule, texts

TEXTS = texts("regions_counties_and_municipalities")

COUNTIES_SINCE = dt.date(2021, 7, 1)
"""The counties became legal persons on this date (soteuudistus-counties)."""


@rule(Project, ServiceCentre, **TEXTS["TSK201"])
def not_a_programme_region(entity: Project | ServiceCentre, context: Context) -> Iterator[Problem]:
    """Find projects and centres in regions outside the programme."""
    regions = (
        [(f"/regions/{index}", code) for index, code in enumerate(entity.regions)]
        if isinstance(entity, Project)
        else [("/region", entity.region)]
    )
    for path, code in regions:
        region = context.region(code)
        if region is not None and region.in_programme is False:
            yield problem(path, region=code, name=region.name)


@rule(
    Project, Grant, Post, needs=("administrations", "recipient", "organisation"), **TEXTS["TSK202"]
)
def county_before_its_time(entity: Project | Grant | Post, context: Context) -> Iterator[Problem]:
    """Find counties that administer, receive or employ before they were legal persons."""
    for role in _dated_roles(entity, context):
        if role.date < COUNTIES_SINCE:
            organisation = context.organisation(role.organisation)
            if organisation is not None and organisation.kind is OrganisationKind.COUNTY:
                yield problem(
                    role.path,
                    organisation=organisation.name,
                    day=role.date,
                    since=COUNTIES_SINCE,
                )


class _DatedRole(NamedTuple):
    """An organisation that administers, receives or employs on a date; ``path`` is its pointer."""

    path: str
    organisation: str | None
    date: dt.date


def _dated_roles(entity: Project | Grant | Post, context: Context) -> Iterator[_DatedRole]:
    if isinstance(entity, Project):
        for bound in administration_days(entity):
            yield _DatedRole(bound.path, bound.organisation, bound.date)
    elif isinstance(entity, Grant):
        date = _decision_date(entity, context)
        if date is not None and entity.status is not GrantStatus.REJECTED:
            yield _DatedRole("/recipient", entity.recipient, date)
    elif entity.period is not None:
        for side, date in entity.period.bounds():
            yield _DatedRole(f"/period/{side}", entity.organisation, date)


def _decision_date(grant: Grant, context: Context) -> dt.date | None:
    """Return the date of the decision on a grant; if it is not recorded, that of the call."""
    day_of_grant, call = grant.decided_on or grant.announced_on, context.call(grant.call)
    if day_of_grant is not None or call is None:
        return day_of_grant
    return call.decided_on or call.announced_on


@rule(ServiceCentre, Post, **TEXTS["TSK203"])
def municipality_not_on_date(entity: ServiceCentre | Post, context: Context) -> Iterator[Problem]:
    """Find municipalities that are used on a date on which they did not exist."""
    if isinstance(entity, ServiceCentre):
        path, code = "/municipality", entity.municipality
        dates = [entity.opened_on] if entity.opened_on else []
    else:
        path, code = "/seat", entity.seat
        dates = [bound.day for bound in entity.period.bounds()] if entity.period else []
    municipality = context.municipality(code)
    if municipality is None or municipality.valid is None:
        return
    wrong_dates = [date for date in dates if date not in municipality.valid]
    if wrong_dates:
        yield _not_existing(path, municipality, wrong_dates[0], context)


def _not_existing(
    path: str, municipality: Municipality, date: dt.date, context: Context
) -> Problem:
    """Report a municipality that did not exist on a date, with its successor."""
    successor = context.municipality(municipality.successor)
    params: dict[str, Param] = {
        "municipality": municipality.code,
        "name": municipality.name,
        "day": date,
        "valid": municipality.valid,
    }
    if successor is None:
        return problem(path, "gone", **params)
    return problem(
        path,
        "merged",
        **params,
        successor=successor.code,
        successor_name=successor.name,
    )


@rule(ServiceCentre, **TEXTS["TSK204"])
def municipality_outside_region(centre: ServiceCentre, context: Context) -> Iterator[Problem]:
    """Find centres in a municipality of another region."""
    municipality = context.municipality(centre.municipality)
    if municipality is None or context.region(centre.region) is None:
        return  # unknown codes are reported by TSK005
    if municipality.region != centre.region:
        region = context.region(municipality.region)
        yield problem(
            "/municipality",
            municipality=municipality.code,
            name=municipality.name,
            region=centre.region,
            right=municipality.region,
            right_name=region.name if region else municipality.region,
        )
