"""A strategy for each class of entities and values; keywords pin fields: `grants(call="shc-2021")`.

A pin is a value, or a strategy for it. A keyword that is not the name of a field is a `TypeError`.
An invalid value is an `InvalidValueError` when an example is generated.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tulevaisuus import model
from tulevaisuus.findings.found_values import quote
from tulevaisuus.rules.rule_declaration import Rule, rulebook
from tulevaisuus.testing.object_strategies import strategy_with
from tulevaisuus.testing.pins import draw_pin, require_fields
from tulevaisuus.testing.portfolio_sizes import enlarged

__all__ = [
    "administrations",
    "aliases",
    "areas",
    "bodies",
    "business_ids",
    "calls",
    "centres",
    "cooperation_goals",
    "cost_categories",
    "goal_links",
    "goals",
    "grants",
    "hospital_districts",
    "initiatives",
    "maakunnat",
    "municipalities",
    "notes",
    "organisations",
    "periods",
    "populations",
    "portfolios",
    "posts",
    "programmes",
    "projects",
    "regions",
    "roles",
    "rules",
    "services",
    "sources",
    "texts",
    "themes",
    "tiles",
    "variants",
]


def administrations(**pins: object) -> SearchStrategy[model.Administration]:
    """Generate administrations: an organisation that administers a project, and a period."""
    return strategy_with(model.Administration, pins)


def aliases(**pins: object) -> SearchStrategy[model.Alias]:
    """Generate other names of entities, in a scheme."""
    return strategy_with(model.Alias, pins)


def areas(**pins: object) -> SearchStrategy[model.Area]:
    """Generate bundled areas."""
    return strategy_with(model.Area, pins)


def bodies(**pins: object) -> SearchStrategy[model.Body]:
    """Generate bundled bodies."""
    return strategy_with(model.Body, pins)


def business_ids(**pins: object) -> SearchStrategy[model.BusinessId]:
    """Generate business ids with valid check digits."""
    return strategy_with(model.BusinessId, pins)


def calls(**pins: object) -> SearchStrategy[model.Call]:
    """Generate bundled calls, and others."""
    return strategy_with(model.Call, pins)


def centres(**pins: object) -> SearchStrategy[model.ServiceCentre]:
    """Generate service centres in bundled regions and municipalities."""
    return strategy_with(model.ServiceCentre, pins)


def cooperation_goals(**pins: object) -> SearchStrategy[model.CooperationGoal]:
    """Generate bundled goals of cooperation."""
    return strategy_with(model.CooperationGoal, pins)


def cost_categories(**pins: object) -> SearchStrategy[model.CostCategory]:
    """Generate bundled categories of eligible costs."""
    return strategy_with(model.CostCategory, pins)


def goal_links(**pins: object) -> SearchStrategy[model.GoalLink]:
    """Generate bundled links of goals to services and themes."""
    return strategy_with(model.GoalLink, pins)


def goals(**pins: object) -> SearchStrategy[model.Goal]:
    """Generate the five goals."""
    return strategy_with(model.Goal, pins)


def grants(**pins: object) -> SearchStrategy[model.Grant]:
    """Generate grants of bundled calls to bundled projects."""
    return strategy_with(model.Grant, pins)


def hospital_districts(**pins: object) -> SearchStrategy[model.HospitalDistrict]:
    """Generate bundled hospital districts."""
    return strategy_with(model.HospitalDistrict, pins)


def initiatives(**pins: object) -> SearchStrategy[model.Initiative]:
    """Generate bundled sister programmes."""
    return strategy_with(model.Initiative, pins)


def maakunnat(**pins: object) -> SearchStrategy[model.Maakunta]:
    """Generate bundled regions of the older division."""
    return strategy_with(model.Maakunta, pins)


def municipalities(**pins: object) -> SearchStrategy[model.Municipality]:
    """Generate bundled municipalities."""
    return strategy_with(model.Municipality, pins)


def notes(**pins: object) -> SearchStrategy[model.Note]:
    """Generate comments on a field."""
    return strategy_with(model.Note, pins)


def organisations(**pins: object) -> SearchStrategy[model.Organisation]:
    """Generate bundled organisations, and others."""
    return strategy_with(model.Organisation, pins)


def periods(**pins: object) -> SearchStrategy[model.Period]:
    """Generate periods within the years of the programme, some of them open on one side."""
    return strategy_with(model.Period, pins)


def populations(**pins: object) -> SearchStrategy[model.Population]:
    """Generate numbers of inhabitants."""
    return strategy_with(model.Population, pins)


def portfolios(
    *, at_least: Mapping[str, int] | None = None, **pins: object
) -> SearchStrategy[model.Portfolio]:
    """Generate documents of a few entities that refer to each other and to the bundled facts.

    Args:
        at_least: The least number of entities by register, such as ``{"grants": 3}``.
        pins: The registers that are given.

    """
    plain = strategy_with(model.Portfolio, pins)
    return plain if at_least is None else enlarged(plain, at_least, pins)


def posts(**pins: object) -> SearchStrategy[model.Post]:
    """Generate posts of bundled roles, without the names of holders."""
    return strategy_with(model.Post, pins)


def programmes(**pins: object) -> SearchStrategy[model.Programme]:
    """Generate the programme."""
    return strategy_with(model.Programme, pins)


def projects(**pins: object) -> SearchStrategy[model.Project]:
    """Generate projects in regions of the programme."""
    return strategy_with(model.Project, pins)


def regions(**pins: object) -> SearchStrategy[model.Region]:
    """Generate bundled regions."""
    return strategy_with(model.Region, pins)


def roles(**pins: object) -> SearchStrategy[model.Role]:
    """Generate bundled roles."""
    return strategy_with(model.Role, pins)


def services(**pins: object) -> SearchStrategy[model.Service]:
    """Generate the eight groups of services."""
    return strategy_with(model.Service, pins)


def sources(**pins: object) -> SearchStrategy[model.Source]:
    """Generate bundled sources."""
    return strategy_with(model.Source, pins)


def texts(**pins: object) -> SearchStrategy[model.Text]:
    """Generate phrases: always in Finnish, sometimes also in Swedish and English."""
    return strategy_with(model.Text, pins)


def themes(**pins: object) -> SearchStrategy[model.Theme]:
    """Generate bundled themes."""
    return strategy_with(model.Theme, pins)


def tiles(**pins: object) -> SearchStrategy[model.Tile]:
    """Generate places on the tile map."""
    return strategy_with(model.Tile, pins)


def variants(**pins: object) -> SearchStrategy[model.Variant]:
    """Generate wordings of a goal."""
    return strategy_with(model.Variant, pins)


def rules(**pins: object) -> SearchStrategy[Rule]:
    """Generate rules of the rulebook whose fields have the pinned values.

    A code or slug may be in any case. It is a `ValueError` when an example is generated if no rule
    has the values.
    """
    require_fields(Rule, [field.name for field in attrs.fields(Rule)], pins)
    return _rules(pins)


@st.composite
def _rules(draw: DrawFn, pins: Mapping[str, object]) -> Rule:
    pinned = {name: draw_pin(draw, pin) for name, pin in pins.items()}
    matching = [rule for rule in rulebook if all(_has(rule, *pin) for pin in pinned.items())]
    if not matching:
        shown = ", ".join(f"{name}={quote(repr(value))}" for name, value in pinned.items())
        raise ValueError(f"no rule has {shown}")
    return draw(st.sampled_from(matching))


def _has(rule: Rule, name: str, value: object) -> bool:
    """Return whether a field of a rule has a value; a code or slug may be in any case."""
    if name in {"code", "slug"} and isinstance(value, str):
        return value.casefold() == str(getattr(rule, name)).casefold()
    return bool(getattr(rule, name) == value)
