"""The fixture that runs the command in the process of the tests."""

import pytest

from tests.cli.command import Command, Outcome
from tulevaisuus.cli import main


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run the command at a width of 80 columns, with no language in the environment."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("TULEVAISUUS_LANGUAGE", raising=False)

    def run(*arguments: str) -> Outcome:
        code = main(arguments)
        out, err = capsys.readouterr()
        return Outcome(code, out, err)

    return run
