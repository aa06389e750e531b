"""`Portfolio`: the entities of one document, in registers, and navigation between them.

A register is a collection of the entities of one class, by key. The facts are the data that this
library contains. The reference is the portfolio of these facts; an entity that a document only
names, by code or id, is looked up there.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Self, TypeVar

import attrs

from tulevaisuus.findings.argument_checks import require_argument
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.model.annotations import Id
from tulevaisuus.model.area import Area, HospitalDistrict
from tulevaisuus.model.body import Body
from tulevaisuus.model.call import Call
from tulevaisuus.model.cost_category import CostCategory
from tulevaisuus.model.entity import Entity, Key
from tulevaisuus.model.goal import Goal, GoalLink
from tulevaisuus.model.grant import Grant, GrantStatus
from tulevaisuus.model.initiative import CooperationGoal, Initiative
from tulevaisuus.model.maakunta import Maakunta
from tulevaisuus.model.municipality import Municipality
from tulevaisuus.model.organisation import Organisation
from tulevaisuus.model.period import Period
from tulevaisuus.model.post import Post
from tulevaisuus.model.programme import Programme
from tulevaisuus.model.project import Project
from tulevaisuus.model.region import Region
from tulevaisuus.model.register import Register, RegisterOf, key_of, merged
from tulevaisuus.model.role import Role
from tulevaisuus.model.service import Service
from tulevaisuus.model.service_centre import ServiceCentre
from tulevaisuus.model.source import Source
from tulevaisuus.model.theme import Theme
from tulevaisuus.model.value import Value, fields_of

__all__ = ["REGISTERS", "Portfolio"]

_MAX_REPR = 200
"""A longer repr of a portfolio only shows the size of each register."""


@attrs.frozen(kw_only=True, repr=False)
class Portfolio(Value):
    """The entities of one document, in registers.

    Documents are written in the order of the registers here. ``regions`` are the wellbeing services
    counties; ``maakunnat``, the plural of maakunta, are the regions of an older division.
    ``centres`` are the service centres. If the portfolio was read from a document in a newer format
    than this release knows, ``newer_version`` is the format version of that document.
    """

    programme: Programme | None = None
    goals: Register[Goal] = Register()
    services: Register[Service] = Register()
    themes: Register[Theme] = Register()
    goal_links: Register[GoalLink] = Register()
    regions: Register[Region] = Register()
    municipalities: Register[Municipality] = Register()
    areas: Register[Area] = Register()
    hospital_districts: Register[HospitalDistrict] = Register()
    organisations: Register[Organisation] = Register()
    calls: Register[Call] = Register()
    projects: Register[Project] = Register()
    grants: Register[Grant] = Register()
    centres: Register[ServiceCentre] = Register()
    bodies: Register[Body] = Register()
    roles: Register[Role] = Register()
    posts: Register[Post] = Register()
    initiatives: Register[Initiative] = Register()
    cooperation_goals: Register[CooperationGoal] = Register()
    cost_categories: Register[CostCategory] = Register()
    maakunnat: Register[Maakunta] = Register()
    sources: Register[Source] = Register()
    newer_version: Id | None = None

    def __repr__(self) -> str:
        """Return the fields that are set or, if that is long, the size of each register."""
        text = super().__repr__()
        if len(text) <= _MAX_REPR:
            return text
        sizes = [f"{len(each)} {name}" for name, each in self.registers().items() if each]
        return f"<Portfolio of {', '.join(sizes)}>"

    def registers(self) -> Mapping[str, Register[Entity]]:
        """Return the registers by their names in documents, in the order of documents."""
        return {name: getattr(self, name) for name in REGISTERS}

    def over(self, reference: "Portfolio") -> "Portfolio":
        """Return a merged portfolio: these entities, then those of the reference.

        Entities of the reference whose keys are in this portfolio are left out. In the merged
        portfolio, `call_of` also finds a call that is only in the reference.
        """
        require_argument(reference, Portfolio, "over", "a Portfolio, such as tulevaisuus.reference")
        others = reference.registers()
        registers = {name: merged(own, others[name]) for name, own in self.registers().items()}
        programme = self.programme or reference.programme
        newer = self.newer_version or reference.newer_version
        # All values come from two valid portfolios, so they need no further check.
        return Portfolio.construct_unchecked(
            {**registers, "programme": programme, "newer_version": newer}
        )

    def without_personal_data(self) -> Self:
        """Return the portfolio without the names of people in posts."""
        posts = Register([attrs.evolve(post, holder=None) for post in self.posts])
        return attrs.evolve(self, posts=posts)

    def grants_of(self, project: Project | str) -> tuple[Grant, ...]:
        """Return the grants of a project, with any status, in the order of the register.

        Raises:
            UnknownCodeError: The project is not in the register, and no grant names it.
        """
        key = key_of(project)
        grants = self.grants.grouped("project").get(key, ())
        if not grants and key not in self.projects:
            _look_up(self.projects, key, "projects")  # raises the error
        return grants

    def funding_of(self, project: Project | str, *, on: dt.date) -> tuple[Grant, ...]:
        """Return the granted grants of a project that may pay for costs that arise on a date.

        A grant may pay costs of its ``usable`` period. If that is unknown, the cost period of its
        call is used. If that is unknown too, the grant is left out. A missing bound of a period
        sets no limit.

        Args:
            project: The project or its id.
            on: The date; there is no default.

        Raises:
            UnknownCodeError: The project is not in the register, and no grant names it.
            OutsideFactsError: The grants are those of the reference, and the date is before
                `FACTS_SINCE`, the first date that the facts cover.
        """
        date = self.grants.validate_day(on)
        granted = (
            grant for grant in self.grants_of(project) if grant.status is GrantStatus.GRANTED
        )
        periods = ((grant, self._usable_period(grant)) for grant in granted)
        return tuple(grant for grant, usable in periods if usable is not None and date in usable)

    def project_of(self, grant: Grant | str) -> Project:
        """Return the project of a grant; `UnknownCodeError` if it is not in this portfolio."""
        return _look_up(self.projects, self._grant(grant).project, "projects")

    def call_of(self, grant: Grant | str) -> Call:
        """Return the call of a grant; `UnknownCodeError` if it is not in this portfolio."""
        return _look_up(self.calls, self._grant(grant).call, "calls")

    def recipient_of(self, grant: Grant | str) -> Organisation | None:
        """Return the recipient of a grant; ``None`` if the grant names none.

        Raises:
            UnknownCodeError: The recipient is not in this portfolio.
        """
        recipient = self._grant(grant).recipient
        return (
            None if recipient is None else _look_up(self.organisations, recipient, "organisations")
        )

    def _grant(self, grant: Grant | str) -> Grant:
        return grant if isinstance(grant, Grant) else self.grants[grant]

    def _usable_period(self, grant: Grant) -> Period | None:
        call = self.calls.get(grant.call)
        return grant.usable or (call.cost_period if call is not None else None)


REGISTERS: dict[str, type[Entity]] = {
    name: spec.type.cls
    for name, spec in fields_of(Portfolio).items()
    if isinstance(spec.type, RegisterOf)
}
"""The class of the entities of each register, by the register's name, in the order of documents."""

T = TypeVar("T", bound=Entity)


def _look_up(register: Register[T], key: Key, plural: str) -> T:
    """Return an entity; the error for an unknown key explains how to reach bundled facts."""
    try:
        return register[key]
    except UnknownCodeError as error:
        is_of_facts = type(register) is not Register  # these are of the subclass `BundledRegister`
        if is_of_facts:
            raise  # it needs no hint on how to reach the facts
        problem = str(error) if len(register) else f"the portfolio has no {plural}"
        hint = f"{problem}; bundled facts are reached from portfolio.over(tulevaisuus.reference)"
        raise UnknownCodeError(hint, error.key, error.suggestions) from None
