"""`read_rows` reads portfolios from tables, and reports errors as findings."""

import math
from decimal import Decimal
from typing import Any

import pytest

import tulevaisuus as tul
from tests.helpers import found
from tulevaisuus import formats
from tulevaisuus.formats import row_reading
from tulevaisuus.formats.intake import Intake
from tulevaisuus.formats.reading import load

CALL = {"id": "c1", "name_fi": "Haku"}
PROGRAMME = {"id": "p", "name_fi": "Ohjelma"}


def test_portfolio_is_read_from_its_tables() -> None:
    """What `to_rows` writes of several classes is read back as one portfolio."""
    portfolio = load("examples/varsinais-suomi.json")
    rows = formats.to_rows([*portfolio.projects, *portfolio.grants, *portfolio.organisations])
    reading = formats.read_rows(rows)
    assert found(reading.findings) == []
    assert reading.portfolio.projects == portfolio.projects
    assert reading.portfolio.grants == portfolio.grants
    assert reading.portfolio.organisations == portfolio.organisations


def test_findings_name_table_and_row() -> None:
    """Rows count from 1 in a location, from 0 in a path; findings of rules have the row, too."""
    wrong = {**CALL, "id": "c0", "cost_period_end": "31.12."}
    rows = [wrong, CALL, {**CALL, "id": "c2", "continues": "x"}]
    tables: dict[str, Any] = {"calls": rows, "cals": [], "grants": 5}
    reading = formats.read_rows(tables)
    assert found(reading.findings) == [
        "TSK006 /calls/0/cost_period_end",
        "TSK004 /cals",
        "TSK002 /grants",
    ]
    location = reading.findings[0].location
    assert location is not None
    assert (location.sheet, location.row) == ("calls", 1)
    assert [each.place for each in reading.rejected] == [0]
    (dangling,) = [each for each in tul.check(reading).findings if each.code == "TSK009"]
    assert dangling.location is not None
    assert (dangling.path, dangling.location.row) == ("/calls/2/continues", 3)


def test_a_rejected_programme_is_one_too() -> None:
    """The second row is reported, be it valid or not; a valid one is kept."""
    wrong = {**PROGRAMME, "id": "q", "period_start": 5}
    reading = formats.read_rows({"programme": [wrong, PROGRAMME]})
    assert found(reading.findings) == ["TSK002 /programme/0/period_start", "TSK008 /programme/1/id"]
    assert reading.portfolio.programme is not None
    reading = formats.read_rows({"programme": [PROGRAMME, wrong]})
    assert found(reading.findings) == ["TSK008 /programme/1/id", "TSK002 /programme/1/period_start"]
    assert reading.portfolio.programme is not None
    assert reading.portfolio.programme.id == "p"
    (second,) = [each for each in reading.findings if each.code == "TSK008"]
    assert "q is the second" in second.message("en")


def test_portfolio_has_one_programme() -> None:
    """A second one is rejected."""
    reading = formats.read_rows({"programme": [PROGRAMME, {**PROGRAMME, "id": "q"}]})
    assert found(reading.findings) == ["TSK008 /programme/1/id"]
    assert reading.portfolio.programme is not None
    assert reading.portfolio.programme.id == "p"
    assert [each.key for each in reading.rejected] == ["q"]


def test_the_number_of_findings_is_limited() -> None:
    """The first are kept, all are counted."""
    tables: dict[str, Any] = {"calls": [5] * 9}
    reading = formats.read_rows(tables, limits=tul.Limits(findings=2))
    assert (len(reading.findings), reading.omitted) == (2, 7)


@pytest.mark.parametrize("place", [math.nan, Decimal("NaN")])
def test_missing_values_of_other_libraries_are_explained(place: object) -> None:
    """Data frames have them where a row should have None, also as positions and as rows."""
    source: dict[str, object] = {"id": "s", "publisher": "x", "about": place}
    tables: Any = {
        "sources": [source, place],
        "calls_sources": [{"call_id": "c", "sources_place": place, "value": "s"}],
        "calls": [{"id": "c", "sources_known": True}],
    }
    messages = [each.message("en") for each in formats.read_rows(tables).findings]
    assert len([each for each in messages if "which means a missing value; use None" in each]) == 3


@pytest.mark.parametrize("columns", [None, ("id", "name_fi")])
def test_known_columns_are_not_searched_for_unknown_ones(
    columns: tuple[str, ...] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking for unknown columns takes long, so that rows without any are left alone."""
    monkeypatch.setattr(row_reading, "unknown_fields", None)
    all_columns = formats.columns_of(tul.Body)["bodies"]
    row = dict.fromkeys(columns or all_columns, None) | {"id": "b", "name_fi": "x"}
    intake = Intake()
    (entry,) = row_reading.batch_entries({"bodies": [row]}, tul.Body, intake)
    assert intake.take(entry) == tul.Body(id="b", name=tul.Text("x"))


def test_unknown_tables_are_called_tables() -> None:
    """Only the first messages list the known tables, and a similar name is suggested."""
    tables: dict[str, Any] = {"grantz": [], "log1": [], "log2": [], "log3": [], "log4": []}
    reading = formats.read_rows({"calls": [CALL], **tables})
    assert found(reading.findings) == [f"TSK004 /{name}" for name in tables]
    near, *listed, again = [finding.message("en") for finding in reading.findings]
    assert near == 'there is no table "grantz"; did you mean "grants"?'
    assert listed[0].startswith('there is no table "log1"; the known tables are programme,')
    assert again == 'there is no table "log4"; remove it or correct its name'
