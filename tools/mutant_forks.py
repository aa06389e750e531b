"""Tries mutants in forks of a process in which pytest has collected all tests.

A new run of pytest takes seconds, mostly for imports and collection. So pytest collects once, and
each mutant gets a fork of that process, in which the code of changed functions, or a changed
constant, is replaced. Other code that runs at import, and cached results, cannot be replaced in
this way. So a mutant that survives here must also be tried with a changed file.
"""

import ast
import functools
import gc
import importlib
import json
import os
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, cast

import pytest

__all__ = ["Loop", "Trial", "killed_in_forks"]

_IN_FUNCTION = 0x1
"""The flag CO_OPTIMIZED: code of a function, not of a module or a class."""

_AROUND = ("co_code", "co_names", "co_varnames", "co_freevars", "co_cellvars", "co_argcount")


class Trial(NamedTuple):
    """A changed module, and the tests that may notice."""

    path: Path
    text: str
    tests: list[str]


class Loop(NamedTuple):
    """A plug-in of pytest that tries mutants in place of running the tests."""

    trials: list[Trial]
    fork: Callable[[Callable[[], bool]], bool]
    """Runs a function in a child process with limits; returns its result, or false if it dies."""
    answers: Path
    """The file to which each trial writes whether a test failed."""
    goes_on: Callable[[], bool]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try each mutant in a fork."""
        items = {item.nodeid: item for item in session.items}
        for trial in self.trials:  # many modules are otherwise imported on first use
            importlib.import_module(_module_name(trial.path))
        functions = _functions()
        gc.collect()
        gc.freeze()
        with self.answers.open("w", encoding="ascii") as answers:
            for trial in self.trials:
                if not self.goes_on():
                    break
                tests = [items[test] for test in trial.tests if test in items]
                functions_of_module = functions.get(str(trial.path), [])
                passed = self.fork(
                    functools.partial(_passes, session, trial, tests, functions_of_module)
                )
                answers.write(f"{json.dumps(not passed)}\n")
                answers.flush()
        return True


def killed_in_forks(loop: Loop, pytest_run: Callable[[list[str], object], int]) -> list[bool]:
    """Return for each trial whether its tests killed it; trials without time are left out."""
    files = dict.fromkeys(test.partition("::")[0] for trial in loop.trials for test in trial.tests)
    child = os.fork()
    if not child:
        try:
            pytest_run([*files], loop)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    return [line == "true" for line in loop.answers.read_text("ascii").splitlines()]


def _module_name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[parts.index("src") + 1 :])


def _functions() -> dict[str, list[types.FunctionType]]:
    """List the functions of each file."""
    by_file: dict[str, list[types.FunctionType]] = {}
    for each in gc.get_objects():
        if isinstance(each, types.FunctionType):
            by_file.setdefault(each.__code__.co_filename, []).append(each)
    return by_file


def _passes(
    session: pytest.Session,
    trial: Trial,
    items: list[pytest.Item],
    functions: list[types.FunctionType],
) -> bool:
    """Replace the changed functions, and run tests until one fails."""
    name = str(trial.path)
    text = trial.path.read_text("utf-8")
    old = compile(text, name, "exec", dont_inherit=True)
    new = compile(trial.text, name, "exec", dont_inherit=True)
    if _patch(old, new, functions) or _set_constants(name, text, trial.text):
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                return False
    return True


def _patch(old: types.CodeType, new: types.CodeType, functions: list[types.FunctionType]) -> bool:
    """Replace the code of functions; false if other code differs, or nothing was replaced."""
    changed: dict[tuple[str, int], types.CodeType] = {}
    if not _compare(old, new, changed):
        return False
    reached = False
    for function in functions:
        code = function.__code__
        new_code = changed.get((code.co_qualname, code.co_firstlineno))
        if new_code is not None and len(new_code.co_freevars) == len(code.co_freevars):
            function.__code__ = new_code
            reached = True
    return reached


def _compare(
    old: types.CodeType, new: types.CodeType, changed: dict[tuple[str, int], types.CodeType]
) -> bool:
    """Collect functions whose code differs; return false if code outside functions differs."""
    if old == new:
        return True
    is_function = bool(old.co_flags & _IN_FUNCTION)
    if is_function:
        changed[old.co_qualname, old.co_firstlineno] = new
    elif not _same_around(old, new):
        return False
    inner, others = _inner(old), _inner(new)
    if len(inner) != len(others):
        return is_function
    return all(_compare(*pair, changed) for pair in zip(inner, others, strict=True))


def _inner(code: types.CodeType) -> list[types.CodeType]:
    return [each for each in code.co_consts if isinstance(each, types.CodeType)]


def _same_around(old: types.CodeType, new: types.CodeType) -> bool:
    """Compare modules or classes without their functions."""
    constants = [
        repr([each for each in code.co_consts if not isinstance(each, types.CodeType)])
        for code in (old, new)
    ]
    same = all(getattr(old, name) == getattr(new, name) for name in _AROUND)
    return same and constants[0] == constants[1]


def _set_constants(path: str, old: str, new: str) -> bool:
    """Set the changed constants of a module, also where they were imported; false without any."""
    modules = [each for name, each in sys.modules.items() if name.startswith("tulevaisuus")]
    homes = [each for each in modules if getattr(each, "__file__", None) == path]
    is_set = False
    for home in homes:
        before, after = _constants(old, home), _constants(new, home)
        for name in before.keys() & after.keys():
            if before[name] != after[name]:
                for module in modules:
                    if name in vars(module) and vars(module)[name] == before[name]:
                        setattr(module, name, after[name])
                        is_set = True
    return is_set


def _constants(text: str, home: types.ModuleType) -> dict[str, int | float]:
    """Return the numbers that a module assigns to names, one by one or several at once."""
    found: dict[str, int | float] = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and not any(
            isinstance(each, ast.Call | ast.Lambda) for each in ast.walk(node.value)
        ):
            code = compile(ast.Expression(node.value), "constant", "eval")
            value: object = eval(code, dict(vars(home)))  # noqa: S307 - code of the library
            (target,) = node.targets
            targets = target.elts if isinstance(target, ast.Tuple) else [target]
            values = cast("tuple[object, ...]", value) if len(targets) > 1 else (value,)
            for each, part in zip(targets, values, strict=True):
                if isinstance(each, ast.Name) and isinstance(part, int | float):
                    found[each.id] = part
    return found
