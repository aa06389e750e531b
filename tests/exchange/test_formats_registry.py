"""The registry of formats: each format has its functions, and recognises its files."""

from collections.abc import Callable
from pathlib import Path

import pytest

import tulevaisuus as tul
from tests.exchange.tables import GRANTS, csv_bytes
from tulevaisuus.exchange import formats_registry as registry
from tulevaisuus.exchange.formats_registry import FORMATS, FileFormat, ReadOptions, WriteOptions

OWN = tul.Portfolio(
    grants=tul.Register(
        [tul.Grant(id="g1", call="shc-2021", project="p1", status=tul.GrantStatus.GRANTED)]
    )
)


def has_x(path: Path) -> bool:
    """Return whether a file has an x."""
    return b"x" in path.read_bytes()


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: str(each.name))
def test_functions_of_a_format_exist(each: FileFormat) -> None:
    """A format can be read or written, and each function that it names can be imported."""
    functions = [
        vars(registry)["_import_function"](name) for name in (each.read, each.write, each.losses)
    ]
    named = [name for name in (each.read, each.write, each.losses) if name]
    assert len([function for function in functions if callable(function)]) == len(named)
    assert each.reader or each.writer


def test_names_are_unique() -> None:
    """A name belongs to one format."""
    names = [each.name for each in FORMATS]
    assert len({*names}) == len(names)
    assert [registry.format_called(name) for name in names] == [*FORMATS]
    assert registry.format_called("pdf") is None


@pytest.mark.parametrize(
    ("name", "format_"),
    [("a.JSON", "json"), ("a.json.gz", "json"), ("a.ndjson", "jsonl"), ("a.tsv", "csv"),
     ("a.xlsx", "xlsx"), ("a.txt", None), ("a", None)],
)  # fmt: skip
def test_suffix_determines_the_format(tmp_path: Path, name: str, format_: str | None) -> None:
    """It does so for reading and writing."""
    written, read = registry.format_to_write(name), registry.format_of(tmp_path / name)
    assert (written and written.name) == (read and read.name) == format_
    assert registry.format_of(str(tmp_path / name)) == read


def test_folder_and_bytes_have_no_format(tmp_path: Path) -> None:
    """A folder that is not a format's, and bytes without a name, are not recognised."""
    folder = tmp_path / "a.json"
    folder.mkdir()
    assert registry.format_of(folder) is None
    assert registry.format_of(b"{}") is None


def test_format_may_look_into_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Formats with the same suffix recognise their files by content."""
    homes: dict[str, Callable[[Path], bool]] = {"test:has_x": has_x}
    monkeypatch.setattr(registry, "_import_function", homes.get)
    other = FileFormat(name="other", endings=(".json",), recognise="test:has_x", read="x:y",
                       write="x:y")  # fmt: skip
    monkeypatch.setattr(registry, "FORMATS", (other, FORMATS[-1]))
    (tmp_path / "a.json").write_bytes(b"x")
    (tmp_path / "b.json").write_bytes(b"")
    for name, expected in (("a.json", "other"), ("b.json", "json")):
        found = registry.format_of(tmp_path / name)
        assert found is not None
        assert found.name == expected
    with (tmp_path / "a.json").open("rb") as file:
        opened = registry.format_of(file)
    assert opened is not None
    assert opened.name == "json"
    written = registry.format_to_write("c.json")
    assert written is not None
    assert written.name == "json"


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.csv", "a.xlsx"])
def test_format_reads_what_it_writes(tmp_path: Path, name: str) -> None:
    """Everything that a format can represent is read back."""
    found = registry.format_to_write(name)
    assert found is not None
    assert found.writer is not None
    assert found.reader is not None
    assert found.lost(OWN, WriteOptions()) == []
    found.writer(OWN, tmp_path / name, WriteOptions())
    of = tul.Grant if found.of_one_class else None
    assert found.reader(tmp_path / name, ReadOptions(of=of)).portfolio == OWN
    assert tul.read(tmp_path / name, of=of).portfolio == OWN


def test_table_needs_its_class(tmp_path: Path) -> None:
    """A format of one class cannot be read or written without it."""
    file = tmp_path / "a.csv"
    file.write_bytes(csv_bytes(GRANTS))
    csv = registry.format_called("csv")
    assert csv is not None
    assert csv.reader is not None
    assert csv.writer is not None
    assert not csv.reader(file, ReadOptions()).portfolio.grants
    with pytest.raises(TypeError, match="does not say what it holds"):
        tul.read(file)
    (needed,) = csv.lost(tul.reference, WriteOptions())
    assert needed.severity is tul.Severity.ERROR
    assert "programme, goals" in needed.message("en")
    with pytest.raises(TypeError, match="say which"):
        csv.writer(tul.reference, file, WriteOptions())


def test_losses_of_a_table_are_listed(tmp_path: Path) -> None:
    """Other registers, and fields that no cell can contain, are warnings."""
    csv = registry.format_called("csv")
    assert csv is not None
    assert csv.writer is not None
    options = WriteOptions(of=tul.Grant, language="sv")
    lost = csv.lost(tul.reference, options)
    assert {each.severity for each in lost} == {tul.Severity.WARNING}
    assert lost[0].path == "/programme"
    assert lost[-1].message("en").startswith('field "notes" is left out (objects: ')
    file = tmp_path / "a.csv"
    csv.writer(tul.reference, file, options)
    assert len(tul.load(file, of=tul.Grant).grants) == len(tul.grants)


def test_value_without_a_cell_form_is_an_error(tmp_path: Path) -> None:
    """A value that would not be read back has the path in the portfolio."""
    csv = registry.format_called("csv")
    assert csv is not None
    assert csv.writer is not None
    own = tul.Organisation(id="o", name=tul.Text("A\x07"), kind=tul.OrganisationKind.NGO)
    portfolio = tul.Portfolio(organisations=tul.Register([own]))
    with pytest.raises(tul.InvalidValueError) as caught:
        csv.writer(portfolio, tmp_path / "a.csv", WriteOptions())
    assert caught.value.findings[0].path == "/organisations/0/name/fi"
