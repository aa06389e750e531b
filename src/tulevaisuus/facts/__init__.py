"""The bundled facts: registers of entities with their sources, and functions that look facts up.

The data is in ``data/``, with one JSON document for each register.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.facts.bundled_registers import (
        areas,
        bodies,
        calls,
        cooperation_goals,
        cost_categories,
        goal_links,
        goals,
        grants,
        hospital_districts,
        initiatives,
        maakunnat,
        municipalities,
        organisations,
        posts,
        projects,
        regions,
        roles,
        services,
        sources,
        themes,
    )
    from tulevaisuus.facts.citations import cite
    from tulevaisuus.facts.facts_since import FACTS_SINCE
    from tulevaisuus.facts.facts_version import FACTS_VERSION
    from tulevaisuus.facts.gaps_and_disagreements import Disagreement, Gap, disagreements, gaps
    from tulevaisuus.facts.goal_lookups import goals_for, services_for
    from tulevaisuus.facts.municipality_lookups import Place, region_of, where
    from tulevaisuus.facts.reference_portfolio import programme, reference

__all__ = [
    "FACTS_SINCE",
    "FACTS_VERSION",
    "Disagreement",
    "Gap",
    "Place",
    "areas",
    "bodies",
    "calls",
    "cite",
    "cooperation_goals",
    "cost_categories",
    "disagreements",
    "gaps",
    "goal_links",
    "goals",
    "goals_for",
    "grants",
    "hospital_districts",
    "initiatives",
    "maakunnat",
    "municipalities",
    "organisations",
    "posts",
    "programme",
    "projects",
    "reference",
    "region_of",
    "regions",
    "roles",
    "services",
    "services_for",
    "sources",
    "themes",
    "where",
]

_NAMES_BY_MODULE = {
    "facts_since": ("FACTS_SINCE",),
    "facts_version": ("FACTS_VERSION",),
    "bundled_registers": (
        "areas",
        "bodies",
        "calls",
        "cooperation_goals",
        "cost_categories",
        "goal_links",
        "goals",
        "grants",
        "hospital_districts",
        "initiatives",
        "maakunnat",
        "municipalities",
        "organisations",
        "posts",
        "projects",
        "regions",
        "roles",
        "services",
        "sources",
        "themes",
    ),
    "citations": ("cite",),
    "municipality_lookups": ("Place", "region_of", "where"),
    "gaps_and_disagreements": ("Disagreement", "Gap", "disagreements", "gaps"),
    "reference_portfolio": ("programme", "reference"),
    "goal_lookups": ("goals_for", "services_for"),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        from tulevaisuus._lazy import open_name

        return open_name(__name__, _NAMES_BY_MODULE, name)

    def __dir__() -> list[str]:
        return list(__all__)
