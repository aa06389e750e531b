"""What the tests of the command share: what it answered, and how it is asked."""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

__all__ = ["BROKEN", "VALID", "Command", "Outcome"]

VALID = "examples/varsinais-suomi.json"
BROKEN = "examples/varsinais-suomi-broken.json"


class Outcome(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


Command: TypeAlias = Callable[..., Outcome]
