"""The messages on public standards and Parquet; their texts are in ``texts/tsk0_standards.toml``.

TSK001 and the like are codes of findings (reported problems or notes); findings on documents have
the same codes. What is wrong with a file is TSK001, with the type of a
value TSK002, with columns and fields TSK003 and TSK004, with a value TSK006 and TSK012. What a
standard cannot hold is TSK004.
"""

from functools import partial

from tulevaisuus.exchange.table_messages import TableMessage
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.findings.severity import Severity
from tulevaisuus.findings.text_catalogue import open_catalogue

__all__ = [
    "BARE_YEAR",
    "BINARY_NOISE",
    "BROKEN_PARQUET",
    "COLUMN_TWICE",
    "COLUMN_TYPE",
    "DURATION_WITHOUT_DAYS",
    "LEFT_OUT",
    "LOST_REGISTER",
    "MIDNIGHT_LEFT_OUT",
    "NOTHING_TO_WRITE",
    "NOT_GRANTED",
    "NOT_PARQUET",
    "NO_AMOUNT",
    "NO_AWARD_DATE",
    "NO_CALL",
    "NO_CURRENCY",
    "NO_FUNDER",
    "NO_NAME",
    "NO_PUBLICATION",
    "NO_RECIPIENT",
    "ONLY_NAMES",
    "OTHER_CURRENCY",
    "OTHER_NAME",
    "PERSON",
    "PLANNED",
    "PROJECT_OF_GRANT",
    "ROUNDED_AMOUNT",
    "SEVERAL",
    "TIME_LEFT_OUT",
    "TOO_MANY_ROWS",
    "UNNAMED",
    "UNREAD_FIELD",
    "phrase",
]


def phrase(section: str, name: str) -> LocalizedText:
    """Return a text of ``texts/tsk0_standards.toml``.

    >>> phrase("columns", "amount").en
    'decimal128(14, 2)'
    """
    return open_catalogue("tulevaisuus.exchange", "tsk0_standards")[section][name]


_message = partial(TableMessage, catalogue="tsk0_standards")

NOT_PARQUET = _message("TSK001", "not_parquet")
BROKEN_PARQUET = _message("TSK001", "broken_parquet")
TOO_MANY_ROWS = _message("TSK001", "too_many_rows")
COLUMN_TYPE = _message("TSK002", "column_type")
COLUMN_TWICE = _message("TSK004", "column_twice")
LOST_REGISTER = _message("TSK004", "lost_register", Severity.WARNING)
ONLY_NAMES = _message("TSK004", "only_names", Severity.WARNING)
NOT_GRANTED = _message("TSK004", "not_granted", Severity.WARNING)
LEFT_OUT = _message("TSK004", "left_out", Severity.WARNING)
NOTHING_TO_WRITE = _message("TSK003", "nothing_to_write")
NO_AMOUNT = _message("TSK003", "no_amount")
NO_AWARD_DATE = _message("TSK003", "no_award_date")
NO_RECIPIENT = _message("TSK003", "no_recipient")
NO_FUNDER = _message("TSK003", "no_funder")
NO_PUBLICATION = _message("TSK003", "no_publication")
NO_NAME = _message("TSK009", "no_name")
ROUNDED_AMOUNT = _message("TSK012", "rounded_amount")
NO_CALL = _message("TSK003", "no_call")
UNREAD_FIELD = _message("TSK004", "unread_field", Severity.WARNING)
OTHER_CURRENCY = _message("TSK012", "other_currency", Severity.WARNING)
NO_CURRENCY = _message("TSK012", "no_currency", Severity.WARNING)
BINARY_NOISE = _message("TSK012", "binary_noise", Severity.WARNING)
MIDNIGHT_LEFT_OUT = _message("TSK006", "midnight_left_out", Severity.NOTE)
TIME_LEFT_OUT = _message("TSK006", "time_left_out", Severity.WARNING)
DURATION_WITHOUT_DAYS = _message("TSK006", "duration_without_days", Severity.WARNING)
BARE_YEAR = _message("TSK006", "bare_year", Severity.WARNING)
SEVERAL = _message("TSK006", "several", Severity.WARNING)
PROJECT_OF_GRANT = _message("TSK003", "project_of_grant", Severity.NOTE)
OTHER_NAME = _message("TSK006", "other_name", Severity.WARNING)
PERSON = _message("TSK004", "person", Severity.WARNING)
UNNAMED = _message("TSK009", "unnamed", Severity.WARNING)
PLANNED = _message("TSK004", "planned", Severity.WARNING)
