"""Loaders for registers that are made from other registers, on first use.

A register is a collection of the entities of one class, by key.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, Protocol, TypeVar, cast

from tulevaisuus.model.entity import Key
from tulevaisuus.model.name_search import Keyed

__all__ = ["Deferrable", "MergedIndex", "UpdatedIndex"]

T = TypeVar("T", bound=Keyed)
T_co = TypeVar("T_co", bound=Keyed, covariant=True)


class Deferrable(Protocol[T_co]):
    """The part of `Register` that this module needs."""

    @property
    def pending(self) -> Callable[[], Mapping[Key, T_co]] | None:
        """The loader of the entities; ``None`` once they are loaded."""
        ...

    def __iter__(self) -> Iterator[T_co]:
        """Iterate over the entities."""
        ...


class UpdatedIndex(Generic[T]):
    """Loads a register with entities that were added or replaced.

    A program may add many entities one by one, which makes a chain of registers. One loop follows
    the chain on first use: copying at each step would be slow, and recursion would be too deep.
    """

    __slots__ = ("base", "new")

    def __init__(self, base: Deferrable[T], new: dict[Key, T]) -> None:
        """Keep the register, and the entities to add or replace."""
        self.base: Deferrable[T] = base
        self.new: dict[Key, T] = new

    def __call__(self) -> dict[Key, T]:
        """Return all entities by key."""
        latest_first = [self.new]
        base = self.base
        while isinstance(pending := base.pending, UpdatedIndex):
            earlier = cast("UpdatedIndex[T]", pending)
            latest_first.append(earlier.new)
            base = earlier.base
        index = {entity.key: entity for entity in base}
        for new in reversed(latest_first):
            index.update(new)
        return index


class MergedIndex(Generic[T]):
    """Loads the entities of ``first``, then the entities of ``second`` with other keys."""

    __slots__ = ("first", "second")

    def __init__(self, first: Deferrable[T], second: Deferrable[T]) -> None:
        """Keep both registers."""
        self.first: Deferrable[T] = first
        self.second: Deferrable[T] = second

    def __call__(self) -> dict[Key, T]:
        """Return all entities by key."""
        index: dict[Key, T] = {}
        stack, seen = [self.second, self.first], set[int]()
        while stack:  # no recursion: merged registers of merged registers may be very deep
            register = stack.pop()
            if id(register) in seen:
                continue  # in a long chain the same register may occur very often
            seen.add(id(register))
            if isinstance(pending := register.pending, MergedIndex):
                merged = cast("MergedIndex[T]", pending)
                stack += [merged.second, merged.first]
                continue
            for entity in register:
                index.setdefault(entity.key, entity)
        return index
