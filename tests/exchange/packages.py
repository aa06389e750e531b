"""What the tests of packages share: packages that are written, changed by hand and read."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import tulevaisuus as tul
from tulevaisuus.exchange import write_package

__all__ = ["OWN", "changed", "described", "places", "written"]

OWN = tul.Portfolio(
    projects=tul.Register([tul.projects["varsinais-suomi"]]),
    grants=tul.Register([tul.grants["vs-2020"], tul.grants["vs-2021"]]),
)
"""A project and its grants."""


def written(folder: Path, portfolio: tul.Portfolio = OWN) -> Path:
    """Write a package."""
    path = folder / "package"
    write_package(portfolio, path)
    return path


def changed(package: Path, table: str, old: str, new: str) -> None:
    """Change one text in a table, as somebody does by hand."""
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
    """Return findings that are no notes as ``CODE place``, the place within the package."""
    return [
        f"{finding.code} {str(finding.location).removeprefix(str(base)).lstrip('/')}"
        for finding in reading.findings
        if finding.severity > tul.Severity.NOTE
    ]
