"""Arrow tables and Parquet files: exact round trips, and findings instead of conversions."""

import datetime as dt
import importlib
import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import found
from tulevaisuus.exchange import read_parquet, write_parquet
from tulevaisuus.exchange import to_arrow as arrow_of
from tulevaisuus.exchange.formats_registry import ReadOptions, WriteOptions, format_to_write
from tulevaisuus.exchange.parquet import reading as parquet_reading
from tulevaisuus.exchange.parquet import writing as parquet_writing
from tulevaisuus.formats import columns_of, to_rows

# pyarrow has no types that a strict checker takes.
pa: Any = importlib.import_module("pyarrow")
pq: Any = importlib.import_module("pyarrow.parquet")
EXAMPLE = tul.load("examples/varsinais-suomi.json")
GRANT = {"id": "g1", "call": "shc-2021", "project": "pirsote", "status": "granted"}


def write(path: Path, metadata: object = None, **columns: Any) -> Path:  # noqa: ANN401 - any column
    """Write a Parquet file of these columns, and return its path."""
    table = pa.table(columns, metadata=metadata)
    path.parent.mkdir(exist_ok=True)
    pq.write_table(table, path)
    return path


def grants_file(path: Path, **columns: Any) -> Path:  # noqa: ANN401 - any column
    """Write a Parquet file of one grant with these additional columns."""
    given = {name: [value] for name, value in GRANT.items()}
    return write(path, **{**given, **columns})


@pytest.mark.parametrize(
    "portfolio",
    [tul.reference, EXAMPLE, tul.Portfolio()],
    ids=["bundle", "example", "empty"],
)
def test_portfolio_is_read_back(portfolio: tul.Portfolio, tmp_path: Path) -> None:
    """A folder that was written is read as an equal portfolio."""
    write_parquet(portfolio, tmp_path / "made")
    reading = tul.read(tmp_path / "made")
    assert reading.findings == ()
    assert reading.portfolio == portfolio


def test_tables_equal_rows() -> None:
    """Names, columns, order, cells and nullability are those of `to_rows` and `columns_of`."""
    tables: dict[str, Any] = {**arrow_of(EXAMPLE)}
    assert {name: made.to_pylist() for name, made in tables.items()} == to_rows(
        entity for register in EXAMPLE.registers().values() for entity in register
    )
    for name, columns in columns_of(tul.Grant).items():
        schema = tables[name].schema
        assert [(each.name, each.nullable) for each in schema] == [
            (column, described.nullable) for column, described in columns.items()
        ]


def test_types_follow_from_the_fields() -> None:
    """Amounts are decimals, dates dates, codes dictionaries; the metadata has key and version."""
    grants: Any = arrow_of(tul.grants)["grants"]
    schema = grants.schema
    types = {each.name: str(each.type) for each in schema}
    code = "dictionary<values=string, indices=int32, ordered=0>"
    assert types["id"] == "string"
    assert types["call"] == types["status"] == code
    assert types["amount_eur"] == "decimal128(14, 2)"
    assert types["usable_start"] == "date32[day]"
    about = json.loads(schema.metadata[b"tulevaisuus"])
    assert about == {"table": "grants", "key": ["id"], "format_version": tul.FORMAT_VERSION}
    projects: Any = arrow_of(tul.projects)
    assert str(projects["projects"].schema.field("goals_known").type) == "bool"
    assert str(projects["projects_goals"].schema.field("value").type) == "int64"


def test_single_file_needs_its_class_or_name(tmp_path: Path) -> None:
    """The name of a table is enough; any other file needs ``of``."""
    named = grants_file(tmp_path / "grants.parquet")
    other = grants_file(tmp_path / "avustukset.parquet")
    expected = tul.Grant(
        id="g1", call="shc-2021", project="pirsote", status=tul.GrantStatus.GRANTED
    )
    assert list(tul.read(named).portfolio.grants) == [expected]
    assert list(tul.read(other, of=tul.Grant).portfolio.grants) == [expected]
    with pytest.raises(TypeError, match="pass of="):
        tul.read(other)


def test_folder_of_parts_is_one_table(tmp_path: Path) -> None:
    """Programs that write in parallel write a folder of parts, with marker files."""
    grants_file(tmp_path / "grants" / "part-0.parquet")
    grants_file(tmp_path / "grants" / "part-1.parquet", id=["g2"], status=["given"])
    (tmp_path / "grants" / "_SUCCESS").touch()
    (tmp_path / "_SUCCESS").touch()
    for source, of in ((tmp_path, None), (tmp_path / "grants", tul.Grant)):
        reading = tul.read(source, of=of)
        assert [each.id for each in reading.portfolio.grants] == ["g1"]
        assert found(reading.findings) == ["TSK005 /grants/1/status"]
        location = reading.findings[0].location
        assert location == tul.Location(source=str(tmp_path / "grants"), sheet="grants", row=2)


def test_one_class_of_a_folder_may_be_read(tmp_path: Path) -> None:
    """Only its tables are opened."""
    write_parquet(EXAMPLE, tmp_path / "made")
    grants_file(tmp_path / "made" / "other.parquet")
    reading = tul.read(tmp_path / "made", of=tul.Project)
    assert reading.portfolio == tul.Portfolio(projects=EXAMPLE.projects)
    assert found(tul.read(tmp_path / "made").findings) == ["TSK004 /other"]


@pytest.mark.parametrize(
    ("column", "cells", "expected"),
    [
        ("amount_eur", [1.5], "double"),
        ("amount_eur", ["1"], "string"),
        ("decided_on", ["2021-12-21"], "string"),
        ("decided_on", [dt.datetime(2021, 12, 21)], "timestamp[us]"),  # noqa: DTZ001 - without zone
        ("recipient", [5], "int64"),
        ("recipient", [b"turku"], "binary"),
        ("recipient", [["turku"]], "list<"),
    ],
)
def test_other_type_is_a_finding(
    column: str, cells: list[object], expected: str, tmp_path: Path
) -> None:
    """It has table, row and column, and the expected type."""
    file = grants_file(tmp_path / "grants.parquet", **{column: cells})
    reading = tul.read(file)
    assert found(reading.findings) == [f"TSK002 /grants/0/{column}"]
    assert expected in reading.findings[0].message("en")
    assert reading.findings[0].location == tul.Location(source=str(file), sheet="grants", row=1)
    assert not reading.portfolio.grants


@pytest.mark.parametrize(
    "cells",
    [
        pa.array([Decimal("100.0000")]),
        pa.array([100]),
        pa.array([100], pa.uint8()),
        pa.array([Decimal(100)], pa.decimal256(60, 0)),
        pa.array(["x"]).cast(pa.large_string()).dictionary_encode(),
        pa.nulls(1),
    ],
    ids=["scale 4", "int64", "uint8", "decimal256", "large text", "null"],
)
def test_types_that_represent_the_value_are_read(cells: Any, tmp_path: Path) -> None:  # noqa: ANN401 - an array
    """Width and scale do not matter where the value is the same."""
    column = "recipient" if cells.to_pylist() == ["x"] else "amount_eur"
    (grant,) = tul.load(grants_file(tmp_path / "grants.parquet", **{column: cells})).grants
    assert getattr(grant, column) in {None, Decimal(100), "x"}


def test_fractions_of_a_cent_are_rejected(tmp_path: Path) -> None:
    """Nothing is rounded."""
    file = grants_file(tmp_path / "grants.parquet", amount_eur=[Decimal("1.005")])
    assert found(tul.read(file).findings) == ["TSK012 /grants/0/amount_eur"]


def test_key_of_a_list_row_must_be_text(tmp_path: Path) -> None:
    """A list row with a key of another type is reported."""
    grants_file(tmp_path / "grants.parquet")
    write(tmp_path / "grants_sources.parquet", grant_id=[5], sources_place=[0], value=["x"])
    assert found(tul.read(tmp_path).findings) == [
        "TSK002 /grants_sources/0/grant_id",
        "TSK009 /grants_sources/0/grant_id",
    ]


def test_unknown_columns_are_reported_once(tmp_path: Path) -> None:
    """An unknown column is reported for the table; a duplicate one is not read."""
    strange = pa.Table.from_arrays(
        [pa.array([value, value]) for value in (*GRANT.values(), "a", "b", "c")],
        names=[*GRANT, "recipient", "recipient", "recipent"],
    )
    pq.write_table(strange.slice(0, 1), tmp_path / "grants.parquet")
    reading = tul.read(tmp_path / "grants.parquet")
    assert found(reading.findings) == ["TSK004 /grants", "TSK004 /grants"]
    assert [each.recipient for each in reading.portfolio.grants] == [None]


def test_table_of_unknown_columns_has_empty_rows(tmp_path: Path) -> None:
    """The required fields are missing in each row."""
    reading = tul.read(write(tmp_path / "grants.parquet", strange=[1]))
    assert found(reading.findings)[:2] == ["TSK004 /grants", "TSK003 /grants/0/id"]


def test_other_file_is_a_finding(tmp_path: Path) -> None:
    """It is so whatever its suffix is."""
    (tmp_path / "grants.parquet").write_bytes(b"id,call\n")
    reading = tul.read(tmp_path)
    assert found(reading.findings) == ["TSK001 /grants"]
    assert "not a valid Parquet file" in reading.findings[0].message("en")


def test_damaged_file_is_a_finding(tmp_path: Path) -> None:
    """Damage before the footer is only found while rows are read."""
    file = write(tmp_path / "grants.parquet", **{name: [v] * 999 for name, v in GRANT.items()})
    data = bytearray(file.read_bytes())
    data[4:60] = b"\xff" * 56
    file.write_bytes(data)
    (finding,) = tul.read(file).findings
    assert finding.code == "TSK001"
    assert "damaged after row 0" in finding.message("en")


def test_number_of_rows_is_limited(tmp_path: Path) -> None:
    """A small file may decompress to very many rows."""
    file = write(tmp_path / "grants.parquet", **{name: [v] * 9 for name, v in GRANT.items()})
    reading = tul.read(file, limits=tul.Limits(lines=1))
    assert found(reading.findings) == ["TSK001 /grants"]
    assert len(reading.portfolio.grants) == 1


@pytest.mark.parametrize(
    ("written", "findings", "count"),
    [
        ("1.0", ["TSK004 error"], 1),
        ("1.1", ["TSK004 warning"], 1),
        ("2.0", ["TSK007 error"], 0),
    ],
)
def test_versions_are_those_of_documents(
    written: str, findings: list[str], count: int, tmp_path: Path
) -> None:
    """A newer minor version is read with warnings, and recorded; a newer major one is not."""
    about = json.dumps({"format_version": written})
    given = {name: [value] for name, value in {**GRANT, "later": "x"}.items()}
    file = write(tmp_path / "grants.parquet", {"tulevaisuus": about}, **given)
    reading = tul.read(file)
    assert [f"{each.code} {each.severity}" for each in reading.findings] == findings
    assert len(reading.portfolio.grants) == count
    assert reading.portfolio.newer_version == ("1.1" if written == "1.1" else None)


def test_other_metadata_is_ignored(tmp_path: Path) -> None:
    """It may be anything, even with our key."""
    given = {name: [value] for name, value in GRANT.items()}
    for text in ("no JSON", "[]", '{"format_version": 1}'):
        file = write(tmp_path / "grants.parquet", {"tulevaisuus": text}, **given)
        assert tul.read(file).findings == ()


def test_newer_portfolio_is_not_written(tmp_path: Path) -> None:
    """Unknown fields would be lost."""
    newer = tul.Portfolio(newer_version="1.9")
    with pytest.raises(tul.DocumentError) as caught:
        arrow_of(newer)
    assert found(caught.value.findings) == ["TSK007 /format_version"]
    with pytest.raises(tul.DocumentError):
        write_parquet(newer, tmp_path / "made")
    assert not (tmp_path / "made").exists()


def test_registry_of_formats_writes_parquet(tmp_path: Path) -> None:
    """The command uses the registry."""
    found_format = format_to_write(tmp_path / "made.parquet")
    assert found_format is not None
    assert found_format.writer is not None
    found_format.writer(EXAMPLE, tmp_path / "made.parquet", WriteOptions())
    assert found_format.lost(EXAMPLE, WriteOptions()) == []
    assert tul.load(tmp_path / "made.parquet") == EXAMPLE


def test_parquet_is_read_from_a_path(tmp_path: Path) -> None:
    """An open file has no folder."""
    options = ReadOptions()
    with pytest.raises(TypeError, match="path"):
        parquet_reading.read(b"PAR1", options)
    with pytest.raises(FileNotFoundError):
        tul.read(tmp_path / "none.parquet")


def test_other_files_are_not_lost(tmp_path: Path) -> None:
    """A folder is replaced if it contains only Parquet files."""
    write_parquet(EXAMPLE, tmp_path / "made")
    write_parquet(EXAMPLE.grants, tmp_path / "made")
    assert not (tmp_path / "made" / "projects.parquet").exists()
    (tmp_path / "made" / "notes.txt").touch()
    with pytest.raises(FileExistsError, match=r"notes\.txt"):
        write_parquet(EXAMPLE, tmp_path / "made")
    with pytest.raises(FileExistsError, match="it is a file"):
        write_parquet(EXAMPLE, tmp_path / "made" / "notes.txt")
    assert [each.name for each in tmp_path.iterdir()] == ["made"]


def test_folder_is_complete_or_unchanged(tmp_path: Path) -> None:
    """A failing write leaves the old folder, and nothing beside it."""

    def failing() -> Iterator[tul.Entity]:
        yield from EXAMPLE.grants
        raise ZeroDivisionError

    write_parquet(EXAMPLE, tmp_path / "made")
    with pytest.raises(ZeroDivisionError):
        write_parquet(failing(), tmp_path / "made")
    with pytest.raises(tul.InvalidValueError):
        write_parquet(["g1"], tmp_path / "made")  # type: ignore[list-item] # pyright: ignore[reportArgumentType] - a mistake
    assert [each.name for each in tmp_path.iterdir()] == ["made"]
    assert tul.read(tmp_path / "made").portfolio == EXAMPLE


def test_old_folder_is_restored_if_the_move_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is so even in the last step."""
    write_parquet(EXAMPLE, tmp_path / "made")
    rename = Path.rename

    def failing_rename(self: Path, target: Path) -> Path:
        if (
            target.parent == tmp_path
            and not target.name.startswith(".")
            and not self.name.endswith(".old")
        ):
            raise PermissionError
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing_rename)
    with pytest.raises(PermissionError):
        write_parquet(EXAMPLE.grants, tmp_path / "made")
    with pytest.raises(PermissionError):
        write_parquet(EXAMPLE.grants, tmp_path / "never")
    monkeypatch.undo()
    assert tul.read(tmp_path / "made").portfolio == EXAMPLE


def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message states what to install."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'tulevaisuus\[arrow\]'"):
        arrow_of(EXAMPLE)


# --- as a stream ---------------------------------------------------------------------------------


def many(count: int) -> Iterator[tul.Grant]:
    """Yield grants with lists of different lengths."""
    sources = tuple(each.id for each in tul.sources)[:3]
    for number in range(count):
        notes = tuple(
            tul.Note(field="amount_eur", text=f"note {number}.{index}", sources=sources[:1])
            for index in range(2)
        )
        yield tul.Grant(
            id=f"g{number}",
            call="shc-2021",
            project="pirsote",
            status=tul.GrantStatus.GRANTED,
            sources=sources[: number % 4],
            notes=notes[: number % 3],
        )


def test_stream_yields_the_same_entities(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is so for any sizes of row groups and batches."""
    monkeypatch.setattr(parquet_writing, "_ROWS_IN_GROUP", 7)
    monkeypatch.setattr(parquet_reading, "_BATCH_SIZE", 5)
    write_parquet(many(40), tmp_path / "made")
    assert pq.ParquetFile(tmp_path / "made" / "grants.parquet").num_row_groups > 3
    assert list(read_parquet(tmp_path / "made", tul.Grant)) == list(many(40))


def test_stream_has_rows_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are counted from the first row of the table, not of the batch."""
    monkeypatch.setattr(parquet_reading, "_BATCH_SIZE", 2)
    grants_file(
        tmp_path / "grants.parquet",
        **{name: [value] * 5 for name, value in GRANT.items() if name != "id"},
        id=["a", "b", "c", "d", ""],
        rounded_to_eur=[None, None, None, 1.0, None],
        strange=[1] * 5,
    )
    write(
        tmp_path / "grants_sources.parquet",
        grant_id=["a", "nobody", "b", "c"],
        sources_place=[0] * 4,
        value=["x"] * 4,
    )
    findings: list[tul.Finding] = []
    entities = list(read_parquet(tmp_path, tul.Grant, findings.append))
    assert [(each.id, each.sources) for each in entities] == [("a", ("x",)), ("b", ()), ("c", ())]
    assert found(findings) == [
        "TSK004 /grants",
        "TSK002 /grants/3/rounded_to_eur",
        "TSK006 /grants/4/id",
        "TSK009 /grants_sources/1/grant_id",
        "TSK009 /grants_sources/2/grant_id",
        "TSK009 /grants_sources/3/grant_id",
    ]
    assert [each.location and each.location.row for each in findings] == [None, 4, 5, 2, 3, 4]
    with pytest.raises(tul.DocumentError) as caught:
        list(read_parquet(tmp_path, tul.Grant))
    assert list(caught.value.findings) == findings


def test_stream_reports_a_missing_list_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list is missing in each batch."""
    monkeypatch.setattr(parquet_reading, "_BATCH_SIZE", 1)
    project = attrs.evolve(EXAMPLE.projects["varsinais-suomi"], goals=(tul.GoalNumber(1),))
    write_parquet([project, attrs.evolve(project, id="toinen")], tmp_path / "made")
    (tmp_path / "made" / "projects_goals.parquet").unlink()
    findings: list[tul.Finding] = []
    list(read_parquet(tmp_path / "made", tul.Project, findings.append))
    assert found(findings) == ["TSK003 /projects_goals"]
