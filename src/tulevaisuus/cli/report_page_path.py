"""The default path of the page that `tulevaisuus report` writes."""

from pathlib import Path

from tulevaisuus.cli.input_files import STANDARD_INPUT
from tulevaisuus.formats.files import COMPRESSED_SUFFIXES

__all__ = ["report_page_path"]


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
