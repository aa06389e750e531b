"""Facts as lines of text: what `tulevaisuus show` writes for people."""

import textwrap
from collections.abc import Iterable, Iterator
from typing import cast

import tulevaisuus as tul
from tulevaisuus._grouping import group_by
from tulevaisuus.cli import output
from tulevaisuus.cli.command_texts import display_name, field_name, in_english, text
from tulevaisuus.cli.show_gaps import FieldIssue
from tulevaisuus.findings.localization import Localizable, Param, localize
from tulevaisuus.model.entity import NAME_FIELDS, key_text
from tulevaisuus.model.name_search import Keyed
from tulevaisuus.model.value import Value
from tulevaisuus.reports.report_texts import subject_text
from tulevaisuus.reports.text import Line, styled_line

__all__ = [
    "lines_of_divisions",
    "lines_of_entity",
    "lines_of_issues",
    "lines_of_register",
    "lines_with_class",
]

_DIVISIONS = (
    "region",
    "maakunta",
    "hospital_district",
    "catchment_area",
    "collaborative_area",
)
"""The divisions that a municipality belongs to, from the smallest to the largest."""

_ENGLISH_FIELDS = ("about", "basis", "text")
"""Fields that the facts have in English only: they describe sources in the library's words."""


def lines_of_register(register: Iterable[Keyed], language: str) -> Iterator[Line]:
    """Write a line for each object: its key and its name."""
    rows = [(key_text(each.key), display_name(each, language)) for each in register]
    key_width = max((len(key) for key, _ in rows), default=0)
    for key, name in rows:
        yield Line(f"{key:{key_width}}  {name}".rstrip())


def lines_with_class(entities: Iterable[tul.Entity], language: str) -> Iterator[Line]:
    """Write a line for each object of several classes: its class, key and name."""
    for each in entities:
        subject = subject_text(f"{each.singular} {key_text(each.key)}", language)
        yield Line(f"{subject}  {display_name(each, language)}")


def lines_of_issues(issues: Iterable[FieldIssue], language: str) -> Iterator[Line]:
    """Write a line for each field, grouped by the source that most likely has its value."""
    by_likely_source = group_by(issues, lambda issue: issue.place(language))
    for likely_source, grouped in by_likely_source.items():
        indent = ""
        if likely_source:
            indent = "  "
            for line in _wrap(f"{likely_source}:", ""):
                yield styled_line(line, "summary")
        for issue in grouped:
            yield styled_line(f"{indent}{issue.head(language)}", "label", start=len(indent))
            for detail in issue.details(language):
                yield from map(Line, _wrap(detail, f"{indent}  "))


def lines_of_entity(shown: tul.Entity, language: str) -> Iterator[Line]:
    """Write the class and key of an entity, then a line for each field that is set."""
    subject = subject_text(f"{shown.singular} {key_text(shown.key)}", language)
    yield styled_line(subject, "summary")
    for field, value in shown.set_fields().items():
        label = field_name(field, language)
        first, *others = _wrap(f"{label}: {_format_field(field, value, language)}", "  ")
        yield styled_line(first, "label", start=2, end=len(f"  {label}:"))
        yield from map(Line, others)


def lines_of_divisions(place: tul.Place, language: str) -> Iterator[Line]:
    """Write the divisions that a municipality belonged to on a day."""
    yield styled_line(f"  {text('show', 'on_day', language, day=place.on)}:", "label", start=2)
    for field in _DIVISIONS:
        division = getattr(place, field)
        if division is not None:
            name = field_name(field, language)
            yield Line(f"    {name}: {division.code} {display_name(division, language)}")


def _wrap(value: str, indent: str) -> Iterator[str]:
    """Wrap the value of a field; its own line breaks are kept, with a further indent."""
    for number, line in enumerate(value.split("\n")):
        start = indent if number == 0 else f"{indent}  "
        yield from textwrap.wrap(
            line,
            output.width(),
            initial_indent=start,
            subsequent_indent=f"{start}  ",
            break_long_words=False,
            break_on_hyphens=False,
        )


def _format_field(field: str, value: object, language: str) -> str:
    """Write the value of a field; a text that has to be shown in another language is marked."""
    words = _format_value(value, language)
    if field in _ENGLISH_FIELDS and isinstance(value, str):
        return in_english(words, language)
    is_prose = isinstance(value, tul.Text) and field not in NAME_FIELDS  # names are proper names
    if is_prose and getattr(value, language) is None:  # then `localize` took the Finnish text
        return text("value", "finnish", language, words=words)
    return words


def _format_value(value: object, language: str) -> str:
    match value:
        case bool():
            return text("value", "yes" if value else "no", language)
        case tul.BusinessId():
            return str(value)
        case Value() if not isinstance(value, Localizable):
            return "; ".join(
                f"{field_name(field, language)}: {_format_field(field, each, language)}"
                for field, each in value.set_fields().items()
            )
        case frozenset():
            values = cast("frozenset[object]", value)
            return ", ".join(sorted(_format_value(each, language) for each in values))
        case tuple():
            return _format_list(cast("tuple[object, ...]", value), language)
        case _:
            return localize(cast("Param", value), language)


def _format_list(values: tuple[object, ...], language: str) -> str:
    """Write values that have fields on a line each, plain ones on one line together."""
    words = [_format_value(value, language) for value in values]
    if any(isinstance(value, Value) and not isinstance(value, Localizable) for value in values):
        return "".join(f"\n- {each}" for each in words)
    return ", ".join(words)
