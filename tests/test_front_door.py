"""The top-level package: its public names, and how little an import loads."""

import datetime as dt
import json
import re

import pytest

import tulevaisuus as tul
from tests.helpers import run_python

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
{expression}
print(*sorted(set(sys.modules) - before))
"""


def imported_by(expression: str) -> set[str]:
    """Return the modules that are loaded by importing the library and evaluating an expression."""
    return set(run_python(IMPORTED.format(expression=expression)).split())


def test_importing_loads_no_submodule() -> None:
    """Importing the library loads one small module, and no other package."""
    assert imported_by("") == {"tulevaisuus"}


@pytest.mark.parametrize("expression", ["dir(tul)", "tul.__all__", "tul.__doc__"])
def test_listing_names_loads_nothing(expression: str) -> None:
    """`dir`, `__all__` and `__doc__` do not load what they list."""
    assert imported_by(expression) == {"tulevaisuus"}


def test_version_loads_only_its_module() -> None:
    """Reading the version loads only the module that defines it."""
    ours = {name for name in imported_by("tul.__version__") if name.startswith("tulevaisuus")}
    assert ours == {"tulevaisuus", "tulevaisuus._lazy", "tulevaisuus._version"}


@pytest.mark.parametrize(
    "expression",
    [
        "tul.regions['05'].name.sv",
        "tul.regions.find('Varha')",
        "tul.region_of('853', on=__import__('datetime').date(2023, 1, 1))",
        "tul.goals[1].name.get('sv')",
        "tul.programme.regions",
        "tul.Period.parse('1.1.2020–31.12.2023')",
    ],
)
def test_lookups_load_no_more_than_needed(expression: str) -> None:
    """Facts are read with attrs only: no cattrs, no dateutil, no extras."""
    tops = {name.partition(".")[0] for name in imported_by(expression)}
    assert tops & FOREIGN <= {"attr", "attrs"}


def test_register_reads_only_its_own_file() -> None:
    """Looking up a region does not read the files of other facts."""
    others = [name for name in REGISTERS if name not in {"regions", "rulebook"}]
    printed = run_python(
        "import tulevaisuus as tul\n"
        "tul.regions['05']\n"
        f"print(*[name for name in {others!r} if getattr(tul, name).is_loaded])\n"
    )
    assert not printed


def test_threads_get_the_same_facts() -> None:
    """Threads that load the facts at the same time get the same objects."""
    printed = run_python(
        "import json, threading\n"
        "import tulevaisuus as tul\n"
        f"names = {REGISTERS!r}\n"
        "together = threading.Barrier(8)\n"
        "seen = []\n"
        "def load(names):\n"
        "    together.wait()\n"
        "    registers = [getattr(tul, name) for name in names]\n"
        "    first = [next(iter(register)) for register in registers]\n"
        "    portfolios = [tul.reference, tul.programme]\n"
        "    seen.append(sorted(map(id, [*registers, *first, *portfolios])))\n"
        "orders = [names[n:] + names[:n] for n in range(8)]\n"
        "threads = [threading.Thread(target=load, args=(order,)) for order in orders]\n"
        "for thread in threads: thread.start()\n"
        "for thread in threads: thread.join()\n"
        "print(json.dumps([len(seen), len(set(map(tuple, seen)))]))\n"
    )
    assert json.loads(printed) == [8, 1]


@pytest.mark.parametrize("name", REGISTERS)
def test_every_register_is_public(name: str) -> None:
    """Each register is not empty, finds its own entities and has a short representation."""
    register: tul.Register[tul.Entity] = getattr(tul, name)
    assert isinstance(register, tul.Register)
    assert len(register) > 0
    assert all(register[entity.key] is entity and entity in register for entity in register)
    assert repr(register).startswith(f"<Register of {len(register)}: ")
    assert "\n" not in repr(register)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_public_and_documented(name: str) -> None:
    """Functions for documents and facts are in the top-level package, with a docstring."""
    function = getattr(tul, name)
    assert callable(function)
    assert function.__doc__


@pytest.mark.parametrize("name", [name for name in tul.__all__ if name[0].isupper()])
def test_every_class_is_documented(name: str) -> None:
    """Each public class has a docstring and belongs to the library."""
    value = getattr(tul, name)
    if isinstance(value, type):
        assert value.__doc__
        assert value.__module__.startswith("tulevaisuus")


def test_every_error_is_public() -> None:
    """Every exception of the library can be imported from the top-level package."""
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


def test_star_import_brings_every_name() -> None:
    """Every name in `__all__` can be loaded."""
    names: dict[str, object] = {}
    exec("from tulevaisuus import *", names)  # noqa: S102 - allowed at module level only
    assert set(tul.__all__) <= set(names)


def test_reference_has_the_registers_of_the_package() -> None:
    """The registers of the package are those of the portfolio `reference`."""
    assert tul.reference.programme is tul.programme
    for name in REGISTERS:
        if name != "rulebook":
            assert getattr(tul.reference, name) is getattr(tul, name)


def test_interface_facts_and_format_have_their_own_versions() -> None:
    """The library, the bundled facts and the document format are versioned separately."""
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", tul.__version__)
    assert tul.FACTS_VERSION > tul.FACTS_SINCE == dt.date(2020, 1, 1)
    assert tul.FORMAT_VERSION == "1.0"
