"""Fitting what is drawn to the rules: what a rule contradicts is left unsaid.

A rule contradicts what is said, never what is left unsaid; so this always ends, and needs to know
no rule.
"""

import functools
import itertools
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar, cast

import attrs

from tulevaisuus.facts import programme, reference
from tulevaisuus.findings import Finding, Severity, pointers
from tulevaisuus.model import Key, Portfolio, Register, Thing
from tulevaisuus.model.kinds import Member, Ref
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.value import FieldSpec, fields_of
from tulevaisuus.rules import check

__all__ = ["alone", "bundled_keys", "fit", "fitted", "serious"]

May: TypeAlias = Callable[[Thing, str | None], bool]
"""Whether a field of a thing may be left unsaid or, without a field, the thing be left out."""

T = TypeVar("T", bound=Thing)


def serious(portfolio: Portfolio) -> list[Finding]:
    """Return the errors and warnings in a portfolio."""
    return [each for each in check(portfolio).findings if each.severity > Severity.NOTE]


def fit(portfolio: Portfolio, may: May) -> Portfolio:
    """Leave unsaid, or out, what the rules contradict, as far as that may be done."""
    while True:
        eased: dict[str, dict[int, Thing | None]] = {}
        for finding in serious(portfolio):
            name, place, field = (*pointers.split(finding.path), "", "")[:3]
            if name in REGISTERS:
                thing = [*portfolio.registers()[name]][int(place)]
                easier = _eased(thing, field, may)
                if easier is not thing:
                    eased.setdefault(name, {})[int(place)] = easier
        if not eased:
            return portfolio
        registers = {name: _changed(portfolio.registers()[name], eased[name]) for name in eased}
        portfolio = attrs.evolve(portfolio, **cast("dict[str, Any]", registers))


def _changed(register: Register[Thing], eased: Mapping[int, Thing | None]) -> Register[Thing]:
    changed = (eased.get(place, thing) for place, thing in enumerate(register))
    return Register(thing for thing in changed if thing is not None)


def _eased(thing: Thing, field: str, may: May) -> Thing | None:
    """Leave the field unsaid; if that may not be, leave the thing out, or all else unsaid."""
    specs = fields_of(type(thing))
    free = [name for name in thing.said() if not specs[name].required and may(thing, name)]
    if field in free:
        free = [field]
    elif may(thing, None):
        return None
    unsaid = {name: specs[name].default for name in free}
    return attrs.evolve(thing, **cast("dict[str, Any]", unsaid)) if unsaid else thing


def alone(thing: Thing) -> Portfolio:
    """Return a portfolio of one thing."""
    return Portfolio(**cast("dict[str, Any]", {thing.many: [thing]}))


def fitted(thing: T, pins: Mapping[str, object]) -> T:
    """Fit a thing to the rules; pinned fields stay, even if they break one."""
    if not isinstance(thing, REGISTERS.get(thing.many, ())):
        return thing
    fit_one = fit(alone(thing), lambda _, field: field is not None and field not in pins)
    (kept,) = fit_one.registers()[thing.many]
    return _redirected(cast("T", kept), pins)


def _redirected(thing: T, pins: Mapping[str, object]) -> T:
    """Let drawn codes that pinned fields do not fit give way to others that they fit better."""
    for spec in fields_of(type(thing)).values():
        if spec.required and spec.name not in pins and serious(alone(thing)):
            others = [_with(thing, spec.name, value) for value in _alternatives(spec)]
            thing = min((thing, *others), key=lambda each: len(serious(alone(each))))
    return thing


def _with(thing: T, name: str, value: object) -> T:
    return attrs.evolve(thing, **cast("dict[str, Any]", {name: value}))


def _alternatives(spec: FieldSpec) -> list[object]:
    match spec.kind:
        case Ref() as kind:
            return [*bundled_keys(kind.registers)]
        case Member() as kind:
            return [*kind.enum]
        case _:
            return []


@functools.cache
def bundled_keys(registers: tuple[str, ...]) -> tuple[Key, ...]:
    """Return the keys of registers of the facts; of regions only those of the programme."""
    if registers == ("regions",):
        return programme.regions or ()
    return tuple(itertools.chain(*(reference.registers()[name].keys() for name in registers)))
