"""Mutation tests of what lies below the rules: ``python -m tools.mutants`` tries a sample.

All mutants of these packages are thousands, and each needs a run of pytest. So a share of every
module's mutants is drawn with a fixed seed, and each is given only the tests that run its line, as
coverage saw them, the quickest first. The mutants themselves are those of cosmic-ray.

``docs/mutants.md`` says what came of it. The results are kept in ``build/mutants.json``, and
``--survivors`` tries again those alone that no test noticed.
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
    "tests/test_front_door.py",
    "tests/reports/test_json_text.py",
    "tests/reports/test_rows.py",
    "tests/reports/test_text.py",
)
"""What looks at these packages from elsewhere, and is quick."""

SEED = 10
"""Draws the sample; with another by ``--seed``, the share is measured on what nobody has seen."""
SHARE = 8
"""One of so many mutants of a module is tried ..."""
LEAST = 4
"""... and so many at least, if it has them."""

_FOR_CHECKERS = "TYPE_CHECKING"
"""A line with this decides what type checkers read, and nothing else; so does a protocol."""

PROCESSOR_SECONDS = 90
"""A mutant that takes longer runs for ever."""
MEMORY = 3 << 30

NOT_COPIED = (".git", ".nox", ".*_cache", "build", "dist")

WARM = ("attrs", "cattrs", "dateutil.rrule", "pytest", "jsonschema", "pydantic")
"""What every run of tests opens; it is opened once, before the runs are forked."""


class Mutant(NamedTuple):
    """One change of one module."""

    module: str
    operator: str
    occurrence: int
    line: int
    text: str

    def diff(self) -> str:
        """Show the lines that differ."""
        before = Path(ROOT, SOURCE, self.module).read_text("utf-8").splitlines()
        lines = difflib.unified_diff(before, self.text.splitlines(), lineterm="", n=0)
        return "\n".join(line for line in lines if not line.startswith(("---", "+++")))


class Result(TypedDict):
    """What became of one mutant, as it is kept."""

    module: str
    operator: str
    occurrence: int
    killed: bool
    tests: int
    diff: str


class Operator(Protocol):
    """What we use of an operator of cosmic-ray, which has no types."""

    def mutation_positions(self, node: object) -> Iterable[tuple[tuple[int, int], object]]:
        """Yield the places where the operator changes a node."""
        ...


def main(arguments: list[str]) -> int:
    """Try the sample, or what survived of it, and return an exit code."""
    parser = argparse.ArgumentParser(description="Try a sample of mutants.")
    parser.add_argument("--survivors", action="store_true", help="the untried, then survivors")
    parser.add_argument("--minutes", type=float, default=600, help="stop after so many")
    parser.add_argument("--learn", action="store_true", help="learn which tests run which lines")
    parser.add_argument("--seed", type=int, default=SEED, help="draw another sample")
    parser.add_argument("--least", type=float, default=0, help="fail below so many per cent")
    parser.add_argument("modules", nargs="*", help="for example formats/json_lines.py")
    given = parser.parse_args(arguments)
    (ROOT / RESULTS).parent.mkdir(exist_ok=True)
    if given.learn:
        (ROOT / "build" / "mutant-guards.json").unlink(missing_ok=True)
    results = _load() if given.survivors else {}
    modules = given.modules or _modules()
    chosen = [mutant for module in modules for mutant in sample(module, given.seed)]
    # In any order, what was tried when the time is over is a sample, too.
    random.Random(given.seed).shuffle(chosen)  # noqa: S311 - as above
    chosen.sort(key=lambda mutant: mutant[:3] in results)  # those that were never tried first
    left = [one for one in chosen if not results.get(one[:3], {"killed": False})["killed"]]
    with tempfile.TemporaryDirectory() as folder:
        guards = _prepare(Path(folder, "tree"))
        if not _in_fork(lambda: passes(guards.few())):
            raise SystemExit("tests fail in a fork before anything is changed")
        _try_all(left, guards, 60 * given.minutes, results)
    tried = [results[mutant[:3]] for mutant in sorted(chosen) if mutant[:3] in results]
    sys.stdout.write(table(tried))
    killed = 100 * sum(result["killed"] for result in tried) / len(tried)
    return int(killed < given.least)


def _try_all(
    mutants: list[Mutant],
    guards: Guards,
    seconds: float,
    results: dict[tuple[str, str, int], Result],
) -> None:
    """Try mutants in forks, and what survives there with a changed file, while there is time."""
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
            break  # not even those that are known to be killed: they would be no sample
        results[mutant[:3]] = _result(mutant, guards, killed or not _survives(mutant, guards))
        _keep(results, f"{number}/{len(mutants)}", mutant)


def sample(module: str, seed: int = SEED) -> list[Mutant]:
    """Draw some mutants of a module, the same in every run.

    What is no Python is left out, and what decides on imports for type checkers alone.
    """
    text = Path(ROOT, SOURCE, module).read_text("utf-8")
    places = sorted(_places(module))
    wanted = max(LEAST, round(len(places) / SHARE))
    unseen = _lines_for_checkers(text)
    chance = random.Random(f"{seed}/{module}")  # noqa: S311 - a sample, no secret
    chance.shuffle(places)
    mutate = cast(
        "Callable[[str, Operator, int], str]", _cosmic_ray("mutating").__dict__["mutate_code"]
    )
    found: list[Mutant] = []
    for operator, occurrence, line in places:
        if len(found) == wanted:
            break
        changed = mutate(text, _operators()[operator], occurrence)
        if _is_python(changed) and line not in unseen:
            found.append(Mutant(module, operator, occurrence, line, changed))
    return sorted(found, key=lambda mutant: mutant.line)


def table(results: Iterable[Result]) -> str:
    """Count by module, in Markdown, and show what survived."""
    by_module: dict[str, list[Result]] = {}
    for result in results:
        by_module.setdefault(result["module"], []).append(result)
        by_module.setdefault("**all**", []).append(result)
    by_module["**all**"] = by_module.pop("**all**")
    lines = ["| module | sample | killed | share |", "|---|---|---|---|"]
    for module, those in by_module.items():
        killed = sum(result["killed"] for result in those)
        lines.append(f"| {module} | {len(those)} | {killed} | {100 * killed / len(those):.1f} % |")
    alive = [f"{r['module']} {r['diff']}" for r in by_module["**all**"] if not r["killed"]]
    return "\n".join([*lines, "", *alive, ""])


def _modules() -> Iterator[str]:
    """Name the modules, as paths below the package."""
    for package in PACKAGES:
        for path in sorted(Path(ROOT, SOURCE, package).glob("*.py")):
            if path.stem != "__init__":
                yield f"{package}/{path.name}"


def _places(module: str) -> Iterator[tuple[str, int, int]]:
    """List every mutant of a module: its operator, which of that operator's, its line."""
    cosmic = _cosmic_ray("ast").__dict__
    tree = cosmic["get_ast_from_path"](Path(ROOT, SOURCE, module))
    nodes = list(cosmic["ast_nodes"](tree))
    for name, operator in _operators().items():
        starts = (start for node in nodes for start, _ in operator.mutation_positions(node))
        for occurrence, (line, _) in enumerate(starts):
            yield name, occurrence, line


def _operators() -> dict[str, Operator]:
    """Return cosmic-ray's operators but those that cosmic-ray.toml leaves out."""
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
    """Return the numbers of the lines that no program reads when it runs."""
    found = {at for at, line in enumerate(text.splitlines(), 1) if _FOR_CHECKERS in line}
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
    """Copy the project, go there, and learn which tests run which lines."""
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*NOT_COPIED))
    os.chdir(tree)
    os.environ["PYTHONPATH"] = str(tree / "src")
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # it warns of what is open
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
    """Run tests in a child with bounds, together with all that the child starts."""
    child = os.fork()
    if not child:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.alarm(20 * PROCESSOR_SECONDS)  # for what waits and does not work
        try:
            os._exit(0 if passes() else 1)
        finally:  # else the child would go on here, and remove the tree as it leaves
            os._exit(1)
    _, status = os.waitpid(child, 0)
    return status == 0


def _load() -> dict[tuple[str, str, int], Result]:
    kept = cast("list[Result]", json.loads(Path(ROOT, RESULTS).read_text("utf-8")))
    return {(one["module"], one["operator"], one["occurrence"]): one for one in kept}


def _keep(results: dict[tuple[str, str, int], Result], progress: str, mutant: Mutant) -> None:
    """Keep what is known so far, and tell that it goes on."""
    kept = ROOT / RESULTS
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps([*results.values()], indent=1), "utf-8")
    word = "killed" if results[mutant[:3]]["killed"] else "SURVIVED"
    sys.stdout.write(f"{progress} {mutant.module}:{mutant.line} {word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
