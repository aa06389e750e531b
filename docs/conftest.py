"""Each page is read in a folder of its own, as its reader would read it."""

import re
import shutil
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
FILES = re.compile(
    r"^```\{code-block\} \w+\n:caption: (\S+\.\w+)\n\n(.*?)^```", re.DOTALL | re.MULTILINE
)


@pytest.fixture(autouse=True)
def folder_of_the_reader(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Go to a new folder with the examples and the files that the page asks to save."""
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    for name, text in FILES.findall(request.path.read_text("utf-8")):
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
