"""The messages about public standards and Parquet; their texts: ``texts/tsk0_standards.toml``.

A constant has the name of its text, and makes findings (reported problems and notes) with a code
such as TSK001; findings about documents have the same codes. A problem of the file is TSK001, of
the type of a value TSK002, of columns and fields TSK003 and TSK004, of a value TSK006 and TSK012.
What a standard cannot hold is TSK004.
"""

from functools import partial

from tulevaisuus.exchange.table_messages import TableMessage
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.findings.severity import Severity
from tulevaisuus.findings.text_catalogue import open_catalogue

__all__ = ["phrase"]  # and all constants below; listing them twice would not help


def phrase(section: str, name: str) -> LocalizedText:
    """Return a text of ``texts/tsk0_standards.toml``.

    >>> phrase("columns", "amount").en
    'decimal128(14, 2)'
    """
    return open_catalogue("tulevaisuus.exchange", "tsk0_standards")[section][name]


_message = partial(TableMessage, catalogue="tsk0_standards")

# Parquet files, and their columns.
NOT_PARQUET = _message("TSK001", "not_parquet")
DAMAGED_PARQUET = _message("TSK001", "damaged_parquet")
TOO_MANY_ROWS = _message("TSK001", "too_many_rows")
WRONG_COLUMN_TYPE = _message("TSK002", "wrong_column_type")
REPEATED_COLUMN = _message("TSK004", "repeated_column")

# Data that is not written, as the format has no place for it.
LOST_REGISTER = _message("TSK004", "lost_register", Severity.WARNING)
ONLY_NAMES_WRITTEN = _message("TSK004", "only_names_written", Severity.WARNING)
GRANTS_NOT_AWARDED = _message("TSK004", "grants_not_awarded", Severity.WARNING)
PLANNED_GRANTS = _message("TSK004", "planned_grants", Severity.WARNING)
GRANT_OMITTED_AS_ASKED = _message("TSK004", "grant_omitted_as_asked", Severity.WARNING)

# Data that the format requires, but that is unknown. An id in place of a name is a warning: it is
# written, but the reader does not find the entity.
NO_GRANT_TO_WRITE = _message("TSK003", "no_grant_to_write")
NO_AMOUNT = _message("TSK003", "no_amount")
NO_AWARD_DATE = _message("TSK003", "no_award_date")
NO_RECIPIENT = _message("TSK003", "no_recipient")
NO_FUNDER = _message("TSK003", "no_funder")
NO_NAME_FOR_ID = _message("TSK009", "no_name_for_id")
ID_WRITTEN_AS_NAME = _message("TSK009", "id_written_as_name", Severity.WARNING)
NO_PUBLICATION_FILE = _message("TSK003", "no_publication_file")

# A rounded amount, which would be written as if it were exact.
ROUNDED_AMOUNT = _message("TSK012", "rounded_amount")

# Grants that were read without a call or a project.
NO_CALL = _message("TSK003", "no_call")
PROJECT_WITH_ID_OF_GRANT = _message("TSK003", "project_with_id_of_grant", Severity.NOTE)

# Amounts that were read, as euros and in whole cents: the rest comes from binary numbers.
NO_CURRENCY = _message("TSK012", "no_currency", Severity.WARNING)
ROUNDED_BINARY_NUMBER = _message("TSK012", "rounded_binary_number", Severity.WARNING)

# Values that were not read, or only in part.
FIELD_NOT_READ = _message("TSK004", "field_not_read", Severity.WARNING)
SEVERAL_VALUES = _message("TSK006", "several_values", Severity.WARNING)
OTHER_CURRENCY = _message("TSK012", "other_currency", Severity.WARNING)
OTHER_NAME_FOR_ID = _message("TSK006", "other_name_for_id", Severity.WARNING)
PERSON_AS_RECIPIENT = _message("TSK004", "person_as_recipient", Severity.WARNING)
YEAR_OR_MONTH_AS_DAY = _message("TSK006", "year_or_month_as_day", Severity.WARNING)
DURATION_WITHOUT_END = _message("TSK006", "duration_without_end", Severity.WARNING)
TIME_LEFT_OUT = _message("TSK006", "time_left_out", Severity.WARNING)
MIDNIGHT_LEFT_OUT = _message("TSK006", "midnight_left_out", Severity.NOTE)
