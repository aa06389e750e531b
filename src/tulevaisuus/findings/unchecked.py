"""`Unchecked`: an object that could not be read, so that no rule was checked on it.

A register is a collection of the entities of one class, by key.
"""

from typing import TypeVar

import attrs

from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.pydantic_and_notebooks import PydanticFields

__all__ = ["Located", "Unchecked"]


@attrs.frozen(kw_only=True)
class Unchecked(PydanticFields):
    """An object that could not be read, so that no rule was checked on it.

    Its errors are among the findings of the report. After they are corrected, rules may find more.

    ``path`` is the JSON Pointer of the object, or of a register or document that could not be read
    at all. ``subject`` is the class and key of the object (``grant g21``): only the class if the
    key is not readable, empty for more than one object. ``location`` is where the object begins in
    the file that was read, or ``None``; comparisons ignore it.

    >>> Unchecked(path="/grants/1", subject="grant g21").subject
    'grant g21'
    """

    path: str
    subject: str = ""
    location: Location | None = attrs.field(default=None, eq=False)


Located = TypeVar("Located", Finding, Unchecked)
"""What has a path, and a location if the source is known."""
