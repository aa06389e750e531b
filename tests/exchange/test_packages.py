"""Data Packages: written packages are read back, and findings have file and cell."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import attrs
import pytest

import tulevaisuus as tul
from tests.exchange.packages import OWN, changed, described, places, written
from tests.helpers import found
from tulevaisuus.exchange import write_package
from tulevaisuus.exchange.data_packages.reading import read
from tulevaisuus.exchange.formats_registry import ReadOptions

GRANT = tul.grants["vs-2021"]
Change: TypeAlias = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize("name", ["package", "package.zip"])
@pytest.mark.parametrize(
    "portfolio",
    [tul.reference, tul.load("examples/varsinais-suomi.json"), tul.Portfolio(), OWN],
    ids=["bundle", "example", "empty", "own"],
)
def test_portfolio_is_read_back(tmp_path: Path, name: str, portfolio: tul.Portfolio) -> None:
    """A folder and an archive contain all fields, and the programme."""
    write_package(portfolio, tmp_path / name)
    reading = tul.read(tmp_path / name)
    assert reading.findings == ()
    assert reading.portfolio == portfolio
    if portfolio != tul.Portfolio():
        assert tul.load(tmp_path / name) == portfolio


def test_unset_differs_from_empty(tmp_path: Path) -> None:
    """An empty list, an empty set, and unset ones stay different."""
    texts = tul.Text("a\r\nb\n ,;\"'\t=1+1 ä€😀")
    project = tul.projects["varsinais-suomi"]
    projects = [
        attrs.evolve(project, id="a", goals=(), services=None, name=texts),
        attrs.evolve(project, id="b", goals=None, services=(), short_name=None),
    ]
    service = next(iter(tul.services))
    services = [attrs.evolve(service, sectors=None)]
    portfolio = tul.Portfolio(projects=tul.Register(projects), services=tul.Register(services))
    path = written(tmp_path, portfolio)
    assert tul.load(path) == portfolio
    empty = attrs.evolve(
        portfolio, services=tul.Register([attrs.evolve(service, sectors=frozenset())])
    )
    write_package(empty, path)
    assert tul.load(path) == empty != portfolio


def test_long_texts_are_read_back(tmp_path: Path) -> None:
    """Python's own CSV reader would stop at 131,072 characters."""
    note = tul.Note("amount_eur", "x" * 200_000)
    portfolio = tul.Portfolio(grants=tul.Register([attrs.evolve(GRANT, notes=(note,))]))
    assert tul.load(written(tmp_path, portfolio)) == portfolio


def test_same_portfolio_is_the_same_bytes(tmp_path: Path) -> None:
    """A package in version control changes only where the data does."""
    write_package(OWN, tmp_path / "a.zip")
    write_package(OWN, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_description_has_types_keys_and_versions(tmp_path: Path) -> None:
    """A Table Schema for each table: types, required fields, keys and valid values."""
    text = (written(tmp_path) / "datapackage.json").read_text("utf-8")
    description = json.loads(text)
    assert description["format_version"] == tul.FORMAT_VERSION
    assert description["library_version"] == tul.__version__
    assert description["facts_version"] == str(tul.FACTS_VERSION)
    tables = {each["name"]: each["schema"] for each in description["resources"]}
    grants = {each["name"]: each for each in tables["grants"]["fields"]}
    assert grants["id"]["constraints"]["required"]
    assert grants["status"]["constraints"]["enum"][0] == "planned"
    assert grants["amount_eur"]["constraints"]["exclusiveMinimum"] == 0
    assert tables["grants"]["primaryKey"] == ["id"]
    keys = tables["grants"]["foreignKeys"]
    assert [each["reference"]["resource"] for each in keys] == ["projects"]
    assert tables["grants_notes"]["foreignKeys"][0]["fields"] == ["grant_id"]
    assert {each["type"] for schema in tables.values() for each in schema["fields"]} == {
        "string", "integer", "number", "date", "boolean",
    }  # fmt: skip
    assert "fieldsMatch" not in text
    assert {each["type"] for each in description["resources"]} == {"table"}


@pytest.mark.parametrize(
    ("table", "old", "new", "expected"),
    [
        ("grants", "11180062", '"11180062,00"', "TSK002 data/grants.csv:F3"),
        ("grants", "2023-12-31", "31.12.2023", "TSK006 data/grants.csv:M3"),
        ("grants", "granted", "myönnetty", "TSK005 data/grants.csv:D2"),
        ("grants", "vs-2021,", "vs-2020,", "TSK008 data/grants.csv:A3"),
        ("grants", "status", "Status", "TSK004 data/grants.csv:D1"),
        ("grants", "status", "id", "TSK004 data/grants.csv:D1"),
        ("grants", "vs-2021,shc-2021,", "vs-2021,", "TSK001 data/grants.csv:3"),
        ("grants", "shc-2020,", '"shc-2020,', "TSK001 data/grants.csv:"),
        ("projects_regions", ",05", ",5", "TSK005 data/projects_regions.csv:C2"),
        ("projects", "true,true", "1,true", "TSK002 data/projects.csv:L2"),
        ("projects_regions", "0,05", "zero,05", "TSK002 data/projects_regions.csv:B2"),
        ("grants", "varsinais-suomi", "varsinais", "TSK009 data/grants.csv:C2"),
    ],
)
def test_error_has_file_and_cell(
    tmp_path: Path, table: str, old: str, new: str, expected: str
) -> None:
    """A cell that was changed is named as in a spreadsheet program."""
    path = written(tmp_path)
    changed(path, table, old, new)
    report = tul.check(tul.read(path))
    reading = tul.Reading.of(report.findings)
    assert any(each.startswith(expected) for each in places(reading, path)), places(reading, path)
    assert found(report.findings)


def test_blank_rows_do_not_shift_locations(tmp_path: Path) -> None:
    """The row is that of the file; another separator is noted."""
    path = written(tmp_path)
    file = path / "data" / "grants.csv"
    header, first, *_ = file.read_bytes().decode().splitlines()
    lines = [header, "", ",,", first.replace("granted", "x")]
    file.write_text("\n".join(lines).replace(",", ";"), "utf-8-sig")
    reading = tul.read(path)
    assert "TSK005 data/grants.csv:D4" in places(reading, path)
    assert "semicolon" in reading.findings[0].message("en")


def test_unreadable_file_rejects_its_register(tmp_path: Path) -> None:
    """No rule then treats the register as complete."""
    path = written(tmp_path)
    for content, message in ((b"", "the table is empty"), (b"\xff", "not UTF-8")):
        (path / "data" / "grants.csv").write_bytes(content)
        reading = tul.read(path)
        assert message in reading.findings[0].message("en")
        assert "grants" in {each.register for each in reading.rejected}
    (path / "data" / "grants.csv").write_text("id\nItÃ¤\n", "utf-8")
    assert "wrong encoding" in tul.read(path).findings[0].message("en")


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../secret.csv", "data/../../secret.csv", "C:\\secret.csv", "data\\x.csv",
     "https://example.org/a.csv", "~/a.csv", "", "link.csv", "data/linked/a.csv", "a\0b"],
)  # fmt: skip
def test_path_outside_the_package_is_rejected(tmp_path: Path, path: str) -> None:
    """Absolute, parent and linked paths are findings, and are not read."""
    package = written(tmp_path)
    (tmp_path / "secret.csv").write_text("id\nsecret\n")
    (package / "link.csv").symlink_to(tmp_path / "secret.csv")
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / "a.csv").write_text("id\nsecret\n")
    (package / "data" / "linked").symlink_to(tmp_path / "linked")
    described(package, resource(path=path))
    (finding, *_) = tul.read(package).findings
    assert (finding.code, finding.path) == ("TSK001", "/resources/0/path")
    assert "leads out of the package" in finding.message("en")
    assert str(finding.location).startswith(f"{package}/datapackage.json:1:")


def resource(**members: object) -> Change:
    """Return a function that changes members of the first table; ``None`` removes one."""

    def change(description: dict[str, Any]) -> None:
        first = description["resources"][0]
        first.update(members)
        for name in (name for name, value in members.items() if value is None):
            first.pop(name)

    return change


def package_with(**members: object) -> Change:
    """Return a function that changes members of a package."""

    def change(description: dict[str, Any]) -> None:
        description.update(members)

    return change


def twice(description: dict[str, Any]) -> None:
    """Describe a table again."""
    description["resources"].append(description["resources"][0])


WRONG: dict[str, tuple[Change, str, str]] = {
    "absent file": (resource(path="data/none.csv"), "TSK001", "/resources/0/path"),
    "folder": (resource(path="data"), "TSK001", "/resources/0/path"),
    "number": (resource(path=5), "TSK002", "/resources/0/path"),
    "twice": (twice, "TSK008", "/name"),
    "unknown": (resource(name="cats"), "TSK004", "/resources/0/name"),
    "nameless": (resource(name=None), "TSK002", "/resources/0/name"),
    "no table": (package_with(resources=[5]), "TSK002", "/resources/0"),
    "no list": (package_with(resources={}), "TSK002", "/resources"),
    "newer": (package_with(format_version="9.0"), "TSK007", "/format_version"),
    "another's": (package_with(format="other"), "TSK007", "/format"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_description_has_a_path(tmp_path: Path, name: str) -> None:
    """The description of a table and of the package must be one that we can read."""
    change, code, path = WRONG[name]
    package = written(tmp_path)
    described(package, change)
    finding = next(each for each in tul.read(package).findings if each.code == code)
    assert finding.path.endswith(path)
    assert "datapackage.json" in str(finding.location)


def test_package_of_another_format_is_not_read(tmp_path: Path) -> None:
    """Without our format and version the meaning of its tables is not known."""
    package = written(tmp_path)
    described(package, lambda each: each.pop("format"))
    (finding,) = tul.read(package).findings
    assert (finding.code, finding.path) == ("TSK003", "/format")


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"5"])
def test_description_must_be_an_object(tmp_path: Path, content: bytes) -> None:
    """Other JSON is a finding, and nothing is read."""
    package = written(tmp_path)
    (package / "datapackage.json").write_bytes(content)
    reading = tul.read(package)
    assert found(reading.findings)
    assert reading.portfolio == tul.Portfolio()
    assert len(reading.rejected) > 20


def test_limits_apply_to_all_files_together(tmp_path: Path) -> None:
    """A larger folder or archive is a finding."""
    package = written(tmp_path)
    write_package(OWN, tmp_path / "a.zip")
    size = (package / "datapackage.json").stat().st_size
    for path in (package, tmp_path / "a.zip"):
        for limit in (10, size, size + 200):
            reading = tul.read(path, limits=tul.Limits(bytes=limit))
            assert any("too large" in each.message("en") for each in reading.findings)


def packed(*files: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """Make an archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return made.getvalue()


def test_archive_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """The stated sizes in an archive are checked first."""
    package = written(tmp_path)
    description = (package / "datapackage.json").read_bytes()
    data = packed(("datapackage.json", description), ("data/projects.csv", b"0" * 200_000_000))
    reading = read(data, ReadOptions())
    assert "too large" in reading.findings[0].message("en")


def test_archive_may_contain_a_folder(tmp_path: Path) -> None:
    """Programs archive folders; links and duplicate files in it are rejected."""
    package = written(tmp_path)
    files = [each for each in sorted(package.rglob("*")) if each.is_file()]
    inside = [(f"p/{each.relative_to(package).as_posix()}", each.read_bytes()) for each in files]
    assert read(io.BytesIO(packed(*inside)), ReadOptions()).portfolio == OWN
    link = zipfile.ZipInfo("p/data/grants.csv")
    link.external_attr = 0o120777 << 16
    others = [each for each in inside if each[0] != link.filename]
    reading = read(packed(*others, (link, b"/etc/passwd")), ReadOptions())
    assert "is a link" in reading.findings[0].message("en")


def test_other_archive_is_a_finding(tmp_path: Path) -> None:
    """Damaged, encrypted, or with an unsupported compression."""
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04")
    (finding,) = tul.read(tmp_path / "a.zip").findings
    assert finding.code == "TSK001"
    assert str(finding.location) == str(tmp_path / "a.zip")
    good = packed(("datapackage.json", b"{}"))
    encrypted = good.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    assert encrypted != good
    assert "TSK001" in {each.code for each in read(encrypted, ReadOptions()).findings}
    assert read(packed(("a.txt", b"")), ReadOptions()).findings[0].code == "TSK001"


def test_only_a_package_is_replaced(tmp_path: Path) -> None:
    """A folder with other files, or a file, is not replaced."""
    package = written(tmp_path)
    write_package(tul.Portfolio(), package)
    assert tul.load(package) == tul.Portfolio()
    (package / "own.txt").write_text("own")
    with pytest.raises(FileExistsError, match=r"own\.txt"):
        write_package(OWN, package)
    assert tul.load(package) == tul.Portfolio()
    (tmp_path / "file").write_text("own")
    with pytest.raises(FileExistsError, match="not replaced by a folder"):
        write_package(OWN, tmp_path / "file")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "package"]


def test_failing_package_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package is complete, or unchanged."""
    package = written(tmp_path)
    rename = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if target == package and not path.suffix == ".old":
            raise OSError
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match=r"^$"):
        write_package(tul.Portfolio(), package)
    assert tul.load(package) == OWN
    assert [each.name for each in tmp_path.iterdir()] == ["package"]


def test_newer_package_is_not_written_without_consent(tmp_path: Path) -> None:
    """As for documents, unknown fields would be lost."""
    with pytest.raises(tul.DocumentError):
        write_package(attrs.evolve(OWN, newer_version="1.9"), tmp_path / "a")
    assert not (tmp_path / "a").exists()
