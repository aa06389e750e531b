"""`Code`, the base class of code lists with labels; `Evidence`, a code list with an order.

Evidence is how firmly the sources support a fact or rule.
"""

from enum import Enum, StrEnum

from tulevaisuus.findings.pydantic_and_notebooks import NotebookOutput
from tulevaisuus.findings.severity import Ranked
from tulevaisuus.model._hooks import PydanticField

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.model.text import Text

__all__ = ["Code", "Evidence", "Labelled", "suggest_code"]


class Labelled(NotebookOutput):
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


class Code(PydanticField, Labelled, StrEnum):
    """A code of a code list (*koodisto*); documents contain its value.

    >>> from tulevaisuus import GrantStatus
    >>> GrantStatus.GRANTED.value, GrantStatus.GRANTED.label.get("fi")
    ('granted', 'myönnetty')
    """

    def localize(self, language: str) -> str:
        """Return the label as messages show it."""
        return self.label.localize(language)


class Evidence(PydanticField, Labelled, Ranked):
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
    """Return the code with a label, in any language, or a name; ``None`` if there is none.

    Documents contain codes, not labels. But a label in a document can only mean its code.

    >>> from tulevaisuus import GrantStatus
    >>> suggest_code(GrantStatus, "Myönnetty")
    'granted'
    """
    from tulevaisuus.findings.localization import LANGUAGES
    from tulevaisuus.model.name_search import normalise_name

    normalised = normalise_name(text.replace("_", " "))
    for member in enum:
        label = getattr(member, "label", None)
        wordings = (getattr(label, language, None) for language in LANGUAGES)
        names = [member.name, str(member.value), *(each for each in wordings if each)]
        if any(normalise_name(name.replace("_", " ")) == normalised for name in names):
            return str(member.value)
    return None
