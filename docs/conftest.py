"""Runs the examples of each page in a temporary folder, as a reader would."""

import re
import shutil
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
FILES = re.compile(
    r"^```\{code-block\} \w+\n:caption: (\S+\.\w+)\n\n(.*?)^```", re.DOTALL | re.MULTILINE
)
NEEDS = re.compile(r"^<!-- needs: (.+) -->$", re.MULTILINE)


@pytest.fixture(autouse=True)
def folder_of_the_reader(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Change to a temporary folder with the examples and the files that the page shows.

    A page that needs a library which has no wheels for this Python yet is skipped.
    """
    page = request.path.read_text("utf-8")
    for libraries in NEEDS.findall(page):
        for library in libraries.split():
            pytest.importorskip(library, reason=f"{request.path.name} needs {library}")
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    for name, text in FILES.findall(page):
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
