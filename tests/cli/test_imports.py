"""What each command imports: only what it needs, so that short commands start fast."""

import json

import pytest

from tests.cli.command import VALID
from tests.helpers import run_python

OURS = "tulevaisuus"

IMPORTED_BY = """
import contextlib, io, json, os, sys
os.environ.pop("FORCE_COLOR", None)
from tulevaisuus.cli import main
with contextlib.redirect_stdout(io.StringIO()) as out:
    code = main({arguments!r})
print(json.dumps([code, len(out.getvalue()) > 0, sorted(sys.modules)]))
"""


def imported_by(*arguments: str) -> set[str]:
    """Return the modules that a new process has imported after a command with output."""
    code, has_output, modules = json.loads(run_python(IMPORTED_BY.format(arguments=arguments)))
    assert (code, has_output) == (0, True)
    return set(modules)


def packages(modules: set[str]) -> set[str]:
    """Return the packages of the library to which the modules belong."""
    parts = [name.split(".") for name in modules if name.startswith(f"{OURS}.")]
    return {part[1] for part in parts if not part[1].startswith("_")}


def commands(modules: set[str]) -> set[str]:
    """Return the commands whose modules are imported."""
    prefix, suffix = f"{OURS}.cli.", "_command"
    return {
        name.removeprefix(prefix).removesuffix(suffix)
        for name in modules
        if name.startswith(prefix) and name.endswith(suffix)
    }


def test_versions_need_no_parser() -> None:
    """``--version`` imports neither the parser of arguments nor classes, rules or readers."""
    modules = imported_by("--version")
    assert "cyclopts" not in modules
    assert packages(modules).isdisjoint({"model", "rules", "exchange", "frames", "funding"})
    assert commands(modules) == set()


def test_help_on_all_commands_imports_none() -> None:
    """``--help`` lists the commands without their options: it imports no command."""
    modules = imported_by("--help")
    assert "cyclopts" in modules
    assert packages(modules) == {"cli", "findings", "reports"}
    assert commands(modules) == set()


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (("show", "kunnat"), {"exchange", "funding", "frames", "charts"}),
        (("show", "region", "05"), {"exchange", "funding", "frames", "charts"}),
        (("explain", "TSK302"), {"exchange", "frames", "charts"}),
        (("schema", "grant"), {"exchange", "funding", "frames", "charts", "facts", "rules"}),
        (("check", VALID), {"funding", "frames", "charts"}),
    ],
    ids=str,
)
def test_command_imports_itself_alone(arguments: tuple[str, ...], unneeded: set[str]) -> None:
    """A command imports no other command, and no package that it does not need."""
    modules = imported_by(*arguments)
    assert commands(modules) == {arguments[0]}
    assert packages(modules).isdisjoint(unneeded)
    assert not {"rich", "jinja2", "openpyxl", "cattrs"} & modules


def test_check_imports_no_reader_of_other_formats() -> None:
    """A document is read without the readers of tables, packages and other standards."""
    prefix = f"{OURS}.exchange."
    modules = imported_by("check", VALID)
    exchange = {name.removeprefix(prefix) for name in modules if name.startswith(prefix)}
    assert "json_documents_and_lines" in exchange
    readers = {"csv_and_excel", "data_packages", "official_grant_tables", "parquet"}
    assert {name.partition(".")[0] for name in exchange}.isdisjoint(readers)
    assert "giving_360.reading" not in exchange
