"""`LoadOnce` loads a value once, also with threads, forks and signals, and never deadlocks."""

import signal
import threading
from collections.abc import Callable, Iterator

import pytest

import tulevaisuus as tul
from tulevaisuus.model import lazy_loading
from tulevaisuus.model.lazy_loading import LoadOnce, renew_locks


def test_value_is_loaded_once() -> None:
    """The loader is called at first use, and released afterwards."""
    calls: list[int] = []

    def load() -> list[int]:
        calls.append(1)
        return calls

    lazy = LoadOnce(load)
    assert lazy.load is load
    assert lazy.value() is lazy.value() is calls
    assert calls == [1]
    assert lazy.load is None


def test_failed_load_is_repeated() -> None:
    """An error is raised, and the next use loads again."""
    answers = [1]

    def load() -> int:
        if answers[0] == 1:
            answers[0] = 2
            message = "not yet"
            raise ValueError(message)
        return answers[0]

    lazy = LoadOnce(load)
    with pytest.raises(ValueError, match="not yet"):
        lazy.value()
    assert lazy.value() == 2


def test_recursive_load_is_an_error() -> None:
    """It is reported at once, by a register, too."""
    register: tul.Register[tul.Entity] = tul.Register[tul.Entity].lazily(lambda: list(register))
    for _ in range(2):
        with pytest.raises(RuntimeError, match="its own loader"):
            len(register)


def test_deadlock_of_two_loaders_is_an_error() -> None:
    """Two threads whose loaders need each other's value do not wait for ever."""
    both = threading.Barrier(2)
    raised: list[RuntimeError] = []

    def needs(other: Callable[[], LoadOnce[int]]) -> Callable[[], int]:
        def load() -> int:
            if not raised:
                both.wait(10)
            return other().value()

        return load

    one: LoadOnce[int] = LoadOnce(needs(lambda: two))
    two: LoadOnce[int] = LoadOnce(needs(lambda: one))

    def load_value(lazy: LoadOnce[int]) -> None:
        try:
            lazy.value()
        except RuntimeError as error:
            raised.append(error)

    threads = [threading.Thread(target=load_value, args=(lazy,)) for lazy in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    assert raised


def test_loader_may_need_another_value() -> None:
    """A chain of loaders works, also while another thread waits for its end."""
    inner = LoadOnce(lambda: 1)
    outer = LoadOnce(lambda: inner.value() + 1)
    started, release = threading.Event(), threading.Event()

    def slow() -> int:
        started.set()
        release.wait(10)
        return outer.value()

    lazy = LoadOnce(slow)
    got: list[int] = []
    threads = [threading.Thread(target=lambda: got.append(lazy.value())) for _ in range(3)]
    for thread in threads:
        thread.start()
    started.wait(10)
    release.set()
    for thread in threads:
        thread.join(10)
    assert got == [2, 2, 2]


def test_recursive_load_in_a_signal_handler_is_an_error() -> None:
    """A handler that needs what its own thread is loading is reported, and loading continues."""
    raised: list[str] = []

    def handler(_signal: int, _frame: object) -> None:
        try:
            lazy.value()
        except RuntimeError as error:
            raised.append(str(error))

    def load() -> int:
        signal.raise_signal(signal.SIGINT)
        return 5

    lazy = LoadOnce(load)
    before = signal.signal(signal.SIGINT, handler)
    try:
        assert lazy.value() == 5
    finally:
        signal.signal(signal.SIGINT, before)
    assert len(raised) == 1
    assert "signal handler" in raised[0]


def test_fork_during_a_load_keeps_the_first_value() -> None:
    """A load that began before the locks were renewed does not replace the first value."""
    made: list[object] = []

    def load() -> object:
        own = object()
        if not made:
            made.append(own)
            renew_locks()
            made.append(lazy.value())
        return own

    lazy: LoadOnce[object] = LoadOnce(load)
    assert lazy.value() is made[1]
    assert lazy.value() is not made[0]


def test_forked_child_does_not_wait_for_the_parent_s_thread() -> None:
    """A value that was being loaded during the fork is loaded again in the child."""
    loading, release = threading.Event(), threading.Event()

    def load() -> int:
        if threading.current_thread() is thread:
            loading.set()
            release.wait()
        return 1

    lazy = LoadOnce(load)
    thread = threading.Thread(target=lazy.value)
    thread.start()
    loading.wait()
    renew_locks()
    assert lazy.value() == 1
    release.set()
    thread.join()


def test_waiting_thread_is_recorded_through_a_signal_handler() -> None:
    """A handler that loads another value does not remove the record of what its thread awaits."""
    me = threading.get_ident()
    awaited = LoadOnce(lambda: 1)
    waiting: dict[int, object] = vars(lazy_loading)["_waiting"]
    waiting[me] = awaited
    try:
        assert LoadOnce(lambda: 2).value() == 2
        assert waiting[me] is awaited
    finally:
        del waiting[me]


def test_load_within_itself_is_an_error() -> None:
    """A second load in the same thread, while the value is being made, is reported."""
    once = LoadOnce(lambda: 1)
    object.__setattr__(once, "_loading", True)
    with pytest.raises(RuntimeError):
        once.value()


def test_loaders_that_need_each_other_are_an_error_at_once() -> None:
    """Each use of either register raises the error, without waiting."""
    registers: dict[str, tul.Register[tul.Grant]] = {}

    def look_into(name: str) -> Iterator[tul.Grant]:
        """Read the other register, and return nothing."""
        assert len(registers[name]) >= 0
        return iter(())

    registers["one"] = tul.Register.lazily(lambda: look_into("other"))
    registers["other"] = tul.Register.lazily(lambda: look_into("one"))
    for name in ("one", "other", "one"):
        with pytest.raises(RuntimeError, match="by its own loader"):
            len(registers[name])
