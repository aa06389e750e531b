"""`ProjectLife`: a state machine of a project, from application to transfer to the county.

A portfolio is all entities of one document. A region is a wellbeing services county, *county* for
short, or Helsinki. A `rule` of Hypothesis is a step here; the rules of `check` are others.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar, cast

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.strategies import DataObject

from tulevaisuus.facts.reference_portfolio import programme, reference
from tulevaisuus.formats.reading import loads
from tulevaisuus.formats.writing import dumps
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.grant import Grant, GrantStatus
from tulevaisuus.model.organisation import Organisation, OrganisationKind
from tulevaisuus.model.period import Period
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.project import Administration, Project
from tulevaisuus.model.text import Text
from tulevaisuus.testing import strategies
from tulevaisuus.testing.finding_removal import errors_and_warnings
from tulevaisuus.testing.value_strategies import BEFORE_TRANSFER, TRANSFER, amounts, days

__all__ = ["ProjectLife"]

_FIRST_CALL, _SECOND_CALL = "shc-2020", "shc-2021"

_TIME_TO_DECIDE = dt.timedelta(days=30)
"""Decisions are dated so soon after their announcement; no rule limits this time."""

_MAX_AMOUNT = 1_000_000
"""Euros. No grant breaks TSK314: what the projects of a *maakunta* (an older division, of one or
more regions) may be granted of a call. The smallest of these maximums is above this."""

F = TypeVar("F", bound=Callable[..., object])


def _has_status(call: str, status: GrantStatus | None) -> Callable[[F], F]:
    """Allow a step only while the grant of a call has this status; ``None`` for no grant."""
    return precondition(lambda self: self.status_of(call) is status)


class ProjectLife(RuleBasedStateMachine):
    """The life of a project: creation, applications, decisions, transfer to the county.

    ``portfolio`` is the state; each step replaces it. After each step `check` finds no error and no
    warning in it, and writing and reading it changes nothing. To test an app, subclass it and add
    steps and invariants; ``TestCase`` of the subclass is the test.
    """

    def __init__(self) -> None:
        """Begin with an empty portfolio."""
        super().__init__()
        self.portfolio: Portfolio = Portfolio()

    @property
    def project(self) -> Project:
        """The project of the state machine, ``p1``."""
        return self.portfolio.projects["p1"]

    def grant_of(self, call: str) -> Grant | None:
        """Return the project's grant of a call, or its application."""
        return next((grant for grant in self.portfolio.grants if grant.call == call), None)

    def status_of(self, call: str) -> GrantStatus | None:
        """Return the status of the grant of a call; ``None`` if there is no application yet."""
        grant = self.grant_of(call)
        return None if grant is None else grant.status

    def put(self, *entities: Entity) -> None:
        """Add entities to the portfolio; they replace those with the same keys."""
        for entity in entities:
            register = self.portfolio.registers()[entity.plural].with_(entity)
            # A type checker knows the fields of a portfolio, but not which one this is.
            changed = cast("dict[str, Any]", {entity.plural: register})
            self.portfolio = attrs.evolve(self.portfolio, **changed)

    @initialize(name=strategies.texts(), region=st.sampled_from(programme.regions or ()))
    def create_project(self, name: Text, region: str) -> None:
        """Create the project of a region; its administrator is a city, ``o1``."""
        city = Organisation(id="o1", name=name, kind=OrganisationKind.CITY, region=region)
        by_city = (Administration(city.id),)
        self.put(city, Project(id="p1", name=name, regions=(region,), administrations=by_city))

    @_has_status(_FIRST_CALL, None)
    @rule(
        amount=amounts(max_value=_MAX_AMOUNT),
        day=days(reference.calls[_FIRST_CALL].application_period),
    )
    def apply(self, amount: Decimal, day: dt.date) -> None:
        """Apply for a grant of 2020."""
        self._apply("g1", _FIRST_CALL, amount, day)

    @_has_status(_FIRST_CALL, GrantStatus.APPLIED)
    @rule(amount=amounts(max_value=_MAX_AMOUNT), data=st.data())
    def decide(self, amount: Decimal, data: DataObject) -> None:
        """Decide on the application of 2020: grant this amount."""
        self._grant(_FIRST_CALL, amount, data)

    @_has_status(_FIRST_CALL, GrantStatus.GRANTED)
    @_has_status(_SECOND_CALL, None)
    @rule(
        amount=amounts(max_value=_MAX_AMOUNT),
        day=days(reference.calls[_SECOND_CALL].application_period),
    )
    def apply_again(self, amount: Decimal, day: dt.date) -> None:
        """Apply for the grant of 2021 that continues the first."""
        self._apply("g2", _SECOND_CALL, amount, day)

    @_has_status(_SECOND_CALL, GrantStatus.APPLIED)
    @rule(amount=amounts(max_value=_MAX_AMOUNT), data=st.data())
    def decide_again(self, amount: Decimal, data: DataObject) -> None:
        """Decide on the application of 2021; the project gets the themes that the call requires."""
        self._grant(_SECOND_CALL, amount, data)
        themes = reference.calls[_SECOND_CALL].required_themes
        self.put(attrs.evolve(self.project, themes=themes))

    @_has_status(_SECOND_CALL, GrantStatus.APPLIED)
    @rule()
    def reject(self) -> None:
        """Reject the application of 2021: it is removed."""
        self.portfolio = attrs.evolve(self.portfolio, grants=self.portfolio.grants.without("g2"))

    @precondition(lambda self: len(self.project.administrations) == 1 and self._has_county)
    @rule()
    def transfer(self) -> None:
        """Transfer the administration to the county on 1.1.2023."""
        old = Administration("o1", BEFORE_TRANSFER)
        new = Administration(f"county-{self.project.regions[0]}", TRANSFER)
        self.put(attrs.evolve(self.project, administrations=(old, new)))

    @rule(data=st.data())
    def open_centre(self, data: DataObject) -> None:
        """Add a service centre in the region, or replace it."""
        region = self.project.regions[0]
        self.put(data.draw(strategies.centres(id="c1", region=region)))

    @rule(data=st.data())
    def appoint(self, data: DataObject) -> None:
        """Appoint the manager of the project; the employer is the city, its first administrator."""
        fixed = {"role": "project_manager", "project": "p1", "organisation": "o1"}
        self.put(data.draw(strategies.posts(id="post1", **fixed)))

    @invariant()
    def breaks_no_rule(self) -> None:
        """`check` finds no error and no warning."""
        assert not errors_and_warnings(self.portfolio)  # noqa: S101 - as in any test

    @invariant()
    def can_be_written_and_read(self) -> None:
        """A document of the portfolio reads as the same portfolio."""
        assert loads(dumps(self.portfolio)) == self.portfolio  # noqa: S101 - as in any test

    @property
    def _has_county(self) -> bool:
        """Whether the region is a wellbeing services county; Helsinki is not."""
        return f"county-{self.project.regions[0]}" in reference.organisations

    def _apply(self, key: str, call: str, amount: Decimal, day: dt.date) -> None:
        self.put(
            Grant(
                id=key,
                call=call,
                project="p1",
                recipient="o1",
                status=GrantStatus.APPLIED,
                amount_eur=amount,
                applied_on=day,
            )
        )

    def _grant(self, call: str, amount: Decimal, data: DataObject) -> None:
        """Turn the application into a grant that is usable in the cost period of its call."""
        # Both calls are announced, and a step applies before it decides: neither is None.
        announced = cast("dt.date", reference.calls[call].announced_on)
        decision = Period(announced, announced + _TIME_TO_DECIDE)
        granted = attrs.evolve(
            cast("Grant", self.grant_of(call)),
            status=GrantStatus.GRANTED,
            amount_eur=amount,
            decided_on=data.draw(days(decision)),
            usable=reference.calls[call].cost_period,
        )
        self.put(granted)
