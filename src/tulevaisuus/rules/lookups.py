"""`Context`: look-ups for rules, in the rest of the document and in the facts.

A register is a collection of the entities of one class, by key. The reference is a portfolio in
which keys are looked up that the document does not have: by default, the bundled facts. Evidence is
how firmly the sources support a rule or a link from a goal to a service. A portfolio is all
entities of one document.
"""

import operator
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar, cast

from tulevaisuus._grouping import group_by
from tulevaisuus.facts.reference_portfolio import reference as bundled
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
from tulevaisuus.rules.value_walker import entities_by_class

__all__ = ["Context"]

A = TypeVar("A")

_RESULTS_ON_FACTS: dict[object, Any] = {}  # by name, for all documents: facts never change


class _LookUps(dict["str | None", "Entity | None"]):
    """A cache of the look-ups in one register, by key.

    Most look-ups are repeated. Then only the `dict` is used, which is faster than Python code.
    """

    __slots__ = ("_name", "_reference", "_rejected")

    def __init__(
        self,
        name: str,
        document: Portfolio,
        reference: Portfolio,
        rejected: Container[tuple[str, Key | None]],
    ) -> None:
        """Start with the entities of the document; those of the reference are added on demand."""
        in_document = _register_of(document, name)
        super().__init__(zip(cast("Iterable[str]", in_document.keys()), in_document, strict=True))
        self[None] = None  # an absent reference finds nothing
        self._name = name
        self._reference = _register_of(reference, name)
        self._rejected = rejected

    def __missing__(self, key: "str | None") -> "Entity | None":
        """Look up a key that is neither in the document nor was looked up before."""
        text = cast("str", key)
        is_rejected = (self._name, text) in self._rejected
        entity = self[key] = None if is_rejected else self._reference.get(text)
        return entity


class _LookUpsByRegister(dict[str, _LookUps]):
    """The look-ups in each register, made at the first look-up: most rules need few registers."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[str], _LookUps]) -> None:
        """Keep the function that makes the look-ups in a register."""
        super().__init__()
        self._make = make

    def __missing__(self, register: str) -> _LookUps:
        """Make the look-ups in a register."""
        look_ups = self[register] = self._make(register)
        return look_ups


class Context:
    """Look-ups for rules: in the document first, then in the reference.

    Goal links with weaker evidence than ``link_evidence`` are ignored. ``rejected`` are the keys of
    invalid entities of the document. Look-ups, and results for the whole document (`once`,
    `shared`), are cached, so that rules take linear time.
    """

    def __init__(
        self,
        portfolio: Portfolio,
        reference: Portfolio,
        link_evidence: Evidence = Evidence.INFERRED,
        rejected: frozenset[tuple[str, Key | None]] = frozenset(),
    ) -> None:
        """Keep the document and the reference.

        Args:
            portfolio: The document.
            reference: The portfolio for keys that the document does not have.
            link_evidence: Goal links with weaker evidence are ignored.
            rejected: The registers and keys of invalid entities of the document.

        """
        self.portfolio: Final = portfolio
        self.reference: Final = reference
        self.link_evidence: Final = link_evidence
        self.rejected: Final = rejected
        self._computed: dict[object, Any] = {}  # by function or name
        self._look_ups = _LookUpsByRegister(self._make_look_ups)
        # Attributes for the most frequent look-ups, because a look-up by name takes longer.
        self._calls = cast("Mapping[str | None, Call | None]", self._look_ups["calls"])
        self._projects = cast("Mapping[str | None, Project | None]", self._look_ups["projects"])
        self._organisations = cast(
            "Mapping[str | None, Organisation | None]", self._look_ups["organisations"]
        )
        self._regions = cast("Mapping[str | None, Region | None]", self._look_ups["regions"])

    def _make_look_ups(self, register: str) -> _LookUps:
        if register not in REGISTERS:
            raise KeyError(register)
        return _LookUps(register, self.portfolio, self.reference, self.rejected)

    def find(self, register: str, key: str | None) -> Entity | None:
        """Return the entity of a register with a key; ``None`` if there is none.

        If the document has the key, but its entity was rejected, the result is ``None``.

        Args:
            register: The name of the register (``calls``).
            key: The key of the entity as in documents; for ``None`` the result is ``None``.

        """
        return self._look_ups[register][key]

    def is_dangling(self, key: object, field_type: FieldType) -> bool:
        """Return whether a key is in none of the registers that a field refers to.

        A key is not dangling if it is, or may be, the key of a rejected entity.
        """
        for register in cast("Ref", field_type).registers:
            if self._look_ups[register][cast("str", key)] is not None:
                return False
            if (register, key) in self.rejected or (register, None) in self.rejected:
                return False
        return True

    @property
    def entities_by_class(self) -> Sequence[Collection[Entity]]:
        """The entities of the document, in its order, grouped by their class."""
        return self.once("entities_by_class", lambda: entities_by_class(self.portfolio))

    @property
    def programme_period(self) -> Period | None:
        """The period of the programme in the document; without one, of the one in the facts."""
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
        """Return the grants of a project, of all calls or of one."""
        if call is None:
            return cast("tuple[Grant, ...]", self.with_value("grants", "project", project))
        return self.shared(_grants_by_project_and_call).get((project, call), ())

    def continuations_of(self, call: str) -> tuple[Call, ...]:
        """Return the calls that continue a call."""
        return cast("tuple[Call, ...]", self.with_value("calls", "continues", call))

    def everything(self, register: str) -> Iterator[Entity]:
        """Return the entities of a register: of the document, then others of the reference."""
        return iter(self.once(("everything", register), lambda: self._everything(register)))

    def _everything(self, register: str) -> list[Entity]:
        reference = _register_of(self.reference, register)
        others = self._without_replaced(register, zip(reference.keys(), reference, strict=True))
        return [*_register_of(self.portfolio, register), *others]

    def _without_replaced(
        self, register: str, pairs: Iterable[tuple[Key, Entity]]
    ) -> Iterable[Entity]:
        """Return entities of the reference, without those whose keys the document has.

        Args:
            register: The name of the register.
            pairs: The entities of the reference with their keys.

        """
        keys, rejected = _register_of(self.portfolio, register).keys(), self.rejected
        if not keys and not rejected:  # true for most registers of most documents
            return [entity for _, entity in pairs]
        return [
            entity
            for key, entity in pairs
            if key not in keys and not (rejected and (register, key) in rejected)
        ]

    def with_value(self, register: str, field: str, value: object) -> tuple[Entity, ...]:
        """Return the entities of `everything` with a value in a field.

        The entities of the reference are grouped only once for all documents.

        Args:
            register: The name of the register (``grants``).
            field: The name of the field (``project``).
            value: The value of the field; it must be hashable.

        """
        in_document = self.once(
            ("grouped", register, field),
            lambda: group_by(_register_of(self.portfolio, register), operator.attrgetter(field)),
        ).get(value, ())
        others = _register_of(self.reference, register).grouped(field).get(value)
        if others is None:
            return in_document
        return (
            *in_document,
            *self._without_replaced(register, ((entity.key, entity) for entity in others)),
        )

    def links_of(self, goal: int) -> tuple[GoalLink, ...]:
        """Return the links of a goal with strong enough evidence."""
        links = cast("tuple[GoalLink, ...]", self.with_value("goal_links", "goal", goal))
        strong_enough = self.shared(_strong_enough)
        return tuple(link for link in links if link.evidence in strong_enough)

    def shared(self, compute: "Callable[[Context], A]") -> A:
        """Return the result of a function of the context; the function is called only once.

        Args:
            compute: A function of a module, because the function is the key of the cache. Its
                result must depend only on the context.

        """
        try:
            result: A = self._computed[compute]  # nearly always it was computed before
        except KeyError:
            result = self._computed[compute] = compute(self)
        return result

    def once(self, name: object, compute: Callable[[], A]) -> A:
        """Return the result under a name; compute it at the first call.

        Args:
            name: The name of the result; the name of a rule's result begins with its code.
            compute: The function; its result must depend only on the context and the name.

        """
        try:
            result: A = self._computed[name]
        except KeyError:
            result = self._computed[name] = compute()
        return result

    def once_for_facts(
        self, name: object, registers: Collection[str], compute: Callable[[], A]
    ) -> A:
        """Return the result on some registers under a name, as `once`.

        Most documents name entities of the bundled facts and have none of these classes themselves.
        Then the result depends only on the facts, and is kept for all such documents.

        Args:
            name: The name of the result, the same in every document.
            registers: All registers that the result depends on.
            compute: The function; its result must not refer to the context.

        """
        if self.reference is not bundled or any(map(self._is_in_document, registers)):
            return self.once(name, compute)
        if name not in _RESULTS_ON_FACTS:
            _RESULTS_ON_FACTS[name] = compute()
        return cast("A", _RESULTS_ON_FACTS[name])

    def _is_in_document(self, register: str) -> bool:
        """Return whether the document has entities of a register, valid or rejected."""
        return bool(_register_of(self.portfolio, register)) or any(
            register == name for name, _ in self.rejected
        )


def _programme_period(context: Context) -> Period | None:
    programme = context.portfolio.programme
    if programme is None and all(register != "programme" for register, _ in context.rejected):
        programme = context.reference.programme
    return None if programme is None else programme.period


def _strong_enough(context: Context) -> frozenset[Evidence]:
    return frozenset(evidence for evidence in Evidence if evidence >= context.link_evidence)


def _grants_by_project_and_call(context: Context) -> Mapping[tuple[str, str], tuple[Grant, ...]]:
    grants = cast("Iterator[Grant]", context.everything("grants"))
    return group_by(grants, lambda grant: (grant.project, grant.call))


def _register_of(portfolio: Portfolio, name: str) -> Register[Entity]:
    return cast("Register[Entity]", getattr(portfolio, name))
