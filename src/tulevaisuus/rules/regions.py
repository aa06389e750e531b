"""TSK2xx: regions and municipalities."""

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
from tulevaisuus.rules.context import Context
from tulevaisuus.rules.rule_declaration import Problem, problem, rule, texts

TEXTS = texts("regions")

COUNTIES_SINCE = dt.date(2021, 7, 1)
"""The counties became legal persons on this day (soteuudistus-counties)."""


@rule(Project, ServiceCentre, **TEXTS["TSK201"])
def not_a_programme_region(entity: Project | ServiceCentre, context: Context) -> Iterator[Problem]:
    """Find projects and centres in regions outside the programme."""
    regions = (
        [(f"/regions/{place}", code) for place, code in enumerate(entity.regions)]
        if isinstance(entity, Project)
        else [("/region", entity.region)]
    )
    for at, code in regions:
        region = context.region(code)
        if region is not None and region.in_programme is False:
            yield problem(at, region=code, name=region.name)


@rule(
    Project, Grant, Post, needs=("administrations", "recipient", "organisation"), **TEXTS["TSK202"]
)
def county_before_its_time(entity: Project | Grant | Post, context: Context) -> Iterator[Problem]:
    """Find counties that administer, receive or employ before they were legal persons."""
    for act in _acts(entity, context):
        if act.day < COUNTIES_SINCE:
            found = context.organisation(act.organisation)
            if found is not None and found.kind is OrganisationKind.COUNTY:
                yield problem(act.at, organisation=found.name, day=act.day, since=COUNTIES_SINCE)


class _Act(NamedTuple):
    """An organisation that administers, receives or employs on a day, and where that is stated."""

    at: str
    organisation: str | None
    day: dt.date


def _acts(entity: Project | Grant | Post, context: Context) -> Iterator[_Act]:
    if isinstance(entity, Project):
        for stated in administration_days(entity):
            yield _Act(stated.at, stated.organisation, stated.day)
    elif isinstance(entity, Grant):
        day = _day_of_receipt(entity, context)
        if day is not None and entity.status is not GrantStatus.REJECTED:
            yield _Act("/recipient", entity.recipient, day)
    elif entity.period is not None:
        for side, day in entity.period.bounds():
            yield _Act(f"/period/{side}", entity.organisation, day)


def _day_of_receipt(grant: Grant, context: Context) -> dt.date | None:
    """Return the day of a grant's decision or, where it is not recorded, of its call's."""
    own, call = grant.decided_on or grant.announced_on, context.call(grant.call)
    if own is not None or call is None:
        return own
    return call.decided_on or call.announced_on


@rule(ServiceCentre, Post, **TEXTS["TSK203"])
def municipality_not_on_date(entity: ServiceCentre | Post, context: Context) -> Iterator[Problem]:
    """Find municipalities that are used on a day on which they did not exist."""
    if isinstance(entity, ServiceCentre):
        at, code = "/municipality", entity.municipality
        days = [entity.opened_on] if entity.opened_on else []
    else:
        at, code = "/seat", entity.seat
        days = [bound.day for bound in entity.period.bounds()] if entity.period else []
    municipality = context.municipality(code)
    if municipality is None or municipality.valid is None:
        return
    for day in [day for day in days if day not in municipality.valid][:1]:
        yield _gone(at, municipality, day, context)


def _gone(at: str, municipality: Municipality, day: dt.date, context: Context) -> Problem:
    successor = context.municipality(municipality.successor)
    known: dict[str, Param] = {
        "municipality": municipality.code,
        "name": municipality.name,
        "day": day,
        "valid": municipality.valid,
    }
    if successor is None:
        return problem(at, "gone", **known)
    return problem(
        at,
        "merged",
        **known,
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
