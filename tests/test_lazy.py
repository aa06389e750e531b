"""Packages open their names at first touch, and say beforehand which they have."""

import ast
import importlib
import inspect
import pkgutil
from types import ModuleType

import pytest

import tulevaisuus
from tests.helpers import fresh
from tulevaisuus import charts, exchange, facts, formats, frames, model, reports, rules
from tulevaisuus._lazy import open_name

PACKAGES: list[ModuleType] = [
    tulevaisuus,
    charts,
    exchange,
    facts,
    formats,
    frames,
    model,
    reports,
    rules,
]


def name_of(package: ModuleType) -> str:
    """Return the name of a package, as the id of a test."""
    return package.__name__


def homes_of(package: ModuleType) -> dict[str, set[str]]:
    """Return the table by which a package opens its names."""
    return {home: set(names) for home, names in package.__dict__["_NAMES_BY_MODULE"].items()}


def shown_to_type_checkers(package: ModuleType) -> dict[str, set[str]]:
    """Return the names that a package re-exports under ``if TYPE_CHECKING``, by their module."""
    statements = ast.parse(inspect.getsource(package)).body
    guarded = next(each for each in statements if isinstance(each, ast.If))
    imports = [each for each in guarded.body if isinstance(each, ast.ImportFrom)]
    assert len(imports) == len(guarded.body)
    prefix = f"{package.__name__}."
    return {
        str(each.module).removeprefix(prefix): {alias.name for alias in each.names}
        for each in imports
    }


def in_order(name: str) -> tuple[bool, bool, str]:
    """Return what names are sorted by: constants, then classes, then the rest."""
    return (not name.isupper(), not name[0].isupper(), name)


@pytest.mark.parametrize("package", PACKAGES, ids=name_of)
def test_all_is_sorted_and_without_repetition(package: ModuleType) -> None:
    """Who looks for a name finds it where its kind and letters are."""
    names: list[str] = package.__dict__["__all__"]
    assert names == sorted(set(names), key=in_order)


@pytest.mark.parametrize("package", PACKAGES, ids=name_of)
def test_the_lists_of_names_agree(package: ModuleType) -> None:
    """`__all__`, `dir()`, the table and what type checkers see are the same names and homes."""
    homes = homes_of(package)
    named = {name for names in homes.values() for name in names}
    assert homes == shown_to_type_checkers(package)
    assert sum(map(len, homes.values())) == len(named)
    assert set(package.__dict__["__all__"]) == named
    assert dir(package) == sorted(package.__dict__["__all__"])


@pytest.mark.parametrize("package", PACKAGES, ids=name_of)
def test_each_name_is_what_its_module_has(package: ModuleType) -> None:
    """A name opens to the very object of its home, and stays it."""
    for home, names in homes_of(package).items():
        module = importlib.import_module(f"{package.__name__}.{home}")
        for name in names:
            assert getattr(package, name) is getattr(module, name)
            assert package.__dict__[name] is getattr(module, name)


@pytest.mark.parametrize("package", PACKAGES, ids=name_of)
def test_no_module_hides_a_name(package: ModuleType) -> None:
    """A module of the name of an attribute would take its place when it is imported."""
    modules = {module.name for module in pkgutil.iter_modules(package.__path__)}
    assert modules.isdisjoint(package.__dict__["__all__"])


@pytest.mark.parametrize("package", PACKAGES, ids=name_of)
@pytest.mark.parametrize("name", ["nope", "Grants", "__path_", "_names_by_module"])
def test_an_unknown_name_is_an_attribute_error(package: ModuleType, name: str) -> None:
    """A typo is reported as Python tells it, and importing it fails as an import does."""
    with pytest.raises(AttributeError, match=f"module '{package.__name__}' has no attribute"):
        getattr(package, name)
    assert not hasattr(package, name)


def test_an_unknown_name_cannot_be_imported() -> None:
    """``from tulevaisuus import`` of a typo is an `ImportError`."""
    with pytest.raises(ImportError, match="nope"):
        exec("from tulevaisuus import nope", {})  # noqa: S102 - a type checker refuses it unquoted


def test_a_name_is_opened_once() -> None:
    """A touched name is an ordinary attribute; the others stay closed."""
    printed = fresh(
        "import tulevaisuus.model as m\n"
        "print('Text' in vars(m), 'Grant' in vars(m))\n"
        "m.Text\n"
        "print('Text' in vars(m), 'Grant' in vars(m))\n"
    )
    assert printed.splitlines() == ["False False", "True False"]


def test_open_name_says_what_is_missing() -> None:
    """The error names package and attribute."""
    with pytest.raises(AttributeError, match="module 'tulevaisuus' has no attribute 'x'"):
        open_name("tulevaisuus", {}, "x")
    assert open_name("tulevaisuus", {"findings": ["Severity"]}, "Severity") is tulevaisuus.Severity
