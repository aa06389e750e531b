"""Which findings are shown with the title of their rule, and which have none that fits."""

import pytest

import tulevaisuus as tul
from tulevaisuus.exchange import read_table
from tulevaisuus.findings.report import is_reading_note, title_of
from tulevaisuus.reports import html_of, to_html, to_markdown, to_text

TITLE = "A file is not as it should be"


def report_of(text: str) -> tul.Report:
    """Check a table of grants."""
    return tul.check(read_table(text.encode(), tul.Grant))


VALID = report_of("id;project;call;status\ng1;pirsote;shc-2021;planned\n")
"""A table about which there is only the note on its encoding."""

BROKEN = report_of('id;project;call;status\n"g1;pirsote;shc-2021;planned\n')
"""A table with a quotation mark that has no pair."""


def test_a_note_on_reading_has_no_title() -> None:
    """A note on the encoding would be misread beside the title for broken files."""
    assert [each.code for each in VALID] == ["TSK001"]
    assert [row["title"] for row in VALID.to_rows()] == [""]
    for shown in (to_text(VALID), to_markdown(VALID), to_html(VALID), html_of(VALID)):
        assert TITLE not in shown
        assert "the encoding is UTF-8" in shown


def test_an_error_of_the_same_rule_has_its_title() -> None:
    """Where something is wrong with the file, the title says so."""
    assert [row["title"] for row in BROKEN.to_rows()] == [TITLE]
    for shown in (to_text(BROKEN), to_markdown(BROKEN), to_html(BROKEN), html_of(BROKEN)):
        assert TITLE in shown


@pytest.mark.parametrize("severity", tul.Severity)
def test_notes_of_other_rules_keep_their_title(severity: tul.Severity) -> None:
    """Only notes under the codes of documents say how something was read."""
    titles = {"TSK004": "of a field", "TSK313": "of a day"}
    assert title_of("TSK313", severity, titles) == "of a day"
    assert title_of("TSK004", severity, titles) == ("" if severity == "note" else "of a field")
    assert is_reading_note("TSK004", severity) is (severity is tul.Severity.NOTE)
