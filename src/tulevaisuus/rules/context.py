"""`Context`: look-ups for rules in the rest of the document and in the facts."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Any, Final, TypeVar, cast

from tulevaisuus.model.call import Call
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.entity import Entity, Key
from tulevaisuus.model.field_types import FieldType, Ref
from tulevaisuus.model.goal import GoalLink
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.municipality import Municipality
from tulevaisuus.model.organisation import Organisation
from tulevaisuus.model.period import Period
from tulevaisuus.model.portfolio import REGISTERS, Portfolio
from tulevaisuus.model.project import Project
from tulevaisuus.model.region import Region
from tulevaisuus.model.register import Register
from tulevaisuus.model.service import Service
from tulevaisuus.model.text import Text

__all__ = ["Context"]

A = TypeVar("A")
E = TypeVar("E", bound=Entity)
K = TypeVar("K")


class _LookUps(dict["str | None", "Entity | None"]):
    """A cache of the look-ups in one register, by key.

    Most look-ups are repeated; then this is a plain `dict`, which is faster than any Python code.
    """

    __slots__ = ("_name", "_own", "_rejected", "_theirs")

    def __init__(
        self,
        name: str,
        own: Portfolio,
        theirs: Portfolio,
        rejected: Container[tuple[str, Key | None]],
    ) -> None:
        """Look in ``own`` first, then in ``theirs``, except for keys rejected in ``own``."""
        super().__init__({None: None})
        self._name = name
        self._own = _register(own, name)
        self._theirs = _register(theirs, name)
        self._rejected = rejected

    def __missing__(self, key: "str | None") -> "Entity | None":
        """Look up a key for the first time."""
        asked = cast("str", key)
        found = self._own.get(asked)
        if found is None and (self._name, asked) not in self._rejected:
            found = self._theirs.get(asked)
        self[key] = found
        return found


class Context:
    """Look-ups for rules: in the document first, then in the reference.

    ``link_evidence`` is the least evidence at which a goal link counts, ``rejected`` are the keys
    of invalid entities of the document. Look-ups, and results for the whole document (`once`,
    `shared`), are cached, so that rules take linear time.
    """

    def __init__(
        self,
        portfolio: Portfolio,
        reference: Portfolio,
        link_evidence: Evidence = Evidence.INFERRED,
        rejected: frozenset[tuple[str, Key | None]] = frozenset(),
    ) -> None:
        """Take the document and the reference.

        Args:
            portfolio: The document.
            reference: The portfolio for keys that the document does not have.
            link_evidence: The least evidence at which a goal link counts.
            rejected: The registers and keys of invalid entities of the document.

        """
        self.portfolio: Final = portfolio
        self.reference: Final = reference
        self.link_evidence: Final = link_evidence
        self.rejected: Final = rejected
        self._computed: dict[object, Any] = {}
        self._found: dict[str, _LookUps] = {
            name: _LookUps(name, portfolio, reference, rejected) for name in REGISTERS
        }
        # The most frequent look-ups, without a look-up of the register.
        self._calls = cast("Mapping[str | None, Call | None]", self._found["calls"])
        self._projects = cast("Mapping[str | None, Project | None]", self._found["projects"])
        self._organisations = cast(
            "Mapping[str | None, Organisation | None]", self._found["organisations"]
        )
        self._regions = cast("Mapping[str | None, Region | None]", self._found["regions"])

    def find(self, register: str, key: str | None) -> Entity | None:
        """Return the entity of a register with a key; ``None`` if there is none.

        If the document has the key, but its entity was rejected, the result is ``None``.

        Args:
            register: The register's document key (``calls``).
            key: The entity's key as in documents; for ``None`` the result is ``None``.

        """
        return self._found[register][key]

    def is_dangling(self, key: object, field_type: FieldType) -> bool:
        """Whether a key is in none of the registers that a field refers to.

        The key of a rejected entity is not dangling, nor one that may be that of a rejected entity.
        """
        for register in cast("Ref", field_type).registers:
            if self._found[register][cast("str", key)] is not None:
                return False
            if (register, key) in self.rejected or (register, None) in self.rejected:
                return False
        return True

    @property
    def programme_period(self) -> Period | None:
        """The period of the document's programme or, if it has none at all, of the facts'."""
        return self.shared(_programme_period)

    def call(self, key: str | None) -> Call | None:
        """Return a call."""
        return self._calls[key]

    def project(self, key: str | None) -> Project | None:
        """Return a project."""
        return self._projects[key]

    def organisation(self, key: str | None) -> Organisation | None:
        """Return an organisation."""
        return self._organisations[key]

    def region(self, key: str | None) -> Region | None:
        """Return a region."""
        return self._regions[key]

    def municipality(self, key: str | None) -> Municipality | None:
        """Return a municipality."""
        return cast("Municipality | None", self.find("municipalities", key))

    def service(self, key: str | None) -> Service | None:
        """Return a group of services."""
        return cast("Service | None", self.find("services", key))

    def name_of(self, register: str, key: str) -> Text | str:
        """Return the name of an entity for messages, or its key if it has no name."""
        name = getattr(self.find(register, key), "name", None)
        return name if isinstance(name, Text) else key

    def grants_of(self, project: str, call: str | None = None) -> tuple[Grant, ...]:
        """Return the grants of a project that are on record, of all calls or of one."""
        if call is None:
            return self.shared(_grants_by_project).get(project, ())
        return self.shared(_grants_by_project_and_call).get((project, call), ())

    def continuations_of(self, call: str) -> tuple[Call, ...]:
        """Return the calls that continue a call."""
        return self.shared(_continuations).get(call, ())

    def everything(self, register: str) -> Iterator[Entity]:
        """Return the entities of a register: the document's, then those only in the facts."""
        return iter(self.once(("everything", register), lambda: [*self._merged(register)]))

    def _merged(self, register: str) -> Iterator[Entity]:
        own = _register(self.portfolio, register)
        yield from own
        known = own.keys()
        for entity in _register(self.reference, register):
            if entity.key not in known and (register, entity.key) not in self.rejected:
                yield entity

    def links_of(self, goal: int) -> tuple[GoalLink, ...]:
        """Return the links of a goal with strong enough evidence."""
        return self.shared(_links_by_goal).get(goal, ())

    def shared(self, compute: "Callable[[Context], A]") -> A:
        """Return the result of a function of the context, which is only called once.

        Args:
            compute: A function of a module, so that it is the same object at every call. Its result
                must depend on the context alone.

        """
        try:
            known: A = self._computed[compute]  # nearly always it was computed before
        except KeyError:
            known = self._computed[compute] = compute(self)
        return known

    def once(self, name: object, compute: Callable[[], A]) -> A:
        """Return the result under a name; compute it at the first call.

        Args:
            name: The name of the result; names of a rule begin with its code.
            compute: The function; its result must depend on the context and the name alone.

        """
        try:
            known: A = self._computed[name]
        except KeyError:
            known = self._computed[name] = compute()
        return known


def _programme_period(context: Context) -> Period | None:
    programme = context.portfolio.programme
    if programme is None and all(register != "programme" for register, _ in context.rejected):
        programme = context.reference.programme
    return None if programme is None else programme.period


def _grants_by_project(context: Context) -> Mapping[str, tuple[Grant, ...]]:
    grants = cast("Iterator[Grant]", context.everything("grants"))
    return _grouped(grants, lambda grant: grant.project)


def _grants_by_project_and_call(context: Context) -> Mapping[tuple[str, str], tuple[Grant, ...]]:
    grants = cast("Iterator[Grant]", context.everything("grants"))
    return _grouped(grants, lambda grant: (grant.project, grant.call))


def _continuations(context: Context) -> Mapping[str | None, tuple[Call, ...]]:
    calls = cast("Iterator[Call]", context.everything("calls"))
    return _grouped(calls, lambda call: call.continues)


def _links_by_goal(context: Context) -> Mapping[int, tuple[GoalLink, ...]]:
    links = cast("Iterator[GoalLink]", context.everything("goal_links"))
    least = context.link_evidence.rank
    strong = (link for link in links if link.evidence.rank >= least)
    return _grouped(strong, lambda link: link.goal)


def _grouped(entities: Iterable[E], group_of: Callable[[E], K]) -> Mapping[K, tuple[E, ...]]:
    groups: defaultdict[K, list[E]] = defaultdict(list)
    for entity in entities:
        groups[group_of(entity)].append(entity)
    return {group: tuple(members) for group, members in groups.items()}


def _register(portfolio: Portfolio, name: str) -> Register[Entity]:
    return cast("Register[Entity]", getattr(portfolio, name))
