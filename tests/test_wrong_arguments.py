"""A wrong argument raises an error that states what to pass instead."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any, cast

import pytest

import tulevaisuus as tul
from tests.helpers import run_python
from tulevaisuus import charts, exchange, formats, frames, reports, testing

GRANT: Any = tul.grants["vs-2021"]
WRONG: Any = 5
EMPTY = tul.Portfolio()
SINK = io.BytesIO()
DAY = dt.date(2021, 1, 1)
PERIOD = tul.Period(start=DAY)

TYPE_ERRORS: dict[str, tuple[Callable[[], object], str]] = {
    "rows of a portfolio": (lambda: formats.to_rows(cast("Any", tul.reference)), "not Portfolio"),
    "rows of nothing": (lambda: formats.to_rows(cast("Any", None)), "give entities"),
    "rows of one grant": (lambda: formats.to_rows(GRANT), "not Grant"),
    "rows of a text": (lambda: formats.to_rows(cast("Any", "grants")), "not str"),
    "columns of a name": (
        lambda: formats.columns_of(cast("Any", "grants")),
        "class of type Entity",
    ),
    "citation of a gap": (lambda: tul.cite(cast("Any", tul.gaps()[0])), r"tulevaisuus\.grants\["),
    "citation of an id": (lambda: tul.cite(cast("Any", "x")), r"tulevaisuus\.sources\['x'\]"),
    "map of nothing": (lambda: charts.region_map(cast("Any", None)), "codes of regions"),
    "map with a number as title": (lambda: charts.region_map({}, title=WRONG), "title is a text"),
    "chart of a portfolio": (
        lambda: charts.findings_chart(cast("Any", tul.reference)),
        "give a report",
    ),
    "amounts below a text": (lambda: testing.amounts(max_value=cast("Any", "5")), "whole euros"),
    "files of no table": (lambda: frames.check_files(cast("Any", "x")), "files of each table"),
    "files that are a number": (lambda: frames.check_files({"grants": WRONG}), "files of grants"),
    "files that are none": (lambda: frames.check_files({"grants": []}), "files of grants"),
    "tables with a class": (
        lambda: frames.check(cast("Any", {}), tul.Grant),
        "leave out the class",
    ),
    "table with pairs": (
        lambda: exchange.read_table(b"", tul.Grant, constants=cast("Any", [("call", "x")])),
        r"constants is a mapping such as \{'call'",
    ),
    "table with a list of headers": (
        lambda: exchange.read_table(b"", tul.Grant, headers=cast("Any", ["Tila"])),
        "headers is a mapping such as .*, not list",
    ),
    "stream with a delimiter": (
        lambda: exchange.read_csv(b"", tul.Grant, dialect=cast("Any", ";")),
        r"such as Dialect\(delimiter=",
    ),
    "a table with swapped arguments": (
        lambda: exchange.write_table(cast("Any", tul.grants), cast("Any", "a.csv")),
        "write_table takes a path first, then the entities, not a value of type BundledRegister",
    ),
    "a package with swapped arguments": (
        lambda: exchange.write_package(cast("Any", "a.zip"), cast("Any", EMPTY)),
        "write_package takes a Portfolio first, then a path, not a value of type str",
    ),
    "a package without a path": (
        lambda: exchange.write_package(EMPTY, WRONG),
        "write_package takes a Portfolio first, then a path, not a value of type int",
    ),
    "Parquet with swapped arguments": (
        lambda: exchange.write_parquet(cast("Any", "a"), cast("Any", EMPTY)),
        "write_parquet takes the data first, then a folder, not a value of type Portfolio",
    ),
    "an official table with swapped arguments": (
        lambda: exchange.to_va(cast("Any", "a.xlsx"), cast("Any", EMPTY)),
        "to_va takes a Portfolio first, then a path, not a value of type str",
    ),
    "an official table without a path": (
        lambda: exchange.to_va(EMPTY, WRONG),
        "to_va takes a Portfolio first, then a path, not a value of type int",
    ),
    "a reader of the base class": (
        lambda: formats.structure({}, tul.Value),
        "Value is the base of all classes and has no fields: give a class that is derived",
    ),
    "copy of a portfolio": (
        lambda: exchange.write_checked("a.csv", "b.xlsx", cast("Any", tul.Portfolio())),
        "the result of reading the table, not Portfolio",
    ),
    "lines of nothing": (lambda: formats.write_lines(SINK, cast("Any", None)), "give entities"),
    "lines of one grant": (lambda: formats.write_lines(SINK, GRANT), "not Grant"),
    "lines with no function": (
        lambda: formats.read_lines(SINK, tul.Grant, WRONG),
        "on_problem takes a function that is called with each RejectedLine",
    ),
    "rows without names": (lambda: formats.read_rows(cast("Any", [])), "tables takes the rows"),
    "a register of nothing": (lambda: tul.Register(cast("Any", None)), "Register takes entities"),
    "findings of no exception": (lambda: formats.findings_of(WRONG), "takes an exception"),
    "hooks of no converter": (lambda: formats.register(WRONG), "takes a converter of cattrs"),
    "a wrong reference": (lambda: tul.check(EMPTY, reference=WRONG), "reference takes a Portfolio"),
    "no rules": (lambda: tul.check(EMPTY, rules=WRONG), "rules takes a register of rules"),
    "rules that are none": (
        lambda: tul.check(EMPTY, rules=cast("Any", tul.grants)),
        "rules takes a register of rules, .* not a value of type Grant",
    ),
    "no progress": (lambda: tul.check(EMPTY, progress=WRONG), "progress takes a function"),
    "a portfolio over text": (lambda: EMPTY.over(cast("Any", "x")), "over takes a Portfolio"),
    "a report of a text": (lambda: reports.to_text(cast("Any", "x")), "report takes a Report"),
    "a page of nothing": (lambda: reports.to_html(cast("Any", None)), "report takes a Report"),
    "triples": (lambda: reports.to_sarif(cast("Any", [(1, 2, 3)])), "pairs of a name and a Report"),
    "pairs of texts": (
        lambda: reports.to_junit(cast("Any", [("a", "b")])),
        "not a value of type str",
    ),
    "a report of texts": (lambda: tul.Report.of(cast("Any", ["x"])), "takes a list of findings"),
    "a reading of texts": (lambda: tul.Reading.of(cast("Any", ["x"])), "takes a list of findings"),
    "the entities of a name": (
        lambda: tul.read(b"{}", of=cast("Any", "x")),
        "class of type Entity",
    ),
    "a document that is a reading": (
        lambda: tul.read(cast("Any", tul.read(b"{}"))),
        "it is read already, and tulevaisuus.check takes it",
    ),
    "a document that is a grant": (lambda: tul.read(GRANT), "put it into a Portfolio"),
    "a document that is a list": (
        lambda: tul.read(cast("Any", [GRANT])),
        r"formats\.structure\(\.\.\., tulevaisuus\.Register\[Grant\]\)",
    ),
    "a document that is a data frame": (
        lambda: tul.read(cast("Any", type("Frame", (), {"columns": ()})())),
        "for a data frame use frames.check, or formats.from_rows",
    ),
    "a period without a text": (
        lambda: PERIOD.minus(cast("Any", "2021")),
        "compares with a period",
    ),
    "a period with a day": (
        lambda: PERIOD.contains(cast("Any", DAY)),
        "for a day, use: day in period",
    ),
    "a period outside none": (lambda: [*PERIOD.days_outside(WRONG)], "compares with a period"),
    "the goals of a goal": (
        lambda: tul.goals_for(cast("Any", tul.goals[1])),
        "for a goal, use services_for",
    ),
    "the entities of a register": (
        lambda: tul.read(b"{}").entities_of(cast("Any", "grants")),
        "entities_of takes a class of entities",
    ),
    "the entities of a number": (lambda: tul.read(b"{}").entities_of(WRONG), "class of entities"),
    "amounts below a fraction": (lambda: testing.amounts(max_value=cast("Any", 5.5)), "max_value"),
}


@pytest.mark.parametrize("name", TYPE_ERRORS)
def test_error_names_the_expected_argument(name: str) -> None:
    """It is a `TypeError` of the library, not one of another library."""
    call, expected = TYPE_ERRORS[name]
    with pytest.raises(TypeError, match=expected):
        call()


def test_amounts_need_bounds_in_order() -> None:
    """The error has the bounds in euros."""
    with pytest.raises(ValueError, match="max_value=5 is below min_value=100000"):
        testing.amounts(max_value=5)


def test_region_without_a_tile_is_an_error() -> None:
    """Åland has a code, but is not on the map."""
    with pytest.raises(tul.UnknownCodeError, match=r"Ahvenanmaa.* none of the 22 regions"):
        charts.region_rows({"91": 16})
    with pytest.raises(tul.UnknownCodeError, match="zz"):
        charts.region_rows({"zz": 16})


def test_disagreement_is_cited_by_its_sources() -> None:
    """The sources that differ are those of its note."""
    for each in tul.disagreements():
        if each.note.sources:
            cited = tul.cite(each, "bibtex")
            assert all(f"{{{source}," in cited for source in each.note.sources)
    note = tul.Note(field="name", text=tul.disagreements()[0].note.text, disagreement=True)
    without = tul.Disagreement(register="grants", key="x", field="name", note=note)
    with pytest.raises(tul.UnknownCodeError, match="names no source"):
        tul.cite(without)


def test_package_that_must_be_imported_is_named_with_its_import() -> None:
    """It loads Hypothesis, and only programs that test something should."""
    code = "import tulevaisuus as t\ntry:\n    t.testing\nexcept AttributeError as e:\n    print(e)"
    assert "import tulevaisuus.testing first" in run_python(code)


def test_tables_without_the_class_make_an_empty_register() -> None:
    """The tables of a document need not include every class."""
    assert not formats.from_rows(formats.to_rows(tul.grants), tul.Project)
    assert not formats.from_rows({}, tul.Project)


@pytest.mark.parametrize("method", ["to_dict", "to_dicts", "to_pylist"])
def test_data_frame_in_place_of_rows_is_named_with_its_conversion(method: str) -> None:
    """One finding names the method, in place of one for each column."""
    frame: Any = type("Frame", (), {"columns": (), "__iter__": iter, method: None})()
    (finding,) = formats.read_rows({"grants": frame}).findings
    assert finding.path == "/grants"
    assert f".{method}(" in str(finding)


def test_object_with_columns_may_be_rows() -> None:
    """Only data frames are rejected."""
    rows = type("Rows", (list,), {"columns": ()})()
    assert formats.read_rows({"grants": rows}).ok


def test_wrong_element_of_a_portfolio_is_named_with_the_class() -> None:
    """The register knows its class."""
    with pytest.raises(tul.InvalidValueError, match="a value of type Grant"):
        tul.Portfolio(grants=cast("Any", [1]))


LONG = "x" * 100_000


LONG_ARGUMENTS: dict[str, Callable[[], object]] = {
    "a limit": lambda: tul.Limits(bytes=cast("Any", LONG)),
    "a number": lambda: tul.Limits(bytes=-(10**9999)),
    "limits": lambda: tul.read(b"{}", limits=cast("Any", LONG)),
    "an entity": lambda: tul.cite(cast("Any", LONG)),
    "a class": lambda: formats.columns_of(cast("Any", LONG)),
    "files": lambda: frames.check_files({"grants": cast("Any", [5, LONG])}),
    "a title": lambda: charts.region_map({}, title=cast("Any", [LONG])),
    "an amount": lambda: testing.amounts(max_value=cast("Any", LONG)),
}


@pytest.mark.parametrize("name", LONG_ARGUMENTS)
def test_long_wrong_argument_makes_a_short_message(name: str) -> None:
    """The argument is cut, so that logs stay short."""
    with pytest.raises((TypeError, ValueError)) as caught:
        LONG_ARGUMENTS[name]()
    assert len(str(caught.value)) < 300


def test_the_style_of_a_citation_is_one_of_three() -> None:
    """A list is not a style either, though it cannot be hashed."""
    with pytest.raises(ValueError, match=r"unknown style .*use one of text"):
        tul.cite(GRANT, cast("Any", ["text"]))
