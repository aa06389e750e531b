"""Code lists: their base class `Code`, the code list `Evidence`, and the field type of codes.

Documents contain the text or number of a code. Evidence is how firmly the sources support a fact or
rule.
"""

import functools
from collections.abc import Sequence
from enum import Enum, IntEnum, StrEnum
from itertools import islice
from typing import Self, cast

from tulevaisuus.findings import expectations, found_values, messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.localization import Localizable, escape_unprintable
from tulevaisuus.findings.pydantic_and_notebooks import NotebookMethods
from tulevaisuus.findings.severity import Ranked
from tulevaisuus.model._hooks import PydanticSupport
from tulevaisuus.model.field_type_base import Bind, FastPath, Scalar
from tulevaisuus.model.type_errors import code_for, invalid_value, wrong_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.suggestions import Vocabulary
    from tulevaisuus.model.text import Text

__all__ = ["Code", "EnumMember", "Evidence", "Labelled", "suggest_code", "unknown_code"]


class Labelled(NotebookMethods):
    """The base of all code lists: each code has a label in Finnish, Swedish and English."""

    __slots__ = ()

    @property
    def label(self) -> "Text":
        """The name of the code for people, in each language."""
        # Imported late: `Text` itself uses a code list (`Language`), and few programs need labels.
        from tulevaisuus.model.labels import label_of

        return label_of(type(self).__name__, str(getattr(self, "value", "")))

    def __format__(self, spec: str) -> str:
        """Return the label in a language, ``f"{code:sv}"``, or the value as Python formats it."""
        from tulevaisuus.findings.localization import split_language

        language, text_spec = split_language(spec)
        if language is None:
            return super().__format__(spec)
        return format(self.label.get(language), text_spec)

    @classmethod
    def _missing_(cls, value: object) -> None:
        """Raise the error for an unknown code, as `Enum` does, but with a long code cut."""
        from tulevaisuus.model.entity import key_repr

        raise ValueError(f"{key_repr(value)} is not a valid {cls.__name__}")


class Code(PydanticSupport, Labelled, StrEnum):
    """A code of a code list (*koodisto*); documents contain its value.

    >>> from tulevaisuus import GrantStatus
    >>> GrantStatus.GRANTED.value, GrantStatus.GRANTED.label.get("fi")
    ('granted', 'myönnetty')
    """

    def localize(self, language: str) -> str:
        """Return the label as messages show it."""
        return self.label.localize(language)


class Evidence(PydanticSupport, Labelled, Ranked):
    """How strong the evidence of a statement is: ``stated > textual > inferred > weak``.

    *Stated*: a source says it. *Textual*: the words of a source repeat it. *Inferred*: it follows
    from what sources say. *Weak*: it is our own, and hardly more than a guess.

    >>> Evidence.STATED > Evidence.TEXTUAL
    True
    """

    STATED = "stated"
    TEXTUAL = "textual"
    INFERRED = "inferred"
    WEAK = "weak"

    def localize(self, language: str) -> str:
        """Return the label as messages show it."""
        return self.label.localize(language)


def suggest_code(enum: type[Enum], text: str) -> str | None:
    """Return the code whose label, in any language, or name is the text; ``None`` if none is.

    Documents contain codes, not labels. But a label in a document can only mean its code.

    >>> from tulevaisuus import GrantStatus
    >>> suggest_code(GrantStatus, "Myönnetty")
    'granted'
    """
    return _codes_by_name(enum).get(_normalise_code(text))


@functools.cache  # a code list does not change, and a table may have a code in each row
def _codes_by_name(enum: type[Enum]) -> "dict[str, str]":
    """Return the codes by name, value and labels; of codes with the same name, the first."""
    from tulevaisuus.findings.localization import LANGUAGES

    codes: dict[str, str] = {}
    for member in enum:
        label = getattr(member, "label", None)
        wordings = (getattr(label, language, None) for language in LANGUAGES)
        names = [member.name, str(member.value), *(wording for wording in wordings if wording)]
        for name in names:
            codes.setdefault(_normalise_code(name), str(member.value))
    return codes


def _normalise_code(text: str) -> str:
    """Normalise a code or a label; underscores of codes are spaces in labels."""
    from tulevaisuus.model.name_search import normalise_name

    return normalise_name(text.replace("_", " "))


_MAX_WORDS = 6
"""The maximum number of words of a text that are compared with labels."""

_MIN_STEM, _MAX_ENDING = 5, 3
"""Words are compared without their last letters, but with at least this many first letters."""

_MAX_SUGGESTIONS = 3


class EnumMember(Scalar):
    """A member of an enum; a document contains its value, a text or a number."""

    __slots__ = ("enum",)

    def __init__(self, enum: type[Enum]) -> None:
        """Keep the enum whose members are the valid values."""
        self.enum: type[Enum] = enum

    @property
    def column_type(self) -> type:
        """The type of the codes: `int` or `str`."""
        return int if issubclass(self.enum, IntEnum) else str

    def validate(self, value: object) -> Enum:
        """Reject other types and unknown codes."""
        if isinstance(value, self.enum):
            return value
        base = self.column_type
        if not isinstance(value, base) or isinstance(value, bool | Enum):
            expected = expectations.INTEGER if base is int else code_for(value)
            raise wrong_type(value, expected, base)
        try:
            return self.enum(value)
        except ValueError:
            raise unknown_code(cast("str | int", value), self.enum) from None

    def write(self, value: object) -> object:
        """Return the code."""
        return cast("Enum", value).value

    def to_cell(self, value: object) -> object:
        """Return the code."""
        return cast("Enum", value).value

    def json_schema(self) -> dict[str, object]:
        """List the codes."""
        kind = "integer" if self.column_type is int else "string"
        return {"type": kind, "enum": [member.value for member in self.enum]}

    def samples(self) -> Sequence[Enum]:
        """Return all members."""
        return [*self.enum]

    def fast_read(self, bind: Bind) -> Sequence[FastPath]:
        """Look the code up in a dict."""
        members = bind({member.value: member for member in self.enum})
        return [
            FastPath(f"{members}[v]", f"type(v) is {self.column_type.__name__} and v in {members}"),
        ]

    def fast_write(self, bind: Bind) -> str:
        """Write the code; ``_value_`` is an attribute, ``value`` a slower property."""
        del bind
        return "v._value_"


def unknown_code(found: str | int, enum: type[Enum]) -> InvalidValueError:
    """Make the error for a code that is not in a code list, and suggest similar codes.

    Args:
        found: The unknown code. If it is a label, in any language, the code of the label is
            suggested.
        enum: The code list.
    """
    from tulevaisuus.findings.lookalike_characters import distinguish  # only needed for mistakes

    options = _options(enum)
    suggestions = _suggestions(enum, found) if isinstance(found, str) else ()
    if suggestions:
        shown = distinguish(found, suggestions) if isinstance(found, str) else found
        return invalid_value(
            messages.UNKNOWN_CODE_NEAR,
            found=found_values.quote(shown),
            suggestions=tuple(options[code] for code in suggestions),
        )
    known = tuple(options.values())
    return invalid_value(messages.UNKNOWN_CODE, found=found_values.quote(found), known=known)


@functools.cache  # a code list does not change, and one document may have many wrong codes
def _options(enum: type[Enum]) -> "dict[str, _CodeOption]":
    codes = {str(member.value): getattr(member, "label", None) for member in enum}
    return {code: _CodeOption(code, label) for code, label in codes.items()}


class _CodeOption(str):
    """A code that a message suggests, with its label in the languages other than English.

    Codes are English words, so the English label would only repeat them. A program that reads the
    parameters of a message gets the text of the code.
    """

    __slots__ = ("label",)

    label: Localizable | None

    def __new__(cls, code: str, label: Localizable | None) -> Self:
        """Make the text of the code, and keep the label."""
        option = super().__new__(cls, code)
        option.label = label
        return option

    def __reduce__(self) -> tuple[type[Self], tuple[str, Localizable | None]]:
        """Return what makes the option again when it is unpickled."""
        return type(self), (str(self), self.label)

    def localize(self, language: str) -> str:
        """Return the code and the label in a language: ``granted (myönnetty)``."""
        code = escape_unprintable(str(self))
        if self.label is None or language == "en":
            return code
        return f"{code} ({self.label.localize(language)})"


def _suggestions(enum: type[Enum], found: str) -> tuple[str, ...]:
    code = suggest_code(enum, found)
    if code is not None:
        return (code,)
    return _vocabulary(enum).search(found) or _codes_with_words(enum, found)


def _codes_with_words(enum: type[Enum], found: str) -> tuple[str, ...]:
    """Return the codes with a label that contains all words of a text, in any inflected form.

    *terveydenhuolto* is found in *perusterveydenhuollon palvelut*, because stems are compared.
    """
    from tulevaisuus.findings.localization import LANGUAGES
    from tulevaisuus.model.name_search import normalise_name

    stems = [_stem(word) for word in normalise_name(found.replace("_", " ")).split()[:_MAX_WORDS]]
    if not stems or max(map(len, stems)) < _MIN_STEM:
        return ()

    def has_all_words(member: Enum) -> bool:
        """Return whether the label in any language contains all stems."""
        label = getattr(member, "label", None)
        wordings = (normalise_name(getattr(label, language, None) or "") for language in LANGUAGES)
        return any(all(stem in wording for stem in stems) for wording in wordings)

    matching = (str(member.value) for member in enum if has_all_words(member))
    return tuple(islice(matching, _MAX_SUGGESTIONS))


def _stem(word: str) -> str:
    """Cut off the end of a longer word, which inflection changes: *huolto*, *huollon*."""
    return max(word[:_MIN_STEM], word[:-_MAX_ENDING], key=len)


@functools.cache  # a code list does not change, and one document may have many wrong codes
def _vocabulary(enum: type[Enum]) -> "Vocabulary":
    """Return the codes of a code list with their labels in all languages."""
    from tulevaisuus.findings.localization import LANGUAGES
    from tulevaisuus.findings.suggestions import Vocabulary

    labels = ((str(member.value), getattr(member, "label", None)) for member in enum)
    return Vocabulary(
        (code, [text for language in LANGUAGES if (text := getattr(label, language, None))])
        for code, label in labels
    )
