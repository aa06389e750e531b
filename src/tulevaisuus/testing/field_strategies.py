"""Strategies for fields that fit other fields: days within a call, a municipality of the region.

Most values comply with the rules; `tulevaisuus.testing.finding_removal` removes the others.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tulevaisuus.facts.reference_portfolio import programme, reference
from tulevaisuus.model.amount import Precision
from tulevaisuus.model.business_id import BusinessId
from tulevaisuus.model.call import Call
from tulevaisuus.model.entity import Note
from tulevaisuus.model.goal import GoalNumber
from tulevaisuus.model.grant import Grant, GrantStatus
from tulevaisuus.model.organisation import OrganisationKind
from tulevaisuus.model.period import Period
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.project import Administration, Project
from tulevaisuus.model.service import ServiceCode
from tulevaisuus.model.service_centre import ServiceCentre
from tulevaisuus.model.text import Language, Text
from tulevaisuus.model.value import Value
from tulevaisuus.testing.value_strategies import (
    BEFORE_TRANSFER,
    STEPS,
    TRANSFER,
    amounts,
    business_ids,
    days,
    periods_within,
)

__all__ = ["PLAUSIBLE", "ChosenFields", "MakeStrategy"]

_LARGE = 10**11
"""Nothing is added to larger amounts: the sum might be out of range."""

_MUNICIPAL = {
    OrganisationKind.CITY,
    OrganisationKind.MUNICIPALITY,
    OrganisationKind.JOINT_AUTHORITY,
    OrganisationKind.HOSPITAL_DISTRICT,
}
"""Municipalities and the bodies that they run, which administered projects until 2022."""

ChosenFields: TypeAlias = Mapping[str, Any]
"""The fields that are already generated or pinned."""

MakeStrategy: TypeAlias = Callable[[ChosenFields, Portfolio], SearchStrategy[Any]]
"""A function from those fields and a portfolio to the strategy of another field."""


def _start(chosen: ChosenFields, _portfolio: Portfolio) -> SearchStrategy[dt.date]:
    return days(Period(None, chosen["end"]) if chosen.get("end") else None)


def _end(chosen: ChosenFields, _portfolio: Portfolio) -> SearchStrategy[dt.date]:
    return days(Period(chosen["start"]) if chosen.get("start") else None)


def _unofficial_languages(
    chosen: ChosenFields, _portfolio: Portfolio
) -> SearchStrategy[frozenset[Language]]:
    languages = [language for language in Language if chosen.get(language)]
    return st.frozensets(st.sampled_from(languages))


def _call_of(chosen: ChosenFields, portfolio: Portfolio) -> Call | None:
    call = chosen.get("call", "")  # a subclass may give it a default
    return portfolio.calls.get(call) or reference.calls.get(call)


def _usable_periods(chosen: ChosenFields, portfolio: Portfolio) -> SearchStrategy[Period]:
    call = _call_of(chosen, portfolio)
    return periods_within(call and call.cost_period)


def _application_days(chosen: ChosenFields, portfolio: Portfolio) -> SearchStrategy[dt.date]:
    call = _call_of(chosen, portfolio)
    return days(call and call.application_period)


def _decision_days(chosen: ChosenFields, portfolio: Portfolio) -> SearchStrategy[dt.date | None]:
    is_granted = chosen["status"] is GrantStatus.GRANTED
    return _after_deadline(chosen, portfolio) if is_granted else st.none()


def _after_deadline(chosen: ChosenFields, portfolio: Portfolio) -> SearchStrategy[dt.date]:
    call = _call_of(chosen, portfolio)
    deadline = call and call.application_period and call.application_period.end
    return days(Period(deadline, deadline + dt.timedelta(days=120)) if deadline else None)


def _recipients(chosen: ChosenFields, portfolio: Portfolio) -> SearchStrategy[str]:
    project = portfolio.projects.get(chosen["project"]) or reference.projects.get(chosen["project"])
    administrations = (project and project.administrations) or ()
    municipal = [each.id for each in reference.organisations if each.kind in _MUNICIPAL]
    return st.sampled_from([each.organisation for each in administrations] or municipal)


def _precisions(chosen: ChosenFields, _portfolio: Portfolio) -> SearchStrategy[Precision | None]:
    amount = chosen.get("amount_eur")
    if amount is None:
        return st.none()
    return st.just(Precision.EXACT) if amount % STEPS[-1] else st.sampled_from(Precision)


def _roundings(chosen: ChosenFields, _portfolio: Portfolio) -> SearchStrategy[Decimal | None]:
    if chosen.get("precision") is not Precision.ROUNDED or chosen.get("amount_eur") is None:
        return st.none()
    steps = [Decimal(step) for step in STEPS if not chosen["amount_eur"] % step]
    return st.sampled_from(steps) if steps else st.none()


def _granted_amounts(chosen: ChosenFields, _portfolio: Portfolio) -> SearchStrategy[Decimal | None]:
    return st.none() if chosen["status"] is GrantStatus.REJECTED else amounts()


def _applied_amounts(chosen: ChosenFields, _portfolio: Portfolio) -> SearchStrategy[Decimal | None]:
    """Generate the amount applied for: the granted amount, or more."""
    least = chosen.get("amount_eur")
    if chosen["status"] is GrantStatus.APPLIED:
        return st.just(least)
    if least is None:
        return amounts()
    return st.sampled_from((least, least + STEPS[0] if least < _LARGE else least))


def _paid_amounts(chosen: ChosenFields, _portfolio: Portfolio) -> SearchStrategy[Decimal | None]:
    """Generate zero or the amount of the grant; any amount if that is unknown."""
    amount = chosen.get("amount_eur")
    if chosen["status"] is not GrantStatus.GRANTED:
        return st.none()
    return amounts() if amount is None else st.sampled_from((Decimal(0), amount))


def _returned_amounts(
    chosen: ChosenFields, _portfolio: Portfolio
) -> SearchStrategy[Decimal | None]:
    paid = chosen.get("paid_eur")
    return st.none() if paid is None else st.sampled_from((Decimal(0), paid))


def _some_goals(
    _chosen: ChosenFields, _portfolio: Portfolio
) -> SearchStrategy[tuple[GoalNumber, ...]]:
    goals = st.lists(st.sampled_from(GoalNumber), min_size=1, unique=True)
    return goals.map(lambda numbers: tuple(sorted(numbers)))


def _one_region(_chosen: ChosenFields, _portfolio: Portfolio) -> SearchStrategy[tuple[str, ...]]:
    return st.sampled_from(programme.regions or ()).map(lambda code: (code,))


def _administrations(
    chosen: ChosenFields, portfolio: Portfolio
) -> SearchStrategy[tuple[Administration, ...]]:
    """Generate an administrator from the regions, sometimes with the county after it."""
    administrators = [
        each.id
        for each in (*portfolio.organisations, *reference.organisations)
        if each.kind in _MUNICIPAL and each.region in chosen["regions"]
    ]
    if not administrators:
        return st.just(())
    key = f"county-{chosen['regions'][0]}"
    first = st.sampled_from(administrators)
    county = Administration(key, TRANSFER)
    transfers = first.map(lambda old: (Administration(old, BEFORE_TRANSFER), county))
    alone = first.map(lambda old: (Administration(old),))
    return alone | transfers if key in reference.organisations else alone


def _municipalities(chosen: ChosenFields, _portfolio: Portfolio) -> SearchStrategy[str | None]:
    region = chosen["region"]
    codes = [each.code for each in reference.municipalities.grouped("region").get(region, ())]
    return st.sampled_from(codes) if codes else st.none()


PLAUSIBLE: Mapping[str, tuple[tuple[type[Value], MakeStrategy], ...]] = {
    "administrations": ((Project, _administrations),),
    "amount_eur": ((Grant, _granted_amounts),),
    "announced_on": ((Grant, _after_deadline),),
    "applied_eur": ((Grant, _applied_amounts),),
    "applied_on": ((Grant, _application_days),),
    "decided_on": ((Grant, _decision_days),),
    "end": ((Period, _end),),
    "field": ((Note, lambda _, __: st.sampled_from(("name", "period"))),),
    "goals": ((Project, _some_goals),),
    "municipality": ((ServiceCentre, _municipalities),),
    "paid_eur": ((Grant, _paid_amounts),),
    "precision": ((Grant, _precisions),),
    "recipient": ((Grant, _recipients),),
    "regions": ((Project, _one_region),),
    "returned_eur": ((Grant, _returned_amounts),),
    "rounded_to_eur": ((Grant, _roundings),),
    "services": ((ServiceCentre, lambda _, __: st.just(tuple(ServiceCode))),),
    "start": ((Period, _start),),
    "unofficial": ((Text, _unofficial_languages),),
    "usable": ((Grant, _usable_periods),),
    "value": ((BusinessId, lambda _, __: business_ids()),),
}
"""The strategies by the name of the field; each is for one class with such a field."""
