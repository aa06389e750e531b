"""What can be found wrong: findings, their severity and words, and the exceptions with them."""

from tulevaisuus.findings.errors import (
    AmbiguousNameError,
    DocumentError,
    InvalidValueError,
    OutsideFactsError,
    TulevaisuusError,
    UnknownCodeError,
    UnknownLanguageError,
)
from tulevaisuus.findings.finding import Finding, MessageTemplate
from tulevaisuus.findings.localization import LANGUAGES, Localizable, LocalizedText, Param, localize
from tulevaisuus.findings.severity import Ranked, Severity

__all__ = [
    "LANGUAGES",
    "AmbiguousNameError",
    "DocumentError",
    "Finding",
    "InvalidValueError",
    "Localizable",
    "LocalizedText",
    "MessageTemplate",
    "OutsideFactsError",
    "Param",
    "Ranked",
    "Severity",
    "TulevaisuusError",
    "UnknownCodeError",
    "UnknownLanguageError",
    "localize",
]
