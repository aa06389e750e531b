"""Special cases of tables and packages, each with a location and a clear message."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import attrs
import openpyxl
import pytest

import tulevaisuus as tul
from tests.exchange.packages import changed, described, written
from tulevaisuus.exchange import read_mapping, read_table, write_checked
from tulevaisuus.exchange.csv_and_excel.registered_functions import read as read_any_table
from tulevaisuus.exchange.data_packages.table_reading import PackageLocator
from tulevaisuus.exchange.data_packages.writing import write
from tulevaisuus.exchange.formats_registry import ReadOptions, WriteOptions
from tulevaisuus.funding import Cost


def codes(reading: tul.Reading) -> list[str]:
    """Return the codes of errors and warnings."""
    return [each.code for each in reading.findings if each.severity > tul.Severity.NOTE]


def test_cost_with_a_time_of_day_is_a_finding(tmp_path: Path) -> None:
    """A cell of Excel with hours is not a date, and not a period."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(("Tositepäivä", "Projekti", "Summa"))
    sheet.append((dt.datetime(2022, 3, 1, 12, 30), "p1", 5))  # noqa: DTZ001 - as cells are
    book.save(tmp_path / "a.xlsx")
    reading = read_table(tmp_path / "a.xlsx", Cost, ids="{row}")
    assert codes(reading) == ["TSK006"]


def test_findings_without_a_location_are_listed(tmp_path: Path) -> None:
    """A finding on the whole table is on the sheet of all findings."""
    source, target = tmp_path / "a.csv", tmp_path / "b.xlsx"
    source.write_text("Tunnus;Hanke\ng1;pirsote\n", "utf-8")
    reading = read_table(source, tul.Grant)
    whole = attrs.evolve(reading.findings[0], location=None)
    write_checked(source, target, reading, [whole])
    listed = openpyxl.load_workbook(target)["Havainnot"]
    assert listed.max_row == 2


def test_text_decoded_twice_is_recognised() -> None:
    """UTF-8 that was read as Windows-1252 looks like *MyÃ¶nnetty*."""
    data = "Tunnus;Hanke;Tila\ng1;pirsote;MyÃ¶nnetty avustus pÃ¤Ã¤tÃ¶s\n".encode()
    findings = read_table(data, tul.Grant).findings
    assert any("decoded" in each.message("en") or "Ã" in each.message("en") for each in findings)


@pytest.mark.parametrize("content", ['as = "nonsense"', '[dialect]\ndecimal = "x"'])
def test_invalid_mapping_is_an_error(tmp_path: Path, content: str) -> None:
    """A class or a decimal separator may be unknown."""
    path = tmp_path / "map.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(tul.InvalidValueError):
        read_mapping(path)


def test_package_may_be_named_by_its_description(tmp_path: Path) -> None:
    """The path of ``datapackage.json`` means its folder."""
    package = written(tmp_path)
    assert tul.load(package / "datapackage.json") == tul.load(package)


def test_archive_with_a_path_outside_is_not_read(tmp_path: Path) -> None:
    """A description cannot name files outside of the archive."""
    package = written(tmp_path)
    described(package, lambda all_: all_["resources"][0].update(path="../secret.csv"))
    target = tmp_path / "packed.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for file in sorted(package.rglob("*.*")):
            archive.write(file, file.relative_to(package).as_posix())
    assert codes(tul.read(target))


def test_date_outside_the_calendar_is_a_finding(tmp_path: Path) -> None:
    """The form of 30 February is right, the date is not."""
    package = written(tmp_path, tul.Portfolio(grants=tul.Register([_decided()])))
    changed(package, "grants", "2021-12-21", "2021-02-30")
    assert codes(tul.read(package)) == ["TSK006"]


def _decided() -> tul.Grant:
    return attrs.evolve(tul.grants["vs-2021"], id="g1", decided_on=dt.date(2021, 12, 21))


def test_finding_without_a_row_has_the_file() -> None:
    """A finding on a register without a table, or without a row, has the package only."""
    finding = tul.check(tul.Portfolio()).findings or tul.read({}).findings
    locator = PackageLocator("package", {})
    (located,) = locator.locate([attrs.evolve(finding[0], path="/grants/0", location=None)])
    assert located.location
    assert located.location.source == "package"


def test_finding_beyond_the_rows_has_the_file(tmp_path: Path) -> None:
    """A path without a row is located at the file of its table."""
    reading = tul.read(written(tmp_path))
    assert reading.locator
    name = next(name for name, all_ in reading.portfolio.registers().items() if len(all_))
    finding = attrs.evolve(tul.read({}).findings[0], path=f"/{name}/999999", location=None)
    (located,) = reading.locator.locate([finding])
    assert located.location
    assert str(located.location.source).endswith(f"{name}.csv")
    assert located.location.row is None


def test_finding_on_a_missing_list_row_has_the_owner_s_row(tmp_path: Path) -> None:
    """Elements of lists have tables; without a row, that of the owner is shown."""
    project = attrs.evolve(tul.projects["varsinais-suomi"], id="p1")
    reading = tul.read(written(tmp_path, tul.Portfolio(projects=tul.Register([project]))))
    assert reading.locator
    path = "/projects/0/regions/99"
    finding = attrs.evolve(tul.read({}).findings[0], path=path, location=None)
    (located,) = reading.locator.locate([finding])
    assert located.location
    assert str(located.location.source).endswith("projects.csv")


def test_registry_writes_packages(tmp_path: Path) -> None:
    """`convert` writes the same as `write_package`."""
    portfolio = tul.Portfolio(grants=tul.Register([_decided()]))
    write(portfolio, tmp_path / "package", WriteOptions())
    assert tul.load(tmp_path / "package") == portfolio


def test_unreadable_table_has_no_class(tmp_path: Path) -> None:
    """Nothing is guessed of an invalid workbook."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"no workbook")
    assert codes(read_any_table(path, ReadOptions())) == ["TSK001"]
    assert codes(read_any_table(io.BytesIO(b""), ReadOptions()))


def test_workbook_of_hidden_sheets_has_no_table() -> None:
    """A hidden sheet is read only if it is requested by name."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(("Tunnus", "Haku", "Hanke", "Tila"))
    sheet.append(("g1", "shc-2021", "pirsote", "granted"))
    file = io.BytesIO()
    book.save(file)
    hidden = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(hidden, "w") as new:
        for name in old.namelist():
            text = old.read(name).replace(b'state="visible"', b'state="hidden"')
            new.writestr(name, text)
    (finding,) = read_table(hidden.getvalue(), tul.Grant).findings
    assert finding.code == "TSK001"
    assert "these hidden ones have: Sheet" in finding.message("en")
    assert len(read_table(hidden.getvalue(), tul.Grant, sheet="Sheet").portfolio.grants) == 1


def test_finding_on_a_register_is_on_its_sheet(tmp_path: Path) -> None:
    """It has the file, and neither row nor cell."""
    source = tmp_path / "a.csv"
    source.write_text("Tunnus;Haku;Hanke;Tila\ng1;shc-2021;pirsote;granted\n", "utf-8")
    whole = attrs.evolve(read_table(source, tul.Grant).findings[0], path="/grants", location=None)
    (located,) = read_table(source, tul.Grant).located([whole])
    assert located.location is not None
    assert (located.location.source, located.location.row) == (str(source), None)
