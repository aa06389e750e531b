"""Facts as lines of text: what `tulevaisuus show` writes for people."""

import textwrap
from collections.abc import Iterable, Iterator
from typing import cast

import tulevaisuus as tul
from tulevaisuus._grouping import group_by
from tulevaisuus.cli import output
from tulevaisuus.cli.command_texts import text
from tulevaisuus.cli.object_texts import display_name, field_name, in_english
from tulevaisuus.cli.show_gaps import FieldIssue
from tulevaisuus.findings.localization import Localizable, Param, localize
from tulevaisuus.model.entity import NAME_FIELDS, key_text
from tulevaisuus.model.field_types import FieldType, ListOf
from tulevaisuus.model.money_and_percent_types import Percent
from tulevaisuus.model.name_search import Keyed
from tulevaisuus.model.text_number_and_date_types import Ref
from tulevaisuus.model.value import Value, fields_of
from tulevaisuus.reports.report_texts import subject_text
from tulevaisuus.reports.styled_lines import Line, styled_line

__all__ = [
    "lines_of_divisions",
    "lines_of_entity",
    "lines_of_issues",
    "lines_of_register",
    "lines_with_class",
]

_PROPER_NAMES = frozenset(NAME_FIELDS) - {"genitive"}
"""Fields that are shown in Finnish without a mark; a genitive is grammar, and needs the mark."""

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
        label = _label_of(field, value, language)
        words = _format_field(type(shown), field, value, language)
        first, *others = _wrap(f"{label}: {words}", "  ")
        yield styled_line(first, "label", start=2, end=len(f"  {label}:"))
        yield from map(Line, others)


def lines_of_divisions(place: tul.Place, language: str) -> Iterator[Line]:
    """Write the divisions that a municipality belonged to on a day."""
    yield styled_line(f"  {text('show', 'on_day', language, day=place.on)}:", "label", start=2)
    for label, division in place.labelled(language):
        yield Line(f"    {label}: {division.code} {display_name(division, language)}")


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


def _label_of(field: str, value: object, language: str) -> str:
    """Return the label of a field; that of ``region`` is the kind of the region: county, city."""
    region = tul.regions.get(value) if field == "region" and isinstance(value, str) else None
    kind = None if region is None else region.kind
    return field_name(field, language) if kind is None else kind.label.get(language)


def _format_field(cls: type[Value], field: str, value: object, language: str) -> str:
    """Write the value of a field; a text that has to be shown in another language is marked."""
    if cls is tul.Note and field == "field":
        return field_name(str(value), language)
    field_type = fields_of(cls)[field].type
    if isinstance(field_type, Percent):  # other decimals are euros
        return str(value) if language == "en" else str(value).replace(".", ",")
    words = _format_value(value, language, field_type)
    if field in _ENGLISH_FIELDS and isinstance(value, str):
        return in_english(words, language)
    is_prose = isinstance(value, tul.Text) and field not in _PROPER_NAMES
    if is_prose and getattr(value, language) is None:  # then `localize` took the Finnish text
        return text("value", "finnish", language, words=words)
    return words


def _format_value(value: object, language: str, field_type: FieldType) -> str:
    match value:
        case bool():
            return text("value", "yes" if value else "no", language)
        case tul.BusinessId():
            return str(value)
        case Value() if not isinstance(value, Localizable):
            return _format_fields(value, language)
        case frozenset():
            values = cast("frozenset[object]", value)
            return ", ".join(sorted(_format_value(each, language, field_type) for each in values))
        case tuple():
            element_type = field_type.item if isinstance(field_type, ListOf) else field_type
            return _format_list(cast("tuple[object, ...]", value), language, element_type)
        case str() if isinstance(field_type, Ref):
            return _key_and_name(value, field_type, language)
        case _:
            return localize(cast("Param", value), language)


def _format_fields(value: Value, language: str) -> str:
    """Write the fields of a nested value in one line, each after its label."""
    cls = type(value)
    return "; ".join(
        f"{_label_of(field, inner, language)}: {_format_field(cls, field, inner, language)}"
        for field, inner in value.set_fields().items()
    )


def _key_and_name(key: str, reference: Ref, language: str) -> str:
    """Write a key with the name of its object: ``05 (Egentliga Finland)``. Sources have titles."""
    registers = tul.reference.registers()
    for name in reference.registers:
        entity = None if name == "sources" else registers[name].get(key)
        if entity is not None:
            shown = display_name(entity, language)
            return key if shown == key else f"{key} ({shown})"
    return key


def _format_list(values: tuple[object, ...], language: str, element_type: FieldType) -> str:
    """Write values that have fields on a line each, plain ones on one line together."""
    words = [_format_value(value, language, element_type) for value in values]
    if any(isinstance(value, Value) and not isinstance(value, Localizable) for value in values):
        return "".join(f"\n- {each}" for each in words)
    return ", ".join(words)
