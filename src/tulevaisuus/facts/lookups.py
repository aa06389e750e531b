"""Questions to the facts: where a municipality belongs, which services serve a goal."""

from __future__ import annotations

import datetime as dt

from tulevaisuus.facts.bundle import goal_links, goals, municipalities, regions, services, themes
from tulevaisuus.facts.horizon import within_facts
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.goal import Goal
from tulevaisuus.model.municipality import Municipality
from tulevaisuus.model.name_search import unknown_key
from tulevaisuus.model.region import Region
from tulevaisuus.model.register import key_of
from tulevaisuus.model.service import Service
from tulevaisuus.model.theme import Theme

__all__ = ["goals_for", "region_of", "services_for"]


def region_of(municipality: Municipality | str, *, on: dt.date) -> Region:
    """Return the region that a municipality belongs to on a day (statfin-classifications).

    ``municipality`` is Statistics Finland's three-digit code, or the municipality itself. Before
    2021 the region is the county that the municipality was later assigned to. A code that does not
    exist on the day is an `UnknownCodeError` that names the successor, a day before `FACTS_SINCE`
    an `OutsideFactsError`.

    >>> region_of("853", on=dt.date(2023, 1, 1)).name.sv
    'Egentliga Finland'
    """
    day = within_facts(on)
    found = municipalities[municipality]
    if found.valid is None or day in found.valid:
        return regions[found.region]
    message = f"municipality {found.code} {found.name} existed in {found.valid}, not on {day}"
    if found.successor is None:
        raise UnknownCodeError(message, found.code)
    successor = municipalities[found.successor]
    raise UnknownCodeError(
        f"{message}; its successor is {successor.code} {successor.name}",
        found.code,
        (successor.code,),
    )


def services_for(
    goal: Goal | int, *, at_least: Evidence = Evidence.INFERRED
) -> tuple[Service, ...]:
    """Return the services that serve a goal through links of at least this evidence.

    No source gives an official table: each `GoalLink` has its evidence. An unknown goal is
    an `UnknownCodeError`.

    >>> [service.code.value for service in services_for(1, at_least=Evidence.TEXTUAL)]
    ['primary_health_care', 'oral_health_care', 'mental_health_and_substance_abuse']
    """
    number = goals[goal].number
    links = (link for link in goal_links if link.goal == number and link.evidence >= at_least)
    linked = {link.target for link in links}
    return tuple(service for service in services if service.code in linked)


def goals_for(
    content: Service | Theme | str, *, at_least: Evidence = Evidence.INFERRED
) -> tuple[Goal, ...]:
    """Return the goals that a service or theme serves through links of at least this evidence.

    A code that is neither is an `UnknownCodeError`.

    >>> [goal.number.value for goal in goals_for("oral_health_care")]
    [1]
    """
    code = key_of(content)
    if code not in services and code not in themes:
        raise unknown_key(code, [*services, *themes])
    links = (link for link in goal_links if link.target == code and link.evidence >= at_least)
    numbers = {link.goal for link in links}
    return tuple(goal for goal in goals if goal.number in numbers)
