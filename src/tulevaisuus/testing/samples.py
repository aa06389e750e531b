"""Two small documents for each rule, one that keeps it and one that breaks it.

They are the examples of `tulevaisuus.rulebook` as complete documents. Hypothesis is not needed.
"""

from tulevaisuus.formats.format_version import FORMAT_VERSION
from tulevaisuus.rules.rule_declaration import rulebook

__all__ = ["broken", "valid"]

_HEADER = f'{{"format": "tulevaisuus", "format_version": "{FORMAT_VERSION}", '


def valid(code: str) -> str:
    """Return a document that keeps a rule, and has no error of another rule.

    Raises:
        UnknownCodeError: No rule has this code.
    """
    return _document(rulebook[code].passes)


def broken(code: str) -> str:
    """Return a document that breaks a rule, and has no finding of higher severity.

    Raises:
        UnknownCodeError: No rule has this code.

    >>> import tulevaisuus as tul
    >>> tul.check(tul.loads(broken("TSK302"))).errors[0].code
    'TSK302'
    """
    return _document(rulebook[code].fails)


def _document(example: str | None) -> str:
    text = example or "{}"
    return text if '"format"' in text else text.replace("{", _HEADER, 1)
