"""Threads, forks and subinterpreters can load and use the library at the same time."""

import os
import sys

import pytest

from tests.helpers import run_python
from tulevaisuus._lazy import PACKAGES

USE = (
    "import tulevaisuus as tul\n"
    "assert tul.regions.find('Varha').code == '05'\n"
    "assert tul.loads(tul.dumps(tul.reference)).grants == tul.grants\n"
    "assert tul.check(tul.reference).ok\n"
)
"""What every process and interpreter can do: look up, write, read, check."""

TOGETHER = """
import sys, threading
sys.setswitchinterval(1e-6)
import tulevaisuus as tul
names = sorted([*tul.__all__, *PACKAGES])
together = threading.Barrier(8)
seen, raised = [], []
def load(order):
    together.wait()
    try:
        opened = {name: getattr(tul, name) for name in order}
        opened["finding"] = tul.check(tul.Portfolio()).findings
        seen.append([id(opened[name]) for name in names])
    except BaseException as error:
        raised.append(error)
orders = [names[n * 11:] + names[:n * 11] for n in range(8)]
threads = [threading.Thread(target=load, args=(order,)) for order in orders]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(seen), len(set(map(tuple, seen))), raised)
""".replace("PACKAGES", str(PACKAGES))

OPENED_BY_ALL = "8 1 []"
"""The output if all eight threads get the same objects and no error."""

FORKED = """
import os, sys, threading, warnings
warnings.simplefilter("ignore", DeprecationWarning)  # of forks beside threads, since 3.12
import tulevaisuus as tul
def work():
    child = os.fork()
    if not child:
        try:
            {use}
            os._exit(7)
        finally:
            os._exit(1)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""

MIDDLE = """
loading, loaded = threading.Event(), threading.Event()
def load():
    if threading.current_thread() is not threading.main_thread():
        loading.set()
        loaded.wait()
    return list(tul.regions)
lazy = tul.Register.lazily(load)
tul.regions["05"]
thread = threading.Thread(target=lazy.get, args=("05",))
thread.start()
loading.wait()
work()
loaded.set()
thread.join()
print(lazy["05"] is tul.regions["05"])
"""

INTERPRETERS = """
import os, sys
try:
    import _interpreters as interpreters
except ImportError:  # before 3.13
    import _xxsubinterpreters as interpreters
{before}
print(*(interpreters.run_string(interpreters.create(), {use!r}) for _ in range({count})))
{before}
sys.stdout.flush()
os._exit(0)
"""
"""Interpreters are not closed at the end: `decimal` does not support that before Python 3.13."""


def _need_fork() -> None:
    """Skip a test where processes cannot fork."""
    if not hasattr(os, "fork"):
        pytest.skip("this system has no fork")


def test_threads_that_load_every_name_at_once_get_the_same_objects() -> None:
    """Classes, functions, registers, packages and rules are loaded once, in whatever order."""
    assert run_python(TOGETHER) == OPENED_BY_ALL


@pytest.mark.parametrize("before", ["", USE], ids=["unloaded", "loaded"])
def test_forked_child_works(before: str) -> None:
    """A child has all that its parent has loaded, and loads the rest itself."""
    _need_fork()
    use = USE.replace("\n", "\n            ")
    assert run_python(f"{FORKED.format(use=use)}\n{before}\nwork()\n{USE}") == "7"


def test_child_forked_while_a_thread_loads_does_not_deadlock() -> None:
    """The thread that has the lock is not in the child, which loads for itself."""
    _need_fork()
    use = "tul.Register.__len__(lazy); lazy['05']"
    assert run_python(FORKED.format(use=use) + MIDDLE).split() == ["7", "True"]


def test_library_works_in_a_subinterpreter() -> None:
    """Looking up, writing, reading and checking work in a subinterpreter."""
    assert run_python(INTERPRETERS.format(before="", use=USE, count=1)) == "None"


def test_subinterpreters_are_independent() -> None:
    """Each has objects of its own; `decimal` supports this since Python 3.13."""
    if sys.version_info >= (3, 13):
        assert run_python(INTERPRETERS.format(before=USE, use=USE, count=2)) == "None None"
