"""`LoadOnce`: a value that one thread loads on first use; it also works after a fork."""

import os
import threading
import weakref
from collections.abc import Callable
from typing import Any, Generic, TypeVar

__all__ = ["LoadOnce", "renew_locks"]

T = TypeVar("T")


class LoadOnce(Generic[T]):
    """Loads a value on first use; other threads wait until it is loaded.

    If loading fails, the next use tries again. A loader that uses its own value, directly or
    through a value that another thread is loading, would wait forever: that is a `RuntimeError`.
    """

    __slots__ = ("__weakref__", "_load", "_loaded", "_loading", "_lock", "owner")

    def __init__(self, load: Callable[[], T]) -> None:
        """Keep the function that loads the value."""
        self._load: Callable[[], T] | None = load
        self._loaded: tuple[()] | tuple[T] = ()
        self._loading: bool = False
        self.owner: int | None = None
        # Reentrant: a signal handler runs in the thread that it interrupts, which may own the lock.
        self._lock: threading.RLock = threading.RLock()
        _not_loaded[id(self)] = self

    @property
    def load(self) -> Callable[[], T] | None:
        """The function that loads the value; ``None`` once it is loaded."""
        return self._load

    def value(self) -> T:
        """Return the value; load it on first use."""
        return self._loaded[0] if self._loaded else self._wait()

    def _wait(self) -> T:
        """Wait while another thread loads the value; load it if it is still missing."""
        thread_id = threading.get_ident()
        lock = self._lock  # a local variable, because a fork in between replaces the attribute
        # Register as waiting before looking for a deadlock: if two threads would wait for each
        # other, the second one then sees that the first one waits.
        previous = _waiting.get(thread_id)
        _waiting[thread_id] = self
        try:
            if self._would_deadlock(thread_id):
                raise RuntimeError(_LOADS_ITSELF)
            lock.acquire()
        finally:
            if previous is None:
                _waiting.pop(thread_id, None)
            else:
                _waiting[thread_id] = previous
        try:
            return self._loaded[0] if self._loaded else self._load_now(thread_id)
        finally:
            lock.release()

    def _would_deadlock(self, thread_id: int) -> bool:
        """Return whether the loading thread waits, perhaps through others, for this thread."""
        seen = set[int]()
        awaited: LoadOnce[Any] | None = self
        while awaited is not None and (owner := awaited.owner) is not None and owner not in seen:
            if owner == thread_id:
                return True
            seen.add(owner)
            awaited = _waiting.get(owner)
        return False

    def _load_now(self, thread_id: int) -> T:
        """Load the value; the calling thread must own the lock."""
        load = self._load
        if load is None or self._loading:
            raise RuntimeError(_LOADS_ITSELF)
        self._loading, self.owner = True, thread_id
        try:
            value = load()
        finally:
            self._loading, self.owner = False, None
        # A signal handler may have loaded it just before; all callers must get the same object.
        if not self._loaded:
            self._loaded = (value,)
            self._load = None
            _not_loaded.pop(id(self), None)
        return self._loaded[0]

    def renew(self) -> None:
        """Forget the loading thread, which does not exist in a forked child."""
        self._lock = threading.RLock()
        self._loading, self.owner = False, None


_LOADS_ITSELF = (
    "a value was used by its own loader, or by a signal handler while it was loading;"
    " the loader must not use it"
)
_waiting: dict[int, LoadOnce[Any]] = {}
_not_loaded: "weakref.WeakValueDictionary[int, LoadOnce[Any]]" = weakref.WeakValueDictionary()


def renew_locks() -> None:
    """Let a forked child process load values that a thread of its parent was loading."""
    _waiting.clear()
    for loader in list(_not_loaded.values()):
        loader.renew()


if hasattr(os, "register_at_fork"):  # pragma: no branch - Windows has no fork
    os.register_at_fork(after_in_child=renew_locks)
