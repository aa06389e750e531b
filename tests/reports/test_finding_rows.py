"""`to_rows` and `subject_text`: findings as flat rows, and names of objects for people."""

import attrs
import pytest

import tulevaisuus as tul
from tulevaisuus.findings import LANGUAGES, Location
from tulevaisuus.model.labels import entity_label
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.reports import to_rows
from tulevaisuus.reports.report_texts import subject_text

BROKEN = "examples/varsinais-suomi-broken.json"
KEYS = [
    "document",
    "severity",
    "code",
    "title",
    "subject",
    "path",
    "line",
    "column",
    "sheet",
    "row",
    "cell",
    "message",
    "sources",
]


def test_rows_of_one_report() -> None:
    """They are those of the report, with the given document."""
    report = tul.check(tul.read(BROKEN))
    rows = to_rows(report, language="fi", name="a.json")
    assert rows == report.to_rows("fi", document="a.json")
    assert {tuple(row) for row in rows} == {tuple(KEYS)}
    assert {row["document"] for row in rows} == {"a.json"}


def test_rows_of_several_reports() -> None:
    """Each row has its document; a file that could not be opened has none."""
    report = tul.check(tul.read(BROKEN))
    rows = to_rows([("a.json", report), ("x.json", OSError(2, "x")), ("b.json", report)])
    assert [row["document"] for row in rows] == ["a.json"] * len(report) + ["b.json"] * len(report)


def test_row_has_the_location() -> None:
    """Line and column, or sheet, row and cell; without a name the file is the document."""
    finding = tul.check(tul.read(BROKEN)).findings[0]
    where = Location(source="a.xlsx", sheet="Grants", row=17, cell="B17", line=2, column=3)
    (row,) = to_rows(tul.Report.of([attrs.evolve(finding, location=where)]))
    shown = {name: row[name] for name in ("document", "line", "column", "sheet", "row", "cell")}
    assert shown == {
        "document": "a.xlsx",
        "line": 2,
        "column": 3,
        "sheet": "Grants",
        "row": 17,
        "cell": "B17",
    }
    (row,) = to_rows(tul.Report.of([attrs.evolve(finding, location=None)]))
    assert (row["document"], row["line"], row["cell"]) == (None, None, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_class_of_subject_has_a_label(language: str) -> None:
    """Each class that a finding can be about is written as its label."""
    for cls in REGISTERS.values():
        expected = entity_label(cls.singular).get(language)
        assert subject_text(f"{cls.singular} a b", language) == f"{expected} a b"


def test_unknown_class_keeps_its_name() -> None:
    """The subject of a user's class, and an empty one, are unchanged."""
    assert subject_text("vehicle 1", "fi") == "vehicle 1"
    assert subject_text("", "fi") == ""
