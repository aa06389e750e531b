"""Strategies for classes, derived from the types of their fields; pinned fields keep their values.

Optional fields are sometimes unset, and always unset in the simplest example. A strategy generates
objects for tests with Hypothesis. To pin a field is to give its value. A register is a collection
of the entities of one class, by key. A portfolio is all entities of one document.
"""

import functools
import itertools
import types
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar, Union, cast, get_args, get_origin

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tulevaisuus.facts.reference_portfolio import programme, reference
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.report import Report
from tulevaisuus.formats.reading import read_document
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.formats.writing import document_of
from tulevaisuus.model.amount import Amount
from tulevaisuus.model.call import Call
from tulevaisuus.model.entity import Entity, Key
from tulevaisuus.model.field_types import (
    AnyObject,
    Boolean,
    Date,
    EnumMember,
    FieldType,
    Identifier,
    ListOf,
    Money,
    NonBlankText,
    ObjectOf,
    Ref,
    Scalar,
    SetOf,
    UniqueListOf,
    Url,
    WholeNumber,
)
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.organisation import Organisation
from tulevaisuus.model.period import Period
from tulevaisuus.model.portfolio import REGISTERS, Portfolio
from tulevaisuus.model.post import Post
from tulevaisuus.model.programme import Programme
from tulevaisuus.model.project import Project
from tulevaisuus.model.register import Register, RegisterOf
from tulevaisuus.model.service_centre import ServiceCentre
from tulevaisuus.model.texts_of_fixed_form import TextOf, TextValue
from tulevaisuus.model.value import Value, fields_of
from tulevaisuus.rules.rule_declaration import Rule, rulebook
from tulevaisuus.testing.concrete_classes import concrete_classes
from tulevaisuus.testing.field_strategies import PLAUSIBLE
from tulevaisuus.testing.finding_removal import bundled_keys, remove_findings, remove_findings_of
from tulevaisuus.testing.pins import draw_pin, require_fields
from tulevaisuus.testing.value_strategies import amounts, days, lines

__all__ = ["GENERATED", "generated", "strategy_of", "strategy_with", "values_of"]

V = TypeVar("V", bound=Value)

GENERATED = ("organisations", "calls", "projects", "grants", "centres", "posts")
"""The registers whose entities are generated; for others bundled entities are chosen."""

_NEVER_GENERATED = {(Entity, "notes"), (Entity, "sources"), (Post, "holder")}
"""Fields that are only set if they are pinned: those of bundled facts, and personal data."""

# Whether a field is set, or a bundled entity is used. Hypothesis simplifies to the first value.
_UNSET_IF_SIMPLE = st.booleans()
_SET_IF_SIMPLE = st.sampled_from((True, False))
_ALWAYS = st.just(value=True)
_NEVER = st.just(value=False)
_EMPTY = Portfolio()


def strategy_of(requested: object) -> SearchStrategy[Any]:
    """Return the strategy for a class of the library or a subclass; `NotImplemented` for others.

    Hypothesis also asks for base classes and protocols that our classes satisfy.
    """
    if requested is Register or get_origin(requested) is Register:
        return _any_registers(get_args(requested)[0] if get_args(requested) else Entity)
    if requested in _STRATEGIES_BY_OTHER_CLASS:
        return _STRATEGIES_BY_OTHER_CLASS[cast("type", requested)]()
    requested = get_origin(requested) or requested  # parameters of a class have no effect
    if not isinstance(requested, type) or not issubclass(requested, Value):
        return cast("SearchStrategy[Any]", NotImplemented)
    return st.one_of(*(strategy_with(cls, {}) for cls in concrete_classes(requested)))


def _objects(field_type: ObjectOf, portfolio: Portfolio) -> SearchStrategy[Any]:
    """Generate objects of the class of a field."""
    classes = concrete_classes(field_type.cls)
    return st.one_of(*(generated(each, {}, portfolio) for each in classes))


def _any_registers(item: Any) -> SearchStrategy[Register[Entity]]:  # noqa: ANN401 - a class or union
    """Generate registers of a class; for a union or `Entity`, registers that mix the classes."""
    items = get_args(item) if get_origin(item) in {types.UnionType, Union} else (item,)
    classes = [cast("type[Entity]", get_origin(each) or each) for each in items]
    if len(classes) == 1 and classes[0] is not Entity:
        return values_of(RegisterOf(classes[0]), _EMPTY)
    entities = st.one_of(*(cast("SearchStrategy[Entity]", strategy_of(each)) for each in classes))
    return st.lists(entities, max_size=3, unique_by=lambda entity: entity.key).map(Register)


def _findings() -> SearchStrategy[Finding]:
    """Generate findings of a document with several mistakes."""
    return st.sampled_from(read_document(_BROKEN).findings)


def _reports() -> SearchStrategy[Report]:
    """Generate reports: without findings, with some, and with more than are listed."""
    findings = st.lists(_findings(), max_size=3)
    skipped = st.sampled_from(((), ("TSK304",)))
    limit = st.sampled_from((None, 1))
    return st.builds(Report.of, findings, skipped=skipped, limit=limit)


def _readings() -> SearchStrategy[Reading]:
    """Generate readings of valid documents and of a broken one."""
    valid = _portfolios({}).map(lambda portfolio: read_document(document_of(portfolio)))
    return valid | st.just(_BROKEN).map(read_document)


def _bounded_amounts() -> SearchStrategy[Amount]:
    """Generate amounts that are exact, or have two, one or no known bounds."""
    bounds = st.tuples(amounts(), amounts()).map(sorted)
    sides = st.sampled_from(((True, True), (True, False), (False, True), (False, False)))
    between = st.builds(_amount, bounds, sides)
    return amounts().map(lambda euros: Amount(euros, euros)) | between


def _amount(bounds: list[Decimal], known: tuple[bool, bool]) -> Amount:
    pairs = zip(bounds, known, strict=True)
    return Amount(*(each if is_known else None for each, is_known in pairs))


_BROKEN = {
    "format": "tulevaisuus",
    "grants": [{"id": "", "status": "grantd", "amount_eur": -1, "statsu": 1}],
}

_STRATEGIES_BY_OTHER_CLASS: Mapping[object, Callable[[], SearchStrategy[Any]]] = {
    Amount: _bounded_amounts,
    Finding: _findings,
    Reading: _readings,
    Report: _reports,
    Rule: lambda: st.sampled_from([*rulebook]),
}
"""The strategies for classes that are not in documents."""


def strategy_with(cls: type[V], pins: Mapping[str, object]) -> SearchStrategy[V]:
    """Generate objects of a class with pinned fields: values, or strategies for them.

    Raises:
        TypeError: The class has no such field.
    """
    require_fields(cls, fields_of(cls), pins)
    if issubclass(cls, Portfolio):
        return cast("SearchStrategy[V]", _portfolios(pins))
    return _entities(cls, pins) if issubclass(cls, Entity) else generated(cls, pins)


@st.composite
def _portfolios(draw: DrawFn, pins: Mapping[str, object]) -> Portfolio:
    pinned = _draw_pins(draw, Portfolio, pins)
    portfolio = Portfolio(**pinned)
    for name in GENERATED:
        if name not in pinned:
            entities = draw(values_of(RegisterOf(REGISTERS[name]), portfolio))
            portfolio = attrs.evolve(portfolio, **{name: entities})
    return remove_findings(portfolio, lambda entity, _field: entity.plural not in pinned)


@st.composite
def _entities(draw: DrawFn, cls: type[Entity], pins: Mapping[str, object]) -> Any:  # noqa: ANN401 - of the class
    pinned = _draw_pins(draw, cls, pins)
    bundled = [entity for entity in _bundled(cls) if _has_fields(entity, pinned)]
    if draw(_choose_bundled(cls, pinned) if bundled else _NEVER):
        return draw(st.sampled_from(bundled))
    return remove_findings_of(draw(generated(cls, pinned)), pinned)


def _choose_bundled(cls: type[Entity], pinned: Mapping[str, object]) -> SearchStrategy[bool]:
    """Generate whether to use a bundled entity, if one has the pinned fields."""
    if pinned.keys() >= {*cls.key_fields}:
        return _ALWAYS  # another entity with this key would contradict the facts
    if issubclass(cls, (Project, Grant, ServiceCentre, Post)):
        return _NEVER
    return _SET_IF_SIMPLE if issubclass(cls, (Organisation, Call)) else _ALWAYS


def _has_fields(entity: Entity, fields: Mapping[str, object]) -> bool:
    return all(getattr(entity, name) == value for name, value in fields.items())


def _bundled(cls: type[Entity]) -> list[Entity]:
    """Return the bundled entities of a class."""
    if issubclass(cls, Programme):
        return [programme]
    register = reference.registers().get(cls.plural, ())
    return [entity for entity in register if isinstance(entity, cls)]


@st.composite
def generated(
    draw: DrawFn, cls: type[V], pins: Mapping[str, object], portfolio: Portfolio = _EMPTY
) -> V:
    """Generate objects of a class from its fields; they may refer to entities of a portfolio."""
    chosen = _draw_pins(draw, cls, pins)
    for name, spec in fields_of(cls).items():
        if name not in chosen and (spec.required or _draw_is_set(draw, cls, name, chosen)):
            chosen[name] = draw(_field(cls, name, chosen, portfolio))
    return cls(**chosen)


def _draw_is_set(draw: DrawFn, cls: type[Value], name: str, chosen: Mapping[str, object]) -> bool:
    """Generate whether an optional field is set; a period always has at least one bound.

    Hypothesis takes as long to draw a constant as any other value, so these are not drawn.
    """
    if issubclass(cls, Period):
        # The start is drawn first: an end that is not in `chosen` may follow, a start may not.
        other, if_absent = ("end", "") if name == "start" else ("start", None)
        return chosen.get(other, if_absent) is None or draw(_SET_IF_SIMPLE)
    return not _is_never_generated(cls, name) and draw(_UNSET_IF_SIMPLE)


def _is_never_generated(cls: type[Value], name: str) -> bool:
    is_excluded = any(name == field and issubclass(cls, owner) for owner, field in _NEVER_GENERATED)
    return is_excluded or _contains_own_class(cls, name)


def _contains_own_class(cls: type[Value], name: str) -> bool:
    """Return whether a field contains objects of its own class, which could nest without end."""
    field_type = fields_of(cls)[name].type
    while isinstance(field_type, ListOf):
        field_type = field_type.item
    return isinstance(field_type, ObjectOf) and issubclass(cls, field_type.cls)


def _draw_pins(draw: DrawFn, cls: type[Value], pins: Mapping[str, object]) -> dict[str, Any]:
    """Return the pinned fields, validated; a pin that is a strategy is generated."""
    pinned: dict[str, Any] = {}
    for name, pin in pins.items():
        spec = fields_of(cls)[name]
        value = draw_pin(draw, pin)
        try:
            is_unknown = value is None and spec.allows_none
            pinned[name] = None if is_unknown else spec.type.validate(value)
        except InvalidValueError as error:
            raise error.under(name) from None
    return pinned


def _field(
    cls: type[Value], name: str, chosen: Mapping[str, object], portfolio: Portfolio
) -> SearchStrategy[object]:
    """Generate one field: a value that fits the other fields or, failing that, any of its type."""
    field_type = fields_of(cls)[name].type
    if issubclass(cls, Entity) and name in cls.key_fields and type(field_type) is Identifier:
        return _new_keys(cls.singular[0])
    for owner, make in PLAUSIBLE.get(name, ()):
        if issubclass(cls, owner):
            return make(chosen, portfolio)
    if issubclass(cls, TextValue):
        return st.sampled_from([*cls.examples])
    return values_of(field_type, portfolio)


@functools.cache
def _new_keys(initial: str) -> SearchStrategy[str]:
    """Generate ids such as ``g1`` for entities."""
    return st.integers(1, 99).map(f"{initial}{{}}".format)


def values_of(field_type: FieldType, portfolio: Portfolio) -> SearchStrategy[Any]:
    """Generate values that a field type accepts; references may be to entities of a portfolio."""
    return (
        _make_strategy(field_type, portfolio)
        if _has_references(field_type)
        else _values(field_type)
    )


@functools.cache
def _values(field_type: FieldType) -> SearchStrategy[Any]:
    return _make_strategy(field_type, _EMPTY)


def _make_strategy(field_type: FieldType, portfolio: Portfolio) -> SearchStrategy[Any]:
    """Return the strategy of a field type; without one, that of its nearest base class."""
    cls = type(field_type)
    bases = cast("tuple[type[FieldType], ...]", cls.__mro__)
    base = next(each for each in bases if each in _STRATEGIES_BY_TYPE or "samples" in vars(each))
    if base in _STRATEGIES_BY_TYPE:
        values = _STRATEGIES_BY_TYPE[base](field_type, portfolio)
    else:
        values = st.sampled_from([*cast("Scalar", field_type).samples()])
    # A subclass with a stricter `validate` may reject some of the values of its base class.
    return values if cls.validate is base.validate else values.filter(_is_valid(field_type))


def _is_valid(field_type: FieldType) -> Callable[[object], bool]:
    def is_valid(value: object) -> bool:
        """Return whether the type accepts the value."""
        try:
            field_type.validate(value)
        except InvalidValueError:
            return False
        return True

    return is_valid


@functools.cache
def _has_references(field_type: FieldType, inside: frozenset[type[Value]] = frozenset()) -> bool:
    """Return whether values of the type contain references to entities."""
    match field_type:
        case ObjectOf():
            if field_type.cls in inside:  # a class may contain itself
                return False
            within = inside | {field_type.cls}
            return any(
                _has_references(spec.type, within) for spec in fields_of(field_type.cls).values()
            )
        case ListOf() if not isinstance(field_type, RegisterOf):
            return _has_references(field_type.item, inside)
        case _:
            return isinstance(field_type, Ref | RegisterOf)


def _keys(field_type: Ref, portfolio: Portfolio) -> SearchStrategy[Key]:
    """Generate keys: those of the portfolio first, as Hypothesis shrinks to the first ones."""
    given = (portfolio.registers()[name].keys() for name in field_type.registers)
    return _one_of((*itertools.chain(*given), *bundled_keys(field_type.registers)))


@functools.lru_cache(maxsize=1000)
def _one_of(keys: tuple[Key, ...]) -> SearchStrategy[Key]:
    return st.sampled_from(keys)


def _lists(field_type: ListOf, portfolio: Portfolio) -> SearchStrategy[tuple[object, ...]]:
    items = values_of(field_type.item, portfolio)
    return st.lists(items, max_size=3, unique=True).map(tuple)


_SIZES = st.sampled_from((2, 2, 5))
"""The maximum size of a register: mostly 2, as large documents are slow."""


def _registers(field_type: RegisterOf, portfolio: Portfolio) -> SearchStrategy[Register[Entity]]:
    cls = field_type.cls
    is_generated = cls.plural in GENERATED
    entities = generated(cls, {}, portfolio) if is_generated else st.sampled_from(_bundled(cls))
    return _SIZES.flatmap(
        lambda size: st.lists(entities, max_size=size, unique_by=lambda entity: entity.key)
    ).map(Register)


_STRATEGIES_BY_TYPE: dict[type[FieldType], Callable[[Any, Portfolio], SearchStrategy[Any]]] = {
    AnyObject: lambda _, __: st.nothing(),
    WholeNumber: lambda field_type, _: st.integers(field_type.minimum, 99),
    Date: lambda _, __: days(),
    Boolean: lambda _, __: st.booleans(),
    RegisterOf: _registers,
    Identifier: lambda _, __: st.integers(1, 99).map("id{}".format),
    NonBlankText: lambda _, __: lines(),
    ListOf: _lists,
    UniqueListOf: _lists,
    TextOf: lambda field_type, portfolio: generated(field_type.cls, {}, portfolio),
    EnumMember: lambda field_type, _: st.sampled_from(field_type.enum),
    Money: lambda field_type, _: (
        st.just(Decimal(0)) | amounts() if field_type.allows_zero else amounts()
    ),
    ObjectOf: _objects,
    Ref: _keys,
    SetOf: lambda field_type, portfolio: _lists(field_type, portfolio).map(frozenset),
    Url: lambda _, __: st.integers(1, 99).map("https://example.org/{}".format),
}
