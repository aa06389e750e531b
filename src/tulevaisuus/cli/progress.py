"""A progress bar on standard error: only on terminals, and only after a second."""

import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from tulevaisuus.cli import output
from tulevaisuus.findings.localization import escape_unprintable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.cli.drawn_bar import DrawnBar

__all__ = ["ProgressBar"]

_DELAY_SECONDS = 1.0
"""The time until the bar is shown: most commands end before."""


class ProgressBar:
    """The progress of the work on several files, shown while the ``with`` block runs."""

    def __init__(self, files: int) -> None:
        """Take the number of files."""
        self._files = files
        self._begun_files = 0
        self._name, self._completed = "", 0.0
        self._drawn: DrawnBar | None = None
        self._timer = threading.Timer(_DELAY_SECONDS, self._draw)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        """Start the timer."""
        if output.is_terminal(sys.stderr):
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remove the bar, or stop the timer if it is not shown yet."""
        self._timer.cancel()
        if self._timer.ident is not None:  # it was started
            self._timer.join()
        if self._drawn is not None:
            self._drawn.stop()

    def next(self, name: str) -> Callable[[int, int], None]:
        """Show the name of the next file; return a function that reports its progress."""
        finished = self._begun_files  # all files before this one
        self._begun_files += 1
        self._name = escape_unprintable(name)
        self._update(finished)

        def report(done: int, total: int) -> None:
            """Show the progress of the file."""
            self._update(finished + done / max(total, 1))

        return report

    def _draw(self) -> None:
        """Draw the bar, in the thread of the timer."""
        from tulevaisuus.cli.drawn_bar import DrawnBar  # imports Rich

        self._drawn = DrawnBar(self._files)
        self._drawn.update(self._name, self._completed)
        self._drawn.start()

    def _update(self, completed: float) -> None:
        """Take the number of completed files, and show it if the bar is drawn."""
        self._completed = completed
        if self._drawn is not None:
            self._drawn.update(self._name, completed)
