"""The subjects of findings, in the language of the reader."""

from tulevaisuus.findings.localization import escape_unprintable
from tulevaisuus.model.labels import entity_label

__all__ = ["subject_text"]


def subject_text(subject: str, language: str) -> str:
    """Return the subject of a finding, with the name of its class in a language.

    >>> subject_text("grant vs-2021", "sv")
    'understöd vs-2021'
    """
    singular, blank, key = subject.partition(" ")
    class_name = entity_label(singular).get(language) if singular else ""
    return escape_unprintable(f"{class_name}{blank}{key}")
