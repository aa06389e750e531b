"""Console blocks of README.md are run, and their output is compared."""

import doctest
import re
import shlex
from pathlib import Path

import pytest

from tulevaisuus.cli import main

README = Path("README.md").read_text("utf-8")
BLOCKS = re.findall(r"```console\n\$ (.+)\n((?:.*\n)*?)```", README)


@pytest.mark.parametrize(("command", "expected"), BLOCKS, ids=[block[0] for block in BLOCKS])
def test_console_block_prints_what_the_readme_shows(
    command: str,
    expected: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A command prints what the README shows; dots replace omitted lines."""
    program, *arguments = shlex.split(command)
    assert program == "tulevaisuus"
    (tmp_path / "examples").symlink_to(Path("examples").absolute())
    monkeypatch.chdir(tmp_path)  # some commands write files
    main(arguments)
    printed = capsys.readouterr().out
    assert doctest.OutputChecker().check_output(expected, printed, doctest.ELLIPSIS), printed


def test_readme_has_console_blocks() -> None:
    """The pattern finds the blocks, so that the test above has cases."""
    assert len(BLOCKS) == README.count("```console")
    assert BLOCKS


def test_two_commands_are_those_of_ci() -> None:
    """CI runs the tests with the command in the README."""
    commands = re.findall(r"```sh\n(.+)\n(.+)\n```", README)[0]
    assert commands[0] == "pip install '.[cli]' && tulevaisuus check examples/varsinais-suomi.json"
    assert commands[1] in Path(".ci/run").read_text("utf-8")
