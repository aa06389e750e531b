"""Texts that several forms of a report share: labels, places, titles.

A register is a collection of the entities of one class, by key.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import TypeAlias

import attrs

from tulevaisuus.findings import messages
from tulevaisuus.findings.argument_checks import only_instances, require_argument
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import (
    LocalizedText,
    Param,
    escape_unprintable,
    localize,
    require_language,
)
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.report import Report
from tulevaisuus.findings.severity import Severity
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.findings.unchecked import Unchecked
from tulevaisuus.model.labels import entity_label, register_label

__all__ = [
    "Documents",
    "Reported",
    "documents_of",
    "page_phrase",
    "place_of",
    "register_text",
    "report_phrase",
    "severity_label",
    "skipped_rules",
    "subject_text",
    "titles_of",
    "unchecked_lines",
]

_MAX_UNCHECKED = 10
"""How many unchecked objects are named in text; all are counted."""

Reported: TypeAlias = Report | Iterable[tuple[str, Report | OSError]]
"""A report, or pairs of a document's name and its report.

An `OSError` in the place of a report is that of a file that could not be opened.
"""

Documents: TypeAlias = Sequence[tuple[str, Report | OSError]]
"""Names of documents, each with its report, or with the error of opening it."""


def documents_of(report: Reported, name: str, language: str) -> Documents:
    """Return documents with their names; a single report gets the given name.

    Raises:
        UnknownLanguageError: The language is not supported.
    """
    require_language(language)
    if isinstance(report, Report):
        return [(name, report)]
    takes = "a Report, such as tulevaisuus.check(portfolio), or pairs of a name and a Report"
    documents = [*only_instances(report, tuple, "report", takes)]
    for pair in documents:
        require_argument(pair if len(pair) == 2 else None, tuple, "report", takes)  # noqa: PLR2004
        require_argument(pair[1], (Report, OSError), "report", takes)
    return documents


def report_phrase(name: str, section: str = "report") -> LocalizedText:
    """Return a phrase of ``texts/report.toml``."""
    return open_catalogue("tulevaisuus.reports", "report")[section][name]


def severity_label(severity: Severity, language: str) -> str:
    """Return the label of a severity."""
    return severity.label.localize(language)


def titles_of(report: Report, language: str) -> Mapping[str, str]:
    """Return the titles of the rules in a report, by code."""
    return {code: localize(title, language) for code, title in report.titles}


def skipped_rules(report: Report) -> tuple[str, ...]:
    """Return the rules to list as skipped: none if nothing could be read, as all were skipped."""
    return () if _is_nothing_checked(report) else report.skipped


def _is_nothing_checked(report: Report) -> bool:
    """Return whether the document as a whole is unchecked."""
    return any(not each.path for each in report.unchecked)


def unchecked_lines(report: Report, name: str, language: str) -> Iterator[str]:
    """Yield a sentence about the objects on which no rule was checked, if there are any."""
    if not report.unchecked_count:
        return
    if _is_nothing_checked(report):
        yield report_phrase("nothing_checked").localize(language)
        return
    listed = [*islice(report.unchecked, _MAX_UNCHECKED)]
    repeated = _repeated_subjects(report, listed)
    names = tuple(
        _unchecked_name(each, name, language, is_repeated=each.subject in repeated)
        for each in listed
    )
    more = ("…",) if report.unchecked_count > len(names) else ()
    yield report_phrase("unchecked").fill(
        {"count": report.unchecked_count, "names": (*names, *more)}, language
    )


def _repeated_subjects(report: Report, listed: Iterable[Unchecked]) -> AbstractSet[str]:
    """Return the subjects of unchecked objects whose key another object of the document has, too.

    Rules may have findings about that other object, and its subject is the same.
    """
    paths = {each.subject: each.path for each in listed}
    return {
        finding.subject
        for finding in report.findings
        if (path := paths.get(finding.subject)) is not None
        and (
            finding.code == messages.DUPLICATE_ID.code
            or not f"{finding.path}/".startswith(f"{path}/")
        )
    }


def _unchecked_name(unchecked: Unchecked, name: str, language: str, *, is_repeated: bool) -> str:
    """Return the class of an object with its key; with its place, if the key does not identify it.

    Args:
        unchecked: The object.
        name: The name of the document.
        language: The language.
        is_repeated: Whether another object has its key.
    """
    subject = subject_text(unchecked.subject, language)
    # The paths of rows without numbers end with the key, which says no more.
    has_place = unchecked.location or unchecked.path.rpartition("/")[2].isdecimal()
    if " " in unchecked.subject and not (is_repeated and has_place):
        return subject
    location = unchecked.location or Location()
    where = place_of(unchecked, name) if unchecked.location else unchecked.path
    # The name of the document, which may be long, is written once, not for each object.
    document = escape_unprintable(name or location.source or "")
    return f"{subject} ({where.removeprefix(f'{document}:')})".lstrip()


def place_of(found: Finding | Unchecked, name: str) -> str:
    """Return where a finding is, in the form of compilers: ``a.json:12:5``, ``a.xlsx:S!B17``."""
    location = found.location or Location(source=name)
    if not location.source:
        location = attrs.evolve(location, source=name)
    return escape_unprintable(str(location))


def subject_text(subject: str, language: str) -> str:
    """Return the subject of a finding, with the name of its class in a language.

    >>> subject_text("grant vs-2021", "sv")
    'understöd vs-2021'
    """
    singular, blank, key = subject.partition(" ")
    class_name = entity_label(singular).get(language) if singular else ""
    return escape_unprintable(f"{class_name}{blank}{key}")


def register_text(register: str, language: str) -> str:
    """Return the label of a register; the name of a table or register that is not ours.

    >>> register_text("grants", "fi"), register_text("ours", "fi")
    ('valtionavustukset', 'ours')
    """
    label = register_label(register)
    return escape_unprintable(register) if label is None else label.localize(language)


def page_phrase(section: str, name: str, language: str, /, **params: Param) -> str:
    """Return a phrase of the page in a language, with values filled in."""
    return open_catalogue("tulevaisuus.reports", "html_page")[section][name].fill(params, language)
