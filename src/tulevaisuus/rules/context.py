"""`Context`: what rules look at beside the entity, the rest of the document and the facts."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TypeVar, cast

import attrs

from tulevaisuus.model.call import Call
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.entity import Entity, Key
from tulevaisuus.model.goal import GoalLink
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.municipality import Municipality
from tulevaisuus.model.organisation import Organisation
from tulevaisuus.model.period import Period
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.project import Project
from tulevaisuus.model.region import Region
from tulevaisuus.model.register import Register
from tulevaisuus.model.service import Service
from tulevaisuus.model.text import Text

__all__ = ["Context"]

A = TypeVar("A")


@attrs.frozen(eq=False)
class Context:
    """Look-ups for rules: in the document first, then in the reference.

    ``link_evidence`` is the least evidence at which a goal link counts, ``rejected`` are the keys
    of entities that the document has but that were not valid. A look-up, and what is computed of
    the whole document (`once`), is remembered, so that the work of a rule grows with the document
    and not with its square.
    """

    portfolio: Portfolio
    reference: Portfolio
    link_evidence: Evidence = Evidence.INFERRED
    rejected: frozenset[tuple[str, Key | None]] = frozenset()
    _computed: dict[object, object] = attrs.field(factory=dict[object, object], init=False)
    _found: dict[tuple[str, str], Entity | None] = attrs.field(
        factory=dict[tuple[str, str], Entity | None], init=False
    )

    def find(self, register: str, key: str | None) -> Entity | None:
        """Return the entity of a register with a key; ``None`` if there is none.

        One that the document has and that was rejected is not taken from the facts.

        Args:
            register: The register's document key (``calls``).
            key: The entity's key as documents write it; of ``None`` there is no entity.

        """
        if key is None:
            return None
        place = (register, key)
        try:  # nearly always somebody has asked before
            return self._found[place]
        except KeyError:
            found = self._found[place] = self._look_up(register, key)
            return found

    def _look_up(self, register: str, key: str) -> Entity | None:
        own = _register(self.portfolio, register).get(key)
        if own is not None or (register, key) in self.rejected:
            return own
        return _register(self.reference, register).get(key)

    def leads_somewhere(self, registers: tuple[str, ...], key: str) -> bool:
        """Whether a key is in one of the registers, or may be one of what was rejected there."""
        for register in registers:
            if self.find(register, key) is not None:
                return True
            if (register, key) in self.rejected or (register, None) in self.rejected:
                return True
        return False

    @property
    def programme_period(self) -> Period | None:
        """The period of the document's programme or, if it has none at all, of the facts'."""
        return self.once("programme period", self._programme_period)

    def _programme_period(self) -> Period | None:
        programme = self.portfolio.programme
        if programme is None and all(register != "programme" for register, _ in self.rejected):
            programme = self.reference.programme
        return None if programme is None else programme.period

    def call(self, key: str | None) -> Call | None:
        """Return a call."""
        return cast("Call | None", self.find("calls", key))

    def project(self, key: str | None) -> Project | None:
        """Return a project."""
        return cast("Project | None", self.find("projects", key))

    def organisation(self, key: str | None) -> Organisation | None:
        """Return an organisation."""
        return cast("Organisation | None", self.find("organisations", key))

    def region(self, key: str | None) -> Region | None:
        """Return a region."""
        return cast("Region | None", self.find("regions", key))

    def municipality(self, key: str | None) -> Municipality | None:
        """Return a municipality."""
        return cast("Municipality | None", self.find("municipalities", key))

    def service(self, key: str | None) -> Service | None:
        """Return a group of services."""
        return cast("Service | None", self.find("services", key))

    def name_of(self, register: str, key: str) -> Text | str:
        """Return what messages call an entity: its name, or its key if it has none."""
        name = getattr(self.find(register, key), "name", None)
        return name if isinstance(name, Text) else key

    def grants_of(self, project: str, call: str | None = None) -> tuple[Grant, ...]:
        """Return the grants of a project that are on record, of all calls or of one."""
        key = project if call is None else (project, call)
        return self.once("grants", self._grouped_grants).get(key, ())

    def _grouped_grants(self) -> dict[object, tuple[Grant, ...]]:
        groups: defaultdict[object, list[Grant]] = defaultdict(list)
        for grant in cast("Iterator[Grant]", self.everything("grants")):
            groups[grant.project].append(grant)
            groups[grant.project, grant.call].append(grant)
        return {key: tuple(grants) for key, grants in groups.items()}

    def continuations_of(self, call: str) -> tuple[Call, ...]:
        """Return the calls that continue a call."""
        return self.once("continuations", self._grouped_continuations).get(call, ())

    def _grouped_continuations(self) -> dict[str | None, tuple[Call, ...]]:
        groups: defaultdict[str | None, list[Call]] = defaultdict(list)
        for call in cast("Iterator[Call]", self.everything("calls")):
            groups[call.continues].append(call)
        return {key: tuple(calls) for key, calls in groups.items()}

    def everything(self, register: str) -> Iterator[Entity]:
        """Return the entities of a register: the document's, then what only the facts have."""
        own = _register(self.portfolio, register)
        yield from own
        for entity in _register(self.reference, register):
            if own.get(entity.key) is None and (register, entity.key) not in self.rejected:
                yield entity

    def links_of(self, goal: int) -> tuple[GoalLink, ...]:
        """Return the links of a goal that are firm enough to count."""
        return self.once("links", self._grouped_links).get(goal, ())

    def _grouped_links(self) -> dict[int, tuple[GoalLink, ...]]:
        groups: defaultdict[int, list[GoalLink]] = defaultdict(list)
        for link in cast("Iterator[GoalLink]", self.everything("goal_links")):
            if link.evidence >= self.link_evidence:
                groups[link.goal].append(link)
        return {goal: tuple(links) for goal, links in groups.items()}

    def once(self, name: object, compute: Callable[[], A]) -> A:
        """Return what was computed under a name; compute it if nobody has asked before.

        Args:
            name: What it is known by; a rule's own names begin with its code.
            compute: What makes it, of the context alone: the answer must not depend on who asks.

        """
        try:
            return cast("A", self._computed[name])
        except KeyError:
            computed = compute()
            self._computed[name] = computed
            return computed


def _register(portfolio: Portfolio, name: str) -> Register[Entity]:
    return cast("Register[Entity]", getattr(portfolio, name))
