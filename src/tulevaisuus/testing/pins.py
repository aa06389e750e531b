"""Pinned fields: the keywords of strategies, each a value or a strategy for it."""

from collections.abc import Iterable
from typing import cast

from hypothesis.strategies import DrawFn, SearchStrategy

from tulevaisuus.findings.suggestions import suggest

__all__ = ["draw_pin", "require_fields"]


def require_fields(cls: type, fields: Iterable[str], pins: Iterable[str]) -> None:
    """Require that each pin is a field of a class; the `TypeError` suggests similar fields."""
    known = [*fields]
    for name in pins:
        if name not in known:
            suggestions = suggest(name, known)
            hint = f"; did you mean {' or '.join(map(repr, suggestions))}?" if suggestions else ""
            message = f"a {cls.__name__} has no field {name!r} to pin{hint}"
            raise TypeError(message)


def draw_pin(draw: DrawFn, pin: object) -> object:
    """Return a pinned value; a pin that is a strategy is generated."""
    is_strategy = isinstance(pin, SearchStrategy)
    return draw(cast("SearchStrategy[object]", pin)) if is_strategy else pin
