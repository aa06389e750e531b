"""Generates portfolios that break one rule: variants of its example, among valid entities.

A variant is kept if it still breaks the rule, and no other rule finds an error. A portfolio has all
entities of one document. A slug is the readable name of a rule, such as ``own-contribution``.
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
from tulevaisuus.testing.finding_removal import remove_findings
from tulevaisuus.testing.object_strategies import strategy_with, values_of
from tulevaisuus.testing.value_strategies import amounts, days, periods_within

__all__ = ["VIOLATED", "portfolios_with", "violating"]

_DUPLICATES = "TSK008"  # constructors and readers reject duplicates

VIOLATED: tuple[str, ...] = tuple(
    rule.code for rule in rulebook if rule.function and rule.code != _DUPLICATES
)
"""The codes that `violating` accepts: those of the rules that a portfolio can break."""

_ALL_CODES = tuple(rule.code for rule in rulebook)
_ANY_ID = Identifier()
_ODD_REGIONS = st.sampled_from(("HUS", "21", "1", "5", "Turku"))
"""Regions that take no part in the programme, an old number, and a name."""

_AROUND_THE_PROGRAMME = Period.of_years(2018, 2026)


def violating(rule: str) -> SearchStrategy[Portfolio]:
    """Generate portfolios that break one rule, given by its code or slug, without other errors.

    Some rules, such as TSK605, are checked on request only: `check` must select them.

    Raises:
        UnknownCodeError: There is no such rule.
        ValueError: No portfolio can break the rule, because constructors and readers apply it. Use
            `broken_documents`.
    """
    code = rulebook[rule].code
    if code not in VIOLATED:
        message = f"no portfolio can break {code}; broken_documents({code!r}) has documents that do"
        raise ValueError(message)
    return _violating(code)


@st.composite
def _violating(draw: DrawFn, code: str) -> Portfolio:
    example = loads(samples.broken(code))
    portfolio = draw(portfolios_with(example))
    portfolio = portfolio if _breaks(portfolio, code) else example
    for register, key in _keys(example):
        for field in _choose_fields(draw, example.registers()[register][key]):
            variant = _vary_field(draw, portfolio, register, key, field)
            portfolio = variant if _breaks(variant, code) else portfolio
    return portfolio


@st.composite
def portfolios_with(draw: DrawFn, example: Portfolio) -> Portfolio:
    """Generate portfolios with an unchanged example and other entities, which keep the rules."""
    fixed = _keys(example)
    # The entities of the portfolio and, for keys that it lacks, those of the generated ones.
    combined = example.over(draw(strategy_with(Portfolio, {})))
    return remove_findings(combined, lambda entity, _: (entity.plural, entity.key) not in fixed)


def _keys(portfolio: Portfolio) -> list[tuple[str, Key]]:
    return [
        (each.plural, each.key) for register in portfolio.registers().values() for each in register
    ]


def _breaks(portfolio: Portfolio, code: str) -> bool:
    """Return whether a portfolio breaks the rule, and has no error of another rule."""
    select = _ALL_CODES if rulebook[code].on_request else None
    findings = check(portfolio, select=select).findings
    others = [each.severity for each in findings if each.code != code]
    return len(others) < len(findings) and Severity.ERROR not in others


def _choose_fields(draw: DrawFn, entity: Entity) -> list[str]:
    """Choose fields to vary: some of those that are set, and sometimes one of the others."""
    names = [name for name in fields_of(type(entity)) if name not in entity.key_fields]
    chosen = [name for name in names if name in entity.set_fields() and draw(st.booleans())]
    return [*chosen, *draw(st.lists(st.sampled_from(names), max_size=1))]


def _vary_field(
    draw: DrawFn, portfolio: Portfolio, register: str, key: Key, field: str
) -> Portfolio:
    """Return the portfolio with another value in a field of an entity."""
    entities = portfolio.registers()[register]
    entity = entities[key]
    field_type, value = fields_of(type(entity))[field].type, getattr(entity, field)
    close = _close_to(value) if isinstance(value, Period | dt.date) else st.nothing()
    generated: dict[str, Any] = {field: draw(close | _any_values(field_type, portfolio))}
    changed = attrs.evolve(entity, **generated)
    return attrs.evolve(portfolio, **cast("dict[str, Any]", {register: entities.with_(changed)}))


def _close_to(value: Period | dt.date) -> SearchStrategy[Period | dt.date]:
    """Generate days up to a year before or after, or periods with such days as bounds."""
    if isinstance(value, dt.date):
        return _days_close_to(value)
    start, end = (_days_close_to(day) if day else st.none() for day in (value.start, value.end))
    return st.tuples(start, end).filter(_in_order).map(lambda bounds: Period(*bounds))


def _days_close_to(day: dt.date) -> SearchStrategy[dt.date]:
    return st.integers(-365, 365).map(lambda count: day + dt.timedelta(count))


def _in_order(bounds: tuple[dt.date | None, dt.date | None]) -> bool:
    start, end = bounds
    return start is None or end is None or start <= end


def _any_values(field_type: FieldType, portfolio: Portfolio) -> SearchStrategy[object]:
    """Generate values of a type; days, amounts and references need not be plausible."""
    match field_type:
        case Ref():
            return values_of(field_type, portfolio) | values_of(_ANY_ID, portfolio) | _ODD_REGIONS
        case ListOf():
            items = st.lists(_any_values(field_type.item, portfolio), max_size=3, unique=True)
            return items.map(type(field_type).collect)
        case ObjectOf() if field_type.cls is Period:
            return periods_within(None) | periods_within(_AROUND_THE_PROGRAMME)
        case Date():
            return days() | days(_AROUND_THE_PROGRAMME)
        case Money():
            return amounts(max_value=500_000_000)
        case _:
            return values_of(field_type, portfolio)
