"""`tulevaisuus convert` entity by entity, without a whole portfolio in memory."""

import json
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

import tulevaisuus as tul
from tests.cli.command import Command
from tests.exchange.tables import csv_bytes
from tulevaisuus import exchange, formats
from tulevaisuus.cli import input_files
from tulevaisuus.exchange.streaming_conversion import SeenKeys

HEADERS = ("Tunnus", "Haun tunnus", "Hankkeen tunnus", "Tila", "Myönnetty")
ROW = ("g1", "shc-2021", "pirsote", "Myönnetty", "5,00")
GRANTS = tuple(attrs.evolve(each, notes=()) for each in tul.grants)


@pytest.fixture
def no_whole_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let reading a source as a whole fail."""

    def read(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(input_files, "read", read)


def write_csv(path: Path) -> None:
    """Write the grants as a table."""
    exchange.write_table(path, GRANTS)


def write_jsonl(path: Path) -> None:
    """Write the grants as JSON Lines."""
    formats.write_lines(path, GRANTS)


@pytest.mark.usefixtures("no_whole_reading")
@pytest.mark.parametrize(
    ("source", "write", "target"),
    [
        ("a.csv", write_csv, "b.jsonl"),
        ("a.csv", write_csv, "b.csv"),
        ("a.csv", write_csv, "b.parquet"),
        ("a.jsonl", write_jsonl, "b.csv.gz"),
    ],
)
def test_entities_are_converted_one_by_one(
    command: Command, tmp_path: Path, source: str, write: Callable[[Path], None], target: str
) -> None:
    """The result is equal to the source."""
    if target == "b.parquet":
        pytest.importorskip("pyarrow")
    write(tmp_path / source)
    out = tmp_path / target
    given = ["--to", "parquet"] if target == "b.parquet" else []
    outcome = command("convert", str(tmp_path / source), str(out), "--as", "grants", *given)
    assert outcome.code == 0, outcome.err
    assert str(len(GRANTS)) in outcome.out + outcome.err
    assert tuple(tul.load(out, of=tul.Grant).grants) == GRANTS


def test_parquet_file_is_streamed_and_a_folder_is_not(command: Command, tmp_path: Path) -> None:
    """The list rows of a folder may be in any order."""
    pytest.importorskip("pyarrow")
    plain = [attrs.evolve(each, sources=()) for each in GRANTS]
    exchange.write_parquet(plain, tmp_path / "p")
    for source in ("p", "p/grants.parquet"):
        out = tmp_path / "out.jsonl"
        assert command("convert", str(tmp_path / source), str(out), "--as", "grants").code == 0
        assert list(formats.read_lines(out, tul.Grant)) == plain


def test_duplicate_key_is_found_in_its_cell(command: Command, tmp_path: Path) -> None:
    """The source is read again as a whole to locate it, and nothing is written."""
    source, target = tmp_path / "a.csv", tmp_path / "b.jsonl"
    source.write_bytes(csv_bytes(HEADERS, ROW, ("g2", *ROW[1:]), ROW))
    outcome = command("convert", str(source), str(target))
    assert outcome.code == 1
    assert "A4" in outcome.out
    assert "TSK008" in outcome.out
    assert not target.exists()


def test_errors_leave_the_target_unchanged(command: Command, tmp_path: Path) -> None:
    """It is so for an error in the last row, and for an unknown class."""
    source, target = tmp_path / "a.csv", tmp_path / "b.jsonl"
    target.write_text("before", "utf-8")
    source.write_bytes(csv_bytes(HEADERS, ROW, ("g2", *ROW[1:4], "1,234")))
    outcome = command("convert", str(source), str(target))
    assert outcome.code == 1
    assert "E3" in outcome.out
    source.write_bytes(csv_bytes(("Nimi", "Tunnus"), ("a", "b")))
    assert command("convert", str(source), str(target)).code == 1
    assert target.read_text("utf-8") == "before"


def test_losses_are_listed(command: Command, tmp_path: Path) -> None:
    """With ``--lossless`` nothing is written, as for a portfolio."""
    source, target = tmp_path / "a.jsonl", tmp_path / "b.csv"
    formats.write_lines(source, tul.grants)
    lost = sum(bool(each.notes) for each in tul.grants)
    rejected = command("convert", str(source), str(target), "--as", "grants", "--lossless")
    assert rejected.code == 1
    assert not target.exists()
    outcome = command("convert", str(source), str(target), "--as", "grants")
    assert outcome.code == 0
    assert f'notes" is left out (objects: {lost}' in outcome.out


@pytest.mark.parametrize("ending", ["json", "jsonl"])
def test_empty_list_is_a_loss(ending: str, command: Command, tmp_path: Path) -> None:
    """In a table it would be an unknown list."""
    project = tul.Project(id="p", name=tul.Text("Hanke"), regions=("05",), administrations=())
    source, target = tmp_path / f"a.{ending}", tmp_path / "b.csv"
    if ending == "json":
        tul.dump(tul.Portfolio(projects=tul.Register([project])), source)
    else:
        formats.write_lines(source, [project])
    arguments = ("convert", str(source), str(target), "--as", "projects")
    assert command(*arguments, "--lossless").code == 1
    assert not target.exists()
    assert 'administrations" is left out (objects: 1)' in command(*arguments).out
    with pytest.raises(tul.InvalidValueError, match="is a list that does not fit into one cell"):
        exchange.write_table(target, [project])


def test_value_without_a_cell_form_is_named(command: Command, tmp_path: Path) -> None:
    """The message names its entity."""
    source, target = tmp_path / "a.jsonl", tmp_path / "b.csv"
    made = attrs.evolve(GRANTS[0], sources=("a;b",))
    formats.write_lines(source, [made])
    outcome = command("convert", str(source), str(target), "--as", "grants")
    assert outcome.code == 1
    assert "/grants/0/sources" in outcome.out
    assert not target.exists()


def test_broken_json_line_is_located(command: Command, tmp_path: Path) -> None:
    """The finding has the number of the line."""
    source, target = tmp_path / "a.jsonl", tmp_path / "b.csv"
    formats.write_lines(source, GRANTS[:2])
    source.write_bytes(source.read_bytes() + b"{}\n")
    outcome = command("convert", str(source), str(target), "--as", "grants")
    assert outcome.code == 1
    assert f"{source}:3" in outcome.out


def test_missing_files_are_named(command: Command, tmp_path: Path) -> None:
    """They are the source, and the folder of the target."""
    source = tmp_path / "a.csv"
    assert "a.csv" in command("convert", str(source), str(tmp_path / "b.jsonl")).err
    source.write_bytes(csv_bytes(HEADERS, ROW))
    assert "none" in command("convert", str(source), str(tmp_path / "none" / "b.jsonl")).err


def test_keys_are_compared_by_hashes() -> None:
    """Each key is new once, however many there are."""
    seen = SeenKeys()
    keys = [f"grant-{each}" for each in range(20_000)]
    assert not any(map(seen.add, keys))
    assert all(map(seen.add, keys))
    assert not seen.add(0)
    assert seen.add(0)


OPTIONS = {
    "--as": ("--as", "grants"),
    "--sheet": ("--sheet", "Taul1"),
    "--set": ("--set", "call=shc-2021"),
    "--map": ("--map", "map.toml"),
}


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("name", ["json", "package", "jsonl", "csv", "va", "360giving", "parquet"])
def test_option_that_a_format_does_not_use_is_an_error(
    command: Command, tmp_path: Path, name: str, option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names it and what to do; an option that is used is accepted."""
    monkeypatch.chdir(tmp_path)
    Path("map.toml").write_text('[headers]\nEuroa = "amount_eur"\n', "utf-8")
    source = _example(name)
    used = {
        "jsonl": {"--as"},
        "csv": {"--as", "--set", "--map"},
        "va": {"--set"},
        "360giving": {"--set"},
        "parquet": {"--as"},
    }.get(name, set())
    more = () if option == "--as" or name != "jsonl" else OPTIONS["--as"]
    outcome = command("check", source, *OPTIONS[option], *more)
    if option in used:
        assert outcome.code in {0, 1}, outcome.err
        return
    assert (outcome.code, outcome.out) == (2, "")
    assert option in outcome.err
    assert "leave them out" in outcome.err


def _example(name: str) -> str:
    """Write a file of a format and return its path."""
    grant = attrs.evolve(
        tul.grants["vs-2021"], precision=tul.Precision.EXACT, rounded_to_eur=None, notes=()
    )
    portfolio = tul.Portfolio(grants=tul.Register([grant]))
    if name == "json":
        tul.dump(portfolio, "a.json")
    elif name == "package":
        exchange.write_package(portfolio, "a.zip")
    elif name == "jsonl":
        formats.write_lines("a.jsonl", [grant])
    elif name == "csv":
        exchange.write_table("a.csv", [grant])
    elif name == "va":
        exchange.to_va(portfolio, "a.csv")
    elif name == "parquet":
        pytest.importorskip("pyarrow")
        exchange.write_parquet(portfolio, "a.parquet")
    else:
        package = exchange.to_360giving(portfolio, prefix="360G-a-", award_date="announced")
        Path("a.json").write_text(json.dumps(package), "utf-8")
    endings = {"package": "zip", "va": "csv", "360giving": "json"}
    return f"a.{endings.get(name, name)}"
