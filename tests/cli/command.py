"""Helpers for the tests of the command: example files, and the result of a run."""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

__all__ = ["BROKEN", "VALID", "Command", "Outcome"]

VALID = "examples/varsinais-suomi.json"
BROKEN = "examples/varsinais-suomi-broken.json"


class Outcome(NamedTuple):
    """The exit code and the output of a run."""

    code: int
    out: str
    err: str


Command: TypeAlias = Callable[..., Outcome]
