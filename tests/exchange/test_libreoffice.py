"""A package whose tables are edited and saved in LibreOffice."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import tulevaisuus as tul
from tests.exchange.packages import OWN, changed, written

SOFFICE = shutil.which("soffice")


@pytest.mark.proof
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_edited_cells_have_file_row_and_column(tmp_path: Path) -> None:
    """Saving changes ``05`` to 5; a date and an amount are typed anew; a row is copied."""
    package = written(tmp_path)
    data = package / "data"
    # One start for all tables, as starting takes longer than saving.
    command = [
        str(SOFFICE),
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "csv",
        "--outdir",
        str(tmp_path / "saved"),
        *map(str, sorted(data.glob("*.csv"))),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own files
    for file in (tmp_path / "saved").iterdir():
        shutil.copy(file, data / file.name)
    assert tul.read(package).portfolio.grants == OWN.grants
    changed(package, "grants", "2021-12-21", "21.12.2021")
    changed(package, "grants", "5500000", "5 500 000")
    lines = (data / "grants_sources.csv").read_text("utf-8").splitlines()
    (data / "grants_sources.csv").write_text("\n".join([*lines, lines[-1], ""]), "utf-8")
    report = tul.check(tul.read(package))
    places = {
        (Path(os.fspath(at.source or "")).name, at.row, (at.cell or "").rstrip("0123456789"))
        for at in (each.location for each in report.errors)
        if at is not None
    }
    assert places == {
        ("projects_regions.csv", 2, "C"),
        ("grants.csv", 2, "F"),
        ("grants.csv", 3, "K"),
        ("grants_sources.csv", len(lines) + 1, "B"),
        ("grants_sources.csv", len(lines) + 1, "C"),
    }
