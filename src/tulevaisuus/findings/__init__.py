"""What can be wrong: findings, their place, severity and words, and the exceptions that list them.

Each name opens at first touch.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
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
    from tulevaisuus.findings.localization import (
        LANGUAGES,
        Localizable,
        LocalizedText,
        Param,
        localize,
    )
    from tulevaisuus.findings.location import Location
    from tulevaisuus.findings.severity import Ranked, Severity

__all__ = [
    "LANGUAGES",
    "AmbiguousNameError",
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
    "Severity",
    "TulevaisuusError",
    "UnknownCodeError",
    "UnknownLanguageError",
    "localize",
]

_HOMES = {
    "errors": (
        "AmbiguousNameError",
        "DocumentError",
        "InvalidValueError",
        "OutsideFactsError",
        "TulevaisuusError",
        "UnknownCodeError",
        "UnknownLanguageError",
    ),
    "finding": ("Finding", "MessageTemplate"),
    "localization": ("LANGUAGES", "Localizable", "LocalizedText", "Param", "localize"),
    "location": ("Location",),
    "severity": ("Ranked", "Severity"),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        from tulevaisuus._lazy import open_name

        return open_name(__name__, _HOMES, name)

    def __dir__() -> list[str]:
        return list(__all__)
