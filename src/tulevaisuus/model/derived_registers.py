"""Loaders of registers that are derived from others: they compute the entities on first use."""

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, Protocol, TypeVar, cast

from tulevaisuus.model.entity import Key
from tulevaisuus.model.name_search import Keyed

__all__ = ["Deferrable", "MergedIndex", "UpdatedIndex"]

T = TypeVar("T", bound=Keyed)
T_co = TypeVar("T_co", bound=Keyed, covariant=True)


class Deferrable(Protocol[T_co]):
    """The part of a register that is needed here."""

    @property
    def pending(self) -> Callable[[], Mapping[Key, T_co]] | None:
        """The loader of the entities; ``None`` once they are loaded."""
        ...

    def __iter__(self) -> Iterator[T_co]:
        """Walk over the entities."""
        ...


class UpdatedIndex(Generic[T]):
    """Loads a register with entities that were added or replaced.

    A program may add one entity after the other. So a chain of these is walked in one loop on first
    use: copying at each step would be slow, and recursion would be too deep.
    """

    __slots__ = ("base", "new")

    def __init__(self, base: Deferrable[T], new: dict[Key, T]) -> None:
        """Take the register, and the entities to add or replace."""
        self.base: Deferrable[T] = base
        self.new: dict[Key, T] = new

    def __call__(self) -> dict[Key, T]:
        """Return all of them by key."""
        latest_first = [self.new]
        base = self.base
        while isinstance(pending := base.pending, UpdatedIndex):
            before = cast("UpdatedIndex[T]", pending)
            latest_first.append(before.new)
            base = before.base
        index = {entity.key: entity for entity in base}
        for new in reversed(latest_first):
            index.update(new)
        return index


class MergedIndex(Generic[T]):
    """Loads the entities of one register, then those of another one with other keys."""

    __slots__ = ("mine", "theirs")

    def __init__(self, mine: Deferrable[T], theirs: Deferrable[T]) -> None:
        """Take both registers."""
        self.mine: Deferrable[T] = mine
        self.theirs: Deferrable[T] = theirs

    def __call__(self) -> dict[Key, T]:
        """Return all of them by key."""
        index: dict[Key, T] = {}
        rest, seen = [self.theirs, self.mine], set[int]()
        while rest:  # a stack, not recursion: views of views may be very deep
            register = rest.pop()
            if id(register) in seen:
                continue  # it was merged already; in a long chain it may occur very often
            seen.add(id(register))
            if isinstance(pending := register.pending, MergedIndex):
                view = cast("MergedIndex[T]", pending)
                rest += [view.theirs, view.mine]
                continue
            for entity in register:
                index.setdefault(entity.key, entity)
        return index
