"""The `tulevaisuus` command. Without the extra ``cli`` it only prints what to install."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # an interrupt while modules are imported here would print a traceback
    from collections.abc import Sequence

__all__ = ["main"]

_REQUIRED_PACKAGES = ("cyclopts", "rich")

_INTERRUPTED = 130
"""The exit code of an interrupted command, as in shells: 128 + SIGINT."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    0: nothing is wrong. 1: there are findings that are errors. 2: bad usage, or a file that
    cannot be opened or written. 130: the command was interrupted.
    """
    # An interrupt may come at any time, also while the modules of the command are imported.
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        _ignore_interrupts()
        return _INTERRUPTED


def _run(arguments: Sequence[str] | None) -> int:
    try:
        from tulevaisuus.cli.running import run

        return run(sys.argv[1:] if arguments is None else arguments)
    except ModuleNotFoundError as error:
        if error.name not in _REQUIRED_PACKAGES:
            raise
        sys.stderr.write("the command needs its extra: pip install 'tulevaisuus[cli]'\n")
        return 2


def _ignore_interrupts() -> None:
    """Ignore further interrupts: one during shutdown would print a traceback."""
    import signal
    import threading

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
