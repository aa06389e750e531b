"""What seldom happens to tables and packages: each has a place and says what is wrong."""

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
from tulevaisuus.exchange.data_packages.tables import PackageLocator
from tulevaisuus.exchange.data_packages.writing import write
from tulevaisuus.exchange.formats_registry import ReadOptions, WriteOptions
from tulevaisuus.funding import Cost


def codes(reading: tul.Reading) -> list[str]:
    """Return the codes of errors and warnings."""
    return [each.code for each in reading.findings if each.severity > tul.Severity.NOTE]


def test_a_cost_has_no_time_of_day(tmp_path: Path) -> None:
    """A cell of Excel with hours in it is no day, and no period either."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(("Tositepäivä", "Projekti", "Summa"))
    sheet.append((dt.datetime(2022, 3, 1, 12, 30), "p1", 5))  # noqa: DTZ001 - as cells are
    book.save(tmp_path / "a.xlsx")
    reading = read_table(tmp_path / "a.xlsx", Cost, ids="{row}")
    assert codes(reading) == ["TSK006"]


def test_findings_without_a_place_are_listed(tmp_path: Path) -> None:
    """A finding on the whole table is on the sheet of all findings."""
    source, target = tmp_path / "a.csv", tmp_path / "b.xlsx"
    source.write_text("Tunnus;Hanke\ng1;pirsote\n", "utf-8")
    reading = read_table(source, tul.Grant)
    whole = attrs.evolve(reading.findings[0], location=None)
    write_checked(source, target, reading, [whole])
    listed = openpyxl.load_workbook(target)["Havainnot"]
    assert listed.max_row == 2


def test_text_that_was_decoded_twice_is_told() -> None:
    """UTF-8 that somebody read as Windows-1252 looks like *MyÃ¶nnetty*."""
    data = "Tunnus;Hanke;Tila\ng1;pirsote;MyÃ¶nnetty avustus pÃ¤Ã¤tÃ¶s\n".encode()
    findings = read_table(data, tul.Grant).findings
    assert any("decoded" in each.message("en") or "Ã" in each.message("en") for each in findings)


@pytest.mark.parametrize("content", ['as = "nonsense"', '[dialect]\ndecimal = "x"'])
def test_a_mapping_that_says_nonsense_is_an_error(tmp_path: Path, content: str) -> None:
    """A class that is unknown, and a decimal sign that is none."""
    path = tmp_path / "map.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(tul.InvalidValueError):
        read_mapping(path)


def test_a_package_may_be_named_by_its_description(tmp_path: Path) -> None:
    """The path of ``datapackage.json`` means the package around it."""
    package = written(tmp_path)
    assert tul.load(package / "datapackage.json") == tul.load(package)


def test_an_archive_with_a_path_out_of_it_is_not_read(tmp_path: Path) -> None:
    """A description may not name files outside of the archive."""
    package = written(tmp_path)
    described(package, lambda all_: all_["resources"][0].update(path="../secret.csv"))
    target = tmp_path / "packed.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for file in sorted(package.rglob("*.*")):
            archive.write(file, file.relative_to(package).as_posix())
    assert codes(tul.read(target))


def test_a_day_that_no_calendar_has_is_a_finding(tmp_path: Path) -> None:
    """The form of 30 February is right, the day is not."""
    package = written(tmp_path, tul.Portfolio(grants=tul.Register([_decided()])))
    changed(package, "grants", "2021-12-21", "2021-02-30")
    assert codes(tul.read(package)) == ["TSK006"]


def _decided() -> tul.Grant:
    return attrs.evolve(tul.grants["vs-2021"], id="g1", decided_on=dt.date(2021, 12, 21))


def test_findings_on_what_a_package_lacks_name_the_package() -> None:
    """A finding on a register without a table, or without a row, has the file alone."""
    finding = tul.check(tul.Portfolio()).findings or tul.read({}).findings
    locator = PackageLocator("package", {})
    (located,) = locator.locate([attrs.evolve(finding[0], path="/grants/0", location=None)])
    assert located.location
    assert located.location.source == "package"


def test_a_finding_beyond_the_rows_names_the_file(tmp_path: Path) -> None:
    """A path that leads to no row is placed in the file of its table."""
    reading = tul.read(written(tmp_path))
    assert reading.locator
    name = next(name for name, all_ in reading.portfolio.registers().items() if len(all_))
    finding = attrs.evolve(tul.read({}).findings[0], path=f"/{name}/999999", location=None)
    (located,) = reading.locator.locate([finding])
    assert located.location
    assert str(located.location.source).endswith(f"{name}.csv")
    assert located.location.row is None


def test_a_list_that_has_no_such_row_has_the_place_of_its_owner(tmp_path: Path) -> None:
    """Elements of lists have tables; of one that is in none, the owner's row is shown."""
    project = attrs.evolve(tul.projects["varsinais-suomi"], id="p1")
    reading = tul.read(written(tmp_path, tul.Portfolio(projects=tul.Register([project]))))
    assert reading.locator
    path = "/projects/0/regions/99"
    finding = attrs.evolve(tul.read({}).findings[0], path=path, location=None)
    (located,) = reading.locator.locate([finding])
    assert located.location
    assert str(located.location.source).endswith("projects.csv")


def test_the_registry_writes_packages(tmp_path: Path) -> None:
    """What `convert` calls writes the same as `write_package`."""
    portfolio = tul.Portfolio(grants=tul.Register([_decided()]))
    write(portfolio, tmp_path / "package", WriteOptions())
    assert tul.load(tmp_path / "package") == portfolio


def test_a_table_that_cannot_be_opened_is_of_no_class(tmp_path: Path) -> None:
    """Nothing is guessed of a workbook that is none."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"no workbook")
    assert codes(read_any_table(path, ReadOptions())) == ["TSK001"]
    assert codes(read_any_table(io.BytesIO(b""), ReadOptions()))


def test_a_workbook_of_hidden_sheets_has_nothing_to_read() -> None:
    """A hidden sheet is read only if it is asked for by its name."""
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


def test_a_finding_on_a_whole_register_is_on_its_sheet(tmp_path: Path) -> None:
    """It has the file, and neither row nor cell."""
    source = tmp_path / "a.csv"
    source.write_text("Tunnus;Haku;Hanke;Tila\ng1;shc-2021;pirsote;granted\n", "utf-8")
    whole = attrs.evolve(read_table(source, tul.Grant).findings[0], path="/grants", location=None)
    (located,) = read_table(source, tul.Grant).located([whole])
    assert located.location is not None
    assert (located.location.source, located.location.row) == (str(source), None)
