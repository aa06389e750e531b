"""`Code`: the words of code lists; `Evidence`, whose words have an order."""

from enum import StrEnum

from tulevaisuus.findings.severity import Ranked
from tulevaisuus.model._hooks import PydanticField

__all__ = ["Code", "Evidence"]


class Code(PydanticField, StrEnum):
    """A word of a code list (*koodisto*); its value is what documents hold."""


class Evidence(PydanticField, Ranked):
    """How well something stands: ``stated > textual > inferred > weak``.

    *Stated*: a source says it. *Textual*: a source's words repeat it. *Inferred*: it follows from
    what sources say. *Weak*: it is ours, and hardly more than a guess.

    >>> Evidence.STATED > Evidence.TEXTUAL
    True
    """

    STATED = "stated"
    TEXTUAL = "textual"
    INFERRED = "inferred"
    WEAK = "weak"
