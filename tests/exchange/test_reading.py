"""`read` and `load` read tables by their suffix, and documents as before."""

import io
from pathlib import Path

import pytest

import tulevaisuus as tul
from tests.exchange.tables import GRANTS, codes_and_cells, csv_bytes, workbook
from tests.helpers import document, run_python
from tulevaisuus import formats

ROW = ("g1", "shc-2021", "pirsote", "granted")


@pytest.mark.parametrize("name", ["avustukset.csv", "AVUSTUKSET.XLSX", "a.tsv"])
def test_tables_are_read_by_their_suffix(tmp_path: Path, name: str) -> None:
    """A table needs its class; findings have file and cell."""
    file = tmp_path / name
    rows = (GRANTS, ROW, ("g2", *ROW[1:3], "kesken"))
    file.write_bytes(workbook(*rows) if name.endswith("XLSX") else csv_bytes(*rows))
    reading = tul.read(file, of=tul.Grant)
    assert list(reading.portfolio.grants.keys()) == ["g1"]
    sheet = "Taul1!" if name.endswith("XLSX") else ""
    assert codes_and_cells(reading) == [f"TSK005 /grants/1/status {file}:{sheet}D3"]
    with pytest.raises(tul.DocumentError):
        tul.load(file, of=tul.Grant)
    with pytest.raises(TypeError, match="does not say what it holds"):
        tul.read(file)


def test_open_file_has_its_name(tmp_path: Path) -> None:
    """An open file is read by the suffix of its name."""
    file = tmp_path / "avustukset.csv"
    file.write_bytes(csv_bytes(GRANTS, ROW))
    with file.open("rb") as opened:
        assert len(tul.load(opened, of=tul.Grant).grants) == 1


def test_everything_else_is_read_as_a_document(tmp_path: Path) -> None:
    """JSON, JSON Lines, bytes, open files and parsed documents."""
    text = document(grants=[])
    (tmp_path / "a.json").write_text(text)
    (tmp_path / "a.jsonl").write_bytes(b"")
    sources: list[Path | bytes | dict[str, object]] = [tmp_path / "a.json", text.encode(), {}]
    for source in sources:
        assert tul.read(source) == formats.read(source)
    assert tul.read(io.StringIO(text)) == formats.read(io.StringIO(text))
    assert tul.read(tmp_path / "a.jsonl", of=tul.Grant) == tul.Reading()
    assert tul.load(tmp_path / "a.json") == tul.Portfolio()


def test_documents_do_not_load_table_modules() -> None:
    """Reading a document imports only the module that recognises tables."""
    code = (
        "import sys\n"
        "import tulevaisuus as tul\n"
        "tul.read(b'{}')\n"
        "print(*sorted(name for name in sys.modules if 'exchange' in name or 'openpyxl' in name))\n"
    )
    assert run_python(code).split() == ["tulevaisuus.exchange", "tulevaisuus.exchange.reading"]


def test_csv_file_does_not_import_openpyxl(tmp_path: Path) -> None:
    """That library is slow to import."""
    file = tmp_path / "a.csv"
    file.write_bytes(csv_bytes(GRANTS, ROW))
    code = (
        "import sys\n"
        "import tulevaisuus as tul\n"
        f"print(len(tul.read({str(file)!r}, of=tul.Grant).portfolio.grants))\n"
        "print('openpyxl' in sys.modules)\n"
    )
    assert run_python(code).split() == ["1", "False"]
