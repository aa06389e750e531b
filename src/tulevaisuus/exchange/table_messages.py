"""The messages about tables and packages; their texts are in ``texts/tsk0_tables.toml``.

A constant has the name of its text, and says what the reader has found. It makes findings (reported
problems and notes) with a code such as TSK001; findings about documents have the same codes. A
problem of the file is TSK001, of its headers TSK003 and TSK004, of a name TSK005 and TSK009, of a
cell TSK006.
"""

from typing import NamedTuple

from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LocalizedText, Param
from tulevaisuus.findings.severity import Severity
from tulevaisuus.findings.text_catalogue import open_catalogue

__all__ = ["TableMessage", "phrase"]  # and all constants below; listing them twice would not help


class TableMessage(NamedTuple):
    """A message: the code, the name of its text, the severity, and the file with the text."""

    code: str
    name: str
    severity: Severity = Severity.ERROR
    catalogue: str = "tsk0_tables"

    @property
    def text(self) -> LocalizedText:
        """The text in three languages, with ``{names}`` of values."""
        return open_catalogue("tulevaisuus.exchange", self.catalogue)["messages"][self.name]

    def finding(self, path: str = "", /, **params: Param) -> Finding:
        """Make the finding at a path, with the values that the message names."""
        return Finding(
            code=self.code,
            severity=self.severity,
            path=path,
            template=self.text,
            params=tuple(params.items()),
        )


def phrase(section: str, name: str) -> LocalizedText:
    """Return a text of ``texts/tsk0_tables.toml``.

    >>> phrase("expected", "day").en
    'a day such as 21.12.2021 or 2021-12-21'
    """
    return open_catalogue("tulevaisuus.exchange", "tsk0_tables")[section][name]


# The file is not a table that can be read.
NOT_A_WORKBOOK = TableMessage("TSK001", "not_a_workbook")
TEXT_NAMED_LIKE_WORKBOOK = TableMessage("TSK001", "text_named_like_workbook")
OLD_OFFICE_FILE = TableMessage("TSK001", "old_office_file")
STRICT_OPEN_XML = TableMessage("TSK001", "strict_open_xml")
WORKBOOK_WITH_PASSWORD = TableMessage("TSK001", "workbook_with_password")
WORKBOOK_TOO_LARGE = TableMessage("TSK001", "workbook_too_large")
WORKBOOK_IN_PLACE_OF_CSV = TableMessage("TSK001", "workbook_in_place_of_csv")
OTHER_FILE_TYPE = TableMessage("TSK001", "other_file_type")
TABLE_OF_360GIVING = TableMessage("TSK001", "table_of_360giving")
EMPTY_TABLE = TableMessage("TSK001", "empty_table")

# The encoding of a text, and the delimiter between its cells. A text that was read as Windows-1252
# may be in another encoding, which has other letters for the same bytes.
NOT_UTF8_OR_WINDOWS_1252 = TableMessage("TSK001", "not_utf8_or_windows_1252")
UTF16_TEXT = TableMessage("TSK001", "utf16_text")
DECODED_TWICE = TableMessage("TSK001", "decoded_twice", Severity.WARNING)
PERHAPS_ISO_8859_15 = TableMessage("TSK001", "perhaps_iso_8859_15", Severity.WARNING)
PERHAPS_DOS_OR_OLD_MAC = TableMessage("TSK001", "perhaps_dos_or_old_mac", Severity.WARNING)
CELL_IN_OTHER_ENCODING = TableMessage("TSK006", "cell_in_other_encoding")
AMBIGUOUS_DELIMITER = TableMessage("TSK001", "ambiguous_delimiter")
UNPAIRED_QUOTES = TableMessage("TSK001", "unpaired_quotes")
DETECTED_DIALECT = TableMessage("TSK001", "detected_dialect", Severity.NOTE)

# The sheet of a workbook that is read.
NO_SUCH_SHEET = TableMessage("TSK001", "no_such_sheet")
ONLY_HIDDEN_SHEETS = TableMessage("TSK001", "only_hidden_sheets")
SHEET_OF_TEXT = TableMessage("TSK001", "sheet_of_text")
SHEETS_WITH_HEADERS_NOT_READ = TableMessage(
    "TSK001", "sheets_with_headers_not_read", Severity.WARNING
)
SHEETS_NOT_READ = TableMessage("TSK001", "sheets_not_read", Severity.NOTE)

# The class of the entities in the rows, if the caller does not name it.
CLASS_UNCLEAR = TableMessage("TSK001", "class_unclear")
CLASS_GUESSED = TableMessage("TSK001", "class_guessed", Severity.NOTE)

# The row of the headers. Headers of a transposed table are below each other.
NO_ROW_OF_HEADERS = TableMessage("TSK001", "no_row_of_headers")
TRANSPOSED_TABLE = TableMessage("TSK001", "transposed_table")
ROWS_ABOVE_HEADERS = TableMessage("TSK001", "rows_above_headers", Severity.NOTE)
TWO_HEADER_ROWS = TableMessage("TSK001", "two_header_rows", Severity.NOTE)

# Keys that earlier rows have, with the row. A made key comes from a template of the caller.
KEY_OF_EARLIER_ROW = TableMessage("TSK008", "key_of_earlier_row")
MADE_KEY_OF_EARLIER_ROW = TableMessage("TSK008", "made_key_of_earlier_row")

# Columns. Of two columns with the same field, a table reads neither, a package the first.
NO_COLUMN_FOR_REQUIRED_FIELD = TableMessage("TSK003", "no_column_for_required_field")
UNKNOWN_HEADER = TableMessage("TSK004", "unknown_header", Severity.WARNING)
UNKNOWN_HEADER_WITH_SUGGESTION = TableMessage("TSK004", "unknown_header_with_suggestion")
HEADER_OF_CALLER = TableMessage("TSK004", "header_of_caller", Severity.WARNING)
HEADER_OF_CALLER_NEAR = TableMessage("TSK004", "header_of_caller_near", Severity.WARNING)
DEBIT_OR_CREDIT = TableMessage("TSK004", "debit_or_credit")
MORE_UNKNOWN_HEADERS = TableMessage("TSK004", "more_unknown_headers", Severity.WARNING)
HEADER_BELOW_UNKNOWN_GROUP = TableMessage("TSK004", "header_below_unknown_group", Severity.WARNING)
COLUMN_WITHOUT_HEADER = TableMessage("TSK004", "column_without_header", Severity.WARNING)
TWO_COLUMNS_OF_FIELD = TableMessage("TSK004", "two_columns_of_field")
SECOND_COLUMN_OF_FIELD = TableMessage("TSK004", "second_column_of_field")
HIDDEN_COLUMNS = TableMessage("TSK001", "hidden_columns", Severity.NOTE)

# Amounts that may not be in euros. A scale is thousands or millions of euros; another unit is
# another currency, or per cent. Amounts with a warning are read as euros, the others are not read.
SCALE_ABOVE_HEADERS = TableMessage("TSK001", "scale_above_headers", Severity.WARNING)
SCALE_IN_HEADER = TableMessage("TSK004", "scale_in_header")
SCALE_IN_NUMBER_FORMAT = TableMessage("TSK006", "scale_in_number_format", Severity.WARNING)
SCALE_IN_AMOUNT = TableMessage("TSK006", "scale_in_amount")
OTHER_CURRENCY_ABOVE_HEADERS = TableMessage(
    "TSK001", "other_currency_above_headers", Severity.WARNING
)
OTHER_UNIT_IN_HEADER = TableMessage("TSK004", "other_unit_in_header")
TEXT_IN_NUMBER_FORMAT = TableMessage("TSK006", "text_in_number_format", Severity.WARNING)
OTHER_UNIT_IN_NUMBER_FORMAT = TableMessage("TSK006", "other_unit_in_number_format")
OTHER_UNIT_IN_AMOUNT = TableMessage("TSK006", "other_unit_in_amount")

# Rows that are not read: they are no entities, or a comma in a text may have moved their cells.
BLANK_ROWS = TableMessage("TSK001", "blank_rows", Severity.NOTE)
REPEATED_HEADER = TableMessage("TSK001", "repeated_header", Severity.NOTE)
HEADING_ROW = TableMessage("TSK001", "heading_row", Severity.NOTE)
SUM_ROW = TableMessage("TSK001", "sum_row", Severity.NOTE)
FOOTNOTE = TableMessage("TSK001", "footnote", Severity.NOTE)
TEXT_BELOW_TABLE = TableMessage("TSK001", "text_below_table", Severity.WARNING)
SECOND_TABLE = TableMessage("TSK001", "second_table")
CELLS_BEYOND_LAST_HEADER = TableMessage("TSK001", "cells_beyond_last_header")

# Rows that are read, although someone has hidden them or struck them through.
HIDDEN_ROWS = TableMessage("TSK001", "hidden_rows", Severity.NOTE)
STRUCK_ROWS = TableMessage("TSK001", "struck_rows", Severity.WARNING)

# Merged cells: the value is read for each row, but only for the first column. A key or an amount is
# not read, as it cannot belong to several rows.
MERGED_ACROSS_ROWS = TableMessage("TSK001", "merged_across_rows", Severity.NOTE)
MERGED_ACROSS_COLUMNS = TableMessage("TSK006", "merged_across_columns", Severity.WARNING)
MERGED_KEY_OR_AMOUNT = TableMessage("TSK006", "merged_key_or_amount")

# Values of cells that are not read.
AMBIGUOUS_NUMBER = TableMessage("TSK006", "ambiguous_number")
SHORTENED_NUMBER = TableMessage("TSK006", "shortened_number")
TIME_BESIDE_DAY = TableMessage("TSK006", "time_beside_day")
DATE_SHOWN_WITHOUT_DAY = TableMessage("TSK006", "date_shown_without_day")
YEARS_AS_PERIOD = TableMessage("TSK006", "years_as_period")
DASH_AS_VALUE = TableMessage("TSK006", "dash_as_value")
COLUMN_TOO_NARROW = TableMessage("TSK006", "column_too_narrow")
SPREADSHEET_ERROR = TableMessage("TSK006", "spreadsheet_error")
FORMULA_WITHOUT_VALUE = TableMessage("TSK006", "formula_without_value")
COLUMNS_DISAGREE = TableMessage("TSK006", "columns_disagree")

# Names and codes of other entities in cells. An ambiguous organisation has a name and a business id
# that belong to different ones. A predecessor is a municipality or hospital district of the past.
UNKNOWN_NAME = TableMessage("TSK005", "unknown_name")
UNKNOWN_NAME_WITH_SUGGESTIONS = TableMessage("TSK005", "unknown_name_with_suggestions")
AMBIGUOUS_NAME = TableMessage("TSK005", "ambiguous_name")
AMBIGUOUS_ORGANISATION = TableMessage("TSK009", "ambiguous_name")
NAME_OF_PREDECESSOR = TableMessage("TSK009", "name_of_predecessor")

# Options of the reader, and mapping files, which are TOML files with such options.
NOT_TOML = TableMessage("TSK001", "not_toml")
NO_SUCH_CLASS = TableMessage("TSK005", "no_such_class")
NOT_AN_ENCODING = TableMessage("TSK006", "not_an_encoding")
NOT_A_DELIMITER = TableMessage("TSK006", "not_a_delimiter")
NOT_A_DECIMAL_MARK = TableMessage("TSK006", "not_a_decimal_mark")
NOT_AN_ID_TEMPLATE = TableMessage("TSK006", "not_an_id_template")
LIST_IN_ID_TEMPLATE = TableMessage("TSK006", "list_in_id_template")

# Data packages: their files, and the tables in their descriptions.
UNSAFE_PATH = TableMessage("TSK001", "unsafe_path")
NO_SUCH_FILE = TableMessage("TSK001", "no_such_file")
PACKAGE_TOO_LARGE = TableMessage("TSK001", "package_too_large")
NOT_UTF8 = TableMessage("TSK001", "not_utf8")
WRONG_NUMBER_OF_CELLS = TableMessage("TSK001", "wrong_number_of_cells")
UNKNOWN_TABLE = TableMessage("TSK004", "unknown_table", Severity.WARNING)
TABLE_TWICE = TableMessage("TSK008", "table_twice")

# Data that a written file would not hold, or that its reader would have left out already.
TEXT_DOES_NOT_FIT = TableMessage("TSK006", "text_does_not_fit")
LIST_DOES_NOT_FIT = TableMessage("TSK006", "list_does_not_fit")
LOST_FIELD = TableMessage("TSK004", "lost_field", Severity.WARNING)
LOST_REGISTER = TableMessage("TSK006", "lost_register", Severity.WARNING)
LOST_IN_READING = TableMessage("TSK004", "lost_in_reading", Severity.WARNING)
CLASS_TO_WRITE_UNCLEAR = TableMessage("TSK006", "class_to_write_unclear")
