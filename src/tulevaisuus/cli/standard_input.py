"""Standard input as a file of the command: users write ``-`` for it."""

from collections.abc import Iterable

__all__ = ["STANDARD_INPUT", "STANDARD_INPUT_NAME", "with_standard_input"]

STANDARD_INPUT = "\0stdin"
"""Replaces ``-`` before arguments are parsed: no file can be called so, and it is no option."""

STANDARD_INPUT_NAME = "<stdin>"


def with_standard_input(arguments: Iterable[str]) -> list[str]:
    """Return the arguments with `STANDARD_INPUT` in place of ``-``."""
    return [STANDARD_INPUT if word == "-" else word for word in arguments]
