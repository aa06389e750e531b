"""`tulevaisuus show`: bundled facts and rules, as text, JSON or CSV."""

import csv
import datetime as dt
import io
import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias, cast

import tulevaisuus as tul
from tulevaisuus import formats
from tulevaisuus.cli import explain_command, output
from tulevaisuus.cli.command_texts import CommandError, field_name, in_english, text
from tulevaisuus.cli.show_gaps import FieldIssue, issues_of
from tulevaisuus.findings.localization import LANGUAGES, Localizable, Param, localize
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.model.entity import NAME_FIELDS, key_text
from tulevaisuus.model.labels import entity_label
from tulevaisuus.model.name_search import Keyed
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.value import Value
from tulevaisuus.reports.subjects import subject_text
from tulevaisuus.reports.text import Line

__all__ = [
    "GAP_LISTINGS",
    "Data",
    "day_of",
    "entities_of",
    "pick",
    "register_of",
    "show_all",
    "show_gaps",
    "show_one",
    "show_several",
]

Data: TypeAlias = dict[str, object]

GAP_LISTINGS = ("gaps", "disagreements")
"""What can be shown beside registers: the gaps and the disagreements of the facts."""

_DIVISIONS = (
    "region",
    "maakunta",
    "hospital_district",
    "catchment_area",
    "collaborative_area",
)
"""The divisions of a municipality, from the smallest to the largest."""

_RULE_TEXTS = ("title", "explanation", "remedy")

_ENGLISH = ("about", "basis", "text")
"""The fields that the facts have in English only: they describe sources in the library's words."""

_NAMES = ("name", "title", "project", "role", "basis", "about")
"""The fields to show beside the key; each class has one of them."""

_SINGULARS = {
    "programme": "programme",
    **{name: cls.singular for name, cls in REGISTERS.items()},
    "rules": "rule",
}


def register_of(word: str) -> str:
    """Return the name of the register that a word means: in any language, one of it or all.

    >>> register_of("kunta"), register_of("Regions")
    ('municipalities', 'regions')
    """
    wanted = _folded(word)
    names = _names_of_registers()
    if wanted in names:
        return names[wanted]
    near = suggest(wanted, names)
    if near:
        raise CommandError("no_such_kind_near", word=word, suggestions=near)
    raise CommandError("no_such_kind", word=word, known=(*_SINGULARS, *GAP_LISTINGS))


def _names_of_registers() -> Mapping[str, str]:
    """Return what registers are called, in three languages, in the singular and plural."""
    names: dict[str, str] = {}
    known = open_catalogue("tulevaisuus.cli", "show_names")["names"]
    for register, singular in _SINGULARS.items():
        names |= dict.fromkeys(map(_folded, (register, singular)), register)
    for register, singular in _SINGULARS.items():
        label = entity_label(singular)
        words = [label.get(language) for language in LANGUAGES]
        if register in known:
            words += (known[register].localize(language) for language in LANGUAGES)
        for each in ",".join(words).split(","):
            names.setdefault(_folded(each), register)
    for name in GAP_LISTINGS:
        words = [known[name].localize(language) for language in LANGUAGES]
        names |= dict.fromkeys(map(_folded, ",".join(words).split(",")), name)
    return names


def _folded(word: str) -> str:
    return re.sub(r"[\s_-]+", " ", word.strip().casefold())


def day_of(word: str) -> dt.date:
    """Return the day that a word means: ``2022-06-01`` or ``1.6.2022``."""
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", word, re.ASCII)
    dotted = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", word, re.ASCII)
    parts = iso.groups() if iso else dotted.groups()[::-1] if dotted else ()
    try:
        return dt.date(*map(int, parts))  # without parts it lacks arguments
    except (TypeError, ValueError):
        raise CommandError("bad_day", word=word) from None


def entities_of(name: str, on: dt.date | None, language: str) -> tul.Register[Keyed]:
    """Return the bundled objects of a register: all, or those of a day."""
    registers: dict[str, tul.Register[Keyed]] = {
        **tul.reference.registers(),
        "rules": tul.rulebook,
    }
    register = registers[name]
    if on is None:
        return register
    try:
        return register.on(on)
    except tul.OutsideFactsError:
        raise CommandError("outside_facts", since=tul.FACTS_SINCE, day=on) from None
    except TypeError:
        kind = subject_text(_SINGULARS[name], language)
        raise CommandError("without_time", kind=kind) from None


def pick(name: str, words: tuple[str, ...], on: dt.date | None, language: str) -> Keyed:
    """Return the object of a key or, failing that, of a name.

    Raises:
        CommandError: There is none, or several have the name.
    """
    register = entities_of(name, on, language)
    key = " ".join(words)
    for entity in register:
        if key_text(entity.key) == key:
            return entity
    try:
        return register.find(key)
    except tul.AmbiguousNameError as error:
        near, message = error.suggestions, "ambiguous_name"
    except tul.UnknownCodeError as error:
        near = error.suggestions or _near_keys(register, key)
        message = "no_such_key_near" if near else "no_such_key"
    kind = subject_text(_SINGULARS[name], language)
    shown = tuple(_named(register, each, language) for each in near)
    raise CommandError(message, kind=kind, key=key, suggestions=shown)


def _near_keys(register: tul.Register[Keyed], key: str) -> tuple[str, ...]:
    return suggest(key, [key_text(each.key) for each in register])


def _named(register: tul.Register[Keyed], key: str, language: str) -> str:
    """Write a key with the name of its object, if it is one of the register's."""
    names = {key_text(each.key): _name(each, language) for each in register}
    return f"{key} ({names[key]})" if key in names else key


def show_all(name: str, on: dt.date | None, format: str, language: str) -> None:
    """Show all objects of a register: a line each, or all data of each."""
    register = entities_of(name, on, language)
    if format == "json":
        _write_json([_data(each) for each in register])
    elif format == "csv":
        _write_csv([_data(each) for each in register])
    else:
        output.print_lines(_lines_of(register, language))


def show_several(found: Iterable[tul.Entity], format: str, language: str) -> None:
    """Show objects of several classes: a line each, with the class, or all data of each."""
    if format == "json":
        _write_json([_data(each) for each in found])
    elif format == "csv":
        _write_csv([_data(each) for each in found])
    else:
        subjects = (
            (subject_text(f"{each.singular} {key_text(each.key)}", language), each)
            for each in found
        )
        output.print_lines(
            Line(f"{subject}  {_name(each, language)}") for subject, each in subjects
        )


def show_gaps(name: str, format: str, language: str) -> None:
    """Show the gaps or the disagreements of the facts."""
    found = issues_of(name)
    if format == "json":
        _write_json([each.data() for each in found])
    elif format == "csv":
        _write_csv([each.data() for each in found])
    else:
        output.print_lines(_lines_of_gaps(found, language))


def _lines_of_gaps(found: Iterable[FieldIssue], language: str) -> Iterator[Line]:
    """Write a line for each field, grouped by the place where the values most likely are."""
    groups: dict[str, list[FieldIssue]] = {}
    for each in found:
        groups.setdefault(each.place(language), []).append(each)
    for place, issues in groups.items():
        indent = "  " if place else ""
        for line in _wrapped(f"{place}:", "") if place else ():
            yield Line(line, ((0, len(line), "summary"),))
        for issue in issues:
            head = f"{indent}{issue.head(language)}"
            yield Line(head, ((len(indent), len(head), "label"),))
            for detail in issue.details(language):
                yield from map(Line, _wrapped(detail, f"{indent}  "))


def _lines_of(register: Iterable[Keyed], language: str) -> Iterator[Line]:
    rows = [(key_text(each.key), _name(each, language)) for each in register]
    wide = max((len(key) for key, _ in rows), default=0)
    for key, name in rows:
        yield Line(f"{key:{wide}}  {name}".rstrip())


def show_one(shown: Keyed, format: str, language: str, on: dt.date | None = None) -> None:
    """Show everything that is recorded of one object, a field a line; rules are explained.

    Of a municipality on a day, text shows to what it belonged then.
    """
    if format == "json":
        _write_json(_data(shown))
    elif format == "csv":
        _write_csv([_data(shown)])
    elif isinstance(shown, tul.Rule):
        explain_command.explain([shown], language)
    else:
        lines = [*_lines_of_one(cast("tul.Entity", shown), language)]
        if on is not None and isinstance(shown, tul.Municipality):
            lines += _lines_of_place(tul.where(shown, on=on), language)
        output.print_lines(lines)


def _lines_of_one(shown: tul.Entity, language: str) -> Iterator[Line]:
    head = subject_text(f"{shown.singular} {key_text(shown.key)}", language)
    yield Line(head, ((0, len(head), "summary"),))
    for field, value in shown.set_fields().items():
        name = field_name(field, language)
        first, *others = _wrapped(f"{name}: {_field_in_words(field, value, language)}", "  ")
        yield Line(first, ((2, 3 + len(name), "label"),))
        yield from map(Line, others)


def _lines_of_place(place: tul.Place, language: str) -> Iterator[Line]:
    head = f"  {text('show', 'on_day', language, day=place.on)}:"
    yield Line(head, ((2, len(head), "label"),))
    for field in _DIVISIONS:
        division = getattr(place, field)
        if division is not None:
            name = field_name(field, language)
            yield Line(f"    {name}: {division.code} {_name(division, language)}")


def _wrapped(value: str, indent: str) -> Iterator[str]:
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


def _name(shown: Keyed, language: str) -> str:
    """Return the name of an object, or another field that distinguishes it."""
    values = (getattr(shown, field, None) for field in _NAMES)
    return localize(cast("Param", next(value for value in values if value is not None)), language)


def _field_in_words(field: str, value: object, language: str) -> str:
    """Write the value of a field; what is there in one other language only is marked."""
    words = _in_words(value, language)
    if field in _ENGLISH and isinstance(value, str):
        return in_english(words, language)
    is_prose = isinstance(value, tul.Text) and field not in NAME_FIELDS  # names are proper names
    if is_prose and getattr(value, language) is None:
        return text("value", "finnish", language, words=words)
    return words


def _in_words(value: object, language: str) -> str:
    match value:
        case bool():
            return text("value", "yes" if value else "no", language)
        case tul.BusinessId():
            return str(value)
        case Value() if not isinstance(value, Localizable):
            return "; ".join(
                f"{field_name(field, language)}: {_field_in_words(field, each, language)}"
                for field, each in value.set_fields().items()
            )
        case frozenset():
            values = cast("frozenset[object]", value)
            return ", ".join(sorted(_in_words(each, language) for each in values))
        case tuple():
            return _in_lines(cast("tuple[object, ...]", value), language)
        case _:
            return localize(cast("Param", value), language)


def _in_lines(values: tuple[object, ...], language: str) -> str:
    """Write values that have fields on a line each, plain ones on one line together."""
    words = [_in_words(value, language) for value in values]
    if any(isinstance(value, Value) and not isinstance(value, Localizable) for value in values):
        return "".join(f"\n- {each}" for each in words)
    return ", ".join(words)


def _data(shown: Keyed) -> Data:
    """Return an object as documents hold it; a rule, which none holds, by its texts."""
    if not isinstance(shown, tul.Rule):
        return cast("Data", formats.unstructure(cast("tul.Entity", shown)))
    texts = {name: formats.unstructure(getattr(shown, name)) for name in _RULE_TEXTS}
    return {
        "code": shown.code,
        "slug": shown.slug,
        "severity": shown.severity.value,
        "evidence": shown.evidence.value if shown.evidence else None,
        **texts,
        "sources": list(shown.sources),
        "fails": shown.fails,
        "passes": shown.passes,
    }


def _write_json(data: object) -> None:
    output.write(json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")


def _write_csv(objects: list[Data]) -> None:
    """Write a row for each object; the columns are those that any of them has."""
    rows = [dict(_flat(each)) for each in objects]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    output.write(written.getvalue())


def _flat(data: Data, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Return columns: an object within has one for each of its fields, a list is one text.

    Lists of objects do not fit into a row and are left out.
    """
    for name, value in data.items():
        if isinstance(value, dict):
            yield from _flat(cast("Data", value), f"{prefix}{name}_")
        elif not isinstance(value, list):
            yield f"{prefix}{name}", value
        elif not any(isinstance(each, dict) for each in cast("list[object]", value)):
            yield f"{prefix}{name}", "; ".join(map(str, cast("list[object]", value)))
