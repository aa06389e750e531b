"""Looks for deadlocks: eight threads access every name of the library at once, many times.

`python -m tools.threads 200` repeats this in 200 fresh interpreters and counts the failures;
`nox -s threads -- 200` does so on each Python. Threads that wait for each other's import locks fail
in some runs only.
"""

import argparse
import subprocess
import sys
from collections import Counter

from tests.test_concurrency import OPENED_BY_ALL, TOGETHER

__all__ = ["main"]

SECONDS: float = 60
"""After this time, a run counts as hanging; normally it takes less than a second."""

SHOWN = 5
"""The number of different failures that are printed."""


def main(arguments: list[str] | None = None) -> int:
    """Repeat the run, print the failures, and return 1 if there are any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=int, nargs="?", default=200)
    runs: int = parser.parse_args(arguments).runs
    outcomes = Counter(_outcome() for _ in range(runs))
    failed = runs - outcomes.pop(OPENED_BY_ALL, 0)
    for outcome, count in outcomes.most_common(SHOWN):
        sys.stdout.write(f"{count} times: {outcome}\n")
    version = sys.version.partition(" ")[0]
    sys.stdout.write(f"Python {version}: {failed} of {runs} runs failed\n")
    return 1 if failed else 0


def _outcome() -> str:
    """Return what one interpreter prints, or its error."""
    command = [sys.executable, "-W", "error", "-c", TOGETHER]
    try:
        done = subprocess.run(  # noqa: S603 - own code
            command, capture_output=True, check=False, text=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return f"hung for {SECONDS} seconds"
    return done.stdout.strip() or done.stderr.strip()


if __name__ == "__main__":
    sys.exit(main())
