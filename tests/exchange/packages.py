"""Helpers for the tests of Data Packages: writing, changing and reading them."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import tulevaisuus as tul
from tulevaisuus.exchange import write_package

__all__ = ["OWN", "changed", "described", "places", "verdicts", "written"]

OWN = tul.Portfolio(
    projects=tul.Register([tul.projects["varsinais-suomi"]]),
    grants=tul.Register([tul.grants["vs-2020"], tul.grants["vs-2021"]]),
)
"""A project and its grants."""


CODE = """
import json, sys
import frictionless
for path in sys.argv[1:]:
    report = frictionless.validate(path)
    print(json.dumps([report.valid, report.flatten(["fieldName", "message"])[:5]]))
"""


def verdicts(*packages: Path) -> list[list[object]]:
    """Validate packages by frictionless in another process, as it raises warnings."""
    paths = [str(each / "datapackage.json") for each in packages]
    command = [sys.executable, "-c", CODE, *paths]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - own code
    return [json.loads(line) for line in done.stdout.splitlines()]


def written(folder: Path, portfolio: tul.Portfolio = OWN) -> Path:
    """Write a package."""
    path = folder / "package"
    write_package(portfolio, path)
    return path


def changed(package: Path, table: str, old: str, new: str) -> None:
    """Change one text in a table."""
    file = package / "data" / f"{table}.csv"
    text = file.read_bytes().decode()
    assert old in text
    file.write_bytes(text.replace(old, new, 1).encode())


def described(package: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the description of a package."""
    file = package / "datapackage.json"
    description = json.loads(file.read_text("utf-8"))
    change(description)
    file.write_text(json.dumps(description), "utf-8")


def places(reading: tul.Reading, base: Path) -> list[str]:
    """Return findings other than notes as ``CODE place``, the place within the package."""
    return [
        f"{finding.code} {str(finding.location).removeprefix(str(base)).lstrip('/')}"
        for finding in reading.findings
        if finding.severity > tul.Severity.NOTE
    ]
