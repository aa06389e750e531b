"""Lazy imports: packages list all names, and load each at first use."""

import ast
import importlib
import inspect
import pkgutil
from types import ModuleType

import pytest

import tulevaisuus
from tests.helpers import run_python
from tulevaisuus import charts, exchange, facts, formats, frames, model, reports, rules
from tulevaisuus._lazy import PACKAGES as PACKAGES_OF_TOP_LEVEL
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


def names_by_module(package: ModuleType) -> dict[str, set[str]]:
    """Return the table from which a package loads its names."""
    return {home: set(names) for home, names in package.__dict__["_NAMES_BY_MODULE"].items()}


def shown_to_type_checkers(package: ModuleType) -> dict[str, set[str]]:
    """Return the names that a package re-exports under ``if TYPE_CHECKING``, by their module."""
    statements = ast.parse(inspect.getsource(package)).body
    guarded = next(each for each in statements if isinstance(each, ast.If))
    imports = [each for each in guarded.body if isinstance(each, ast.ImportFrom)]
    assert len(imports) == len(guarded.body)
    prefix = f"{package.__name__}."
    imports = [each for each in imports if each.module != package.__name__]
    return {
        str(each.module).removeprefix(prefix): {alias.name for alias in each.names}
        for each in imports
    }


def sort_key(name: str) -> tuple[bool, bool, str]:
    """Return what names are sorted by: constants, then classes, then the rest."""
    return (not name.isupper(), not name[0].isupper(), name)


@pytest.mark.parametrize("package", PACKAGES, ids=name_of)
def test_all_is_sorted_and_without_duplicates(package: ModuleType) -> None:
    """Names are sorted as in ruff: constants, then classes, then the rest."""
    names: list[str] = package.__dict__["__all__"]
    assert names == sorted(set(names), key=sort_key)


@pytest.mark.parametrize("package", PACKAGES, ids=name_of)
def test_the_lists_of_names_agree(package: ModuleType) -> None:
    """`__all__`, `dir()`, the table and the imports for type checkers have the same names."""
    modules = names_by_module(package)
    named = {name for names in modules.values() for name in names}
    assert modules == shown_to_type_checkers(package)
    assert sum(map(len, modules.values())) == len(named)
    assert set(package.__dict__["__all__"]) == named
    assert dir(package) == sorted(package.__dict__["__all__"])


@pytest.mark.parametrize("package", PACKAGES, ids=name_of)
def test_each_name_is_the_object_of_its_module(package: ModuleType) -> None:
    """A lazily loaded name is the very object that its module defines."""
    for home, names in names_by_module(package).items():
        module = importlib.import_module(f"{package.__name__}.{home}")
        for name in names:
            assert getattr(package, name) is getattr(module, name)
            assert package.__dict__[name] is getattr(module, name)


@pytest.mark.parametrize("package", PACKAGES, ids=name_of)
def test_no_module_hides_a_name(package: ModuleType) -> None:
    """A module with the name of an attribute would replace it when it is imported."""
    modules = {module.name for module in pkgutil.iter_modules(package.__path__)}
    assert modules.isdisjoint(package.__dict__["__all__"])


@pytest.mark.parametrize("package", PACKAGES, ids=name_of)
@pytest.mark.parametrize("name", ["nope", "Grants", "__path_", "_names_by_module"])
def test_an_unknown_name_is_an_attribute_error(package: ModuleType, name: str) -> None:
    """A misspelt name is reported as Python does, and importing it fails as usual."""
    with pytest.raises(AttributeError, match=f"module '{package.__name__}' has no attribute"):
        getattr(package, name)
    assert not hasattr(package, name)


@pytest.mark.parametrize("name", PACKAGES_OF_TOP_LEVEL)
def test_package_is_an_attribute_without_an_import(name: str) -> None:
    """In a new interpreter as in one that has loaded it, and also as an import statement."""
    code = f"import sys, tulevaisuus as tul\nprint(tul.{name} is sys.modules['tulevaisuus.{name}'])"
    assert run_python(code) == "True"
    code = f"from tulevaisuus import {name}\nprint({name}.__name__)"
    assert run_python(code) == f"tulevaisuus.{name}"
    assert open_name("tulevaisuus", {}, name) is importlib.import_module(f"tulevaisuus.{name}")


def test_type_checkers_know_the_packages() -> None:
    """They see the import statements of the same packages."""
    guarded = next(
        each for each in ast.parse(inspect.getsource(tulevaisuus)).body if isinstance(each, ast.If)
    )
    shown = [
        alias.name
        for each in guarded.body
        if isinstance(each, ast.ImportFrom) and each.module == "tulevaisuus"
        for alias in each.names
    ]
    assert tuple(shown) == PACKAGES_OF_TOP_LEVEL


@pytest.mark.parametrize("name", PACKAGES_OF_TOP_LEVEL)
def test_package_that_loads_by_itself_imports_nothing(name: str) -> None:
    """So no thread that loads it can wait for an import of another thread."""
    code = f"import sys, tulevaisuus._lazy\nold = set(sys.modules)\ntulevaisuus.{name}\n"
    assert run_python(f"{code}print(*(set(sys.modules) - old))") == f"tulevaisuus.{name}"


def test_unknown_name_is_an_import_error() -> None:
    """``from tulevaisuus import`` of a misspelt name raises `ImportError`."""
    with pytest.raises(ImportError, match="nope"):
        exec("from tulevaisuus import nope", {})  # noqa: S102 - a type checker rejects it unquoted


def test_name_is_loaded_once() -> None:
    """A loaded name is an ordinary attribute; the others are not loaded."""
    printed = run_python(
        "import tulevaisuus.model as m\n"
        "print('Text' in vars(m), 'Grant' in vars(m))\n"
        "m.Text\n"
        "print('Text' in vars(m), 'Grant' in vars(m))\n"
    )
    assert printed.splitlines() == ["False False", "True False"]


def test_error_names_package_and_attribute() -> None:
    """The error of a missing name has the name of the package and of the attribute."""
    with pytest.raises(AttributeError, match="module 'tulevaisuus' has no attribute 'x'"):
        open_name("tulevaisuus", {}, "x")
    with pytest.raises(AttributeError, match=r"'testing': import tulevaisuus\.testing first"):
        open_name("tulevaisuus", {}, "testing")
    assert open_name("tulevaisuus", {"findings": ["Severity"]}, "Severity") is tulevaisuus.Severity
