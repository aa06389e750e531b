"""What is around a thing while a rule looks at it: the rest of the document, and the facts."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TypeVar, cast

import attrs

from tulevaisuus.model.call import Call
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.entity import Entity, Key
from tulevaisuus.model.goal import GoalLink, GoalNumber
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
    of things that the document has but that did not read soundly. What is asked of the whole
    document is computed once (`once`), so that rules stay linear.
    """

    portfolio: Portfolio
    reference: Portfolio
    link_evidence: Evidence = Evidence.INFERRED
    rejected: frozenset[tuple[str, Key | None]] = frozenset()
    _known: dict[object, object] = attrs.field(factory=dict[object, object], init=False)

    def find(self, register: str, key: str | None) -> Entity | None:
        """Return the thing of a register, named by its document key; ``None`` if there is none.

        One that the document has and that was refused is not taken from the facts.
        """
        if key is None:
            return None
        own = cast("Register[Entity]", getattr(self.portfolio, register)).get(key)
        if own is not None or (register, key) in self.rejected:
            return own
        return cast("Register[Entity]", getattr(self.reference, register)).get(key)

    @property
    def programme_period(self) -> Period | None:
        """The period of the document's programme or, if it has none at all, of the facts'."""
        own = self.portfolio.programme
        if own is None and "programme" not in {register for register, _ in self.rejected}:
            own = self.reference.programme
        return None if own is None else own.period

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
        """Return what messages call a thing: its name, or its key if it has none."""
        name = getattr(self.find(register, key), "name", None)
        return name if isinstance(name, Text) else key

    def grants_of(self, project: str, call: str | None = None) -> tuple[Grant, ...]:
        """Return the grants of a project that are on record, of all calls or of one."""

        def grouped() -> dict[object, tuple[Grant, ...]]:
            """Group all grants that are on record."""
            groups: defaultdict[object, list[Grant]] = defaultdict(list)
            for grant in cast("Iterator[Grant]", self.everything("grants")):
                groups[grant.project].append(grant)
                groups[grant.project, grant.call].append(grant)
            return {key: tuple(grants) for key, grants in groups.items()}

        key = project if call is None else (project, call)
        return self.once("grants", grouped).get(key, ())

    def everything(self, register: str) -> Iterator[Entity]:
        """Return the things of a register, the document's before those that only the facts have."""
        own = cast("Register[Entity]", getattr(self.portfolio, register))
        facts = cast("Register[Entity]", getattr(self.reference, register))
        yield from own
        for entity in facts:
            if entity.key not in own and (register, entity.key) not in self.rejected:
                yield entity

    def links_of(self, goal: int) -> tuple[GoalLink, ...]:
        """Return the links of a goal that are firm enough to count."""

        def firm_links() -> dict[int, tuple[GoalLink, ...]]:
            """Group the links by goal."""
            links = [cast("GoalLink", link) for link in self.everything("goal_links")]
            firm = [link for link in links if link.evidence >= self.link_evidence]
            return {n: tuple(link for link in firm if link.goal == n) for n in GoalNumber}

        return self.once("links", firm_links).get(goal, ())

    def once(self, name: object, compute: Callable[[], A]) -> A:
        """Return what was computed under a name; compute it if nobody has asked before."""
        if name not in self._known:
            self._known[name] = compute()
        return cast("A", self._known[name])
