"""`Report.unchecked`: the objects that no rule has checked, as reading rejected them."""

import attrs
import pytest

import tulevaisuus as tul
from tulevaisuus import exchange, reports
from tulevaisuus.findings import LANGUAGES, Unchecked
from tulevaisuus.reports.notebooks import html_of

GOOD = {"id": "a", "call": "shc-2021", "project": "varsinais-suomi", "status": "granted"}
HEADER = {"format": "tulevaisuus", "format_version": "1.0"}


def report_on(*grants: object, limit: int | None = None, **members: object) -> tul.Report:
    """Check a document with these grants."""
    return tul.check(tul.read({**HEADER, "grants": [*grants], **members}), limit=limit)


def test_every_rejected_object_is_listed() -> None:
    """Wrong values, missing and duplicate keys, other types and whole registers."""
    wrong: dict[str, object] = {**GOOD, "id": "b", "amount_eur": "1"}
    keyless: dict[str, object] = {"call": "shc-2021"}
    report = report_on(GOOD, wrong, keyless, 5, GOOD, posts=5)
    assert report.unchecked == (
        Unchecked(path="/grants/1", subject="grant b"),
        Unchecked(path="/grants/2", subject="grant"),
        Unchecked(path="/grants/3", subject="grant"),
        Unchecked(path="/grants/4", subject="grant a"),
        Unchecked(path="/posts"),
    )
    assert report.unchecked_count == 5
    assert repr(report).endswith("; 5 unchecked>")


def test_valid_document_has_none() -> None:
    """Every object that was read was checked."""
    assert report_on(GOOD).unchecked == tul.check(tul.reference).unchecked == ()
    assert "checked on" not in reports.to_text(report_on(GOOD))


def test_programme_is_an_object_without_an_index() -> None:
    """Its path has no index, and its subject is its class."""
    (programme,) = report_on(GOOD, programme={"id": 1}).unchecked
    assert (programme.path, programme.subject) == ("/programme", "programme")


@pytest.mark.parametrize("limit", [0, 1, 2, 3])
def test_limit_keeps_the_count_exact(limit: int) -> None:
    """As many are listed as findings; the others are counted."""
    report = report_on({}, {}, limit=limit)
    assert len(report.unchecked) == min(limit, 2)
    assert report.unchecked_count == 2
    assert report.to_dict()["unchecked_omitted"] == max(0, 2 - limit)


def test_first_of_very_many_are_listed() -> None:
    """By default as many are listed as a reader keeps findings."""
    empty: dict[str, object] = {}
    report = report_on(*[empty] * 1_002)
    assert (len(report.unchecked), report.unchecked_omitted) == (1_000, 2)
    assert "…" in reports.to_text(report)


@pytest.mark.parametrize("limit", [0, None])
def test_unreadable_document_is_one_object(limit: int | None) -> None:
    """Its registers are not listed one by one."""
    report = tul.check(tul.read(b"{"), limit=limit)
    assert report.unchecked_count == 1
    assert limit == 0 or report.unchecked == (Unchecked(path=""),)
    sentence = "no rule was checked" if limit is None else "objects that no rule was checked on"
    assert sentence in " ".join(reports.to_text(report).split())


def test_object_of_a_table_has_its_row() -> None:
    """An object without a key is named by its location in the file."""
    table = b"Tunnus;Haku;Hanke;Tila\na;shc-2021;varsinais-suomi;xx\n;shc-2021;lappi;x\n"
    report = tul.check(exchange.read_table(table, tul.Grant))
    first, second = report.unchecked
    assert first.subject == "grant a"
    assert second.location is not None
    assert second.location.row == 3
    assert "grant a, grant (" in " ".join(reports.to_text(report).split())


LATER = {**GOOD, "decided_on": "2025-01-01"}
"""A valid object that breaks a rule."""


@pytest.mark.parametrize(
    ("grants", "expected"),
    [
        ([LATER, GOOD], "1 (grant a (/grants/1))"),
        ([GOOD, GOOD], "1 (grant a (/grants/1))"),
        ([{**GOOD, "status": 1}, GOOD], "1 (grant a (/grants/0))"),
        ([{**GOOD, "status": 1}] * 2, "2 (grant a (/grants/0), grant a (/grants/1))"),
        ([GOOD, {**GOOD, "id": "b", "status": 1}], "1 (grant b)"),
    ],
    ids=["second", "second-of-one-without-findings", "first", "both", "another-key"],
)
def test_object_with_a_repeated_key_is_named_with_its_place(
    grants: list[dict[str, object]], expected: str
) -> None:
    """The key alone would name the object that was checked, whose findings are in the report."""
    assert f": {expected};" in " ".join(reports.to_text(report_on(*grants)).split())


def test_repeated_row_without_a_number_is_named_by_its_key() -> None:
    """A path that ends with the key would only repeat it."""
    unchecked = (Unchecked(path="/grants/a", subject="grant a"),)
    (finding,) = report_on(GOOD, GOOD).findings
    report = tul.Report(findings=(attrs.evolve(finding, path="/grants/a/id"),), unchecked=unchecked)
    assert ": 1 (grant a);" in " ".join(reports.to_text(report).split())


def test_every_output_for_people_lists_them() -> None:
    """Text, Markdown, HTML and notebooks name the objects, in each language."""
    pytest.importorskip("jinja2")
    report = report_on({**GOOD, "status": 1})
    for language in LANGUAGES:
        word = {"fi": "avustus a", "sv": "understöd a", "en": "grant a"}[language]
        for text in (
            reports.to_text(report, language=language),
            reports.to_markdown(report, language=language),
            reports.to_html(report, language=language),
        ):
            assert f": 1 ({word})" in " ".join(text.replace("\\", "").split())
    assert ": 1 (grant a)" in html_of(report)


def test_pydantic_and_json_keep_them() -> None:
    """A report that is read back from its JSON has them, with their locations."""
    pydantic = pytest.importorskip("pydantic")
    report = tul.check(tul.read("examples/varsinais-suomi-broken.json"))
    adapter = pydantic.TypeAdapter(tul.Report)
    again = adapter.validate_json(report.to_json())
    assert again.unchecked == report.unchecked
    assert again.unchecked[0].location == report.unchecked[0].location


@pytest.mark.parametrize("data", [b"", b"a,b\n", b"\x89PNG\r\n\x1a\n\x00\x00"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_unreadable_table_has_one_sentence(data: bytes, language: str) -> None:
    """Neither every register nor every rule is listed for it."""
    report = tul.check(exchange.read_table(data, tul.Grant))
    assert report.unchecked == (Unchecked(path=""),)
    for shown in (
        reports.to_text(report, language=language),
        reports.to_markdown(report, language=language),
    ):
        assert "TSK303" not in shown
        assert "/goals" not in shown
    assert report.skipped  # they are in the report
