"""A call with a wrong argument says what to give instead."""

from collections.abc import Callable
from typing import Any, cast

import pytest

import tulevaisuus as tul
from tests.helpers import fresh
from tulevaisuus import charts, exchange, formats, frames, testing

GRANT: Any = tul.grants["vs-2021"]
WRONG: Any = 5

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
    "copy of a portfolio": (
        lambda: exchange.write_checked("a.csv", "b.xlsx", cast("Any", tul.Portfolio())),
        "the result of reading the table, not Portfolio",
    ),
    "amounts below a fraction": (lambda: testing.amounts(max_value=cast("Any", 5.5)), "max_value"),
}


@pytest.mark.parametrize("name", TYPE_ERRORS)
def test_the_error_says_what_to_give(name: str) -> None:
    """It is a `TypeError` of the library, and none of a foreign one."""
    call, expected = TYPE_ERRORS[name]
    with pytest.raises(TypeError, match=expected):
        call()


def test_amounts_need_bounds_in_order() -> None:
    """The error has the bounds in euros."""
    with pytest.raises(ValueError, match="max_value=5 is below min_value=100000"):
        testing.amounts(max_value=5)


def test_a_region_without_a_tile_is_named() -> None:
    """Åland has a code, and is none of the regions on the map."""
    with pytest.raises(tul.UnknownCodeError, match=r"Ahvenanmaa.* none of the 22 regions"):
        charts.region_rows({"91": 16})
    with pytest.raises(tul.UnknownCodeError, match="zz"):
        charts.region_rows({"zz": 16})


def test_a_disagreement_is_cited_by_the_sources_that_differ() -> None:
    """They are those of its note."""
    for each in tul.disagreements():
        if each.note.sources:
            cited = tul.cite(each, "bibtex")
            assert all(f"{{{source}," in cited for source in each.note.sources)
    note = tul.Note(field="name", text=tul.disagreements()[0].note.text, disagreement=True)
    without = tul.Disagreement(register="grants", key="x", field="name", note=note)
    with pytest.raises(tul.UnknownCodeError, match="names no source"):
        tul.cite(without)


def test_a_subpackage_that_is_not_imported_is_named_with_its_import() -> None:
    """The packages beside the front door are imported by name."""
    code = "import tulevaisuus as tul\ntry:\n    tul.{0}\nexcept AttributeError as e:\n    print(e)"
    for name in ("charts", "frames", "funding", "reports", "testing"):
        assert f"import tulevaisuus.{name} first" in fresh(code.format(name))


def test_tables_without_the_class_make_an_empty_register() -> None:
    """The tables of a document need not hold every class."""
    assert not formats.from_rows(formats.to_rows(tul.grants), tul.Project)
    assert not formats.from_rows({}, tul.Project)


@pytest.mark.parametrize("method", ["to_dict", "to_dicts", "to_pylist"])
def test_a_data_frame_among_rows_is_named_with_its_conversion(method: str) -> None:
    """One finding names the method, in place of one for each column."""
    frame: Any = type("Frame", (), {"columns": (), "__iter__": iter, method: None})()
    (finding,) = formats.read_rows({"grants": frame}).findings
    assert finding.path == "/grants"
    assert f".{method}(" in str(finding)


def test_an_object_with_columns_may_be_rows() -> None:
    """Only data frames are rejected."""
    rows = type("Rows", (list,), {"columns": ()})()
    assert formats.read_rows({"grants": rows}).ok


def test_a_wrong_element_of_a_portfolio_is_named_with_the_class() -> None:
    """The register knows which class it is of."""
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
def test_a_long_wrong_argument_makes_a_short_message(name: str) -> None:
    """What was given is cut, so that no log is filled with it."""
    with pytest.raises((TypeError, ValueError)) as caught:
        LONG_ARGUMENTS[name]()
    assert len(str(caught.value)) < 300
