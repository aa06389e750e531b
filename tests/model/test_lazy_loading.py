"""What is loaded at first touch is loaded once, and nobody waits for ever."""

import signal
import threading
from collections.abc import Callable, Iterator

import pytest

import tulevaisuus as tul
from tulevaisuus.model import lazy_loading
from tulevaisuus.model.lazy_loading import LoadOnce, renew_locks


def test_a_value_is_made_once() -> None:
    """The function is asked at the first touch, and let go afterwards."""
    calls: list[int] = []

    def load() -> list[int]:
        calls.append(1)
        return calls

    lazy = LoadOnce(load)
    assert lazy.load is load
    assert lazy.value() is lazy.value() is calls
    assert calls == [1]
    assert lazy.load is None


def test_a_failed_load_is_tried_again() -> None:
    """An error is passed on, and the next touch loads anew."""
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


def test_a_loader_that_looks_into_itself_is_an_error() -> None:
    """It is reported at once, and a register says so, too."""
    register: tul.Register[tul.Entity] = tul.Register[tul.Entity].lazily(lambda: list(register))
    for _ in range(2):
        with pytest.raises(RuntimeError, match="its own loader"):
            len(register)


def test_loaders_that_wait_for_each_other_are_an_error() -> None:
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

    def touch(lazy: LoadOnce[int]) -> None:
        try:
            lazy.value()
        except RuntimeError as error:
            raised.append(error)

    threads = [threading.Thread(target=touch, args=(lazy,)) for lazy in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    assert raised


def test_a_loader_may_need_another_value() -> None:
    """A chain of loaders is fine, also while another thread waits for its end."""
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


def test_a_signal_handler_that_looks_is_an_error() -> None:
    """A handler that runs while its own thread loads is reported so, and loading goes on."""
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


def test_everybody_gets_the_same_after_a_fork_in_a_load() -> None:
    """A load that was begun before the locks were renewed does not replace what came first."""
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


def test_a_forked_child_does_not_wait_for_a_thread_that_it_has_not() -> None:
    """What was being loaded when the process forked is loaded anew in the child."""
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


def test_a_note_of_waiting_is_kept_for_who_waits_already() -> None:
    """A signal handler that loads something leaves what its thread was waiting for."""
    me = threading.get_ident()
    awaited = LoadOnce(lambda: 1)
    waiting: dict[int, object] = vars(lazy_loading)["_waiting"]
    waiting[me] = awaited
    try:
        assert LoadOnce(lambda: 2).value() == 2
        assert waiting[me] is awaited
    finally:
        del waiting[me]


def test_a_load_within_itself_is_an_error() -> None:
    """Whoever comes in while the value is being made, in the same thread, is reported so."""
    once = LoadOnce(lambda: 1)
    object.__setattr__(once, "_loading", True)
    with pytest.raises(RuntimeError):
        once.value()


def test_two_loaders_that_look_into_each_other_are_an_error_at_once() -> None:
    """Whoever asks either of them is told, again and again, and nobody waits."""
    registers: dict[str, tul.Register[tul.Grant]] = {}

    def look_into(name: str) -> Iterator[tul.Grant]:
        """Look into the other register, and have nothing."""
        assert len(registers[name]) >= 0
        return iter(())

    registers["one"] = tul.Register.lazily(lambda: look_into("other"))
    registers["other"] = tul.Register.lazily(lambda: look_into("one"))
    for name in ("one", "other", "one"):
        with pytest.raises(RuntimeError, match="by its own loader"):
            len(registers[name])
