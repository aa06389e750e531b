"""Compares the speed of this version with another one: checking, reading, writing and start-up.

`python benchmarks/check.py --against PATH [GRANTS [ROUNDS]]` takes the folder ``src`` of another
version (`git worktree add ../before COMMIT` creates one). For each task it prints the processor
time of both versions and the ratio. The versions take turns, each task in a fresh process, and the
minimum counts. The findings of both are also compared.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
OURS = HERE.parent / "src"
EXAMPLE = HERE.parent / "examples" / "varsinais-suomi.json"

START = {
    "import tulevaisuus": "import tulevaisuus",
    "first look-up": "import tulevaisuus as tul; tul.regions['05'].name.sv",
}
BARE = "bare interpreter"


def work(task: str, grants: int) -> None:
    """Run one task in this process; print its seconds, and a hash of its findings."""
    import documents
    import lines

    import tulevaisuus as tul
    from tulevaisuus import formats

    text = documents.document(grants)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "grants.jsonl")
        if task.endswith("_lines"):
            rows = "".join(f"{json.dumps(lines.grant(n))}\n" for n in range(grants))
            path.write_text(rows, "utf-8")
        portfolio = tul.loads(text) if task in {"check", "dumps"} else tul.load(EXAMPLE)
        entities = list(formats.read_lines(path, tul.Grant)) if task == "write_lines" else []
        tasks: dict[str, Callable[[], object]] = {
            "check": lambda: tul.check(portfolio),
            "check the example": lambda: [tul.check(portfolio) for _ in range(50)],
            "loads": lambda: tul.loads(text),
            "loads the example": lambda: [tul.load(EXAMPLE) for _ in range(50)],
            "dumps": lambda: tul.dumps(portfolio),
            "read_lines": lambda: list(formats.read_lines(path, tul.Grant)),
            "write_lines": lambda: formats.write_lines(path.with_suffix(".out"), entities),
        }
        tul.check(tul.load(EXAMPLE))  # loads what is loaded once
        start = time.process_time()
        result = tasks[task]()
        seconds = time.process_time() - start
    findings = getattr(result, "findings", ())
    print(seconds, "\n".join(map(str, findings)).__hash__())


TASKS = (
    "check",
    "check the example",
    "loads",
    "loads the example",
    "dumps",
    "read_lines",
    "write_lines",
)


def run(command: list[str], src: Path) -> str:
    """Run a command with one of the versions, and return its output."""
    environment = {**os.environ, "PYTHONPATH": str(src), "PYTHONHASHSEED": "0"}
    done = subprocess.run(
        [sys.executable, *command], check=True, capture_output=True, text=True, env=environment
    )
    return done.stdout


def one(task: str, src: Path, grants: int) -> tuple[float, str]:
    """Return the seconds of a task in a fresh process, and the hash of its findings."""
    if task not in TASKS:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run(["-c", START.get(task, "pass")], src)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, ""
    seconds, found = run([__file__, "--one", task, str(grants)], src).split()
    return float(seconds), found


def compare(theirs: Path, grants: int, rounds: int) -> None:
    """Run both versions in turns; print the minimum of each, and their ratio."""
    bare = 0.0
    print(f"{'':24} {'other':>9} {'this':>9} {'ratio':>7}   seconds; {grants} grants")
    for task in (BARE, *START, *TASKS):
        found: list[str] = []
        times: dict[Path, list[float]] = {theirs: [], OURS: []}
        for turn in range(rounds * (1 if task in TASKS else 10)):
            for src in (theirs, OURS) if turn % 2 else (OURS, theirs):
                seconds, findings = one(task, src, grants)
                times[src].append(seconds)
                found.append(findings)
        best = [min(times[theirs]), min(times[OURS])]
        if task == BARE:
            bare = min(best)
            continue
        if task in START:
            best = [max(each - bare, 1e-4) for each in best]
        same = "" if len({*found}) == 1 else "   the findings DIFFER"
        print(f"{task:24} {best[0]:9.4f} {best[1]:9.4f} {best[1] / best[0]:7.3f}{same}")


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, metavar="SRC", required=True)
    parser.add_argument("grants", type=int, nargs="?", default=100_000)
    parser.add_argument("rounds", type=int, nargs="?", default=3)
    given = parser.parse_args()
    compare(given.against.resolve(), given.grants, given.rounds)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        work(sys.argv[2], int(sys.argv[3]))
    else:
        main()
