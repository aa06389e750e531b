"""The messages of TSK001-TSK013, which constructors and readers report.

Their texts are in ``texts/tsk0_reading.toml``. That file and the class `Finding` are loaded only
when something is wrong. The messages that `check` reports are in ``rules/severities_and_texts``.
"""

from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.finding import Finding
    from tulevaisuus.findings.localization import LocalizedText, Param

__all__ = ["MessageTemplate"]  # and all constants below; listing them twice would not help


class MessageTemplate(NamedTuple):
    """A message: the code of its rule, and its name in ``texts/tsk0_reading.toml``."""

    code: str
    name: str

    @property
    def text(self) -> "LocalizedText":
        """The message, with ``{names}`` of values."""
        from tulevaisuus.findings.text_catalogue import open_catalogue

        return open_catalogue("tulevaisuus.findings", "tsk0_reading")["messages"][self.name]

    def finding(self, path: str = "", /, **params: "Param") -> "Finding":
        """Make a finding with this message; ``params`` are the values that the message names."""
        from tulevaisuus.findings.finding import Finding
        from tulevaisuus.findings.severity import Severity

        return Finding(
            code=self.code,
            severity=Severity.ERROR,
            path=path,
            template=self.text,
            params=tuple(params.items()),
        )


NOT_JSON = MessageTemplate("TSK001", "not_json")
EMPTY_DOCUMENT = MessageTemplate("TSK001", "empty_document")
SEVERAL_DOCUMENTS = MessageTemplate("TSK001", "several_documents")
DOCUMENT_AS_LINES = MessageTemplate("TSK001", "document_as_lines")
NOT_UTF8 = MessageTemplate("TSK001", "not_utf8")
WRONG_ENCODING = MessageTemplate("TSK001", "wrong_encoding")
OTHER_FILE_TYPE = MessageTemplate("TSK001", "other_file_type")
TOO_MANY_LINES = MessageTemplate("TSK001", "too_many_lines")
TOO_LARGE_IN_ALL = MessageTemplate("TSK001", "too_large_in_all")
NOT_A_NUMBER = MessageTemplate("TSK001", "not_a_number")
LONE_SURROGATE = MessageTemplate("TSK001", "lone_surrogate")
DUPLICATE_KEY = MessageTemplate("TSK001", "duplicate_key")
TOO_LARGE = MessageTemplate("TSK001", "too_large")
TOO_DEEP = MessageTemplate("TSK001", "too_deep")
TOO_MANY_DIGITS = MessageTemplate("TSK001", "too_many_digits")
TOO_MANY_ITEMS = MessageTemplate("TSK001", "too_many_items")
BROKEN_FILE = MessageTemplate("TSK001", "broken_file")
BROKEN_ARCHIVE = MessageTemplate("TSK001", "broken_archive")
WRONG_TYPE = MessageTemplate("TSK002", "wrong_type")
UNCLEAR_CLASS = MessageTemplate("TSK002", "unclear_class")
UNCONVERTED_TYPE = MessageTemplate("TSK002", "unconverted_type")
MISSING_VALUE = MessageTemplate("TSK002", "missing_value")
REJECTED_BY_CONVERTER = MessageTemplate("TSK002", "rejected_by_converter")
MISSING_FIELD = MessageTemplate("TSK003", "missing_field")
EMPTY_PERIOD = MessageTemplate("TSK003", "empty_period")
MISSING_WORDING = MessageTemplate("TSK003", "missing_wording")
UNKNOWN_FIELD = MessageTemplate("TSK004", "unknown_field")
UNKNOWN_FIELD_AGAIN = MessageTemplate("TSK004", "unknown_field_again")
UNKNOWN_FIELD_NEAR = MessageTemplate("TSK004", "unknown_field_near")
NO_SUCH_TABLE = MessageTemplate("TSK004", "no_such_table")
NO_SUCH_TABLE_AGAIN = MessageTemplate("TSK004", "no_such_table_again")
NO_SUCH_TABLE_NEAR = MessageTemplate("TSK004", "no_such_table_near")
FIELD_OF_SUBCLASS = MessageTemplate("TSK004", "field_of_subclass")
UNKNOWN_CODE = MessageTemplate("TSK005", "unknown_code")
UNKNOWN_CODE_NEAR = MessageTemplate("TSK005", "unknown_code_near")
BAD_FORMAT = MessageTemplate("TSK006", "bad_format")
BAD_FORMAT_NEAR = MessageTemplate("TSK006", "bad_format_near")
BARE_YEARS = MessageTemplate("TSK006", "bare_years")
ONE_DAY = MessageTemplate("TSK006", "one_day")
NO_SUCH_DAY = MessageTemplate("TSK006", "no_such_day")
NO_SUCH_MONTH = MessageTemplate("TSK006", "no_such_month")
BAD_CHECK_DIGIT = MessageTemplate("TSK006", "bad_check_digit")
PLACEHOLDER_ID = MessageTemplate("TSK006", "placeholder_id")
SURROGATE_IN_TEXT = MessageTemplate("TSK006", "surrogate_in_text")
OTHER_FORMAT = MessageTemplate("TSK007", "other_format")
UNREADABLE_VERSION = MessageTemplate("TSK007", "unreadable_version")
NEWER_VERSION = MessageTemplate("TSK007", "newer_version")
NO_SUCH_VERSION = MessageTemplate("TSK007", "no_such_version")
DOWNGRADE = MessageTemplate("TSK007", "downgrade")
DUPLICATE_ID = MessageTemplate("TSK008", "duplicate_id")
DUPLICATE_ELEMENT = MessageTemplate("TSK008", "duplicate_element")
DUPLICATE_OBJECT = MessageTemplate("TSK008", "duplicate_object")
SECOND_PROGRAMME = MessageTemplate("TSK008", "second_programme")
STRAY_ROW = MessageTemplate("TSK009", "stray_row")
PERIOD_REVERSED = MessageTemplate("TSK011", "period_reversed")
YEAR_FILLED_IN = MessageTemplate("TSK011", "year_filled_in")
AMOUNT_OUT_OF_RANGE = MessageTemplate("TSK012", "amount_out_of_range")
AMOUNT_WITH_NOISE = MessageTemplate("TSK012", "amount_with_noise")
EMPTY_TEXT = MessageTemplate("TSK013", "empty_text")
