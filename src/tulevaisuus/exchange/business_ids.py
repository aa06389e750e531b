"""`with_hyphen`: reads a business id, the number of an organisation, with or without its hyphen."""

import re

__all__ = ["with_hyphen"]

_BUSINESS_ID = re.compile("([0-9]{7})-?([0-9])")


def with_hyphen(text: str) -> str | None:
    """Return a business id with its hyphen, or ``None`` if a text has another form.

    >>> with_hyphen("02048198"), with_hyphen("0204819-8"), with_hyphen("Turku")
    ('0204819-8', '0204819-8', None)
    """
    match = _BUSINESS_ID.fullmatch(text)
    return f"{match[1]}-{match[2]}" if match else None
