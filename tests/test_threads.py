"""`tools/threads.py` counts runs that fail or deadlock."""

import pytest

from tools import threads


def test_runs_that_load_everything_pass(capsys: pytest.CaptureFixture[str]) -> None:
    """Runs in which every thread loads all names are counted as passed."""
    assert threads.main(["2"]) == 0
    assert "0 of 2 runs failed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("run", "reported"),
    [
        ("print('7 1 [DeadlockError]')", "2 times: 7 1 [DeadlockError]"),
        ("raise SystemExit('broken')", "2 times: broken"),
        ("import time; time.sleep(9)", "2 times: hung for 0.3 seconds"),
    ],
    ids=["prints", "breaks", "hangs"],
)
def test_failures_are_counted(
    run: str, reported: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run that prints something else, exits with an error or never ends is counted as failed."""
    monkeypatch.setattr(threads, "TOGETHER", run)
    monkeypatch.setattr(threads, "SECONDS", 0.3)
    assert threads.main(["2"]) == 1
    printed = capsys.readouterr().out
    assert reported in printed
    assert "2 of 2 runs failed" in printed
