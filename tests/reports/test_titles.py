"""Which findings are shown with the title of their rule."""

import pytest

import tulevaisuus as tul
from tulevaisuus.exchange import read_table
from tulevaisuus.findings.report import is_reading_note, title_of
from tulevaisuus.reports import html_of, to_html, to_markdown, to_text

TITLE = "A file is not as it should be"


def report_of(text: str) -> tul.Report:
    """Check a table of grants."""
    return tul.check(read_table(text.encode(), tul.Grant))


VALID_TABLE = report_of("id;project;call;status\ng1;pirsote;shc-2021;planned\n")
"""A table about which there is only the note on its encoding."""

BROKEN = report_of('id;project;call;status\n"g1;pirsote;shc-2021;planned\n')
"""A table with a quotation mark that has no pair."""


def test_note_of_reading_has_no_title() -> None:
    """A note on the encoding would be misread with the title for unreadable files."""
    assert [each.code for each in VALID_TABLE] == ["TSK001"]
    assert [row["title"] for row in VALID_TABLE.to_rows()] == [""]
    for shown in (
        to_text(VALID_TABLE),
        to_markdown(VALID_TABLE),
        to_html(VALID_TABLE),
        html_of(VALID_TABLE),
    ):
        assert TITLE not in shown
        assert "the encoding is UTF-8" in shown


def test_error_of_the_same_rule_has_its_title() -> None:
    """Where the file has an error, the title fits."""
    assert [row["title"] for row in BROKEN.to_rows()] == [TITLE]
    for shown in (to_text(BROKEN), to_markdown(BROKEN), to_html(BROKEN), html_of(BROKEN)):
        assert TITLE in shown


@pytest.mark.parametrize("severity", tul.Severity)
def test_notes_of_other_rules_keep_their_title(severity: tul.Severity) -> None:
    """Only notes with codes of documents are about reading."""
    titles = {"TSK004": "of a field", "TSK313": "of a day"}
    assert title_of("TSK313", severity, titles) == "of a day"
    assert title_of("TSK004", severity, titles) == ("" if severity == "note" else "of a field")
    assert is_reading_note("TSK004", severity) is (severity is tul.Severity.NOTE)
