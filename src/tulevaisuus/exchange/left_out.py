"""Which findings of a reading say that something of the source was left out."""

from collections.abc import Iterable, Iterator

from tulevaisuus.exchange import messages
from tulevaisuus.exchange import standard_messages as standards
from tulevaisuus.findings.finding import Finding

__all__ = ["lost_in_reading"]

_TABLE = (
    messages.SEVERAL_TABLES,
    messages.OTHER_SHEETS,
    messages.TEXT_BELOW,
    messages.MERGED_ACROSS,
    messages.UNKNOWN_HEADER,
    messages.UNKNOWN_TABLE,
    messages.NO_HEADER_ABOVE,
)
_STANDARD = (
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
    """Report that reading left something out, with the number of findings that say so.

    An empty column or sheet is nothing that could be lost; titles, sums and footnotes around a
    table are none of its data.
    """
    templates = [
        *(messages.phrase("messages", each.name) for each in _TABLE),
        *(standards.words("messages", each.name) for each in _STANDARD),
    ]
    count = sum(each.template in templates for each in findings)
    if count:
        yield messages.LOST_IN_READING.finding(count=count)
