"""The messages on public standards and Parquet, under codes that documents share.

The words: ``texts/standards.toml``. What is wrong with a file is TSK001, with the type of a value
TSK002, with columns and fields TSK003 and TSK004, with a value TSK006 and TSK012. What a standard
cannot hold is TSK004.
"""

from typing import NamedTuple

from tulevaisuus.findings.catalogue import open_catalogue
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LocalizedText, Param
from tulevaisuus.findings.severity import Severity

__all__ = ["StandardMessage", "words"]


class StandardMessage(NamedTuple):
    """A message on a standard: its code, its name among the texts, and how bad it is."""

    code: str
    name: str
    severity: Severity = Severity.ERROR

    def finding(self, path: str = "", /, **params: Param) -> Finding:
        """Make the finding at a path, with the values that the message names."""
        return Finding(
            code=self.code,
            severity=self.severity,
            path=path,
            template=words("messages", self.name),
            params=tuple(params.items()),
        )


def words(section: str, name: str) -> LocalizedText:
    """Return a text of ``texts/standards.toml``.

    >>> words("columns", "amount").en
    'decimal128(14, 2)'
    """
    return open_catalogue("tulevaisuus.exchange", "standards")[section][name]


NOT_PARQUET = StandardMessage("TSK001", "not_parquet")
BROKEN_PARQUET = StandardMessage("TSK001", "broken_parquet")
TOO_MANY_ROWS = StandardMessage("TSK001", "too_many_rows")
COLUMN_TYPE = StandardMessage("TSK002", "column_type")
COLUMN_TWICE = StandardMessage("TSK004", "column_twice")
LOST_REGISTER = StandardMessage("TSK004", "lost_register", Severity.WARNING)
ONLY_NAMES = StandardMessage("TSK004", "only_names", Severity.WARNING)
LOST_FIELD = StandardMessage("TSK004", "lost_field", Severity.WARNING)
NOT_GRANTED = StandardMessage("TSK004", "not_granted", Severity.WARNING)
LEFT_OUT = StandardMessage("TSK004", "left_out", Severity.WARNING)
NOTHING_TO_WRITE = StandardMessage("TSK003", "nothing_to_write")
NO_AMOUNT = StandardMessage("TSK003", "no_amount")
NO_AWARD_DATE = StandardMessage("TSK003", "no_award_date")
NO_RECIPIENT = StandardMessage("TSK003", "no_recipient")
NO_FUNDER = StandardMessage("TSK003", "no_funder")
NO_NAME = StandardMessage("TSK009", "no_name")
ROUNDED_AMOUNT = StandardMessage("TSK012", "rounded_amount")
NO_CALL = StandardMessage("TSK003", "no_call")
UNREAD_FIELD = StandardMessage("TSK004", "unread_field", Severity.WARNING)
OTHER_CURRENCY = StandardMessage("TSK012", "other_currency", Severity.WARNING)
NO_CURRENCY = StandardMessage("TSK012", "no_currency", Severity.WARNING)
BINARY_NOISE = StandardMessage("TSK012", "binary_noise", Severity.WARNING)
MIDNIGHT_LEFT_OUT = StandardMessage("TSK006", "midnight_left_out", Severity.NOTE)
TIME_LEFT_OUT = StandardMessage("TSK006", "time_left_out", Severity.WARNING)
DURATION_WITHOUT_DAYS = StandardMessage("TSK006", "duration_without_days", Severity.WARNING)
BARE_YEAR = StandardMessage("TSK006", "bare_year", Severity.WARNING)
SEVERAL = StandardMessage("TSK006", "several", Severity.WARNING)
PROJECT_OF_GRANT = StandardMessage("TSK003", "project_of_grant", Severity.NOTE)
OTHER_NAME = StandardMessage("TSK006", "other_name", Severity.WARNING)
PERSON = StandardMessage("TSK004", "person", Severity.WARNING)
UNNAMED = StandardMessage("TSK009", "unnamed", Severity.WARNING)
PLANNED = StandardMessage("TSK004", "planned", Severity.WARNING)
