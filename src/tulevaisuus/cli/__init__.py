"""The `tulevaisuus` command; it needs the extra ``cli``, and says so if that is missing."""

import sys
from collections.abc import Sequence

__all__ = ["main"]

_NEEDED = ("cyclopts", "rich")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    0: nothing is wrong. 1: there are findings that are errors. 2: bad usage, or a file that
    cannot be opened.
    """
    try:
        from tulevaisuus.cli.app import run
    except ModuleNotFoundError as error:
        if error.name not in _NEEDED:
            raise
        sys.stderr.write("the command needs its extra: pip install 'tulevaisuus[cli]'\n")
        return 2
    return run(sys.argv[1:] if arguments is None else arguments)
