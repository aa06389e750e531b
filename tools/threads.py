"""Opens every name of the library from eight threads at once, again and again.

`python -m tools.threads 200` does so in 200 fresh interpreters and says how many failed, and how;
`nox -s threads -- 200` on each Python. Import locks that threads wait for in a circle show in some
runs only.
"""

import argparse
import subprocess
import sys
from collections import Counter

from tests.test_concurrency import OPENED_BY_ALL, TOGETHER

__all__ = ["main"]

SECONDS: float = 60
"""After so long, a run hangs: one takes less than a second."""

SHOWN = 5
"""So many ways to fail are written out."""


def main(arguments: list[str] | None = None) -> int:
    """Run as often as asked for, write what went wrong, and return 1 if anything did."""
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
    """Return what one interpreter prints, or why it printed nothing."""
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
