"""Compares import and first use with other libraries: each statement in a fresh interpreter.

`python benchmarks/startup.py [RUNS]` prints the median milliseconds above a bare interpreter, and
the ratio of the other libraries to ours. The commands of `tulevaisuus` are compared with the import
of Cyclopts, which parses their arguments: most of them cannot be faster than that. The statements
take turns, so that a machine with changing speed affects all of them alike.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

BARE = "pass"
IMPORTS = {
    "import tulevaisuus": "import tulevaisuus",
    "import attrs": "import attrs",
    "import pydantic": "import pydantic",
    "import pycountry": "import pycountry",
    "import pystac": "import pystac",
}
FIRST_USES = {
    "tulevaisuus: the first region": "import tulevaisuus as tul; tul.regions['05'].name.sv",
    "pydantic: one model": (
        "import pydantic; M = pydantic.create_model('M', name=(str, ...)); M(name='x')"
    ),
    "pycountry: the first country": "import pycountry; pycountry.countries.get(alpha_2='FI').name",
    "pystac: one catalogue": "import pystac; pystac.Catalog('id', 'text')",
    "tulevaisuus: check the example": (
        "import tulevaisuus as tul; tul.check(tul.read('examples/varsinais-suomi.json'))"
    ),
}

COMMANDS = {
    "import cyclopts": "import cyclopts",
    **{
        f"tulevaisuus {arguments}": (
            f"from tulevaisuus.cli import main; main({arguments!r}.split())"
        )
        for arguments in (
            "--version",
            "--help",
            "show municipalities",
            "explain TSK302",
            "check examples/varsinais-suomi.json",
        )
    },
}

HOOK = """
import os, time
os.environ["HYPOTHESIS_NO_PLUGINS"] = "1"
began = time.perf_counter()
import hypothesis
loaded = time.perf_counter()
from tulevaisuus.testing.plugin import listen
listen()
print(loaded - began, time.perf_counter() - loaded)
"""


def milliseconds(statement: str) -> float:
    """Run a statement in a fresh interpreter and return the duration of the process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - start) * 1000


def compare(statements: dict[str, str], runs: int, first: str = "ours") -> None:
    """Print the time of each statement, and its ratio to the first one.

    Args:
        statements: The statements, by what they are called.
        runs: How often each is run.
        first: What the column of ratios calls the first statement.
    """
    taken: dict[str, list[float]] = {name: [] for name in ("bare", *statements)}
    for _ in range(runs + 1):
        taken["bare"].append(milliseconds(BARE))
        for name, statement in statements.items():
            taken[name].append(milliseconds(statement))
    medians = {name: statistics.median(times[1:]) for name, times in taken.items()}
    bare = medians.pop("bare")
    unit = next(iter(medians.values())) - bare
    print(f"{'':46} {'ms':>8} {f'× {first}':>10}   (a bare interpreter: {bare:.1f} ms)")
    for name, median in medians.items():
        print(f"{name:46} {median - bare:8.1f} {(median - bare) / unit:10.1f}")


def hook(runs: int) -> None:
    """Print the time that our plug-in adds to the import of Hypothesis."""
    printed = [
        subprocess.run([sys.executable, "-c", HOOK], check=True, capture_output=True).stdout
        for _ in range(runs)
    ]
    times = [[float(part) * 1000 for part in line.split()] for line in printed]
    hypothesis, ours = (statistics.median(each) for each in zip(*times, strict=True))
    share = 100 * ours / hypothesis
    print(f"the hook for Hypothesis: {ours:.2f} ms, {share:.1f} % of importing it")


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    compare(IMPORTS, count)
    print()
    compare(FIRST_USES, count)
    print()
    compare(COMMANDS, count, "cyclopts")
    hook(count)
