"""The plugin that Hypothesis loads: it registers our classes for `from_type`.

It imports no class itself; a strategy is made when it is first used.
"""

from tulevaisuus.model._hooks import subscribe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["listen"]


def listen() -> None:
    """Register each class of ours with Hypothesis, those that exist and those to come."""
    subscribe(_register)


def _register(cls: type) -> None:
    from hypothesis.strategies import register_type_strategy

    from tulevaisuus.findings.finding import Finding
    from tulevaisuus.findings.report import Report

    for each in (cls, Finding, Report):
        register_type_strategy(each, _strategy_of)


def _strategy_of(asked: type[object]) -> "SearchStrategy[object]":
    from tulevaisuus.testing.class_strategies import strategy_of

    return strategy_of(asked)
