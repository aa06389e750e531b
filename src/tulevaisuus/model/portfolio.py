"""`Portfolio`: the entities of one document, in registers, and navigation between them."""

import datetime as dt
from collections.abc import Mapping
from typing import Self, TypeVar

import attrs

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
    """Entities that belong together: what one document holds.

    The order of the registers is the order in which documents are written. ``newer_version`` is
    the format version of the document it was read from, if that was newer than this release.
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
        whole = super().__repr__()
        if len(whole) <= _MAX_REPR:
            return whole
        counts = {name: len(register) for name, register in self.registers().items()}
        return f"<Portfolio of {', '.join(f'{n} {name}' for name, n in counts.items() if n)}>"

    def registers(self) -> Mapping[str, Register[Entity]]:
        """Return the registers by their document keys, in the order of documents."""
        return {name: getattr(self, name) for name in REGISTERS}

    def over(self, reference: "Portfolio") -> "Portfolio":
        """Return the merged view: these first, then those of the reference with other keys.

        So a grant of a user's document leads to its bundled call.
        """
        theirs = reference.registers()
        both = {name: merged(mine, theirs[name]) for name, mine in self.registers().items()}
        programme = self.programme or reference.programme
        newer = self.newer_version or reference.newer_version
        return Portfolio.construct_unchecked(
            {**both, "programme": programme, "newer_version": newer}
        )

    def without_personal_data(self) -> Self:
        """Return the portfolio without the names of those who hold posts."""
        posts = Register([attrs.evolve(post, holder=None) for post in self.posts])
        return attrs.evolve(self, posts=posts)

    def grants_of(self, project: Project | str) -> tuple[Grant, ...]:
        """Return the grants of a project, planned and applied ones too, in their order.

        A project that is known but has no grants has none here; one that neither the projects nor
        the grants name is an `UnknownCodeError`.
        """
        key = key_of(project)
        grants = self.grants.grouped("project").get(key, ())
        if not grants and key not in self.projects:
            _look_up(self.projects, key)
        return grants

    def funding_of(self, project: Project | str, *, on: dt.date) -> tuple[Grant, ...]:
        """Return what was granted to a project and may pay costs of the day.

        A grant without a window of its own counts in the cost period of its call; one of which
        neither is known is left out. A missing bound is open.

        Args:
            project: The project or its id.
            on: The day; there is no default.

        Raises:
            UnknownCodeError: Neither the projects nor the grants name the project.
            OutsideFactsError: The grants are bundled facts, which begin on `FACTS_SINCE`.
        """
        day = self.grants.validate_day(on)
        return tuple(
            grant
            for grant in self.grants_of(project)
            if grant.status is GrantStatus.GRANTED and day in (self._window_of(grant) or ())
        )

    def project_of(self, grant: Grant | str) -> Project:
        """Return the project that a grant is for; `UnknownCodeError` if it is not here."""
        return _look_up(self.projects, self._grant(grant).project)

    def call_of(self, grant: Grant | str) -> Call:
        """Return the call that a grant is of; `UnknownCodeError` if it is not here."""
        return _look_up(self.calls, self._grant(grant).call)

    def recipient_of(self, grant: Grant | str) -> Organisation | None:
        """Return who receives a grant, ``None`` if unknown; `UnknownCodeError` if not here."""
        recipient = self._grant(grant).recipient
        return None if recipient is None else _look_up(self.organisations, recipient)

    def _grant(self, grant: Grant | str) -> Grant:
        return grant if isinstance(grant, Grant) else self.grants[grant]

    def _window_of(self, grant: Grant) -> Period | None:
        call = self.calls.get(grant.call)
        return grant.usable or (call.cost_period if call is not None else None)


REGISTERS: dict[str, type[Entity]] = {
    name: spec.type.cls
    for name, spec in fields_of(Portfolio).items()
    if isinstance(spec.type, RegisterOf)
}
"""The registers of a document in their order, and the class of their entities."""

T = TypeVar("T", bound=Entity)


def _look_up(register: Register[T], key: Key) -> T:
    try:
        return register[key]
    except UnknownCodeError as error:
        if type(register) is not Register:
            raise  # it has the bundled facts already
        hint = f"{error}; bundled facts are reached from portfolio.over(tulevaisuus.reference)"
        raise UnknownCodeError(hint, error.key, error.suggestions) from None
