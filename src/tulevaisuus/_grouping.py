"""`group_by`: groups objects by a key, such as grants by their call."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

__all__ = ["group_by"]

T = TypeVar("T")
K = TypeVar("K")


def group_by(items: Iterable[T], key_of: Callable[[T], K]) -> dict[K, tuple[T, ...]]:
    """Return the objects by key, in the given order; the key of the first object comes first.

    Args:
        items: The objects.
        key_of: Returns the key of an object.

    >>> group_by(["g1", "p1", "g2"], lambda text: text[0])
    {'g': ('g1', 'g2'), 'p': ('p1',)}
    """
    groups: defaultdict[K, list[T]] = defaultdict(list)
    for item in items:
        groups[key_of(item)].append(item)
    return {key: tuple(group) for key, group in groups.items()}
