"""How strategies make their objects: from what fields declare, pinned fields as they are given.

Whatever a field may leave unsaid is left unsaid now and then, and in the simplest example always.
"""

import functools
import itertools
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar, cast, get_args, get_origin

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tulevaisuus.facts import programme, reference
from tulevaisuus.findings import InvalidValueError
from tulevaisuus.findings.near import near
from tulevaisuus.model import (
    Call,
    Grant,
    Key,
    Organisation,
    Period,
    Portfolio,
    Post,
    Programme,
    Project,
    Register,
    ServiceCentre,
    Thing,
    Value,
)
from tulevaisuus.model.kinds import (
    Anything,
    Count,
    Day,
    Flag,
    Identifier,
    Kind,
    Line,
    Many,
    Member,
    Money,
    Nested,
    Ref,
    Several,
    Url,
)
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.register import Holding
from tulevaisuus.model.value import fields_of
from tulevaisuus.rules import Rule, rulebook
from tulevaisuus.testing.fitting import bundled_keys, fit, fitted
from tulevaisuus.testing.plausible import PLAUSIBLE, amounts, days, lines

__all__ = ["drawn", "strategy_of", "strategy_with", "values_of"]

V = TypeVar("V", bound=Value)

_DRAWN = ("organisations", "calls", "projects", "grants", "centres", "posts")
"""The registers of a user's document; of the others the bundled things are drawn."""

_UNSAID = {(Thing, "notes"), (Thing, "sources"), (Post, "holder")}
"""What is only there if it is pinned: what is said of facts alone, and personal data."""

_SOMETIMES = st.booleans()
_MOSTLY = st.sampled_from((True, False))
_ALWAYS = st.just(value=True)
_NEVER = st.just(value=False)
_EMPTY = Portfolio()


def strategy_of(asked: object) -> SearchStrategy[Any]:
    """Return the strategy of a class of ours or of a user's subclass; ``NotImplemented`` of others.

    Hypothesis also asks for bases, and for abstract classes that ours happen to fit.
    """
    if asked is Register or get_origin(asked) is Register:
        classes = get_args(asked) or tuple(REGISTERS.values())
        return st.one_of(*(values_of(Holding(cls), _EMPTY) for cls in classes))
    if not isinstance(asked, type) or not issubclass(asked, Value):
        return cast("SearchStrategy[Any]", NotImplemented)
    if asked in {Value, Thing}:
        return st.one_of(*(strategy_of(cls) for cls in REGISTERS.values()))
    return strategy_with(asked, {})


def strategy_with(cls: type[V], pins: Mapping[str, object]) -> SearchStrategy[V]:
    """Draw objects of a class with these fields: values, or strategies for them.

    `TypeError` for a field that the class does not have, when the strategy is made.
    """
    for name in pins:
        if name not in fields_of(cls):
            meant = near(name, fields_of(cls))
            hint = f"; did you mean {' or '.join(map(repr, meant))}?" if meant else ""
            message = f"a {cls.__name__} has no field {name!r} to pin{hint}"
            raise TypeError(message)
    if issubclass(cls, Portfolio):
        return cast("SearchStrategy[V]", _portfolios(pins))
    return _things(cls, pins) if issubclass(cls, Thing) else drawn(cls, pins)


@st.composite
def _portfolios(draw: DrawFn, pins: Mapping[str, object]) -> Portfolio:
    given = _given(draw, Portfolio, pins)
    portfolio = Portfolio(**given)
    for name in _DRAWN:
        if name not in given:
            things = draw(values_of(Holding(REGISTERS[name]), portfolio))
            portfolio = attrs.evolve(portfolio, **{name: things})
    return fit(portfolio, lambda thing, _field: thing.many not in given)


@st.composite
def _things(draw: DrawFn, cls: type[Thing], pins: Mapping[str, object]) -> Any:  # noqa: ANN401 - of the class
    given = _given(draw, cls, pins)
    bundled = [
        thing
        for thing in _bundled(cls)
        if all(getattr(thing, name) == value for name, value in given.items())
    ]
    is_own = issubclass(cls, (Project, Grant, ServiceCentre, Post))
    is_known = bool(bundled) and given.keys() >= {*cls.key_fields}
    may_be_own = is_own or not bundled or issubclass(cls, (Organisation, Call))
    if is_known or not may_be_own or (bundled and not is_own and draw(_MOSTLY)):
        return draw(st.sampled_from(bundled))
    return fitted(draw(drawn(cls, given)), given)


def _bundled(cls: type[Thing]) -> list[Thing]:
    """Return the bundled things of a class."""
    if issubclass(cls, Programme):
        return [programme]
    register = rulebook if issubclass(cls, Rule) else reference.registers().get(cls.many, ())
    return [thing for thing in register if isinstance(thing, cls)]


@st.composite
def drawn(draw: DrawFn, cls: type[V], pins: Mapping[str, object], around: Portfolio = _EMPTY) -> V:
    """Draw objects of a class by what its fields declare, beside the things of a portfolio."""
    said = _given(draw, cls, pins)
    for name, spec in fields_of(cls).items():
        if name not in said and (spec.required or draw(_is_said(cls, name, said))):
            said[name] = draw(_field(cls, name, said, around))
    return cls(**said)


def _is_said(cls: type[Value], name: str, said: Mapping[str, object]) -> SearchStrategy[bool]:
    """Draw whether something is said of a field that may be left out; of a period one bound is."""
    if issubclass(cls, Period):
        other, unknown = ("end", "") if name == "start" else ("start", None)
        return _ALWAYS if said.get(other, unknown) is None else _MOSTLY
    is_unsaid = any(name == field and issubclass(cls, owner) for owner, field in _UNSAID)
    return _NEVER if is_unsaid else _SOMETIMES


def _given(draw: DrawFn, cls: type[Value], pins: Mapping[str, object]) -> dict[str, Any]:
    """Return the pinned fields as the class keeps them; draw those that are strategies."""
    given: dict[str, Any] = {}
    for name, pin in pins.items():
        spec = fields_of(cls)[name]
        value = draw(cast("SearchStrategy[object]", pin)) if _is_strategy(pin) else pin
        try:
            is_unknown = value is None and spec.may_be_unknown
            given[name] = None if is_unknown else spec.kind.accept(value)
        except InvalidValueError as error:
            raise error.under(name) from None
    return given


def _is_strategy(pin: object) -> bool:
    return isinstance(pin, SearchStrategy)


def _field(
    cls: type[Value], name: str, said: Mapping[str, object], around: Portfolio
) -> SearchStrategy[object]:
    """Draw one field: what is plausible beside those that are drawn, else what its kind takes."""
    kind = fields_of(cls)[name].kind
    if issubclass(cls, Thing) and name in cls.key_fields and type(kind) is Identifier:
        return _own_keys(cls.one[0])
    for owner, make in PLAUSIBLE.get(name, ()):
        if issubclass(cls, owner):
            return make(said, around)
    return values_of(kind, around)


@functools.cache
def _own_keys(initial: str) -> SearchStrategy[str]:
    return st.integers(1, 99).map(f"{initial}{{}}".format)


def values_of(kind: Kind, around: Portfolio) -> SearchStrategy[Any]:
    """Draw values that a kind of field takes, beside the things of a portfolio."""
    return _MAKERS[type(kind)](kind, around) if _refers(kind) else _values(kind)


@functools.cache
def _values(kind: Kind) -> SearchStrategy[Any]:
    return _MAKERS[type(kind)](kind, _EMPTY)


@functools.cache
def _refers(kind: Kind) -> bool:
    """Tell whether values of the kind refer to things, which may be around."""
    match kind:
        case Nested():
            return any(_refers(spec.kind) for spec in fields_of(kind.cls).values())
        case Many():
            return _refers(kind.item)
        case _:
            return isinstance(kind, Ref | Holding)


def _keys(kind: Ref, around: Portfolio) -> SearchStrategy[Key]:
    """Draw keys of the things around, the simplest ones, and of those of the facts."""
    own = (around.registers()[name].keys() for name in kind.registers)
    return _one_of((*itertools.chain(*own), *bundled_keys(kind.registers)))


@functools.lru_cache(maxsize=1000)
def _one_of(keys: tuple[Key, ...]) -> SearchStrategy[Key]:
    return st.sampled_from(keys)


def _lists(kind: Many, around: Portfolio) -> SearchStrategy[tuple[object, ...]]:
    items = values_of(kind.item, around)
    return st.lists(items, max_size=3, unique=True).map(tuple)


def _registers(kind: Holding, around: Portfolio) -> SearchStrategy[Register[Thing]]:
    one = kind.cls.many in _DRAWN
    things = drawn(kind.cls, {}, around) if one else st.sampled_from(_bundled(kind.cls))
    return st.lists(things, max_size=2, unique_by=lambda thing: thing.key).map(Register)


_MAKERS: dict[type[Kind], Callable[[Any, Portfolio], SearchStrategy[Any]]] = {
    Anything: lambda _, __: st.nothing(),
    Count: lambda kind, _: st.integers(kind.minimum, 99),
    Day: lambda _, __: days(),
    Flag: lambda _, __: st.booleans(),
    Holding: _registers,
    Identifier: lambda _, __: st.integers(1, 99).map("id{}".format),
    Line: lambda _, __: lines(),
    Many: _lists,
    Member: lambda kind, _: st.sampled_from(kind.enum),
    Money: lambda kind, _: st.just(Decimal(0)) | amounts() if kind.may_be_zero else amounts(),
    Nested: lambda kind, around: drawn(kind.cls, {}, around),
    Ref: _keys,
    Several: lambda kind, around: _lists(kind, around).map(frozenset),
    Url: lambda _, __: st.integers(1, 99).map("https://example.org/{}".format),
}
