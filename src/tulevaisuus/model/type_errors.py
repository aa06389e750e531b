"""The errors about one value, and the simplest checks of types.

If a value of another library can be converted to a valid one, the error says how. Field types raise
these errors, and readers in other packages do.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, cast

from tulevaisuus.findings import expectations, found_values, messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.messages import MessageTemplate

TYPE_CHECKING = False
if TYPE_CHECKING:  # at run time, imported only to report a mistake
    from tulevaisuus.findings.localization import LocalizedText, Param

__all__ = [
    "bad_format",
    "code_for",
    "invalid_value",
    "not_an_object",
    "require_int",
    "require_text",
    "wrong_type",
]


def invalid_value(template: MessageTemplate, **params: "Param") -> InvalidValueError:
    """Make the error for one value, with one finding."""
    return InvalidValueError([template.finding(**params)])


def wrong_type(
    value: object, expected: "LocalizedText", target: type = object
) -> InvalidValueError:
    """Make the error for a value of a wrong type; it names a conversion if there is one.

    Args:
        value: The value that was found.
        expected: The phrase for the valid values.
        target: The Python type of the valid values, if values of other libraries can be converted
            to it: `datetime.date`, `Decimal`, `int`, `bool`, `str` or `list`.
    """
    found = found_values.describe(value)
    if found_values.is_missing(value):
        return invalid_value(messages.MISSING_VALUE, found=found, expected=expected)
    conversion = _conversion(value, target)
    if conversion:
        return invalid_value(
            messages.UNCONVERTED_TYPE, found=found, expected=expected, conversion=conversion
        )
    return invalid_value(messages.WRONG_TYPE, found=found, expected=expected)


def code_for(value: object) -> "LocalizedText":
    """Return the phrase for an expected code; for a number, it mentions lost leading zeros."""
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return expectations.CODE if is_number else expectations.TEXT


def _conversion(value: object, target: type) -> str:
    """Return the source text that converts a value to a type; empty if that is not possible."""
    is_timestamp = type(value).__name__ == "datetime64"
    if is_timestamp or isinstance(value, dt.datetime):
        to_date = '.astype("datetime64[D]").item()' if is_timestamp else ".date()"
        return to_date if target is dt.date else ""
    if type(value).__module__.partition(".")[0] in {"numpy", "pandas", "polars"}:
        return _to_python(cast("Any", value), target)
    if target is list:
        return _to_list(value)
    return _key_attribute(value) if target is str else ""


def _to_list(value: object) -> str:
    """Return the source text that makes a list of a generator, a set and the like."""
    if isinstance(value, set | frozenset):
        elements = cast("set[object]", value)
        if all(isinstance(each, str) for each in elements):
            return "sorted(...)"  # the same list in every run of the program
    is_other = isinstance(value, type | str | bytes | bytearray | memoryview | Mapping)
    return "list(...)" if isinstance(value, Iterable) and not is_other else ""


def _to_python(value: Any, target: type) -> str:  # noqa: ANN401 - of another library
    """Return the source text that makes a Python object of a scalar or array, if that is valid."""
    if target is list:
        return next((f".{name}()" for name in ("to_list", "tolist") if hasattr(value, name)), "")
    if not hasattr(value, "item") or getattr(value, "ndim", False):
        return ""
    plain: object = value.item()
    if isinstance(plain, float) and target is Decimal:
        return "decimal.Decimal(str(...))"  # a float32 is inexact
    is_accepted = (type(plain), target) in {(bool, bool), (int, int), (int, Decimal)}
    return ".item()" if is_accepted else ""


def _key_attribute(value: object) -> str:
    """Return the source text of an entity's key attribute, such as ``.id``."""
    fields: tuple[str, ...] = getattr(value, "key_fields", ())
    return f".{fields[0]}" if len(fields) == 1 and not isinstance(value, type) else ""


def not_an_object(value: object, cls: type) -> InvalidValueError:
    """Make the error for a value that is no object of a class; it names what reads a dict."""
    expected = expectations.object_of(cls.__name__)
    if not isinstance(value, dict):
        return wrong_type(value, expected)
    return invalid_value(
        messages.UNCONVERTED_TYPE,
        found=found_values.describe(cast("object", value)),
        expected=expected,
        conversion=f"tulevaisuus.formats.structure(..., {cls.__name__})",
    )


def bad_format(value: object, expected: "LocalizedText") -> InvalidValueError:
    """Make the error for a value of the right type but in a wrong form."""
    return invalid_value(messages.BAD_FORMAT, found=found_values.describe(value), expected=expected)


def require_text(value: object) -> str:
    """Return the value if it is text; raise `InvalidValueError` if it is not.

    An object of a subclass, such as `numpy.str_`, becomes a plain `str`: it might compare or print
    itself in another way.
    """
    if not isinstance(value, str):
        raise wrong_type(value, expectations.TEXT, str)
    return value if type(value) is str else str.__str__(value)


def require_int(value: object) -> int:
    """Return the value if it is a whole number and no `bool`; raise `InvalidValueError` if not."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong_type(value, expectations.INTEGER, int)
    return value if type(value) is int else int.__int__(value)
