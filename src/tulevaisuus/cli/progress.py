"""A progress bar on standard error: only on terminals, and only after a second."""

import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from tulevaisuus.cli import output
from tulevaisuus.findings.localization import escape_unprintable

__all__ = ["ProgressBar"]

_DELAY_SECONDS = 1.0
"""The time until the bar is shown: most commands end before."""


class ProgressBar:
    """The progress of the work on several files, shown while the ``with`` block runs."""

    def __init__(self, files: int) -> None:
        """Take the number of files."""
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True, width=output.width()),
            transient=True,
            redirect_stdout=False,
            disable=not output.is_terminal(sys.stderr),
        )
        self._task = self._progress.add_task("", total=files)
        self._begun_files = 0
        self._timer = threading.Timer(_DELAY_SECONDS, self._progress.start)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        """Start the timer."""
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
        self._timer.join()
        self._progress.stop()

    def next(self, name: str) -> Callable[[int, int], None]:
        """Show the name of the next file; return a function that reports its progress."""
        finished = self._begun_files  # all files before this one
        self._begun_files += 1
        self._progress.update(self._task, description=escape_unprintable(name), completed=finished)

        def report(done: int, total: int) -> None:
            """Show the progress of the file."""
            self._progress.update(self._task, completed=finished + done / max(total, 1))

        return report
