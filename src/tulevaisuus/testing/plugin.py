"""The plug-in that Hypothesis loads: it registers our classes for `from_type`.

A strategy generates examples of a class. The plug-in imports no class itself, and makes strategies
at first use: Hypothesis loads it at every start.
"""

from tulevaisuus.model._hooks import subscribe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["listen"]


def listen() -> None:
    """Register with Hypothesis the classes that exist, and later ones when they are defined."""
    subscribe(_register)


def _register(cls: type) -> None:
    from hypothesis.strategies import register_type_strategy

    from tulevaisuus.findings.finding import Finding
    from tulevaisuus.findings.report import Report

    for each in (cls, Finding, Report):
        register_type_strategy(each, _strategy_of)


def _strategy_of(requested: type[object]) -> "SearchStrategy[object]":
    from tulevaisuus.testing.object_strategies import strategy_of

    return strategy_of(requested)
