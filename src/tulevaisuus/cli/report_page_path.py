"""The path of the page that `tulevaisuus report` writes: the default, and what cannot be one."""

from pathlib import Path

from tulevaisuus.cli.command_texts import CommandError
from tulevaisuus.cli.input_files import STANDARD_INPUT
from tulevaisuus.formats.files import COMPRESSED_SUFFIXES

__all__ = ["report_page_path", "require_page_ending"]


def report_page_path(file: str) -> str:
    """Return a path in the folder of the file; standard output for standard input.

    >>> report_page_path("data/grants.json.gz")
    'data/grants.report.html'
    """
    if file == STANDARD_INPUT:
        return file
    path = Path(file)
    if path.name in {"", ".."}:  # "." and ".." have no name of their own: use that of the folder
        path = path.resolve()
    if path.suffix.lower() in COMPRESSED_SUFFIXES:
        path = path.with_suffix("")
    return str(path.parent / f"{path.stem}.report.html")


def require_page_ending(path: str) -> None:
    """Check that a page is not to be written as a workbook: that is what `check` writes.

    Raises:
        CommandError: The path ends in ``.xlsx``.
    """
    if path.lower().endswith(".xlsx"):
        raise CommandError("page_ending", name=path)
