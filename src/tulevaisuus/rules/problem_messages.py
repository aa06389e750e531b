"""`Problem`: a violation of a rule; `problem` makes one, and shortens what its message shows."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from decimal import Decimal
from types import NoneType
from typing import NamedTuple, TypeVar, cast

from tulevaisuus.findings.argument_checks import require_argument, wrong_argument
from tulevaisuus.findings.localization import LANGUAGES, LocalizedText, Param
from tulevaisuus.findings.severity import Severity
from tulevaisuus.model.text import Text

__all__ = ["Problem", "first_for_message", "problem", "shortened"]

A = TypeVar("A")

_MAX_TEXT, _MAX_ELEMENTS = 200, 25
"""Longer texts (in characters) and lists in the parameters of a problem are shortened."""

_ALWAYS_SHORT = {int, Decimal, dt.date, NoneType}
"""The types of most parameters that never are too long."""

_SHOWN = (str, tuple, int, Decimal, dt.date)
"""The types that a message shows, besides those that have a text in each language."""

_WHAT_IS_SHOWN = "what a message shows: a text, whole number, Decimal or day, or a tuple of them"

_ONLY_TEXTS = {str}  # the types in a tuple of texts


class Problem(NamedTuple):
    """A violation of a rule: where it is in the entity, which message applies, its parameters.

    ``severity`` is ``None`` unless the problem is less severe than the rule.
    """

    path: str
    message: str
    params: tuple[tuple[str, Param], ...]
    severity: Severity | None


def problem(
    path: str, message: str = "broken", severity: Severity | None = None, /, **params: Param
) -> Problem:
    """Make a problem.

    Args:
        path: The JSON Pointer of the wrong value, relative to the entity (``/usable/end``).
        message: The name of a message of the rule; a rule with one message calls it ``broken``.
        severity: The severity, if it is lower than that of the rule.
        params: The values that the message names. Long texts and lists are shortened, so that a
            report with many findings stays small.

    Raises:
        TypeError: An argument has a wrong type, or a message cannot show one of the values.

    """
    if type(path) is not str or type(message) is not str or severity is not None:
        _require_arguments_of_problem(path, message, severity)
    for name, value in params.items():
        if type(value) is str:  # true for most values; this must be fast
            if len(value) > _MAX_TEXT:
                params[name] = shortened(value)
        elif type(value) not in _ALWAYS_SHORT:
            if not isinstance(value, _SHOWN) and not hasattr(value, "localize"):
                raise wrong_argument(value, name, _WHAT_IS_SHOWN)
            params[name] = shortened(value)
    return Problem(path, message, tuple(params.items()), severity)


def _require_arguments_of_problem(path: str, message: str, severity: Severity | None) -> None:
    require_argument(path, str, "problem", "the JSON Pointer of a value, such as '/usable/end'")
    require_argument(message, str, "problem", "the name of a message after the path")
    takes = "a Severity after the name of the message"
    require_argument(severity, (Severity, NoneType), "problem", takes)


def first_for_message(values: Iterable[A]) -> tuple[A, ...]:
    """Return as many values as a message shows, and one more if there are more.

    `problem` replaces the last one by an ellipsis. The rest need not be computed.
    """
    return tuple(itertools.islice(values, _MAX_ELEMENTS + 1))


def shortened(value: Param) -> Param:
    """Shorten a long text or list for a message; it then ends with an ellipsis."""
    if isinstance(value, str):
        return value if len(value) <= _MAX_TEXT else f"{value[:_MAX_TEXT]}…"
    if isinstance(value, tuple):
        return value if _is_short(value) else _shortened_list(value)
    if isinstance(value, Text) and any(len(wording) > _MAX_TEXT for wording in value.wordings()):
        return LocalizedText(*(str(shortened(value.get(language))) for language in LANGUAGES))
    return value


def _shortened_list(values: tuple[Param, ...]) -> tuple[Param, ...]:
    elements = tuple([shortened(element) for element in values[:_MAX_ELEMENTS]])
    return elements if len(values) <= _MAX_ELEMENTS else (*elements, "…")


def _is_short(values: tuple[Param, ...]) -> bool:
    """Return whether a list has only few and short texts; true for most lists, and fast."""
    if len(values) > _MAX_ELEMENTS or {*map(type, values)} != _ONLY_TEXTS:
        return False
    return max(map(len, cast("tuple[str, ...]", values))) <= _MAX_TEXT
