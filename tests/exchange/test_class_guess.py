"""The class of a table is determined by its headers, if they are unambiguous."""

from pathlib import Path

import pytest

import tulevaisuus as tul
from tests.exchange.tables import csv_bytes
from tulevaisuus.exchange.csv_and_excel.registered_functions import read
from tulevaisuus.exchange.csv_and_excel.table_mapping import class_called, read_mapping
from tulevaisuus.exchange.formats_registry import ReadOptions


@pytest.mark.parametrize(
    ("headers", "register"),
    [
        (("Hanke", "Avustuksen saaja", "Myönnetty", "Päätöspäivä"), "grants"),
        (("Projekt", "Mottagare", "Beviljat belopp"), "grants"),
        (("Hanke", "Hyvinvointialue", "Saaja", "Haettu", "Myönnetty"), "grants"),
        (
            ("Hankkeen tunnus", "Nimi", "Hyvinvointialue", "Alkaa", "Päättyy", "Palvelut"),
            "projects",
        ),
        (("Tunnus", "Nimi", "Y-tunnus", "Hyvinvointialue"), "organisations"),
        (("Keskuksen nimi", "Kunta", "Avattu"), "centres"),
        (("code", "name.fi", "long_name.fi"), "regions"),
    ],
)
def test_headers_determine_the_class(headers: tuple[str, ...], register: str) -> None:
    """The class that knows all headers that another one knows, or twice as many, is named."""
    reading = read(csv_bytes(headers, ("x",) * len(headers)), ReadOptions())
    taken = [each for each in reading.findings if "read as" in each.message("en")]
    assert [dict(each.params)["kind"] for each in taken] == [register]


@pytest.mark.parametrize(
    "headers", [("Tunnus", "Nimi"), ("id",), ("Hanke", "Hyvinvointialue", "Myönnetty"), ("x", "y")]
)
def test_ambiguous_headers_are_an_error(headers: tuple[str, ...]) -> None:
    """The rows are not read, and the error names the possible classes."""
    reading = read(csv_bytes(headers, ("x",) * len(headers)), ReadOptions())
    assert "choose by --as" in reading.findings[-1].message("en")
    assert reading.portfolio == tul.Portfolio()
    assert len(reading.rejected) > 20


def test_options_limit_the_classes() -> None:
    """Only classes with the given fields are considered."""
    data = csv_bytes(("Tunnus", "Nimi"), ("a", "b"))
    chosen = read(data, ReadOptions(constants={"municipality": "853", "region": "05"}))
    assert list(chosen.portfolio.centres.keys()) == ["a"]
    with pytest.raises(tul.UnknownCodeError, match="no class has all of the fields amount_eur"):
        read(data, ReadOptions(headers={"x": "amount_eur"}, constants={"municipality": "853"}))


def test_misspelt_field_is_suggested_from_all_classes() -> None:
    """The error names the field that no class has, before those that no class has together."""
    options = ReadOptions(constants={"call": "x", "proyect": "y"})
    with pytest.raises(tul.UnknownCodeError, match="no class has a column 'proyect'; did you mean"):
        read(csv_bytes(("Tunnus",), ("a",)), options)


def test_class_has_two_names() -> None:
    """The register, and one entity of it, both name a class."""
    assert class_called("Grants") is class_called("grant") is tul.Grant
    with pytest.raises(tul.InvalidValueError, match="no list"):
        class_called("grantz")


def test_mapping_file_has_all_options(tmp_path: Path) -> None:
    """Options that it leaves out have their defaults."""
    file = tmp_path / "a.toml"
    file.write_bytes(b"")
    assert read_mapping(file).of is None
    file.write_text('as = "grants"\nsheet = "A"\n[dialect]\nencoding = "cp1252"\ndelimiter = ";"\n')
    options = read_mapping(file)
    assert (options.of, options.sheet) == (tul.Grant, "A")


@pytest.mark.parametrize(
    ("content", "path"),
    [
        (b"sheet = 5", "/sheet"),
        (b"headers = 5", "/headers"),
        (b"[headers]\nx = 5", "/headers/x"),
        (b"[dialect]\nencodin = 'x'", "/dialect/encodin"),
        (b"[dialect]\ndecimal = 5", "/dialect/decimal"),
        (b"\xff", ""),
        (b"=", ""),
    ],
)
def test_error_in_a_mapping_file_has_its_key(tmp_path: Path, content: bytes, path: str) -> None:
    """Each finding has the file and the key."""
    file = tmp_path / "a.toml"
    file.write_bytes(content)
    with pytest.raises(tul.InvalidValueError) as caught:
        read_mapping(file)
    (finding,) = caught.value.findings
    assert finding.path == path
    assert str(finding.location) == str(file)
