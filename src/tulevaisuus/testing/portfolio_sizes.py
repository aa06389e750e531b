"""Generates portfolios with at least so many entities of a class.

A portfolio is all entities of one document. A register is a collection of the entities of one
class, by key. To pin a register is to give its entities.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import count
from typing import Any, cast

import attrs
from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tulevaisuus.findings.argument_checks import has_type, require_argument
from tulevaisuus.findings.found_values import quote
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.portfolio import REGISTERS, Portfolio
from tulevaisuus.testing.finding_removal import bundled_keys, remove_findings
from tulevaisuus.testing.object_strategies import GENERATED, generated

__all__ = ["enlarged"]

_ROUNDS = 20
"""How often missing entities are generated again, after those that broke a rule were removed."""


def enlarged(
    portfolios: SearchStrategy[Portfolio], at_least: Mapping[str, int], pinned: Collection[str]
) -> SearchStrategy[Portfolio]:
    """Generate portfolios with enough entities in some registers.

    Args:
        portfolios: The strategy whose portfolios get more entities.
        at_least: The number of entities by register.
        pinned: The names of registers that must not change.

    Raises:
        TypeError: The sizes are no mapping of names to whole numbers.
        ValueError: A register is pinned or has only bundled entities, or a size is below zero.
    """
    takes = "sizes of registers, such as {'grants': 3}"
    require_argument(at_least, Mapping, "at_least", takes)
    for name, size in at_least.items():
        if name not in GENERATED or name in pinned:
            others = ", ".join(each for each in GENERATED if each not in pinned)
            raise ValueError(f"at_least takes {takes}, of {others}, not of '{quote(str(name))}'")
        if not has_type(size, int) or isinstance(size, bool):
            raise TypeError(f"at_least takes {takes}, not {quote(repr(size))} {name}")
        if size < 0:
            raise ValueError(f"at_least takes sizes from zero up, not {size} {name}")
    return _enlarged(portfolios, dict(at_least), frozenset(pinned))


@st.composite
def _enlarged(
    draw: DrawFn,
    portfolios: SearchStrategy[Portfolio],
    at_least: Mapping[str, int],
    pinned: Collection[str],
) -> Portfolio:
    portfolio = draw(portfolios)
    for _ in range(_ROUNDS):
        missing = {
            name: at_least[name] - len(portfolio.registers()[name])
            for name in GENERATED  # grants come after the projects that they refer to
            if len(portfolio.registers()[name]) < at_least.get(name, 0)
        }
        if not missing:
            return portfolio
        for name, number in missing.items():
            portfolio = _with_more(draw, portfolio, name, number)
        portfolio = remove_findings(portfolio, lambda entity, _: entity.plural not in pinned)
    return reject()


def _with_more(draw: DrawFn, portfolio: Portfolio, name: str, number: int) -> Portfolio:
    """Return the portfolio with more entities in a register, under keys that are free."""
    cls, register = REGISTERS[name], portfolio.registers()[name]
    (key_field,) = cls.key_fields
    free = (key for key in _keys(cls) if key not in register)
    more: list[Entity] = []
    for index in range(len(register), len(register) + number):
        pins = {key_field: next(free), **_other_pins(cls, index, portfolio)}
        more.append(draw(generated(cls, pins, portfolio)))
    return attrs.evolve(portfolio, **cast("dict[str, Any]", {name: register.with_(*more)}))


def _other_pins(cls: type[Entity], index: int, portfolio: Portfolio) -> dict[str, object]:
    """Return the project of a grant: the simplest grants of a document have different projects.

    Hypothesis prefers the first project of a list. A second grant of a call to the same project
    would be removed again.
    """
    if not issubclass(cls, Grant):
        return {}
    projects = [*portfolio.projects.keys(), *bundled_keys(("projects",))]
    first = index % len(projects)
    return {"project": st.sampled_from([*projects[first:], *projects[:first]])}


def _keys(cls: type[Entity]) -> Iterator[str]:
    """Yield ids such as ``g1``."""
    return map(f"{cls.singular[0]}{{}}".format, count(1))
