"""The messages on tables; their texts are in ``texts/tsk0_tables.toml``.

TSK001 and the like are codes of findings (reported problems or notes); findings on documents have
the same codes. What is wrong with the file is TSK001, with its headers TSK003 and TSK004, with a
name TSK005 and TSK009, with a cell TSK006.
"""

from typing import NamedTuple

from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LocalizedText, Param
from tulevaisuus.findings.severity import Severity
from tulevaisuus.findings.text_catalogue import open_catalogue

__all__ = [
    "AMBIGUOUS_DIALECT",
    "AMBIGUOUS_NAME",
    "AMBIGUOUS_NUMBER",
    "AMBIGUOUS_ORGANISATION",
    "BARE_YEARS",
    "BLANK_ROWS",
    "BROKEN_QUOTES",
    "CELL_ERROR",
    "CLASS_GUESSED",
    "CLASS_NEEDED",
    "CLASS_UNCLEAR",
    "COLUMNS_DISAGREE",
    "DASH",
    "DECODED_TWICE",
    "DIALECT",
    "DOES_NOT_FIT",
    "EMPTY_TABLE",
    "FOOTNOTE",
    "FORMULA_WITHOUT_VALUE",
    "GROUP_HEADER",
    "HEADING_ROW",
    "HIDDEN_COLUMNS",
    "HIDDEN_ROWS",
    "LOST_FIELD",
    "LOST_IN_READING",
    "LOST_IN_TABLE",
    "LOST_REGISTER",
    "MERGED_ACROSS",
    "MERGED_CELLS",
    "MERGED_VALUE",
    "MORE_CELLS",
    "MORE_UNKNOWN_HEADERS",
    "NOT_AN_ENCODING",
    "NOT_A_DECIMAL",
    "NOT_A_DELIMITER",
    "NOT_A_TEMPLATE",
    "NOT_A_WORKBOOK",
    "NOT_SINGLE",
    "NOT_TEXT",
    "NOT_TOML",
    "NOT_UTF8",
    "NO_COLUMN",
    "NO_CSV_FILE",
    "NO_DAY",
    "NO_HEADER",
    "NO_HEADER_ABOVE",
    "NO_SUCH_CLASS",
    "NO_SUCH_FILE",
    "NO_SUCH_SHEET",
    "OLD_WORKBOOK",
    "ONLY_HIDDEN_SHEETS",
    "OTHER_CODE_PAGE",
    "OTHER_CURRENCY_ABOVE",
    "OTHER_ENCODING",
    "OTHER_FILE_TYPE",
    "OTHER_SHEETS",
    "OTHER_UNIT_IN_CELL",
    "OTHER_UNIT_IN_HEADER",
    "OTHER_UNIT_IN_TEXT",
    "PACKAGE_TOO_LARGE",
    "PREDECESSOR",
    "PROTECTED_WORKBOOK",
    "REPEATED_HEADER",
    "ROWS_ABOVE",
    "ROW_LENGTH",
    "SCALED_CELL",
    "SCALED_HEADER",
    "SCALE_ABOVE",
    "SCALE_IN_CELL",
    "SECOND_TABLE",
    "SEVERAL_TABLES",
    "SHORTENED_NUMBER",
    "STRICT_WORKBOOK",
    "STRUCK_ROWS",
    "SUM_ROW",
    "TABLE_OF_360GIVING",
    "TABLE_TWICE",
    "TEXT_AS_WORKBOOK",
    "TEXT_BELOW",
    "TIME_OF_DAY",
    "TOO_NARROW",
    "TRANSPOSED",
    "TWO_COLUMNS",
    "TWO_HEADERS",
    "TWO_HEADER_ROWS",
    "UNCERTAIN_ENCODING",
    "UNKNOWN_HEADER",
    "UNKNOWN_HEADER_NEAR",
    "UNKNOWN_NAME",
    "UNKNOWN_NAME_NEAR",
    "UNKNOWN_TABLE",
    "UNPACKED_TOO_LARGE",
    "UNSAFE_PATH",
    "UTF16_TEXT",
    "TableMessage",
    "phrase",
]


class TableMessage(NamedTuple):
    """A message about tables: its code, its name among the texts, its severity, and their file."""

    code: str
    name: str
    severity: Severity = Severity.ERROR
    catalogue: str = "tsk0_tables"

    def finding(self, path: str = "", /, **params: Param) -> Finding:
        """Make the finding at a path, with the values that the message names."""
        return Finding(
            code=self.code,
            severity=self.severity,
            path=path,
            template=open_catalogue("tulevaisuus.exchange", self.catalogue)["messages"][self.name],
            params=tuple(params.items()),
        )


def phrase(section: str, name: str) -> LocalizedText:
    """Return a text of ``texts/tsk0_tables.toml``.

    >>> phrase("expected", "day").en
    'a day such as 21.12.2021 or 2021-12-21'
    """
    return open_catalogue("tulevaisuus.exchange", "tsk0_tables")[section][name]


NOT_A_WORKBOOK = TableMessage("TSK001", "not_a_workbook")
TEXT_AS_WORKBOOK = TableMessage("TSK001", "text_as_workbook")
OTHER_FILE_TYPE = TableMessage("TSK001", "other_file_type")
STRICT_WORKBOOK = TableMessage("TSK001", "strict_workbook")
OLD_WORKBOOK = TableMessage("TSK001", "old_workbook")
PROTECTED_WORKBOOK = TableMessage("TSK001", "protected_workbook")
UNPACKED_TOO_LARGE = TableMessage("TSK001", "unpacked_too_large")
NOT_TEXT = TableMessage("TSK001", "not_text")
UTF16_TEXT = TableMessage("TSK001", "utf16_text")
TABLE_OF_360GIVING = TableMessage("TSK001", "table_of_360giving")
NO_CSV_FILE = TableMessage("TSK001", "no_csv_file")
BROKEN_QUOTES = TableMessage("TSK001", "broken_quotes")
EMPTY_TABLE = TableMessage("TSK001", "empty_table")
ONLY_HIDDEN_SHEETS = TableMessage("TSK001", "only_hidden_sheets")
NO_HEADER = TableMessage("TSK001", "no_header")
TRANSPOSED = TableMessage("TSK001", "transposed")
NOT_TOML = TableMessage("TSK001", "not_toml")
CLASS_UNCLEAR = TableMessage("TSK001", "class_unclear")
CLASS_GUESSED = TableMessage("TSK001", "class_guessed", Severity.NOTE)
UNSAFE_PATH = TableMessage("TSK001", "unsafe_path")
NO_SUCH_FILE = TableMessage("TSK001", "no_such_file")
PACKAGE_TOO_LARGE = TableMessage("TSK001", "package_too_large")
NOT_UTF8 = TableMessage("TSK001", "not_utf8")
MORE_CELLS = TableMessage("TSK001", "more_cells")
ROW_LENGTH = TableMessage("TSK001", "row_length")
NO_SUCH_SHEET = TableMessage("TSK001", "no_such_sheet")
AMBIGUOUS_DIALECT = TableMessage("TSK001", "ambiguous_dialect")
UNCERTAIN_ENCODING = TableMessage("TSK001", "uncertain_encoding", Severity.WARNING)
OTHER_CODE_PAGE = TableMessage("TSK001", "other_code_page", Severity.WARNING)
DECODED_TWICE = TableMessage("TSK001", "decoded_twice", Severity.WARNING)
SEVERAL_TABLES = TableMessage("TSK001", "several_tables", Severity.WARNING)
DIALECT = TableMessage("TSK001", "dialect", Severity.NOTE)
OTHER_SHEETS = TableMessage("TSK001", "other_sheets", Severity.NOTE)
ROWS_ABOVE = TableMessage("TSK001", "rows_above", Severity.NOTE)
TWO_HEADER_ROWS = TableMessage("TSK001", "two_header_rows", Severity.NOTE)
REPEATED_HEADER = TableMessage("TSK001", "repeated_header", Severity.NOTE)
HEADING_ROW = TableMessage("TSK001", "heading_row", Severity.NOTE)
FOOTNOTE = TableMessage("TSK001", "footnote", Severity.NOTE)
TEXT_BELOW = TableMessage("TSK001", "text_below", Severity.WARNING)
SECOND_TABLE = TableMessage("TSK001", "second_table")
SCALE_ABOVE = TableMessage("TSK001", "scale_above", Severity.WARNING)
SCALED_HEADER = TableMessage("TSK004", "scaled_header")
OTHER_CURRENCY_ABOVE = TableMessage("TSK001", "other_currency_above", Severity.WARNING)
OTHER_UNIT_IN_HEADER = TableMessage("TSK004", "other_unit_in_header")
OTHER_UNIT_IN_CELL = TableMessage("TSK006", "other_unit_in_cell")
SCALED_CELL = TableMessage("TSK006", "scaled_cell", Severity.WARNING)
GROUP_HEADER = TableMessage("TSK004", "group_header", Severity.WARNING)
MERGED_ACROSS = TableMessage("TSK006", "merged_across", Severity.WARNING)
BLANK_ROWS = TableMessage("TSK001", "blank_rows", Severity.NOTE)
SUM_ROW = TableMessage("TSK001", "sum_row", Severity.NOTE)
HIDDEN_ROWS = TableMessage("TSK001", "hidden_rows", Severity.NOTE)
STRUCK_ROWS = TableMessage("TSK001", "struck_rows", Severity.WARNING)
HIDDEN_COLUMNS = TableMessage("TSK001", "hidden_columns", Severity.NOTE)
MERGED_CELLS = TableMessage("TSK001", "merged_cells", Severity.NOTE)
NO_COLUMN = TableMessage("TSK003", "no_column")
UNKNOWN_HEADER = TableMessage("TSK004", "unknown_header", Severity.WARNING)
MORE_UNKNOWN_HEADERS = TableMessage("TSK004", "more_unknown_headers", Severity.WARNING)
UNKNOWN_HEADER_NEAR = TableMessage("TSK004", "unknown_header_near")
UNKNOWN_TABLE = TableMessage("TSK004", "unknown_table", Severity.WARNING)
TABLE_TWICE = TableMessage("TSK008", "table_twice")
NO_HEADER_ABOVE = TableMessage("TSK004", "no_header_above", Severity.WARNING)
TWO_COLUMNS = TableMessage("TSK004", "two_columns")
TWO_HEADERS = TableMessage("TSK004", "two_headers")
NO_SUCH_CLASS = TableMessage("TSK005", "no_such_class")
AMBIGUOUS_NAME = TableMessage("TSK005", "ambiguous_name")
AMBIGUOUS_ORGANISATION = TableMessage("TSK009", "ambiguous_name")
PREDECESSOR = TableMessage("TSK009", "predecessor")
UNKNOWN_NAME = TableMessage("TSK005", "unknown_name")
UNKNOWN_NAME_NEAR = TableMessage("TSK005", "unknown_name_near")
COLUMNS_DISAGREE = TableMessage("TSK006", "columns_disagree")
AMBIGUOUS_NUMBER = TableMessage("TSK006", "ambiguous_number")
NOT_A_DECIMAL = TableMessage("TSK006", "not_a_decimal")
NOT_A_DELIMITER = TableMessage("TSK006", "not_a_delimiter")
NOT_AN_ENCODING = TableMessage("TSK006", "not_an_encoding")
NOT_A_TEMPLATE = TableMessage("TSK006", "not_a_template")
NOT_SINGLE = TableMessage("TSK006", "not_single")
TIME_OF_DAY = TableMessage("TSK006", "time_of_day")
DASH = TableMessage("TSK006", "dash")
BARE_YEARS = TableMessage("TSK006", "bare_years")
NO_DAY = TableMessage("TSK006", "no_day")
TOO_NARROW = TableMessage("TSK006", "too_narrow")
SHORTENED_NUMBER = TableMessage("TSK006", "shortened_number")
SCALE_IN_CELL = TableMessage("TSK006", "scale_in_cell")
OTHER_UNIT_IN_TEXT = TableMessage("TSK006", "other_unit_in_text")
CELL_ERROR = TableMessage("TSK006", "cell_error")
OTHER_ENCODING = TableMessage("TSK006", "other_encoding")
FORMULA_WITHOUT_VALUE = TableMessage("TSK006", "formula_without_value")
MERGED_VALUE = TableMessage("TSK006", "merged_value")
DOES_NOT_FIT = TableMessage("TSK006", "does_not_fit")
LOST_IN_TABLE = TableMessage("TSK006", "lost_in_table")
LOST_IN_READING = TableMessage("TSK004", "lost_in_reading", Severity.WARNING)
LOST_FIELD = TableMessage("TSK004", "lost_field", Severity.WARNING)
LOST_REGISTER = TableMessage("TSK006", "lost_register", Severity.WARNING)
CLASS_NEEDED = TableMessage("TSK006", "class_needed")
