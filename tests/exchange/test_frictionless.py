"""The official validator accepts our packages."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import tulevaisuus as tul
from tests.exchange.packages import OWN
from tulevaisuus.exchange import write_package

pytest.importorskip("frictionless", reason="it has no wheels for this Python")

CODE = """
import json, sys
import frictionless
for path in sys.argv[1:]:
    report = frictionless.validate(path)
    print(json.dumps([report.valid, report.flatten(["fieldName", "message"])[:5]]))
"""


def verdicts(*packages: Path) -> list[list[object]]:
    """Validate packages in another process, as frictionless gives warnings."""
    paths = [str(each / "datapackage.json") for each in packages]
    command = [sys.executable, "-c", CODE, *paths]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - own code
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_packages_are_valid(tmp_path: Path) -> None:
    """Of our own data, of the example and of all bundled facts; a mistake in one is not."""
    portfolios = {
        "own": OWN,
        "example": tul.load("examples/varsinais-suomi.json"),
        "bundle": tul.reference,
        "broken": OWN,
    }
    for name, portfolio in portfolios.items():
        write_package(portfolio, tmp_path / name)
    file = tmp_path / "broken" / "data" / "grants.csv"
    file.write_bytes(file.read_bytes().replace(b"granted", b"given", 1))
    valid = verdicts(*(tmp_path / name for name in portfolios))
    assert [each for each, _ in valid] == [True, True, True, False], valid
