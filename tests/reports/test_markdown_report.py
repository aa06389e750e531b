"""`to_markdown`: a table for each document; text of a document is never markup."""

import functools

import pytest

import tulevaisuus as tul
from tulevaisuus.findings import LANGUAGES, LocalizedText, Location
from tulevaisuus.reports import to_markdown

BROKEN = "examples/varsinais-suomi-broken.json"


a_finding = functools.partial(
    tul.Finding,
    code="TSK302",
    severity=tul.Severity.ERROR,
    path="/x",
    subject="grant a",
    template=LocalizedText(fi="pitkä", sv="lång", en="long"),
)
"""Make a finding of TSK302, with other fields than these if they are given."""


def test_document_is_a_heading_a_table_and_the_counts() -> None:
    """The columns are rule with title, object, location and message."""
    title = LocalizedText(fi="Otsikko", sv="Rubrik", en="Title")
    where = Location(source="a.json", line=2, column=7)
    report = tul.Report.of(
        [a_finding(), a_finding(location=where)], titles={"TSK302": title}, skipped=["TSK304"]
    )
    assert to_markdown(report, language="sv", name="b.json") == (
        "## b.json\n\n"
        "| regel | objekt | ställe | iakttagelse |\n"
        "| --- | --- | --- | --- |\n"
        "| fel **TSK302** Rubrik | understöd a | /x | lång |\n"
        "| fel **TSK302** Rubrik | understöd a | a.json:2:7 | lång |\n"
        "\n"
        "fel: 2, varningar: 0, anmärkningar: 0\n"
        "\n"
        "regler som inte tillämpades, eftersom uppgifter som de behöver inte gavs eller inte kunde "
        "läsas: TSK304\n"
    )


def test_document_without_findings_has_no_table() -> None:
    """It has the counts only."""
    assert to_markdown(tul.Report()) == ("## portfolio.json\n\nerrors: 0, warnings: 0, notes: 0\n")


def test_several_documents_are_several_sections() -> None:
    """Each has its heading; a file that could not be opened has the reason."""
    documents: list[tuple[str, tul.Report | OSError]] = [
        ("a.json", tul.Report.of([a_finding()] * 2, limit=1)),
        ("b.json", OSError(13, "x")),
    ]
    text = to_markdown(documents)
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "## a.json",
        "## b.json",
    ]
    assert "findings that are not listed: 1, of which errors: 1" in text
    assert text.endswith("## b.json\n\nthe file could not be opened: permission denied\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_finding_is_one_row(language: str) -> None:
    """Whatever the message is, a row has four cells."""
    report = tul.check(tul.read(BROKEN))
    rows = [line for line in to_markdown(report, language=language).splitlines() if line[:1] == "|"]
    assert len(rows) == len(report) + 2
    assert {row.replace(r"\|", "").count("|") for row in rows} == {5}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a|b", r"a\|b"),
        ("<b>", r"\<b\>"),
        ("[x](https://example.org)", r"\[x\]\(https\://example.org\)"),
        ("a\nb", r"a\\u000ab"),
        ("@who #1", r"\@who \#1"),
    ],
)
def test_text_of_a_document_is_escaped(text: str, shown: str) -> None:
    """Names and subjects make no cells, links, tags or mentions."""
    written = to_markdown([(text, tul.Report.of([a_finding(subject=f"grant {text}")]))])
    assert written.startswith(f"## {shown}\n")
    assert f"| grant {shown} |" in written
