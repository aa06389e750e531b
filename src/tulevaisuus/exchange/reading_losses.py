"""Counts the findings that report data which a reader has left out."""

from collections.abc import Iterable, Iterator

from tulevaisuus.exchange import standards_messages as standards
from tulevaisuus.exchange import table_messages
from tulevaisuus.findings.finding import Finding

__all__ = ["lost_in_reading"]

_LOSSES_OF_TABLES = (
    table_messages.SEVERAL_TABLES,
    table_messages.OTHER_SHEETS,
    table_messages.TEXT_BELOW,
    table_messages.MERGED_ACROSS,
    table_messages.UNKNOWN_HEADER,
    table_messages.UNKNOWN_TABLE,
    table_messages.NO_HEADER_ABOVE,
)
_LOSSES_OF_STANDARDS = (
    standards.UNREAD_FIELD,
    standards.OTHER_CURRENCY,
    standards.TIME_LEFT_OUT,
    standards.DURATION_WITHOUT_DAYS,
    standards.BARE_YEAR,
    standards.SEVERAL,
    standards.OTHER_NAME,
    standards.PERSON,
)


def lost_in_reading(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Report that reading has left data out, with the number of findings about it.

    Findings about empty columns and sheets, and about the titles, sums and footnotes around a
    table, are not counted, as these are not data.
    """
    templates = [
        *(table_messages.phrase("messages", each.name) for each in _LOSSES_OF_TABLES),
        *(standards.phrase("messages", each.name) for each in _LOSSES_OF_STANDARDS),
    ]
    count = sum(each.template in templates for each in findings)
    if count:
        yield table_messages.LOST_IN_READING.finding(count=count)
