"""What registers that were made of others hold, worked out when somebody looks."""

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, Protocol, TypeVar, cast

from tulevaisuus.model.entity import Key
from tulevaisuus.model.name_search import Keyed

__all__ = ["Deferrable", "MergedIndex", "UpdatedIndex"]

T = TypeVar("T", bound=Keyed)
T_co = TypeVar("T_co", bound=Keyed, covariant=True)


class Deferrable(Protocol[T_co]):
    """What is asked of a register here."""

    @property
    def pending(self) -> Callable[[], Mapping[Key, T_co]] | None:
        """What will load the entities; ``None`` once they are here."""
        ...

    def __iter__(self) -> Iterator[T_co]:
        """Walk over the entities."""
        ...


class UpdatedIndex(Generic[T]):
    """A register with other entities, some in the place of old ones.

    A program may add one entity after the other: so a chain of these is walked in one go when
    somebody looks, neither copied at each step nor by recursion.
    """

    __slots__ = ("base", "new")

    def __init__(self, base: Deferrable[T], new: dict[Key, T]) -> None:
        """Take the register, and the entities to put into it."""
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
    """One register followed by what only another one has."""

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
                continue  # it holds nothing new; in a long chain it may come very often
            seen.add(id(register))
            if isinstance(pending := register.pending, MergedIndex):
                view = cast("MergedIndex[T]", pending)
                rest += [view.theirs, view.mine]
                continue
            for entity in register:
                index.setdefault(entity.key, entity)
        return index
