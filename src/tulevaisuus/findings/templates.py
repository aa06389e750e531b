"""The messages of the rules on documents (TSK001-TSK013): what is found while values are made.

Their words are in ``texts/document.toml`` and are opened when something is wrong. The messages of
the rules on contents are in `tulevaisuus.rules`.
"""

from tulevaisuus.findings.finding import MessageTemplate

NOT_JSON = MessageTemplate("TSK001", "not_json")
NOT_UTF8 = MessageTemplate("TSK001", "not_utf8")
NOT_A_NUMBER = MessageTemplate("TSK001", "not_a_number")
LONE_SURROGATE = MessageTemplate("TSK001", "lone_surrogate")
DUPLICATE_KEY = MessageTemplate("TSK001", "duplicate_key")
TOO_LARGE = MessageTemplate("TSK001", "too_large")
TOO_DEEP = MessageTemplate("TSK001", "too_deep")
TOO_MANY_DIGITS = MessageTemplate("TSK001", "too_many_digits")
TOO_MANY_ITEMS = MessageTemplate("TSK001", "too_many_items")
BROKEN_FILE = MessageTemplate("TSK001", "broken_file")
WRONG_TYPE = MessageTemplate("TSK002", "wrong_type")
REJECTED_BY_CONVERTER = MessageTemplate("TSK002", "rejected_by_converter")
MISSING_FIELD = MessageTemplate("TSK003", "missing_field")
EMPTY_PERIOD = MessageTemplate("TSK003", "empty_period")
UNKNOWN_FIELD = MessageTemplate("TSK004", "unknown_field")
UNKNOWN_FIELD_NEAR = MessageTemplate("TSK004", "unknown_field_near")
UNKNOWN_CODE = MessageTemplate("TSK005", "unknown_code")
UNKNOWN_CODE_NEAR = MessageTemplate("TSK005", "unknown_code_near")
BAD_FORMAT = MessageTemplate("TSK006", "bad_format")
NO_SUCH_DAY = MessageTemplate("TSK006", "no_such_day")
NO_SUCH_MONTH = MessageTemplate("TSK006", "no_such_month")
BAD_CHECK_DIGIT = MessageTemplate("TSK006", "bad_check_digit")
SURROGATE_IN_TEXT = MessageTemplate("TSK006", "surrogate_in_text")
FOREIGN_FORMAT = MessageTemplate("TSK007", "foreign_format")
UNREADABLE_VERSION = MessageTemplate("TSK007", "unreadable_version")
NEWER_VERSION = MessageTemplate("TSK007", "newer_version")
NO_SUCH_VERSION = MessageTemplate("TSK007", "no_such_version")
DOWNGRADE = MessageTemplate("TSK007", "downgrade")
DUPLICATE_ID = MessageTemplate("TSK008", "duplicate_id")
STRAY_ROW = MessageTemplate("TSK009", "stray_row")
PERIOD_REVERSED = MessageTemplate("TSK011", "period_reversed")
AMOUNT_OUT_OF_RANGE = MessageTemplate("TSK012", "amount_out_of_range")
EMPTY_TEXT = MessageTemplate("TSK013", "empty_text")
