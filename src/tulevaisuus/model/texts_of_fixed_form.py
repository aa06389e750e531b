"""`TextValue`: the base of classes for one text with a fixed form, such as a business id."""

import functools
import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Self, cast

import attrs

from tulevaisuus.findings import expectations, found_values, messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.model.field_type_base import Bind, FastPath
from tulevaisuus.model.field_types import AnyObject, TextScalar, Typed
from tulevaisuus.model.text_number_and_date_types import remembered, text_schema
from tulevaisuus.model.type_errors import wrong_type
from tulevaisuus.model.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:  # at run time, imported only to report a mistake
    from tulevaisuus.findings.finding import Finding
    from tulevaisuus.findings.localization import LocalizedText

__all__ = ["TextOf", "TextValue"]


@attrs.frozen(repr=False)
class TextValue(Value, Typed):
    """A text with a fixed form; it is plain text in documents, in tables and as ``str(value)``.

    A subclass defines ``pattern``, which the whole text must match, and ``examples``, valid texts
    for schemas and generated tests. It may define `expected`, the phrase for error messages, and
    `problems`, for further checks, such as a check digit.

    >>> @attrs.frozen(repr=False)
    ... class PostalCode(TextValue):
    ...     pattern = "[0-9]{5}"
    ...     examples = ("20100", "00100")
    >>> str(PostalCode("20100"))
    '20100'
    """

    pattern: ClassVar[str]
    examples: ClassVar[Sequence[str]]

    value: Annotated[str, AnyObject()]

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        """Reject a subclass that lacks ``pattern`` or ``examples``, or has other fields."""
        missing = [name for name in ("pattern", "examples") if not hasattr(cls, name)]
        if missing or len(attrs.fields(cls)) > 1:
            problem = f"needs {' and '.join(missing)}" if missing else "may have no other field"
            message = f"{cls.__name__} {problem}: a TextValue is one text of a given form"
            raise TypeError(message)
        super().__attrs_init_subclass__()

    def __attrs_post_init__(self) -> None:
        """Reject other types and forms, and texts in which `problems` finds something."""
        text = cast("object", self.value)
        if not isinstance(text, str):
            raise wrong_type(text, self.expected())
        if not _compiled(self.pattern).fullmatch(text):
            params = {"found": found_values.describe(text), "expected": self.expected()}
            intended = self.intended(text)
            raise InvalidValueError(
                [
                    messages.BAD_FORMAT.finding(**params)
                    if intended is None
                    else messages.BAD_FORMAT_NEAR.finding(**params, suggestion=intended)
                ]
            )
        findings = [*self.problems(text)]
        if findings:
            raise InvalidValueError(findings)

    @classmethod
    def expected(cls) -> "LocalizedText":
        """Return the phrase for the form that the text must have."""
        return expectations.expected("form_of", name=cls.__name__, example=cls.examples[0])

    @classmethod
    def problems(cls, text: str) -> "Iterator[Finding]":
        """Yield findings on a text that matches the pattern."""
        del text
        yield from ()

    @classmethod
    def intended(cls, text: str) -> str | None:
        """Return the correct form of a text that does not match the pattern, if it is clear."""
        del text
        return None

    @classmethod
    def field_type(cls) -> "TextOf":
        """Return the field type of this class."""
        return _text_of(cast("Hashable", cls))

    @classmethod
    def construct_unchecked(cls, fields: Mapping[str, object]) -> Self:
        """Make a value from its text; it is checked too, because that takes no longer."""
        return cls(cast("str", fields["value"]))

    def __str__(self) -> str:
        """Return the text."""
        return self.value


class TextOf(TextScalar):
    """The field type of a `TextValue`: an object in Python, text in documents and tables."""

    __slots__ = ("cls",)

    def __init__(self, cls: type[TextValue]) -> None:
        """Keep the class."""
        self.cls: type[TextValue] = cls

    def validate(self, value: object) -> TextValue:
        """Accept only objects of the class."""
        if not isinstance(value, self.cls):
            name = self.cls.__name__
            example = f'{name}("{self.cls.examples[0]}")'
            raise wrong_type(value, expectations.expected("made", name=name, example=example))
        return value

    def read(self, plain: object) -> TextValue:
        """Make the object from its text."""
        return self.cls(cast("Any", plain))

    def write(self, value: object) -> str:
        """Return the text."""
        return str(value)

    def to_cell(self, value: object) -> str:
        """Return the text."""
        return str(value)

    def json_schema(self) -> dict[str, object]:
        """Require the form."""
        return {
            "title": self.cls.__name__,
            "description": self.cls.expected().en,
            **text_schema(self.cls.pattern, self.cls.examples),
        }

    def samples(self) -> Sequence[TextValue]:
        """Return the examples of the class."""
        return [self.cls(example) for example in self.cls.examples]

    def fast_read(self, bind: Bind) -> Sequence[FastPath]:
        """Cache values: equal texts become the same object, because it is immutable."""
        return [FastPath(f"{bind(remembered(self.read))}(v)", "type(v) is str")]

    def fast_write(self, bind: Bind) -> str:
        """Return the text."""
        return f"v.value if type(v) is {bind(self.cls)} else {bind(self.write)}(v)"


_compiled = functools.cache(re.compile)
"""Compiles each pattern once."""

_text_of = functools.cache(TextOf)
"""One field type for each class, because readers are cached by field type."""
