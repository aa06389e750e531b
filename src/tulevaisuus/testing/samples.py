"""Small documents for each rule, one that keeps it and one that breaks it; no Hypothesis is needed.

They are the examples of the `tulevaisuus.rulebook` as whole documents.
"""

from tulevaisuus.formats.format_version import FORMAT_VERSION
from tulevaisuus.rules.rule_declaration import rulebook

__all__ = ["broken", "valid"]

_HEADER = f'{{"format": "tulevaisuus", "format_version": "{FORMAT_VERSION}", '


def valid(code: str) -> str:
    """Return a document that keeps the rule of the code, and has no error of another rule.

    An unknown code is an `UnknownCodeError`.
    """
    return _document(rulebook[code].passes)


def broken(code: str) -> str:
    """Return a document that breaks the rule of the code, and has no worse finding.

    An unknown code is an `UnknownCodeError`.

    >>> import tulevaisuus as tul
    >>> tul.check(tul.loads(broken("TSK302"))).errors[0].code
    'TSK302'
    """
    return _document(rulebook[code].fails)


def _document(example: str | None) -> str:
    text = example or "{}"
    return text if '"format"' in text else text.replace("{", _HEADER, 1)
