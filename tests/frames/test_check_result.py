"""The result of a check of frames: violations, counts, skipped rules, and the report."""

import datetime as dt
from typing import Any

import pytest

import tulevaisuus as tul
from tests.frames.agreement import ALL, ENGINES, ORDER, frames_of, loaded
from tulevaisuus import frames
from tulevaisuus.findings.messages import MISSING_FIELD
from tulevaisuus.frames import findings_of_violations
from tulevaisuus.frames.findings_of_violations import ViolationRow

pl = pytest.importorskip("polars")

GRANTS: list[dict[str, Any]] = [
    {
        "id": "g1",
        "call": "shc-2021",
        "project": "p1",
        "status": "granted",
        "amount_eur": 150_000_000,
    },
    {
        "id": "g2",
        "call": "shc-2021",
        "project": "p1",
        "status": "granted",
        "amount_eur": 99_000_000,
    },
    {
        "id": "g3",
        "call": "shc-2021",
        "project": "p2",
        "status": "applied",
        "decided_on": "2021-10-15",
    },
]
PROJECTS: list[dict[str, Any]] = [
    {"id": "p1", "name": {"fi": "Hanke"}, "regions": ["05"], "goals": []},
    {"id": "p2", "name": {"fi": "Hanke"}, "regions": ["05", "HUS"]},
]
PORTFOLIO = loaded({"projects": PROJECTS, "grants": GRANTS})


def codes_and_messages(report: tul.Report) -> list[tuple[str, str]]:
    """Return code and message of the findings, sorted."""
    return sorted((each.code, each.message("fi")) for each in report)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_report_has_the_messages_of_the_rules(engine: str) -> None:
    """Frames and objects have the same findings with the same messages, also on sums."""
    codes = ["TSK301", "TSK304", "TSK305", "TSK306", "TSK303"]
    given = {"grants": frames_of(PORTFOLIO, engine)["grants"]}
    checked = frames.check(given, order=ORDER, select=codes)
    report = checked.report()
    assert codes_and_messages(report) == codes_and_messages(tul.check(PORTFOLIO, select=codes))
    assert report.omitted == 0
    assert checked.counts() == report.counts


def test_report_does_not_depend_on_the_order_of_calls() -> None:
    """DuckDB counts while its queries run, or later; rows without a key come first.

    A few rules are enough, as planning the queries of all takes long.
    """
    rows = frames_of(PORTFOLIO, "duckdb")["grants"]
    keyless = rows.query("t", "FROM t UNION ALL BY NAME SELECT NULL::VARCHAR AS id, 'c' AS call")
    codes = ["TSK003", "TSK301", "TSK304"]
    first, second = (frames.check({"grants": keyless}, order=ORDER, select=codes) for _ in range(2))
    kept: Any = first.violations
    assert sum(count for _, _, count in second.counts()) == len(kept.fetchall())
    assert {code for code, _, _ in second.counts()} == {"TSK003", "TSK301"}
    assert second.skipped == ("TSK304",)  # it needs every row
    assert first.report() == second.report()
    assert first.report(limit=2) == second.report(limit=2)


def test_paths_have_keys_in_place_of_indices() -> None:
    """Engines have no row numbers, so a finding names the entity."""
    report = frames.check(frames_of(PORTFOLIO, "polars"), select=["TSK201", "TSK301"]).report()
    assert [(each.path, each.subject) for each in report] == [
        ("/grants/g3/decided_on", "grant g3"),
        ("/projects/p2/regions/1", "project p2"),
    ]


def test_report_is_cut_and_counts_all() -> None:
    """Counts are exact, however few findings are listed."""
    checked = frames.check(frames_of(PORTFOLIO, "polars"), order=ORDER)
    whole, one = checked.report(), checked.report(limit=1)
    assert len(one) == 1
    assert one.counts == whole.counts
    assert one.omitted == len(whole) - 1


def test_wrong_cells_are_reported_in_place_of_rules() -> None:
    """A row with a wrong optional cell is checked by no rule; the others are."""
    rows = frames_of(PORTFOLIO, "polars")["grants"]
    days = pl.when(pl.col("id") == "g1").then(pl.lit("2021-02-30"))
    given = rows.with_columns(applied_on=days)
    report = frames.check(given, tul.Grant, order=ORDER, select=["TSK006", "TSK301"]).report()
    assert [(each.code, each.subject) for each in report] == [
        ("TSK006", "grant g1"),
        ("TSK301", "grant g3"),
    ]
    assert "2021-02-30" in report.findings[0].message("en")


@pytest.mark.parametrize("engine", ENGINES)
def test_violations_are_a_frame_of_the_same_library(engine: str) -> None:
    """The result is lazy if the input is."""
    given = frames_of(PORTFOLIO, engine)["grants"]
    violations: object = frames.check(given, tul.Grant, select="TSK301").violations
    assert type(violations) is type(given)


def test_rules_without_their_tables_are_skipped() -> None:
    """A rule that needs a table that is missing is listed, and not run."""
    given = frames_of(PORTFOLIO, "polars")
    checked = frames.check({"grants": given["grants"], "projects": given["projects"]}, order=ORDER)
    assert {"TSK401", "TSK405", "TSK501"} <= {*checked.skipped}
    assert not {"TSK301", "TSK303", "TSK406"} & {*checked.skipped}
    assert checked.report().skipped == checked.skipped


def test_code_lists_are_read_completely() -> None:
    """An own call is used in look-ups, and is checked itself."""
    call = {"id": "c1", "name": {"fi": "Haku"}, "payer": "nobody", "kind": "linked"}
    own = {**call, "application_period": {"start": "2022-01-01", "end": "2022-02-01"}}
    grant = {
        "id": "g1",
        "call": "c1",
        "project": "p1",
        "status": "granted",
        "decided_on": "2022-01-15",
    }
    portfolio = loaded({"calls": [own], "projects": PROJECTS, "grants": [grant]})
    checked = frames.check(frames_of(portfolio, "polars"), order=ORDER, select=["TSK009", "TSK301"])
    assert codes_and_messages(checked.report()) == codes_and_messages(
        tul.check(portfolio, select=["TSK009", "TSK301"])
    )
    violations: Any = checked.violations
    rows = [(row["table"], row["code"], row["value"]) for row in violations.to_dicts()]
    assert sorted(rows) == [
        ("calls", "TSK009", "nobody"),
        ("grants", "TSK301", "2022-01-15"),
    ]


def test_rules_are_selected_as_for_objects() -> None:
    """A rule on request is run only if it is selected."""
    post = {"id": "o1", "role": "regional_coordinator", "area": "TYKS", "holder": "Esimerkki"}
    given = frames_of(loaded({"posts": [post]}), "polars")
    assert "TSK605" not in {code for code, _, _ in frames.check(given).counts()}
    assert [code for code, _, _ in frames.check(given, select=ALL).counts()].count("TSK605") == 1
    firm = frames.check(given, select="TSK605", min_evidence=tul.Evidence.STATED)
    assert firm.counts() == ()


def test_repr_runs_no_query() -> None:
    """A repr runs nothing."""
    checked = frames.check(pl.LazyFrame({"id": ["g1"]}), tul.Grant)
    assert repr(checked).startswith("<Checked: 3 findings on columns")
    assert repr(checked).endswith("; report() also checks the rows>")


def test_dates_are_written_as_in_documents() -> None:
    """The texts of values are those of documents."""
    given = frames_of(PORTFOLIO, "polars")["grants"]
    violations: Any = frames.check(given, tul.Grant, select=["TSK301"]).violations
    found = violations.to_dicts()
    assert [(row["value"], row["other"]) for row in found] == [(str(dt.date(2021, 10, 15)),) * 2]


def test_report_reads_only_existing_columns() -> None:
    """A report fetches neighbours by areas only where posts have areas."""
    post = {"id": ["t1"], "role": ["regional_coordinator"], "holder": ["Etunimi Sukunimi"]}
    checked = frames.check({"posts": pl.DataFrame(post)}, select=["TSK605"])
    assert [(each.code, each.subject) for each in checked.report()] == [("TSK605", "post t1")]


def test_rows_without_a_key_have_no_number() -> None:
    """Their findings name the register only."""
    row = ViolationRow("grants", None, None, "id", "TSK003", "error", None, None)
    finding = vars(findings_of_violations)["_with_row_number_in_path"](
        MISSING_FIELD.finding(field="id"), row, None
    )
    assert finding.path.startswith("/grants")
