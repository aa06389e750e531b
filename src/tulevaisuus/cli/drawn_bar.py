"""Draws the progress bar with Rich. It is imported only if a bar is shown."""

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from tulevaisuus.cli import output

__all__ = ["DrawnBar"]


class DrawnBar:
    """A bar on standard error, with a name and the share of completed files."""

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
        )
        self._task = self._progress.add_task("", total=files)

    def start(self) -> None:
        """Show the bar."""
        self._progress.start()

    def update(self, name: str, completed: float) -> None:
        """Change the name and the number of completed files."""
        self._progress.update(self._task, description=name, completed=completed)

    def stop(self) -> None:
        """Remove the bar."""
        self._progress.stop()
