"""Recognises JSON files of 360Giving. Each JSON file is looked into, so this imports no reader."""

from pathlib import Path

__all__ = ["is_360giving"]

_HEAD_SIZE = 65_536
"""How many bytes at the beginning of a file are searched for the names of fields."""

_360GIVING_FIELDS = (b'"fundingOrganization"', b'"amountAwarded"', b'"recipientOrganization"')
_FIELD_OF_OUR_FORMAT = b'"format_version"'
"""The fields of both formats by which a JSON file is recognised."""


def is_360giving(path: Path) -> bool:
    """Return whether a JSON file begins with fields of 360Giving, and not with ours."""
    with path.open("rb") as file:
        head = file.read(_HEAD_SIZE)
    return _FIELD_OF_OUR_FORMAT not in head and any(field in head for field in _360GIVING_FIELDS)
