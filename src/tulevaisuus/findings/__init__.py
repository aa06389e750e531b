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
from tulevaisuus.findings.finding import Finding, Template
from tulevaisuus.findings.ranks import Ranked, Severity
from tulevaisuus.findings.words import LANGUAGES, Param, Sayable, Words, say

__all__ = [
    "LANGUAGES",
    "AmbiguousNameError",
    "DocumentError",
    "Finding",
    "InvalidValueError",
    "OutsideFactsError",
    "Param",
    "Ranked",
    "Sayable",
    "Severity",
    "Template",
    "TulevaisuusError",
    "UnknownCodeError",
    "UnknownLanguageError",
    "Words",
    "say",
]
