"""`tulevaisuus.cli.main`: the entry point, with and without the extra."""

import runpy
import sys
from importlib.abc import MetaPathFinder

import pytest

import tulevaisuus as tul
from tulevaisuus.cli import main

APP = "tulevaisuus.cli.app"


class Missing(MetaPathFinder):
    """An importer that finds no module of a given name."""

    def __init__(self, name: str) -> None:
        """Take the name of the module."""
        self.name = name

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        """Raise the error of a missing module, and leave others to other finders."""
        del path, target
        if fullname == self.name:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)


@pytest.mark.parametrize("missing", ["cyclopts", "rich"])
def test_missing_extra_is_named(
    missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line states what to install, and the exit code is 2."""
    for module in [name for name in sys.modules if name.startswith(("tulevaisuus.cli.", missing))]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setattr(sys, "meta_path", [Missing(missing), *sys.meta_path])
    monkeypatch.setenv("FORCE_COLOR", "1")  # only colours need Rich
    assert main(["explain", "TSK302"]) == 2
    assert capsys.readouterr() == (
        "",
        "the command needs its extra: pip install 'tulevaisuus[cli]'\n",
    )


def test_versions_need_no_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who reports an error can name the versions also if the command does not start."""
    monkeypatch.delitem(sys.modules, APP, raising=False)
    monkeypatch.setattr(sys, "meta_path", [Missing("cyclopts"), *sys.meta_path])
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith(f"tulevaisuus {tul.__version__}\n")


def test_other_missing_module_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is not mistaken for a missing extra."""
    monkeypatch.delitem(sys.modules, APP, raising=False)
    monkeypatch.setitem(sys.modules, APP, None)
    with pytest.raises(ModuleNotFoundError, match=r"tulevaisuus\.cli\.app"):
        main([])


def test_arguments_of_the_process_are_the_default(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are used unless arguments are given in Python."""
    monkeypatch.setattr(sys, "argv", ["tulevaisuus", "show", "goal", "9"])
    assert main() == 2
    assert capsys.readouterr().err == 'there is no goal "9"\n'


def test_package_runs_as_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``python -m tulevaisuus`` has the output and the exit code of the command."""
    monkeypatch.setattr(sys, "argv", ["tulevaisuus", "show", "nothing"])
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("tulevaisuus", run_name="__main__")
    assert caught.value.code == 2
    assert '"nothing"' in capsys.readouterr().err
