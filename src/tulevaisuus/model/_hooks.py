"""Where the model meets outsiders: who wants to know of its classes is told of each one here."""

from collections.abc import Callable

__all__ = ["announce", "subscribe"]

_announced: list[type] = []
_listeners: list[Callable[[type], None]] = []


def announce(cls: type) -> None:
    """Tell everybody who listens of a finished class."""
    _announced.append(cls)
    for listener in _listeners:
        listener(cls)


def subscribe(listener: Callable[[type], None]) -> None:
    """Tell a listener of each class to come, and of those that are finished already.

    Subscribing twice is the same as once.
    """
    if listener not in _listeners:
        _listeners.append(listener)
        for cls in tuple(_announced):
            listener(cls)
