"""Generates the pages of the Python API: each public name once, under its import path."""

from __future__ import annotations

import importlib
import pkgutil
from enum import Enum
from types import ModuleType
from typing import get_origin

import tulevaisuus as tul

PACKAGES = {
    "findings": "Findings: what is wrong, where, in three languages",
    "model": "Model: the classes of values and entities",
    "formats": "Formats: documents, JSON Lines, rows, cattrs, JSON Schema",
    "facts": "Facts: look-ups in the bundled facts",
    "rules": "Rules: checks, and rules of your own",
    "reports": "Reports: a report as text, JSON, SARIF, JUnit and more",
    "exchange": "Exchange: tables and other formats",
    "funding": "Funding: which grant pays a cost",
    "frames": "Frames: rules on data frames",
    "charts": "Charts: regions, time, goals and findings",
    "testing": "Testing: generated test data",
}

VERSIONS = ("FACTS_SINCE", "FACTS_VERSION", "FORMAT_VERSION")


def api_pages() -> dict[str, str]:
    """Return the pages by name: the top-level package, then each package."""
    there = {each.name for each in pkgutil.iter_modules(tul.__path__)}
    pages = {"api-top": _top_level_page()}
    for package, title in PACKAGES.items():
        if package in there:
            module = importlib.import_module(f"tulevaisuus.{package}")
            pages[f"api-{package}"] = _package_page(module, title)
    return pages


def _top_level_page() -> str:
    """Describe the names of the top-level package, grouped by kind."""
    names = sorted(tul.__all__, key=str.lower)
    classes = [name for name in names if isinstance(getattr(tul, name), type)]
    errors = [name for name in classes if issubclass(getattr(tul, name), BaseException)]
    codes = [name for name in classes if issubclass(getattr(tul, name), Enum)]
    functions = [name for name in names if name not in classes and _is_function(getattr(tul, name))]
    other = {*errors, *codes}
    registers = [name for name in names if isinstance(getattr(tul, name), tul.Register)]
    lines = [
        "# The top-level package",
        "",
        "Everything that most programs need: `import tulevaisuus as tul`.",
        "",
        "## Functions",
        "",
        *_directives(functions),
        "## Registers of facts",
        "",
        *(f"- `tulevaisuus.{name}`: {len(getattr(tul, name))} entries" for name in registers),
        "- `tulevaisuus.programme`: the programme; `tulevaisuus.reference`: all facts together",
        f"- versions: `__version__`, {', '.join(f'`{name}`' for name in VERSIONS)}",
        "",
        "## Classes",
        "",
        *_directives([name for name in classes if name not in other]),
        "## Code lists",
        "",
        *_directives(codes),
        "## Exceptions",
        "",
        *_directives(errors),
    ]
    return "\n".join(lines)


def _is_function(value: object) -> bool:
    return callable(value) and not isinstance(value, tul.Value | tul.Register | ModuleType)


def _directives(names: list[str], module: ModuleType = tul) -> list[str]:
    return [line for name in names for line in _directive(module, name)]


def _directive(module: ModuleType, name: str) -> list[str]:
    """Return the directive that describes one name; an enum shows all of its members."""
    value = getattr(module, name)
    if isinstance(value, type):
        options = [":undoc-members:"] if issubclass(value, Enum) else []
        what = "autoexception" if issubclass(value, BaseException) else "autoclass"
        if issubclass(value, Enum):
            options.append(":no-inherited-members:")
    elif get_origin(value) is not None:
        return [f"`{module.__name__}.{name}` is short for `{value}`.", ""]
    elif _is_function(value):
        what, options = "autofunction", []
    else:
        what, options = "autodata", [":no-value:"]
    indented = [f"   {option}" for option in options]
    return ["```{eval-rst}", f".. {what}:: {module.__name__}.{name}", *indented, "```", ""]


def _package_page(module: ModuleType, title: str) -> str:
    """Describe the names of a package that the top-level package does not have."""
    top = {name: getattr(tul, name) for name in tul.__all__}
    names = [
        name
        for name in module.__all__
        if top.get(name, module) is not getattr(module, name)
        and not isinstance(getattr(module, name), ModuleType)
    ]
    offered = sorted(set(module.__all__) - set(names), key=str.lower)
    lines = [f"# {title}", "", f"`{module.__name__}`: {(module.__doc__ or '').strip()}", ""]
    if offered:
        listed = ", ".join(f"`{name}`" for name in offered)
        lines += [f"On the page of [the top-level package](api-top.md): {listed}.", ""]
    return "\n".join([*lines, *_directives(names, module)])
