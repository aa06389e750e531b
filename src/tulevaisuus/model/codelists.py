"""`Code`: the codes of code lists, with labels; `Evidence`, whose codes have an order."""

from enum import Enum, StrEnum

from tulevaisuus.findings._output_hooks import NotebookOutput
from tulevaisuus.findings.severity import Ranked
from tulevaisuus.model._hooks import PydanticField

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.model.text import Text

__all__ = ["Code", "Evidence", "Labelled", "suggest_code"]


class Labelled(NotebookOutput):
    """What all code lists share: each code has a label in Finnish, Swedish and English."""

    __slots__ = ()

    @property
    def label(self) -> "Text":
        """What the code is called."""
        # Text itself has a code list, Language; and few programs show a label.
        from tulevaisuus.model.labels import label_of

        return label_of(type(self).__name__, str(getattr(self, "value", "")))


class Code(PydanticField, Labelled, StrEnum):
    """A code of a code list (*koodisto*); its value is what documents hold.

    >>> from tulevaisuus import GrantStatus
    >>> GrantStatus.GRANTED.value, GrantStatus.GRANTED.label.get("fi")
    ('granted', 'myönnetty')
    """

    def localize(self, language: str) -> str:
        """Return the label as messages show it."""
        return self.label.localize(language)


class Evidence(PydanticField, Labelled, Ranked):
    """How strong the evidence of a statement is: ``stated > textual > inferred > weak``.

    *Stated*: a source says it. *Textual*: a source's words repeat it. *Inferred*: it follows from
    what sources say. *Weak*: it is ours, and hardly more than a guess.

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
    """Return the code whose label, in any language, or whose name a text is; ``None`` if none.

    Labels are for people, so documents hold the code alone; whoever wrote a label meant its code.

    >>> from tulevaisuus import GrantStatus
    >>> suggest_code(GrantStatus, "Myönnetty")
    'granted'
    """
    from tulevaisuus.findings.localization import LANGUAGES
    from tulevaisuus.model.name_search import fold

    wanted = fold(text.replace("_", " "))
    for member in enum:
        label = getattr(member, "label", None)
        wordings = (getattr(label, language, None) for language in LANGUAGES)
        names = [member.name, str(member.value), *(each for each in wordings if each)]
        if any(fold(name.replace("_", " ")) == wanted for name in names):
            return str(member.value)
    return None
