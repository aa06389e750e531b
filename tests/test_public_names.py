"""`__all__` has every public name of a module, and public functions document their parameters."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType
from typing import cast

import pytest

import tulevaisuus

ROOT = Path(tulevaisuus.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))
PACKAGES = (
    "tulevaisuus",
    *(f"tulevaisuus.{each.name}" for each in pkgutil.iter_modules([str(ROOT)]) if each.ispkg),
)

# Rules are found by their codes, and messages are listed once, as constants, in the module of their
# catalogue: docs/architecture.md states these conventions.
UNLISTED_CALLS = {"MessageTemplate", "TableMessage", "TypeVar", "_message"}


def module_name(path: Path) -> str:
    """Return the name of the module in a file."""
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def name_of(node: ast.expr) -> str:
    """Return the last part of a name."""
    return getattr(node, "attr", getattr(node, "id", ""))


def called(node: ast.expr | None) -> str:
    """Return the name of what is called, or an empty text."""
    return name_of(node.func) if isinstance(node, ast.Call) else ""


def assigned(target: ast.expr) -> Iterator[str]:
    """Return the names that an assignment sets."""
    yield from map(name_of, target.elts if isinstance(target, ast.Tuple) else [target])


def defined(statement: ast.stmt) -> Iterator[str]:
    """Return the names that a statement defines, except those of rules and messages."""
    match statement:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
            yield name
        case ast.Assign(targets=[target], value=value) if called(value) not in UNLISTED_CALLS:
            yield from assigned(target)
        case ast.AnnAssign(target=target):
            yield name_of(target)
        case _:
            pass


def public_names(tree: ast.Module) -> set[str]:
    """Return the public names that a module defines itself."""
    names = {name for statement in tree.body for name in defined(statement)}
    return {name for name in names if name and not name.startswith("_")} - {"TYPE_CHECKING"}


def is_family_of_rules(tree: ast.Module) -> bool:
    """Return whether a module consists of rules, which are found by their codes."""
    return (ast.get_docstring(tree) or "").startswith("TSK")


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_all_lists_every_public_name(path: Path) -> None:
    """A public name that a module defines is in its `__all__`; all others have an underscore."""
    tree = ast.parse(path.read_text("utf-8"))
    if is_family_of_rules(tree) or not public_names(tree):
        return
    module = importlib.import_module(module_name(path))
    listed = set(cast("list[str]", vars(module).get("__all__", [])))
    assert public_names(tree) - listed == set()


def functions_of(package: str) -> Iterator[tuple[str, Callable[..., object]]]:
    """Return the public functions of a package, and the public methods of its classes."""
    module = importlib.import_module(package)
    for name in cast("list[str]", vars(module)["__all__"]):
        value: object = getattr(module, name)
        if isinstance(value, FunctionType):
            yield f"{package}.{name}", value
        elif isinstance(value, type) and value.__module__.startswith("tulevaisuus"):
            for attribute, member in vars(value).items():
                function = getattr(member, "__func__", member)
                if isinstance(function, FunctionType) and not attribute.startswith("_"):
                    yield f"{package}.{name}.{attribute}", function


@pytest.mark.parametrize("package", PACKAGES)
def test_public_functions_document_their_parameters(package: str) -> None:
    """With more than two parameters they have a section `Args:`, which editors show."""
    undocumented = [
        name
        for name, function in functions_of(package)
        if len(inspect.signature(function).parameters.keys() - {"self", "cls"}) > 2
        and "Args:" not in (inspect.getdoc(function) or "")
    ]
    assert undocumented == []


@pytest.mark.parametrize("package", PACKAGES)
def test_signatures_are_shown_as_they_are_written(package: str) -> None:
    """`help` shows types by their names, without modules or addresses."""
    module = importlib.import_module(package)
    public = (getattr(module, name) for name in module.__all__)
    for function in filter(inspect.isfunction, public):
        signature = re.sub("<class '.*?'>", "a class", str(inspect.signature(function)))
        assert not re.search(r"tulevaisuus\.|collections\.abc| at 0x|<Register", signature)
