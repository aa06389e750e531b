"""The front door: everything at hand, nothing opened before it is touched."""

import datetime as dt
import json
import re

import pytest

import tulevaisuus as tul
from tests.helpers import fresh

REGISTERS = [
    "areas",
    "bodies",
    "calls",
    "cooperation_goals",
    "goal_links",
    "goals",
    "grants",
    "hospital_districts",
    "initiatives",
    "municipalities",
    "organisations",
    "posts",
    "projects",
    "regions",
    "roles",
    "rulebook",
    "services",
    "sources",
    "themes",
]
FUNCTIONS = [name for name in tul.__all__ if name.islower() and callable(getattr(tul, name))]
FOREIGN = {"attr", "attrs", "cattrs", "cyclopts", "dateutil", "hypothesis", "rich"}

IMPORTED = """
import sys
before = set(sys.modules)
import tulevaisuus as tul
{touch}
print(*sorted(set(sys.modules) - before))
"""


def imported_by(touch: str) -> set[str]:
    """Return the modules that importing the library and touching something brings in."""
    return set(fresh(IMPORTED.format(touch=touch)).split())


def test_importing_opens_nothing() -> None:
    """Whoever imports the library pays for one small module, and for no other package."""
    assert imported_by("") == {"tulevaisuus"}


@pytest.mark.parametrize("touch", ["dir(tul)", "tul.__all__", "tul.__doc__"])
def test_looking_around_opens_nothing(touch: str) -> None:
    """Completion and help may ask for the names without opening them."""
    assert imported_by(touch) == {"tulevaisuus"}


def test_the_version_opens_no_more_than_its_file() -> None:
    """Whoever asks for the version pays for the file that holds it, and no other of ours."""
    ours = {name for name in imported_by("tul.__version__") if name.startswith("tulevaisuus")}
    assert ours == {"tulevaisuus", "tulevaisuus._lazy", "tulevaisuus._version"}


@pytest.mark.parametrize(
    "touch",
    [
        "tul.regions['05'].name.sv",
        "tul.regions.find('Varha')",
        "tul.region_of('853', on=__import__('datetime').date(2023, 1, 1))",
        "tul.goals[1].name.get('sv')",
        "tul.programme.regions",
        "tul.Period.parse('1.1.2020–31.12.2023')",
    ],
)
def test_a_look_up_opens_no_more_than_it_needs(touch: str) -> None:
    """Facts are read with attrs alone: no converter, no arithmetic of dates, no extras."""
    tops = {name.partition(".")[0] for name in imported_by(touch)}
    assert tops & FOREIGN <= {"attr", "attrs"}


def test_a_register_reads_its_own_file_only() -> None:
    """Looking a region up leaves all other facts on the disk."""
    others = [name for name in REGISTERS if name not in {"regions", "rulebook"}]
    printed = fresh(
        "import tulevaisuus as tul\n"
        "tul.regions['05']\n"
        f"print(*[name for name in {others!r} if getattr(tul, name).is_loaded])\n"
    )
    assert not printed


def test_threads_that_touch_the_facts_at_once_get_the_same_things() -> None:
    """Whoever comes first opens; the others get what it opened."""
    printed = fresh(
        "import json, threading\n"
        "import tulevaisuus as tul\n"
        f"names = {REGISTERS!r}\n"
        "together = threading.Barrier(8)\n"
        "seen = []\n"
        "def touch(names):\n"
        "    together.wait()\n"
        "    things = [getattr(tul, name) for name in names]\n"
        "    first = [next(iter(register)) for register in things]\n"
        "    whole = [tul.reference, tul.programme]\n"
        "    seen.append(sorted(map(id, [*things, *first, *whole])))\n"
        "orders = [names[n:] + names[:n] for n in range(8)]\n"
        "threads = [threading.Thread(target=touch, args=(order,)) for order in orders]\n"
        "for thread in threads: thread.start()\n"
        "for thread in threads: thread.join()\n"
        "print(json.dumps([len(seen), len(set(map(tuple, seen)))]))\n"
    )
    assert json.loads(printed) == [8, 1]


@pytest.mark.parametrize("name", REGISTERS)
def test_every_register_is_at_hand(name: str) -> None:
    """Each register has something in it, finds its own entities and says what it is in a line."""
    register: tul.Register[tul.Entity] = getattr(tul, name)
    assert isinstance(register, tul.Register)
    assert len(register) > 0
    assert all(register[entity.key] is entity and entity in register for entity in register)
    assert repr(register).startswith(f"<Register of {len(register)}: ")
    assert "\n" not in repr(register)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_at_hand(name: str) -> None:
    """What one does with documents and facts is one import away, and documented."""
    function = getattr(tul, name)
    assert callable(function)
    assert function.__doc__


@pytest.mark.parametrize("name", [name for name in tul.__all__ if name[0].isupper()])
def test_every_class_is_documented(name: str) -> None:
    """Whoever asks for help on a class is reported what it is."""
    value = getattr(tul, name)
    if isinstance(value, type):
        assert value.__doc__
        assert value.__module__.startswith("tulevaisuus")


def test_every_error_is_at_hand() -> None:
    """Whatever the library raises can be caught by a name of the front door."""
    errors = {name for name in tul.__all__ if name.endswith("Error")}
    assert errors == {
        "AmbiguousNameError",
        "CheckError",
        "DocumentError",
        "InvalidValueError",
        "OutsideFactsError",
        "TulevaisuusError",
        "UnknownCodeError",
        "UnknownLanguageError",
    }
    assert all(issubclass(getattr(tul, name), tul.TulevaisuusError) for name in errors)


def test_a_star_import_brings_every_name() -> None:
    """`__all__` promises nothing that does not open."""
    names: dict[str, object] = {}
    exec("from tulevaisuus import *", names)  # noqa: S102 - allowed at module level only
    assert set(tul.__all__) <= set(names)


def test_the_reference_holds_the_registers_of_the_front_door() -> None:
    """The bundled facts are the same entities, whether asked one by one or as a portfolio."""
    assert tul.reference.programme is tul.programme
    for name in REGISTERS:
        if name != "rulebook":
            assert getattr(tul.reference, name) is getattr(tul, name)


def test_versions_are_three() -> None:
    """Interface, facts and format each have their own version."""
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", tul.__version__)
    assert tul.FACTS_VERSION > tul.FACTS_SINCE == dt.date(2020, 1, 1)
    assert tul.FORMAT_VERSION == "1.0"
