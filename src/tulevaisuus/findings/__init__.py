"""Findings (problems in data), with location, severity and messages, and all exceptions.

Modules are imported when a name is first used.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.errors import DocumentError, InvalidValueError
    from tulevaisuus.findings.finding import Finding
    from tulevaisuus.findings.localization import (
        LANGUAGES,
        Localizable,
        LocalizedText,
        Param,
        UnknownLanguageError,
        localize,
    )
    from tulevaisuus.findings.location import Location
    from tulevaisuus.findings.lookup_errors import (
        AmbiguousNameError,
        OutsideFactsError,
        TulevaisuusError,
        UnknownCodeError,
    )
    from tulevaisuus.findings.messages import MessageTemplate
    from tulevaisuus.findings.report import CheckError, Report
    from tulevaisuus.findings.severity import Ranked, Severity
    from tulevaisuus.findings.unchecked import Unchecked

__all__ = [
    "LANGUAGES",
    "AmbiguousNameError",
    "CheckError",
    "DocumentError",
    "Finding",
    "InvalidValueError",
    "Localizable",
    "LocalizedText",
    "Location",
    "MessageTemplate",
    "OutsideFactsError",
    "Param",
    "Ranked",
    "Report",
    "Severity",
    "TulevaisuusError",
    "Unchecked",
    "UnknownCodeError",
    "UnknownLanguageError",
    "localize",
]

_NAMES_BY_MODULE = {
    "errors": ("DocumentError", "InvalidValueError"),
    "finding": ("Finding",),
    "localization": (
        "LANGUAGES",
        "Localizable",
        "LocalizedText",
        "Param",
        "UnknownLanguageError",
        "localize",
    ),
    "location": ("Location",),
    "lookup_errors": (
        "AmbiguousNameError",
        "OutsideFactsError",
        "TulevaisuusError",
        "UnknownCodeError",
    ),
    "report": ("CheckError", "Report"),
    "severity": ("Ranked", "Severity"),
    "messages": ("MessageTemplate",),
    "unchecked": ("Unchecked",),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        from tulevaisuus._lazy import open_name

        return open_name(__name__, _NAMES_BY_MODULE, name)

    def __dir__() -> list[str]:
        return list(__all__)
