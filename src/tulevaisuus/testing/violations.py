"""Generates portfolios that break one rule: variations of its example, among valid entities.

A variation is kept if it still breaks the rule and no other rule finds an error.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tulevaisuus.findings.severity import Severity
from tulevaisuus.formats.reading import loads
from tulevaisuus.model.entity import Entity, Key
from tulevaisuus.model.field_types import Date, FieldType, Identifier, ListOf, Money, ObjectOf, Ref
from tulevaisuus.model.period import Period
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.value import fields_of
from tulevaisuus.rules.checking import check
from tulevaisuus.rules.rule_declaration import rulebook
from tulevaisuus.testing import samples
from tulevaisuus.testing.class_strategies import strategy_with, values_of
from tulevaisuus.testing.finding_removal import weaken
from tulevaisuus.testing.value_strategies import amounts, days, within

__all__ = ["VIOLATED", "around", "violating"]

VIOLATED: tuple[str, ...] = tuple(
    rule.code for rule in rulebook if rule.judge and rule.code != "TSK008"
)
"""The codes that `violating` accepts: those of the rules that a portfolio can break."""

_ALL = tuple(rule.code for rule in rulebook)
_ANY_CODE = Identifier()
_REGIONS = st.sampled_from(("HUS", "21", "1", "5", "Turku"))
_AROUND_THE_PROGRAMME = Period.of_years(2018, 2026)


def violating(rule: str) -> SearchStrategy[Portfolio]:
    """Generate portfolios that break one rule, named by its code or slug; no other is an error.

    A rule that is checked on request only, such as TSK605, must be selected to be found. An unknown
    name is an `UnknownCodeError`; a rule that no portfolio can break, because constructors and
    readers apply it, a `ValueError`: `broken_documents` has documents that break it.
    """
    code = rulebook[rule].code
    if code not in VIOLATED:
        message = f"no portfolio can break {code}; broken_documents({code!r}) has documents that do"
        raise ValueError(message)
    return _violating(code)


@st.composite
def _violating(draw: DrawFn, code: str) -> Portfolio:
    example = loads(samples.broken(code))
    portfolio = draw(around(example))
    portfolio = portfolio if _breaks(portfolio, code) else example
    for many, key in _keys(example):
        for name in _names(draw, example.registers()[many][key]):
            varied = _varied(draw, portfolio, many, key, name)
            portfolio = varied if _breaks(varied, code) else portfolio
    return portfolio


@st.composite
def around(draw: DrawFn, example: Portfolio) -> Portfolio:
    """Generate an example with other entities, which are adapted to the rules; it is not."""
    fixed = _keys(example)
    among = example.over(draw(strategy_with(Portfolio, {})))
    return weaken(among, lambda entity, _: (entity.plural, entity.key) not in fixed)


def _keys(portfolio: Portfolio) -> list[tuple[str, Key]]:
    return [(each.plural, each.key) for held in portfolio.registers().values() for each in held]


def _breaks(portfolio: Portfolio, code: str) -> bool:
    is_asked = rulebook[code].on_request
    found = check(portfolio, select=_ALL if is_asked else None).findings
    others = [each.severity for each in found if each.code != code]
    return len(others) < len(found) and Severity.ERROR not in others


def _names(draw: DrawFn, entity: Entity) -> list[str]:
    """Choose fields to vary: some of those that are set, and sometimes one of the others."""
    names = [name for name in fields_of(type(entity)) if name not in entity.key_fields]
    chosen = [name for name in names if name in entity.set_fields() and draw(st.booleans())]
    return [*chosen, *draw(st.lists(st.sampled_from(names), max_size=1))]


def _varied(draw: DrawFn, portfolio: Portfolio, many: str, key: Key, name: str) -> Portfolio:
    """Return the portfolio with another value in a field of an entity."""
    register = portfolio.registers()[many]
    entity = register[key]
    field_type, value = fields_of(type(entity))[name].type, getattr(entity, name)
    close = _close_to(value) if isinstance(value, Period | dt.date) else st.nothing()
    generated: dict[str, Any] = {name: draw(close | _wider(field_type, portfolio))}
    changed = attrs.evolve(entity, **generated)
    return attrs.evolve(portfolio, **cast("dict[str, Any]", {many: register.with_(changed)}))


def _close_to(value: Period | dt.date) -> SearchStrategy[Period | dt.date]:
    """Generate days at most a year from a day, or periods with bounds at most a year off."""
    if isinstance(value, dt.date):
        return _around(value)
    start, end = (_around(day) if day else st.none() for day in (value.start, value.end))
    return st.tuples(start, end).filter(_in_order).map(lambda bounds: Period(*bounds))


def _around(day: dt.date) -> SearchStrategy[dt.date]:
    return st.integers(-365, 365).map(lambda count: day + dt.timedelta(count))


def _in_order(bounds: tuple[dt.date | None, dt.date | None]) -> bool:
    start, end = bounds
    return start is None or end is None or start <= end


def _wider(field_type: FieldType, around: Portfolio) -> SearchStrategy[object]:
    """Generate values of a type; days, amounts and codes may be out of their valid range."""
    match field_type:
        case Ref():
            return values_of(field_type, around) | values_of(_ANY_CODE, around) | _REGIONS
        case ListOf():
            items = st.lists(_wider(field_type.item, around), max_size=3, unique=True)
            return items.map(type(field_type).collect)
        case ObjectOf() if field_type.cls is Period:
            return within(None) | within(_AROUND_THE_PROGRAMME)
        case Date():
            return days() | days(_AROUND_THE_PROGRAMME)
        case Money():
            return amounts(max_value=500_000_000)
        case _:
            return values_of(field_type, around)
