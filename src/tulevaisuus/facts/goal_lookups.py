"""Looks up the services that serve a goal, and the goals that a service or theme serves.

A goal link says that a service or theme serves a goal, and how strong the evidence for it is:
stated by a source, supported by its text, inferred, or weak.
"""

from __future__ import annotations

from tulevaisuus.facts.bundled_registers import goal_links, goals, services, themes
from tulevaisuus.findings.argument_checks import has_type, wrong_argument
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.goal import Goal
from tulevaisuus.model.name_search import unknown_key
from tulevaisuus.model.register import key_of
from tulevaisuus.model.service import Service
from tulevaisuus.model.theme import Theme

__all__ = ["goals_for", "services_for"]


def services_for(
    goal: Goal | int, *, at_least: Evidence = Evidence.INFERRED
) -> tuple[Service, ...]:
    """Return the services that serve a goal, by links with strong enough evidence.

    There is no official table of goals and services, so each `GoalLink` has its own evidence. An
    unknown goal is an `UnknownCodeError`.

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
    """Return the goals that a service or theme serves, by links with strong enough evidence.

    A code that is not a service or theme is an `UnknownCodeError`.

    >>> [goal.number.value for goal in goals_for("oral_health_care")]
    [1]
    """
    if has_type(content, Goal):
        takes = "a service or theme (for a goal, use services_for)"
        raise wrong_argument(content, "goals_for", takes)
    code = key_of(content)
    if code not in services and code not in themes:
        raise unknown_key(code, [*services, *themes])
    links = (link for link in goal_links if link.target == code and link.evidence >= at_least)
    numbers = {link.goal for link in links}
    return tuple(goal for goal in goals if goal.number in numbers)
