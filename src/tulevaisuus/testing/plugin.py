"""What Hypothesis runs when it is imported: it teaches `from_type` our classes as they appear.

The hook opens no class and imports nothing of weight; a strategy opens when a class is asked for.
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
