"""Console blocks on the pages of the documentation are run, and their output is compared.

A page is run in its own folder, with the examples and the files that it asks the reader to save.
"""

import ast
import doctest
import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from tulevaisuus.cli import main

EXAMPLES = Path("examples").resolve()
FOLDERS = ("start", "fi", "sv")
PAGES = sorted(page.resolve() for folder in FOLDERS for page in Path("docs", folder).glob("*.md"))
FILE = re.compile(r"^```\{code-block\} \w+\n:caption: (\S+)\n\n(.*?)^```", re.DOTALL | re.MULTILINE)
BLOCK = re.compile(r"^```console\n\$ tulevaisuus (.+)\n((?:.*\n)*?)```", re.MULTILINE)
BLOCKS = [
    (page, command, expected)
    for page in PAGES
    for command, expected in BLOCK.findall(page.read_text("utf-8"))
]
NAMES = [f"{page.parent.name}/{page.stem}: {command}" for page, command, _ in BLOCKS]


def plain(text: str) -> str:
    """Return a text with ordinary spaces: on a page they look like those in amounts."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("page", "command", "expected"), BLOCKS, ids=NAMES)
def test_console_block_prints_what_the_page_shows(
    page: Path,
    command: str,
    expected: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A command prints what its page shows; dots replace omitted lines."""
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    for name, text in FILE.findall(page.read_text("utf-8")):
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    main(shlex.split(command))
    printed = plain(capsys.readouterr().out)
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    assert doctest.OutputChecker().check_output(plain(expected), printed, flags), printed


def test_every_language_has_console_blocks() -> None:
    """The pattern finds console blocks, so that the test above has cases."""
    assert {page.parent.name for page, _, _ in BLOCKS} == set(FOLDERS)


@pytest.mark.parametrize("notebook", sorted(Path("docs/notebooks").glob("*.ipynb")), ids=str)
def test_every_cell_of_a_notebook_has_an_effect(notebook: Path) -> None:
    """No cell is empty or a loop that only passes: each sets a name, imports or shows a value."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    sources = ["".join(each["source"]) for each in cells if each["cell_type"] == "code"]
    for source in sources:
        (*_, last) = ast.parse(source).body
        assert isinstance(last, ast.Expr | ast.Assign | ast.Import | ast.ImportFrom), source
