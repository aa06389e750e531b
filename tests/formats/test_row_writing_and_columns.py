"""Rows: flat and typed tables of entities, which are read back without loss."""

import datetime as dt
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import rejected, rejection
from tulevaisuus import formats
from tulevaisuus.model.portfolio import REGISTERS

ENTITIES: list[type[tul.Entity]] = [tul.Programme, *REGISTERS.values()]
PROJECT = tul.Project(
    id="p1",
    name=tul.Text("Hanke", en="Project", unofficial=frozenset({tul.Language.EN})),
    regions=("05", "06"),
    administrations=(
        tul.Administration("turku", tul.Period(end=dt.date(2022, 12, 31)), sources=("a", "b")),
        tul.Administration("county-05"),
    ),
    participants=(),
    goals=(tul.GoalNumber.COSTS, tul.GoalNumber.ACCESS),
)
GRANT = tul.Grant(
    id="g1",
    call="shc-2021",
    project="p1",
    status=tul.GrantStatus.GRANTED,
    amount_eur=Decimal("11180062.5"),
    usable=tul.Period(start=dt.date(2021, 1, 1)),
)


def rows_of(entity: tul.Entity) -> dict[str, list[Any]]:
    """Return the rows of one entity as dicts that can be changed."""
    return {**formats.to_rows([entity])}


def test_fields_are_columns_and_lists_are_tables() -> None:
    """A field has its columns, a list has a table whose rows have positions."""
    rows = formats.to_rows([PROJECT])
    (row,) = rows["projects"]
    assert row["id"] == "p1"
    assert (row["name_fi"], row["name_sv"], row["name_en"]) == ("Hanke", None, "Project")
    assert row["name_unofficial"] == "en"
    assert (row["period_start"], row["short_name_fi"]) == (None, None)
    assert rows["projects_regions"] == [
        {"project_id": "p1", "regions_place": 0, "value": "05"},
        {"project_id": "p1", "regions_place": 1, "value": "06"},
    ]
    assert rows["projects_administrations"][0] == {
        "project_id": "p1",
        "administrations_place": 0,
        "organisation": "turku",
        "period_start": None,
        "period_end": dt.date(2022, 12, 31),
    }
    assert rows["projects_administrations_sources"][1] == {
        "project_id": "p1",
        "administrations_place": 0,
        "sources_place": 1,
        "value": "b",
    }
    assert [each["value"] for each in rows["projects_goals"]] == [5, 1]


def test_unset_differs_from_empty() -> None:
    """An empty list has no rows, and a column shows that it is known."""
    (row,) = formats.to_rows([PROJECT])["projects"]
    assert (row["participants_known"], row["themes_known"]) == (True, False)
    (made,) = formats.from_rows(formats.to_rows([PROJECT]), tul.Project)
    assert (made.participants, made.themes) == ((), None)


def test_cells_have_plain_types() -> None:
    """An amount is a decimal, a date a date, a code its text."""
    (row,) = formats.to_rows([GRANT])["grants"]
    assert (row["amount_eur"], row["usable_start"]) == (Decimal("11180062.5"), dt.date(2021, 1, 1))
    assert type(row["status"]) is str
    (goal, *_) = formats.to_rows(tul.goals)["goals"]
    assert type(goal["number"]) is int
    (turku,) = formats.to_rows([tul.organisations["turku"]])["organisations"]
    assert turku["business_id"] == "0204819-8"


def test_entities_of_several_classes_have_their_own_tables() -> None:
    """A whole document can be written as rows of several tables, and read back."""
    rows = formats.to_rows([PROJECT, GRANT])
    assert formats.from_rows(rows, tul.Project) == tul.Register([PROJECT])
    assert formats.from_rows(rows, tul.Grant) == tul.Register([GRANT])
    assert formats.from_rows({}, tul.Call) == tul.Register()
    assert formats.to_rows([]) == {}


@pytest.mark.parametrize("cls", ENTITIES, ids=lambda cls: cls.__name__)
def test_columns_are_known_in_advance(cls: type[tul.Entity]) -> None:
    """The rows of a table have its columns, in order, with cells of their types."""
    entities = [tul.programme] if cls is tul.Programme else tul.reference.registers()[cls.plural]
    tables = formats.columns_of(cls)
    assert next(iter(tables)) == cls.plural
    for table, rows in formats.to_rows(entities).items():
        for row in rows:
            assert list(row) == list(tables[table])
            for column, cell in row.items():
                assert cell is None or type(cell) is tables[table][column].type


def test_tables_have_unique_names() -> None:
    """The tables of a document fit into one database, also if case is ignored."""
    names = [name.lower() for cls in ENTITIES for name in formats.columns_of(cls)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("cls", ENTITIES, ids=lambda cls: cls.__name__)
def test_facts_are_read_back(cls: type[tul.Entity]) -> None:
    """All bundled facts are equal after writing and reading rows."""
    entities = [tul.programme] if cls is tul.Programme else tul.reference.registers()[cls.plural]
    assert formats.from_rows(formats.to_rows(entities), cls) == tul.Register(entities)


def test_rows_may_be_in_any_order() -> None:
    """Databases keep no order within lists: the positions do."""
    rows = {name: list(reversed(each)) for name, each in formats.to_rows([PROJECT]).items()}
    assert formats.from_rows(rows, tul.Project)["p1"] == PROJECT


def test_absent_columns_are_unset_fields() -> None:
    """Columns may be left out."""
    row = {"id": "g1", "call": "shc-2021", "project": "p1", "status": "granted"}
    (grant,) = formats.from_rows({"grants": [row]}, tul.Grant)
    assert (grant.amount_eur, grant.usable, grant.sources) == (None, None, ())
    listed: dict[str, list[dict[str, object]]] = {
        "calls": [{"id": "c", "name_fi": "Haku"}],
        "calls_emphasis": [{"call_id": "c", "emphasis_place": 0, "value": "digital"}],
    }
    assert formats.from_rows(listed, tul.Call)["c"].emphasis == ("digital",)


def test_amounts_of_data_frames() -> None:
    """Whole numbers and floats are accepted as amounts."""
    for amount in (5_500_000, 5_500_000.0, Decimal(5_500_000)):
        rows = rows_of(GRANT)
        rows["grants"] = [{**rows["grants"][0], "amount_eur": amount}]
        assert formats.from_rows(rows, tul.Grant)["g1"].amount_eur == 5_500_000


# --- what is wrong -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"amount_eur": "12"}, "TSK002 /grants/0/amount_eur"),
        ({"amount_eur": 0.001}, "TSK012 /grants/0/amount_eur"),
        ({"status": "grantd"}, "TSK005 /grants/0/status"),
        ({"usable_end": dt.date(2020, 1, 1)}, "TSK011 /grants/0/usable_end"),
        ({"usable_start": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, "TSK002 /grants/0/usable_start"),
        ({"project": None}, "TSK003 /grants/0/project"),
        ({"projct": "p1"}, "TSK004 /grants/0/projct"),
        ({"id": True}, "TSK002 /grants/0/id"),
    ],
)
def test_wrong_cell_has_row_and_column(changes: dict[str, object], wrong: str) -> None:
    """The path of a finding is table, row and column."""
    rows = rows_of(GRANT)
    rows["grants"] = [{**rows["grants"][0], **changes}]
    assert rejected(formats.from_rows, rows, tul.Grant) == [wrong]


def test_missing_part_of_a_value_has_its_column() -> None:
    """A name without Finnish lacks that column."""
    row = {"id": "p1", "name_sv": "Projekt"}
    assert rejected(formats.from_rows, {"projects": [row]}, tul.Project) == [
        "TSK003 /projects/0/name_fi"
    ]


def test_duplicate_key_is_rejected() -> None:
    """The later row of a key is rejected, and the list rows belong to the first."""
    rows = {**formats.to_rows([PROJECT, PROJECT])}
    for name, each in rows.items():
        rows[name] = each if name == "projects" else each[: len(each) // 2]
    assert "TSK008 /projects/1/id" in rejected(formats.from_rows, rows, tul.Project)


def test_all_errors_are_reported_in_order() -> None:
    """Findings are in the order of tables and rows, those of lists with their own rows."""
    rows: dict[str, Any] = rows_of(PROJECT)
    first, second = rows["projects_administrations"]
    row = {**rows["projects"][0], "services_known": True}
    rows["projects"] = [row, {"id": "p2"}, "p3"]
    rows["projects_administrations"] = [
        {**second, "organisation": 5},
        {**first, "period_end": "2022-12-32"},
    ]
    rows["projects_administrations_sources"][0]["value"] = " "
    rows["projects_goals"] = [
        {"project_id": "p1", "goals_place": 0, "value": 6},
        {"project_id": "p9", "goals_place": 0, "value": 1},
        {"project_id": None, "goals_place": 0, "value": 1},
    ]
    rows["projects_services"] = [{"project_id": "p1", "services_place": 0, "value": None}]
    rows["projects_notes"] = "none"
    rows["projects_note"] = []
    assert rejected(formats.from_rows, rows, tul.Project) == [
        "TSK003 /projects/1/name_fi",
        "TSK002 /projects/2",
        "TSK002 /projects_administrations/0/organisation",
        "TSK006 /projects_administrations/1/period_end",
        "TSK006 /projects_administrations_sources/0/value",
        "TSK005 /projects_goals/0/value",
        "TSK009 /projects_goals/1/project_id",
        "TSK009 /projects_goals/2/project_id",
        "TSK002 /projects_services/0/value",
        "TSK002 /projects_notes",
        "TSK004 /projects_note",
    ]


@pytest.mark.parametrize(
    ("places", "wrong"),
    [
        ((0, 2), [1]),
        ((1, 2), [0]),
        ((0, 0), [1]),
        ((None, 0), [0]),
        ((0, "1"), [1]),
        ((True, 0), [0]),
        ((-1, 0), [0]),
    ],
)
def test_positions_count_from_zero(places: tuple[object, object], wrong: list[int]) -> None:
    """A duplicate, missing or invalid position is reported, so a lost row is detected."""
    rows = rows_of(PROJECT)
    rows["projects_regions"] = [
        {"project_id": "p1", "regions_place": place, "value": f"0{number}"}
        for number, place in enumerate(places)
    ]
    assert rejected(formats.from_rows, rows, tul.Project) == [
        f"TSK002 /projects_regions/{number}/regions_place" for number in wrong
    ]


@pytest.mark.parametrize(
    ("column", "known", "message_part"),
    [
        ("goals_known", False, "expected true, found false"),
        ("goals_known", 1, "expected true or false, found number 1"),
        ("themes_known", 0, "expected true or false, found number 0"),
        ("themes_known", "no", 'expected true or false, found text "no"'),
        (
            "themes_known",
            math.nan,
            "expected true or false, found number nan, which means a missing",
        ),
    ],
)
def test_list_rows_of_an_unknown_list(column: str, known: object, message_part: str) -> None:
    """A list that is not known cannot have rows."""
    rows = rows_of(PROJECT)
    rows["projects"] = [{**rows["projects"][0], column: known}]
    (finding,) = rejection(formats.from_rows, rows, tul.Project)
    assert finding.path == f"/projects/0/{column}"
    assert finding.message("en").startswith(message_part)


def test_key_of_several_columns() -> None:
    """The list rows of a goal link have both parts of its key, each of its own type."""
    link = attrs.evolve(next(iter(tul.goal_links)), sources=("a",), notes=())
    rows = rows_of(link)
    owner = {"goal_link_goal": link.goal.value, "goal_link_target": link.target}
    assert rows["goal_links_sources"][0].items() >= owner.items()
    rows["goal_links_sources"][0]["goal_link_goal"] = str(link.goal.value)
    (finding,) = rejection(formats.from_rows, rows, tul.GoalLink)
    assert finding.path == "/goal_links_sources/0/goal_link_goal"
    assert finding.code == "TSK009"
    assert f'text "{link.goal.value}", text "{link.target}"' in finding.message("en")


def test_main_table_alone_is_enough_without_lists() -> None:
    """Where no list is known, one table is enough; a known list needs its own table."""
    rows = formats.to_rows([GRANT])["grants"]
    assert formats.from_rows(rows, tul.Grant) == tul.Register([GRANT])
    assert formats.from_rows(iter(rows), tul.Grant) == tul.Register([GRANT])
    alone = formats.to_rows([PROJECT])["projects"]
    for known in (alone, {"projects": alone}):
        assert rejected(formats.from_rows, known, tul.Project) == [
            "TSK003 /projects_administrations",
            "TSK003 /projects_participants",
            "TSK003 /projects_goals",
        ]


@pytest.mark.parametrize("given", [5, None, "text"])
def test_rows_alone_must_be_a_list(given: object) -> None:
    """An object of another type is reported as not being a table."""
    assert rejected(formats.from_rows, given, tul.Grant) == ["TSK002 /grants"]
    assert rejected(formats.from_rows, [given], tul.Grant) == ["TSK002 /grants/0"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("grant", ["TSK004 /grant"]),
        ("grants_source", ["TSK004 /grants_source"]),
        (5, ["TSK004 /5"]),
        ("calls", []),
        ("goals_variants", []),
        ("ledger", []),
    ],
)
def test_other_tables_are_allowed(name: object, expected: list[str]) -> None:
    """Tables of other entities and of the user may be there; misspelt names are reported."""
    rows: dict[Any, Any] = {**formats.to_rows([GRANT]), name: [{"id": "x"}]}
    if expected:
        assert rejected(formats.from_rows, rows, tul.Grant) == expected
    else:
        assert formats.from_rows(rows, tul.Grant) == tul.Register([GRANT])


@pytest.mark.parametrize("value", [5, None, "g1", tul.Text("x"), {"id": "g1"}])
def test_only_entities_can_be_rows(value: Any) -> None:  # noqa: ANN401 - what is wrongly given
    """Another object is rejected at its index."""
    assert rejected(formats.to_rows, [GRANT, value]) == ["TSK002 /1"]


@pytest.mark.parametrize("cls", [int, tul.Period, tul.Portfolio, "Grant"])
def test_class_must_be_an_entity(cls: Any) -> None:  # noqa: ANN401 - as above
    """Another class is an error."""
    with pytest.raises(TypeError, match="give a class of type Entity"):
        formats.from_rows({}, cls)
    with pytest.raises(TypeError, match="give a class of type Entity"):
        formats.columns_of(cls)


@pytest.mark.parametrize("given", [5, None, "text", {"id": "p1"}])
def test_table_must_be_a_list(given: object) -> None:
    """A table of another type is one finding."""
    assert rejected(formats.from_rows, {"grants": given}, tul.Grant) == ["TSK002 /grants"]


def test_unhashable_key_cell_is_a_finding() -> None:
    """A cell that cannot be looked up belongs to no entity."""
    cells: list[Mapping[Any, object]] = [
        {"grant_id": [], "sources_place": 0, "value": "a"},
        {"grant_id": 1.0, "sources_place": 0, "value": "a"},
        {1: 2},
    ]
    rows = {**formats.to_rows([GRANT]), "grants_sources": cells}
    assert rejected(formats.from_rows, rows, tul.Grant) == [
        "TSK009 /grants_sources/0/grant_id",
        "TSK009 /grants_sources/1/grant_id",
        "TSK004 /grants_sources/2/1",
        "TSK009 /grants_sources/2/grant_id",
    ]


def test_columns_of_required_fields_are_not_nullable() -> None:
    """A required field of an optional object is nullable, as the object may be absent."""
    columns = formats.columns_of(tul.Call)["calls"]
    is_nullable = {name: column.nullable for name, column in columns.items()}
    assert not is_nullable["id"]
    assert not is_nullable["name_fi"]
    assert is_nullable["name_sv"]
    assert is_nullable["cost_period_start"]
