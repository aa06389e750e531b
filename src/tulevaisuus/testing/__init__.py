"""Strategies for Hypothesis (extra ``testing``): test your own app with tulevaisuus.

`grants()`, `projects()` and others generate entities that keep the rules; `portfolios()` generates
whole documents. Keywords pin fields: ``grants(call="shc-2021")``. `violating("TSK302")` generates
portfolios that break one rule, `broken_documents("TSK002")` texts that break one rule on documents.
`ProjectLife` is the life of a project as a state machine. `from_type(tulevaisuus.Grant)` works,
too: a plug-in of Hypothesis, or the import of this package, registers the classes.

The strategies are public interface under Semantic Versioning: names and pinned fields stay, and
generated data keeps the rules of the same release. Which examples are generated may change with any
release. `tulevaisuus.testing.samples` needs no Hypothesis.
"""

from importlib.util import find_spec

from tulevaisuus.testing.plugin import listen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.testing.documents_with_reading_errors import (
        BROKEN,
        BrokenDocument,
        Expected,
        broken_documents,
        documents,
    )
    from tulevaisuus.testing.portfolios_that_break_a_rule import VIOLATED, violating
    from tulevaisuus.testing.state_machine import ProjectLife
    from tulevaisuus.testing.strategies import (
        administrations,
        aliases,
        areas,
        bodies,
        business_ids,
        calls,
        centres,
        cooperation_goals,
        cost_categories,
        goal_links,
        goals,
        grants,
        hospital_districts,
        initiatives,
        maakunnat,
        municipalities,
        notes,
        organisations,
        periods,
        populations,
        portfolios,
        posts,
        programmes,
        projects,
        regions,
        roles,
        rules,
        services,
        sources,
        texts,
        themes,
        tiles,
        variants,
    )
    from tulevaisuus.testing.value_strategies import amounts

__all__ = [
    "BROKEN",
    "VIOLATED",
    "BrokenDocument",
    "Expected",
    "ProjectLife",
    "administrations",
    "aliases",
    "amounts",
    "areas",
    "bodies",
    "broken_documents",
    "business_ids",
    "calls",
    "centres",
    "cooperation_goals",
    "cost_categories",
    "documents",
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
    "violating",
]

_NAMES_BY_MODULE = {
    "documents_with_reading_errors": (
        "BROKEN",
        "BrokenDocument",
        "Expected",
        "broken_documents",
        "documents",
    ),
    "state_machine": ("ProjectLife",),
    "value_strategies": ("amounts",),
    "portfolios_that_break_a_rule": ("VIOLATED", "violating"),
    "strategies": __all__,  # the rest
}

if find_spec("hypothesis"):
    listen()  # in case the plug-ins of Hypothesis are disabled

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        from tulevaisuus._lazy import open_name

        try:
            return open_name(__name__, _NAMES_BY_MODULE, name)
        except ModuleNotFoundError as error:
            if error.name != "hypothesis":
                raise
            message = (
                "generated test data needs the extra testing: pip install 'tulevaisuus[testing]'"
            )
            raise ModuleNotFoundError(message, name=error.name) from None

    def __dir__() -> list[str]:
        return list(__all__)
