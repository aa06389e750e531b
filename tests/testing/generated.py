"""Number of examples of slow properties: few in every run, more in `nox -s proofs`."""

from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import Phase, find, settings
from hypothesis.strategies import SearchStrategy

__all__ = ["EXAMPLES", "few", "simplest"]

T = TypeVar("T")

EXAMPLES: int = {"proofs": 300, "search": 1000}.get(settings.get_current_profile_name(), 5)

few: Callable[[Callable[..., Any]], Callable[..., Any]] = settings(max_examples=EXAMPLES)
"""The settings of a property that takes long."""


def simplest(strategy: SearchStrategy[T], wanted: Callable[[T], object] = lambda _: True) -> T:
    """Return the simplest example that satisfies a condition, as Hypothesis would report it."""
    phases = (Phase.generate, Phase.shrink)
    return find(
        strategy,
        lambda generated: bool(wanted(generated)),
        settings=settings(max_examples=1000, phases=phases, derandomize=True, database=None),
    )
