"""`Evidence`: how firmly the sources carry a rule or a link."""

from tulevaisuus.findings import Ranked

__all__ = ["Evidence"]


class Evidence(Ranked):
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
