"""`wrong_type_finding`: reports a part of a file that has another type than the format requires."""

from tulevaisuus.findings import found_values, messages
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LocalizedText

__all__ = ["wrong_type_finding"]


def wrong_type_finding(value: object, expected: LocalizedText) -> Finding:
    """Make the finding about a value where another type is expected, such as an object."""
    return messages.WRONG_TYPE.finding(found=found_values.describe(value), expected=expected)
