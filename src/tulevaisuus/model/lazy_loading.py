"""`LoadOnce`: a value that is made when it is first asked for, by one thread, also after a fork."""

import os
import threading
import weakref
from collections.abc import Callable
from typing import Any, Generic, TypeVar

__all__ = ["LoadOnce", "renew_locks"]

T = TypeVar("T")


class LoadOnce(Generic[T]):
    """Makes a value at first touch; other threads wait for it.

    A load that fails is tried again at the next touch. A loader that asks for its own value, also
    by way of others that wait for it, would wait for ever: that is a `RuntimeError` at once.
    """

    __slots__ = ("__weakref__", "_load", "_loading", "_lock", "_made", "owner")

    def __init__(self, load: Callable[[], T]) -> None:
        """Take the function that makes the value."""
        self._load: Callable[[], T] | None = load
        self._made: tuple[()] | tuple[T] = ()
        self._loading: bool = False
        self.owner: int | None = None
        # Reentrant: a signal handler runs in the thread that it interrupts, which may hold it.
        self._lock: threading.RLock = threading.RLock()
        _unmade[id(self)] = self

    @property
    def load(self) -> Callable[[], T] | None:
        """The function that makes the value; ``None`` once it is made."""
        return self._load

    def value(self) -> T:
        """Return the value; make it if nobody has."""
        return self._made[0] if self._made else self._wait()

    def _wait(self) -> T:
        me = threading.get_ident()
        lock = self._lock  # the one to release, whatever a fork in between does
        # First the note, then the look: of two threads that would wait for each other, the later
        # one sees the note of the earlier.
        before = _waiting.get(me)
        _waiting[me] = self
        try:
            if self._leads_back_to(me):
                raise RuntimeError(_SELF)
            lock.acquire()
        finally:
            if before is None:
                _waiting.pop(me, None)
            else:
                _waiting[me] = before
        try:
            return self._made[0] if self._made else self._make(me)
        finally:
            lock.release()

    def _leads_back_to(self, me: int) -> bool:
        """Tell whether who loads this waits, perhaps by way of others, for what ``me`` loads."""
        seen = set[int]()
        awaited: LoadOnce[Any] | None = self
        while awaited is not None and (owner := awaited.owner) is not None and owner not in seen:
            if owner == me:
                return True
            seen.add(owner)
            awaited = _waiting.get(owner)
        return False

    def _make(self, me: int) -> T:
        load = self._load
        if load is None or self._loading:
            raise RuntimeError(_SELF)
        self._loading, self.owner = True, me
        try:
            made = load()
        finally:
            self._loading, self.owner = False, None
        # A signal handler may have made it just before: everybody gets the same.
        if not self._made:
            self._made = (made,)
            self._load = None
            _unmade.pop(id(self), None)
        return self._made[0]

    def renew(self) -> None:
        """Forget who was loading: a thread that a forked child does not have."""
        self._lock = threading.RLock()
        self._loading, self.owner = False, None


_SELF = (
    "what is being loaded was asked for by its own loader, or by a signal handler meanwhile;"
    " load without looking into it"
)
_waiting: dict[int, LoadOnce[Any]] = {}
_unmade: "weakref.WeakValueDictionary[int, LoadOnce[Any]]" = weakref.WeakValueDictionary()


def renew_locks() -> None:
    """Let a forked child load what a thread of its parent, which it has not, was loading."""
    _waiting.clear()
    for each in list(_unmade.values()):
        each.renew()


if hasattr(os, "register_at_fork"):  # pragma: no branch - Windows has no fork
    os.register_at_fork(after_in_child=renew_locks)
