"""The default paths of files that the command writes."""

from pathlib import Path

from tulevaisuus.cli.input_files import STANDARD_INPUT

__all__ = ["page_path"]

_PACKED = {".gz", ".zst"}


def page_path(file: str) -> str:
    """Return the path of the page on a file: beside it, or standard output for standard input.

    >>> page_path("data/grants.json.gz")
    'data/grants.report.html'
    """
    if file in {STANDARD_INPUT, ""}:  # `require_files` rejects an empty name
        return file
    path = Path(file)
    if path.name in {"", ".."}:  # as of the folder that one works in
        path = path.resolve()
    if path.suffix.lower() in _PACKED:
        path = path.with_suffix("")
    return str(path.parent / f"{path.stem}.report.html")
