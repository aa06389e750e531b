"""Mutation tests of the packages below the rules: ``python -m tools.mutants`` tries a sample.

A mutant is a small change of the code; a test should notice it. There are thousands of mutants, and
each needs a run of pytest. So the tool chooses a part of the mutants of each module, with a fixed
seed, and runs for each only the tests that run its line, the quickest first. Coverage records which
tests those are. The mutants are those of cosmic-ray.

``docs/mutants.md`` has the results. They are also in ``build/mutants.json``; ``--survivors`` only
tries again the mutants that no test noticed.
"""

import argparse
import ast
import difflib
import importlib
import json
import os
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypedDict, cast

from tools.equivalent_mutants import is_equivalent
from tools.mutant_forks import Loop, Trial, killed_in_forks
from tools.mutant_tests import Guards, measure, passes, run_pytest

__all__ = ["Mutant", "main", "sample", "table"]

ROOT = Path(__file__).parents[1]
SOURCE = Path("src", "tulevaisuus")
RESULTS = Path("build", "mutants.json")

PACKAGES = ("findings", "model", "formats", "facts")
MORE_TESTS = (
    "tests/test_bounds_and_shapes.py",
    "tests/test_shapes_of_classes.py",
    "tests/test_text_files.py",
    "tests/test_decimal_contexts.py",
    "tests/test_formatted_values.py",
    "tests/test_wrong_arguments.py",
    "tests/test_front_door.py",
    "tests/reports/test_json_report.py",
    "tests/reports/test_finding_rows.py",
    "tests/reports/test_text_report.py",
)
"""Quick tests of other folders that also test these packages."""

SEED = 10
"""Chooses the sample. Another ``--seed`` measures on mutants that nobody has looked at."""
SHARE = 8
"""One of 8 mutants of a module is tried, ..."""
LEAST = 4
"""... but at least 4, if it has so many."""

_FOR_CHECKERS = re.compile(r"TYPE_CHECKING|= TypeVar\(")
"""Such lines are only for type checkers, as are protocols: no test can notice a change."""

PROCESSOR_SECONDS = 90
"""A mutant that takes longer is in an endless loop; it counts as killed."""
MEMORY = 3 << 30

NOT_COPIED = (".git", ".nox", ".*_cache", "build", "dist")

WARM = ("attrs", "cattrs", "dateutil.rrule", "pytest", "jsonschema", "pydantic")
"""Packages that every test run imports; they are imported once, before the runs are forked."""


class Mutant(NamedTuple):
    """One change of one module."""

    module: str
    operator: str
    occurrence: int
    line: int
    text: str

    def diff(self) -> str:
        """Return the lines that differ."""
        before = Path(ROOT, SOURCE, self.module).read_text("utf-8").splitlines()
        lines = difflib.unified_diff(before, self.text.splitlines(), lineterm="", n=0)
        return "\n".join(line for line in lines if not line.startswith(("---", "+++")))


class Result(TypedDict):
    """The result of one mutant, as in the file of results."""

    module: str
    operator: str
    occurrence: int
    killed: bool
    tests: int
    diff: str


class Operator(Protocol):
    """The part of an operator of cosmic-ray that we use; cosmic-ray has no type annotations."""

    def mutation_positions(self, node: object) -> Iterable[tuple[tuple[int, int], object]]:
        """Yield the positions at which the operator changes a node."""
        ...


def main(arguments: list[str]) -> int:
    """Try the sample, or its survivors, and return an exit code."""
    parser = argparse.ArgumentParser(description="Try a sample of mutants.")
    parser.add_argument("--survivors", action="store_true", help="the untried, then survivors")
    parser.add_argument("--minutes", type=float, default=600, help="stop after so many")
    parser.add_argument("--learn", action="store_true", help="learn which tests run which lines")
    parser.add_argument("--seed", type=int, default=SEED, help="draw another sample")
    parser.add_argument("--least", type=float, default=0, help="fail below so many per cent")
    parser.add_argument("modules", nargs="*", help="for example formats/json_lines.py")
    options = parser.parse_args(arguments)
    (ROOT / RESULTS).parent.mkdir(exist_ok=True)
    if options.learn:
        (ROOT / "build" / "mutant-guards.json").unlink(missing_ok=True)
    results = _load() if options.survivors else {}
    modules = options.modules or _modules()
    chosen = [mutant for module in modules for mutant in sample(module, options.seed)]
    # In random order, the mutants that were tried are a fair sample even if the time runs out.
    random.Random(options.seed).shuffle(chosen)  # noqa: S311 - as above
    chosen.sort(key=lambda mutant: mutant[:3] in results)  # those that were never tried first
    remaining = [one for one in chosen if not results.get(one[:3], {"killed": False})["killed"]]
    with tempfile.TemporaryDirectory() as folder:
        guards = _prepare(Path(folder, "tree"))
        if not _in_fork(lambda: passes(guards.few())):
            raise SystemExit("tests fail in a fork before anything is changed")
        _try_all(remaining, guards, 60 * options.minutes, results)
    tried = [results[mutant[:3]] for mutant in sorted(chosen) if mutant[:3] in results]
    sys.stdout.write(table(tried))
    killed = 100 * sum(result["killed"] for result in tried) / len(tried)
    return int(killed < options.least)


def _try_all(
    mutants: list[Mutant],
    guards: Guards,
    seconds: float,
    results: dict[tuple[str, str, int], Result],
) -> None:
    """Try mutants in forks, then the survivors with a changed file, until the time runs out."""
    start = time.monotonic()
    trials = [
        Trial(SOURCE.absolute() / one.module, one.text, [*quick, *more])
        for one in mutants
        for quick, more in [guards.of(one.module, one.line)]
    ]
    answers = Path("answers").absolute()
    loop = Loop(trials, _in_fork, answers, lambda: time.monotonic() < start + seconds / 2)
    noticed = killed_in_forks(loop, run_pytest)
    for number, (mutant, killed) in enumerate(zip(mutants, noticed, strict=False), start=1):
        if time.monotonic() > start + seconds:
            break  # skip killed ones, too: with killed ones only, the sample would be biased
        results[mutant[:3]] = _result(mutant, guards, killed or not _survives(mutant, guards))
        _keep(results, f"{number}/{len(mutants)}", mutant)


def sample(module: str, seed: int = SEED) -> list[Mutant]:
    """Choose some mutants of a module, the same in every run.

    Mutants that are invalid Python, or only matter to type checkers, are left out.
    """
    text = Path(ROOT, SOURCE, module).read_text("utf-8")
    places = sorted(_places(module))
    count = max(LEAST, round(len(places) / SHARE))
    for_checkers = _lines_for_checkers(text)
    generator = random.Random(f"{seed}/{module}")  # noqa: S311 - a sample, no secret
    generator.shuffle(places)
    mutate = cast(
        "Callable[[str, Operator, int], str]", _cosmic_ray("mutating").__dict__["mutate_code"]
    )
    mutants: list[Mutant] = []
    for operator, occurrence, line in places:
        if len(mutants) == count:
            break
        changed = mutate(text, _operators()[operator], occurrence)
        if _is_python(changed) and line not in for_checkers:
            mutants.append(Mutant(module, operator, occurrence, line, changed))
    return sorted(mutants, key=lambda mutant: mutant.line)


def table(results: Iterable[Result]) -> str:
    """Return a Markdown table of counts by module, then the diffs of survivors.

    Equivalent mutants are survivors; their number is in a column of its own.
    """
    by_module: dict[str, list[Result]] = {}
    for result in results:
        by_module.setdefault(result["module"], []).append(result)
        by_module.setdefault("**all**", []).append(result)
    by_module["**all**"] = by_module.pop("**all**")
    lines = ["| module | sample | killed | share | equivalent |", "|---|---|---|---|---|"]
    for module, those in by_module.items():
        killed = sum(result["killed"] for result in those)
        same = sum(map(_is_equivalent, those))
        share = f"{100 * killed / len(those):.1f} %"
        lines.append(f"| {module} | {len(those)} | {killed} | {share} | {same} |")
    alive = [
        f"{each['module']} {each['diff']}"
        for each in by_module["**all**"]
        if not each["killed"] and not _is_equivalent(each)
    ]
    return "\n".join([*lines, "", *alive, ""])


def _is_equivalent(result: Result) -> bool:
    return not result["killed"] and is_equivalent(result["module"], result["diff"])


def _modules() -> Iterator[str]:
    """Yield the modules, as paths below the package."""
    for package in PACKAGES:
        for path in sorted(Path(ROOT, SOURCE, package).glob("*.py")):
            if path.stem != "__init__":
                yield f"{package}/{path.name}"


def _places(module: str) -> Iterator[tuple[str, int, int]]:
    """Yield every mutant of a module: its operator, its number for that operator, its line."""
    cosmic = _cosmic_ray("ast").__dict__
    tree = cosmic["get_ast_from_path"](Path(ROOT, SOURCE, module))
    nodes = list(cosmic["ast_nodes"](tree))
    for name, operator in _operators().items():
        starts = (start for node in nodes for start, _ in operator.mutation_positions(node))
        for occurrence, (line, _) in enumerate(starts):
            yield name, occurrence, line


def _operators() -> dict[str, Operator]:
    """Return the operators of cosmic-ray, except those that cosmic-ray.toml excludes."""
    if not _KNOWN:
        plugins = _cosmic_ray("plugins").__dict__
        settings: Any = tomllib.loads(Path(ROOT, "cosmic-ray.toml").read_text("utf-8"))
        excluded: list[str] = settings["cosmic-ray"]["filters"]["operators-filter"][
            "exclude-operators"
        ]
        for name in plugins["operator_names"]():
            operator = plugins["get_operator"](name)
            if not operator.arguments() and not any(re.match(one, name) for one in excluded):
                _KNOWN[name] = operator()
    return _KNOWN


_KNOWN: dict[str, Operator] = {}


def _cosmic_ray(name: str) -> object:
    return importlib.import_module(f"cosmic_ray.{name}")


def _lines_for_checkers(text: str) -> set[int]:
    """Return the numbers of the lines that only type checkers use."""
    found = {at for at, line in enumerate(text.splitlines(), 1) if _FOR_CHECKERS.search(line)}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef) and any(map(_is_protocol, node.bases)):
            found |= {*range(node.lineno, (node.end_lineno or node.lineno) + 1)}
    return found


def _is_protocol(base: ast.expr) -> bool:
    return ast.unparse(base).startswith("Protocol")


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _prepare(tree: Path) -> Guards:
    """Copy the project, change to the copy, and find which tests run which lines."""
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*NOT_COPIED))
    os.chdir(tree)
    os.environ["PYTHONPATH"] = str(tree / "src")
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # a plug-in warns about open files
    os.environ["HYPOTHESIS_NO_PLUGINS"] = "1"  # they would open what is to be changed
    sys.path[:] = [str(tree / "src"), *(entry for entry in sys.path if entry != str(ROOT))]
    for name in WARM:
        importlib.import_module(name)
    del os.environ["HYPOTHESIS_NO_PLUGINS"]
    folders = [*(f"tests/{package}" for package in PACKAGES), *MORE_TESTS]
    return measure(folders, SOURCE, ROOT / "build" / "mutant-guards.json")


def _survives(mutant: Mutant, guards: Guards) -> bool:
    """Put a mutant in place, run its tests in a fork, and put the original back."""
    path = SOURCE / mutant.module
    original = path.read_bytes()
    quick, more = guards.of(mutant.module, mutant.line)
    path.write_text(mutant.text, "utf-8")
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*"):
        compiled.unlink()
    try:
        return _in_fork(lambda: passes(quick)) and _in_fork(lambda: passes(more))
    finally:
        path.write_bytes(original)


def _result(mutant: Mutant, guards: Guards, killed: bool) -> Result:  # noqa: FBT001 - a value
    return Result(
        module=mutant.module,
        operator=mutant.operator,
        occurrence=mutant.occurrence,
        killed=killed,
        tests=sum(map(len, guards.of(mutant.module, mutant.line))),
        diff=mutant.diff(),
    )


def _in_fork(passes: Callable[[], bool]) -> bool:
    """Run tests in a child process with limits on time and memory."""
    child = os.fork()
    if not child:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.alarm(20 * PROCESSOR_SECONDS)  # for a deadlock, which uses no processor time
        try:
            os._exit(0 if passes() else 1)
        finally:  # otherwise the child would continue here, and delete the copy of the project
            os._exit(1)
    _, status = os.waitpid(child, 0)
    return status == 0


def _load() -> dict[tuple[str, str, int], Result]:
    kept = cast("list[Result]", json.loads(Path(ROOT, RESULTS).read_text("utf-8")))
    return {(one["module"], one["operator"], one["occurrence"]): one for one in kept}


def _keep(results: dict[tuple[str, str, int], Result], progress: str, mutant: Mutant) -> None:
    """Write the results so far to a file, and print the progress."""
    kept = ROOT / RESULTS
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps([*results.values()], indent=1), "utf-8")
    word = "killed" if results[mutant[:3]]["killed"] else "SURVIVED"
    sys.stdout.write(f"{progress} {mutant.module}:{mutant.line} {word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
