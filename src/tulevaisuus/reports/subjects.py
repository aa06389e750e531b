"""What readers call the objects that findings are about, in their language."""

from tulevaisuus.findings.catalogue import open_catalogue
from tulevaisuus.findings.localization import escape_unprintable

__all__ = ["subject_text"]


def subject_text(subject: str, language: str) -> str:
    """Return the subject of a finding with the word for its class in a language.

    >>> subject_text("grant vs-2021", "sv")
    'statsunderstöd vs-2021'
    """
    word, blank, key = subject.partition(" ")
    known = open_catalogue("tulevaisuus.reports", "subjects")["one"]
    shown = known[word].localize(language) if word in known else word
    return escape_unprintable(f"{shown}{blank}{key}")
