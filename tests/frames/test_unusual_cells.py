"""Unusual cells and tables: wide decimals, dictionaries, booleans, lists, unknown engines."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import narwhals.stable.v2 as nw
import pytest

import tulevaisuus as tul
from tulevaisuus import frames
from tulevaisuus.frames.engines import (
    duckdb_and_spark_engines,
    engine_choice,
    expressions,
    pandas_and_pyarrow_columns,
)
from tulevaisuus.frames.table_rules import document, programme, rule_queries
from tulevaisuus.frames.tables import code_lists, column_parsing
from tulevaisuus.frames.tables import tables_with_facts as frame_tables
from tulevaisuus.frames.tables.code_lists import cell_text, python_row
from tulevaisuus.frames.tables.finding_places import Address, pointer_of
from tulevaisuus.frames.tables.schemas import SCHEMAS
from tulevaisuus.model.field_types import AnyObject, Boolean, WholeNumber
from tulevaisuus.model.texts_of_fixed_form import TextOf, TextValue

np = pytest.importorskip("numpy")
pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")


GRANT = {"id": ["g1"], "call": ["shc-2021"], "project": ["p1"], "status": ["granted"]}


MISSING = [
    pytest.param(pd.NaT, id="NaT of pandas"),
    pytest.param(pd.NA, id="NA of pandas"),
    pytest.param(float("nan"), id="NaN"),
    pytest.param(np.float32("nan"), id="NaN of 32 bits"),
    pytest.param(Decimal("NaN"), id="NaN as a decimal"),
    pytest.param(np.datetime64("NaT", "D"), id="NaT of numpy"),
    pytest.param(np.timedelta64("NaT", "D"), id="NaT of a duration"),
    pytest.param(np.ma.masked, id="masked"),
    pytest.param(pa.scalar(None, pa.date32()), id="null of pyarrow"),
]


class Always:
    """A function that returns the same for any arguments."""

    def __init__(self, answer: object) -> None:
        """Set the result."""
        self.answer = answer

    def __call__(self, *_: object) -> object:
        """Return the result."""
        return self.answer


class PostalCode(TextValue):
    """A Finnish postal code: five digits."""

    pattern = "[0-9]{5}"
    examples = ("20100",)


def column_of(*values: object) -> object:
    """Return a column of pandas with exactly these objects."""
    objects = np.empty(len(values), dtype=object)
    for index, value in enumerate(values):
        objects[index] = value
    return pd.Series(objects, dtype=object)


@pytest.mark.parametrize("missing", MISSING)
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("decided_on", dt.date(2021, 12, 20)),
        ("amount_eur", Decimal("11180000.50")),
        ("case_number", "VN/1/2021"),
    ],
)
@pytest.mark.parametrize("is_alone", [True, False])
def test_missing_values_of_all_libraries_are_empty_cells(
    missing: object, column: str, value: object, *, is_alone: bool
) -> None:
    """In a column of objects, alone or beside values, they mean that the value is unknown."""
    frame = pd.DataFrame({**{name: cells * 2 for name, cells in GRANT.items()}, "id": ["g1", "g2"]})
    frame[column] = column_of(missing if is_alone else value, missing)
    checked = frames.check(frame, tul.Grant, select=["TSK002", "TSK003", "TSK006", "TSK012"])
    assert checked.counts() == ()
    frame["status"] = column_of("granted", missing)
    (finding,) = frames.check(frame, tul.Grant, select=["TSK002", "TSK003"]).report()
    assert (finding.code, finding.path) == ("TSK003", "/grants/g2/status")


def test_missing_values_beside_values_of_two_types_are_empty_cells() -> None:
    """The values are read one by one, and only the wrong one is reported."""
    frame = pd.DataFrame({**{name: cells * 3 for name, cells in GRANT.items()}, "id": [*"abc"]})
    frame["decided_on"] = column_of(dt.date(2021, 12, 20), pd.NaT, 5)
    report = frames.check(frame, tul.Grant, select="TSK002").report()
    assert [(each.code, each.path) for each in report] == [("TSK002", "/grants/c/decided_on")]


@pytest.mark.parametrize("dtype", ["float64", "Int64", "boolean", "datetime64[ns]", "category"])
@pytest.mark.parametrize("column", ["decided_on", "amount_eur", "case_number"])
def test_the_type_of_a_column_without_values_does_not_matter(dtype: str, column: str) -> None:
    """A column that is empty in a file gets floats from pandas, whatever it is for."""
    frame = pd.DataFrame(GRANT)
    frame[column] = pd.Series([None], dtype=dtype)
    checked = frames.check(frame, tul.Grant, select=["TSK002", "TSK012"])
    assert (checked.findings, checked.counts()) == ((), ())


def test_dictionaries_and_wide_decimals_of_arrow_are_read() -> None:
    """A dictionary is read as its values, a decimal of 256 bits as text."""
    table = pa.table(
        {
            "status": pa.array(["granted"]).dictionary_encode(),
            "amount_eur": pa.array([Decimal("1250.50")], pa.decimal256(50, 2)),
            "id": pa.array(["g1"]),
        }
    )
    plain = pandas_and_pyarrow_columns.plain_arrow(table)
    assert plain.types == ["string", "string", "string"]
    assert plain.table.to_pylist() == [{"status": "granted", "amount_eur": "1250.5", "id": "g1"}]


def test_boolean_has_the_text_of_documents() -> None:
    """A violation shows it so."""
    text = vars(rule_queries)["_cell_text"]("posts", "fixed_term")
    shown = nw.from_native(pl.DataFrame({"fixed_term": [True, False]})).select(text=text)
    assert shown.to_native()["text"].to_list() == ["true", "false"]


def test_type_without_a_parser_is_an_error() -> None:
    """A field type without columns is an internal error."""
    with pytest.raises(TypeError, match="no column is parsed as AnyObject"):
        column_parsing.parse_column("run", nw.String(), AnyObject())


def test_text_value_is_matched_with_its_pattern() -> None:
    """A text value of a user is checked by its pattern."""
    right = vars(column_parsing)["_has_form"](nw.col("code"), TextOf(PostalCode))
    result = nw.from_native(pl.DataFrame({"code": ["20100", "2010"]})).select(right=right)
    assert result.to_native()["right"].to_list() == [True, False]
    assert vars(column_parsing)["_expected_form"](TextOf(PostalCode)) == PostalCode.expected()


@pytest.mark.parametrize("field_type", [WholeNumber(), Boolean()])
def test_text_is_neither_a_number_nor_a_boolean(field_type: Any) -> None:  # noqa: ANN401 - a type of fields
    """A column of another type is found once."""
    assert isinstance(
        column_parsing.parse_column("value", nw.String(), field_type), column_parsing.WrongType
    )


def test_booleans_need_no_check() -> None:
    """A column of booleans is always valid."""
    read = column_parsing.parse_column("value", nw.Boolean(), Boolean())
    assert isinstance(read, column_parsing.ParsedColumn)
    assert not read.checks


def test_sets_of_codes_are_text() -> None:
    """Numbers in such a column are found once."""
    given = pl.DataFrame({"id": ["p1"], "name_fi": ["Hanke"], "name_unofficial": [1]})
    found = frames.check({"projects": given}).findings
    assert ("TSK002", "/projects/name_unofficial") in {(each.code, each.path) for each in found}


def test_references_into_a_rejected_register_are_not_checked() -> None:
    """Where a whole register could not be read, its keys are not known."""
    rejected = SimpleNamespace(with_unreadable_keys=frozenset[str]())
    context = SimpleNamespace(rejected={("projects", None)})
    tables: Any = SimpleNamespace(context=context, rejected=rejected)
    assert [
        *vars(document)["_dangling_references"]("grants", "project", ("projects",), tables)
    ] == []


def test_list_with_an_unreadable_known_column_is_not_checked() -> None:
    """Rows of a list do not contradict an unknown value."""
    schema = SCHEMAS["projects_goals"]
    table_input = SimpleNamespace(unusable_columns={schema.table.known_column})
    tables: Any = SimpleNamespace(inputs={schema.parent_table: table_input})
    assert [*vars(document)["_rows_of_unknown_lists"](schema, tables)] == []


def test_several_relations_of_duckdb_become_one() -> None:
    """The queries run one by one, and their rows are in one relation."""
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    relations = [connection.sql(f"SELECT '{number}' AS n") for number in range(101)]
    engine = duckdb_and_spark_engines.DuckEngine(relations[0])
    together = engine.concatenate([nw.from_native(each) for each in relations])
    assert len(together.collect()) == 101


def test_relations_of_few_rows_need_no_temporary_table() -> None:
    """A report leaves no table on the connection of the user; violations leave one."""
    duckdb = pytest.importorskip("duckdb", minversion="2.0")
    connection = duckdb.connect()
    relation = connection.sql("SELECT 'g1' AS id, 'no-call' AS call, 'p' AS project, 1 AS status")
    checked = frames.check({"grants": relation})
    assert len(checked.report()) == 1
    assert connection.sql("FROM duckdb_tables()").fetchall() == []
    violations: Any = checked.violations
    assert violations.fetchall() == []
    assert len(connection.sql("FROM duckdb_tables()").fetchall()) == 1


@pytest.mark.parametrize("most", [0, 20_000])
def test_many_rows_of_duckdb_are_checked_where_they_are(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Where the rows are too many to be kept in memory, the result is the same."""
    duckdb = pytest.importorskip("duckdb")
    monkeypatch.setattr(duckdb_and_spark_engines, "MAX_ROWS_IN_MEMORY", most)
    connection = duckdb.connect()
    cells = "'shc-2021' AS call, 'lappi' AS project, 'granted' AS status"
    keys = "'g' || (n % 3) AS id, '2021-10-15' AS decided_on"
    rows = f"SELECT {keys}, {cells} FROM range(5) t(n)"  # noqa: S608 - constants
    checked = frames.check({"grants": connection.sql(rows)}, select=["TSK008", "TSK301"])
    assert checked.counts() == (
        ("TSK008", tul.Severity.ERROR, 2),
        ("TSK301", tul.Severity.WARNING, 3),
    )
    monkeypatch.setattr(duckdb_and_spark_engines, "_can_keep", Always(None))  # as DuckDB 1
    again = frames.check({"grants": connection.sql(rows)}, select=["TSK008", "TSK301"])
    assert again.counts() == checked.counts()


def test_other_objects_have_no_engine() -> None:
    """Text, lists and frames of other libraries are rejected."""
    assert engine_choice.engine_of("grants.csv") is None


def test_tables_of_pandas_share_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Polars, the tables of one check are in one DuckDB connection, and are joined."""
    pytest.importorskip("duckdb")
    monkeypatch.setattr("tulevaisuus.frames.engines.engine_choice.find_spec", Always(None))
    grants = pd.DataFrame(
        [{"id": "g1", "call": "shc-2021", "project": "no-such", "status": "granted"}]
    )
    projects = pd.DataFrame([{"id": "p1", "name_fi": "Hanke"}])
    checked = frames.check({"grants": grants, "projects": projects}, select="TSK009")
    violations: Any = checked.violations
    assert [row["column"] for row in violations.to_dict("records")] == ["project"]
    assert len(checked.report()) == 1


@pytest.mark.parametrize(
    ("period", "outside"),
    [
        (tul.Period(dt.date(2020, 1, 1)), [True, False, False]),
        (tul.Period(None, dt.date(2023, 12, 31)), [False, False, True]),
    ],
)
def test_unknown_bound_excludes_no_date(period: tul.Period, outside: list[bool]) -> None:
    """Dates are compared with the known bounds."""
    days = [dt.date(2019, 12, 31), dt.date(2021, 6, 1), dt.date(2024, 1, 1)]
    frame = nw.from_native(pl.DataFrame({"day": days}))
    result = frame.select(outside=expressions.is_outside_period("day", period))
    assert result.to_native()["outside"].to_list() == outside


def test_dates_are_inside_an_unknown_programme() -> None:
    """Without the period of the programme nothing is outside it."""
    tables: Any = SimpleNamespace(context=SimpleNamespace(programme_period=None))
    assert [*vars(programme)["_outside_programme"](tables, "period_start")] == []


def test_unknown_table_is_named() -> None:
    """The finding is at the table, and at its column if there is one."""
    assert pointer_of(Address("sheet1", None, None, None)) == "/sheet1"
    assert pointer_of(Address("sheet1", None, None, "a")) == "/sheet1/a"


@pytest.mark.parametrize(("column", "expected"), [("amount_eur", int), ("decided_on", dt.date)])
def test_columns_of_facts_have_types(column: str, expected: type) -> None:
    """Amounts are cents; other columns have the types of their fields."""
    assert vars(frame_tables)["_column_type"]("grants", column) is expected


def test_amounts_of_facts_are_cents() -> None:
    """An amount of the facts becomes a whole number, as in frames."""
    assert vars(frame_tables)["_constant"](Decimal("1250.50")) == 125_050


def test_cells_of_any_library_are_converted_to_those_of_rows() -> None:
    """Midnights are dates, digits are amounts, and infinite numbers stay for the reader."""
    schema = SCHEMAS["grants"]
    midnight, noon = dt.datetime(2022, 3, 1), dt.datetime(2022, 3, 1, 12)  # noqa: DTZ001 - as cells are
    given = {"decided_on": midnight, "announced_on": noon, "amount_eur": "1250.5"}
    assert python_row(given, schema) == {
        "decided_on": dt.date(2022, 3, 1),
        "announced_on": noon,
        "amount_eur": Decimal("1250.5"),
    }
    infinite = python_row({"amount_eur": Decimal("Infinity")}, schema)
    assert infinite == {"amount_eur": Decimal("Infinity")}
    assert cell_text(None) is None


def test_empty_required_column_is_found_in_each_row() -> None:
    """A column of nulls has no type; the values are missing all the same."""
    given = pl.DataFrame(
        {"id": ["g1"], "project": ["p1"], "status": ["granted"]},
    ).with_columns(call=pl.Series([None], dtype=pl.Null))
    found = frames.check(given, tul.Grant, select="TSK0").violations.to_dicts()
    assert [(row["column"], row["code"]) for row in found] == [("call", "TSK003")]


@pytest.mark.parametrize("part", [{}, {"short_name_fi": [None, "Hanke"]}])
def test_optional_text_needs_finnish(part: Any) -> None:  # noqa: ANN401 - columns
    """Swedish alone is found, whether there is a Finnish column or not."""
    given = pl.DataFrame({"id": ["p1", "p2"], "name_fi": ["A", "B"], "short_name_sv": ["x", None]})
    given = given.with_columns(**{name: pl.Series(values) for name, values in part.items()})
    found = frames.check(given, tul.Project, select="TSK0").violations.to_dicts()
    assert [(row["key"], row["column"], row["code"]) for row in found] == [
        ("p1", "short_name_fi", "TSK003")
    ]


def test_frame_of_another_library_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message lists the supported libraries."""
    frame = SimpleNamespace(implementation=nw.Implementation.DASK)
    monkeypatch.setattr("tulevaisuus.frames.engines.engine_choice.nw.from_native", Always(frame))
    assert engine_choice.engine_of(object()) is None


def test_finding_without_a_row_has_no_value() -> None:
    """A finding on a whole table is at no cell."""
    value = vars(code_lists)["_value"]
    rows = {"goals": [{"number": 1, "name_fi": "Tavoite"}]}
    assert value(Address("goals", "1", None, "name_fi"), rows) == "Tavoite"
    assert value(Address("goals", "2", None, "name_fi"), rows) is None


def test_report_shows_what_the_functions_find(monkeypatch: pytest.MonkeyPatch) -> None:
    """A violation that the rule's function does not find again is counted, and not shown."""
    checked = frames.check(pl.DataFrame({**GRANT, "decided_on": ["1.3.2022"]}), tul.Grant)
    monkeypatch.setattr("tulevaisuus.frames.findings_of_violations._check_fetched_rows", Always(()))
    assert [each.code for each in checked.report()] == []
    assert checked.counts()
