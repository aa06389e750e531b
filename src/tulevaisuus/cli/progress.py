"""The progress bar: on standard error, on terminals only, and only after a second."""

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

_PATIENCE = 1.0
"""Seconds until the bar is shown."""


class ProgressBar:
    """How far the work on some files has come; shown a second after it is entered, until left."""

    def __init__(self, files: int) -> None:
        """Expect this number of files."""
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
        self._files = 0
        self._start = threading.Timer(_PATIENCE, self._progress.start)
        self._start.daemon = True

    def __enter__(self) -> Self:
        """Start the timer."""
        self._start.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away, or never show it."""
        self._start.cancel()
        self._start.join()
        self._progress.stop()

    def next(self, name: str) -> Callable[[int, int], None]:
        """Show the name of the next file; return what is told how much of it is done."""
        before, self._files = self._files, self._files + 1
        self._progress.update(self._task, description=escape_unprintable(name), completed=before)

        def report(done: int, total: int) -> None:
            """Show how far the file has come."""
            self._progress.update(self._task, completed=before + done / max(total, 1))

        return report
