"""`tulevaisuus.cli.main`: the way into the command, with the extra and without it."""

import runpy
import sys
from importlib.abc import MetaPathFinder

import pytest

from tulevaisuus.cli import main

APP = "tulevaisuus.cli.app"


class Missing(MetaPathFinder):
    """Imports as if a module were not installed."""

    def __init__(self, name: str) -> None:
        """Take the name of the module."""
        self.name = name

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        """Refuse the module, and leave all others to those who find them."""
        del path, target
        if fullname == self.name:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)


@pytest.mark.parametrize("missing", ["cyclopts", "rich"])
def test_without_the_extra_it_says_how_to_get_it(
    missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the extra is not installed, one line says what to install, and that is bad usage."""
    for module in [name for name in sys.modules if name.startswith(("tulevaisuus.cli.", missing))]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setattr(sys, "meta_path", [Missing(missing), *sys.meta_path])
    assert main(["check"]) == 2
    assert capsys.readouterr() == (
        "",
        "the command needs its extra: pip install 'tulevaisuus[cli]'\n",
    )


def test_another_missing_module_is_not_blamed_on_the_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A module of ours that cannot be imported is an error of its own, not a missing extra."""
    monkeypatch.delitem(sys.modules, APP, raising=False)
    monkeypatch.setitem(sys.modules, APP, None)
    with pytest.raises(ModuleNotFoundError, match=r"tulevaisuus\.cli\.app"):
        main([])


def test_it_reads_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without arguments given in Python, those of the process count."""
    monkeypatch.setattr(sys, "argv", ["tulevaisuus", "show", "goal", "9"])
    assert main() == 2
    assert capsys.readouterr().err == 'there is no goal "9"\n'


def test_the_package_runs_as_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``python -m tulevaisuus`` does what the command does, and exits with its code."""
    monkeypatch.setattr(sys, "argv", ["tulevaisuus", "show", "nothing"])
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("tulevaisuus", run_name="__main__")
    assert caught.value.code == 2
    assert '"nothing"' in capsys.readouterr().err
