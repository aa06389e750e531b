"""`HeaderMap`: which field of a class each header means, and which fields a table can hold.

The known headers are in ``data/headers.toml``, which also explains its format. A normalised text
has no capitals and accents: see `normalise`. Other modules call a `HeaderMap` a vocabulary.
"""

import difflib
import functools
import re
import weakref
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias, cast

from tulevaisuus._text_files import read_text
from tulevaisuus.findings.localization import LANGUAGES
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import FieldType, ListOf, ObjectOf, Ref, Scalar
from tulevaisuus.model.name_search import normalise_name
from tulevaisuus.model.period import Period
from tulevaisuus.model.value import Value, fields_of

__all__ = [
    "ColumnField",
    "ColumnMapping",
    "FieldPath",
    "HeaderMap",
    "HeadersByLanguage",
    "column_fields",
    "fields_without_column",
    "group_templates",
    "is_reference",
    "normalise",
    "split_period",
]

FieldPath: TypeAlias = tuple[str, ...]
"""The names that lead to a field: ``("usable", "start")``."""

_DEFAULT_LANGUAGE = "fi"
"""A column for a trilingual text holds the Finnish text, as that one is required."""

HeadersByLanguage: TypeAlias = Mapping[str, list[str]]
"""Headers with one meaning, for each language; the first of each is written."""

_EUROS_AT_END = re.compile(r"[\s,]*[(\[]?(?:€|eur|euroa?)[)\]]?$")
_MARKS_AROUND = " *:"
"""Characters that are cut off at both ends of a header."""

_MAX_CACHED_LENGTH = 100
"""Only the normalised forms of texts up to this length are cached."""

_MAX_CACHED = 2_000
"""How many normalised forms are cached: the same headers are looked up for each class and row."""

_HYPHEN_AND_SPACE = re.compile("- +")
"""A hyphen at the end of a line, if a program has turned the line break into a space."""

_MIN_SIMILARITY = 0.86
"""A header that is more similar to a known one is a misspelling of it; see `difflib`."""

_FOOTNOTE_MARK = re.compile(r"\s*(?:[0-9]\)|[*†¹²³⁴⁵]+)$")
_HYPHEN_AND_LINE_BREAK = re.compile("-[ \t]*\r?\n[ \t]*|\N{SOFT HYPHEN}")
"""A hyphen within a word that goes on in the next line."""


class ColumnField(NamedTuple):
    """A field that a column can hold, or a part of a field: ``usable.start``."""

    name: str
    path: FieldPath
    type: FieldType
    required: bool
    allows_none: bool


class ColumnMapping(NamedTuple):
    """The field that a column holds, and the key by which its cells refer to entities.

    ``key_in_cells`` is what the header says after a colon: ``"code"`` for ``project:code``,
    ``"business_id"`` for ``recipient:business_id``. It is empty if the header says nothing: then a
    cell may have a code or a name.
    """

    field: ColumnField
    key_in_cells: str = ""


def column_fields(cls: type[Entity]) -> Mapping[str, ColumnField]:
    """Return the fields that fit into one column each, by name, in the order of the class."""
    return {field.name: field for field in _iter_column_fields(cls, (), required=True)}


def _iter_column_fields(
    cls: type[Value], prefix: FieldPath, *, required: bool
) -> Iterator[ColumnField]:
    """Yield the fields of a class, and those of the objects in its fields.

    Args:
        cls: An entity class, or the class of an object in a field.
        prefix: The path to that object.
        required: Whether that object is required.
    """
    for spec in fields_of(cls).values():
        path = (*prefix, spec.name)
        is_required = required and spec.required
        field = ColumnField(".".join(path), path, spec.type, is_required, spec.allows_none)
        if isinstance(spec.type, ObjectOf):
            if spec.type.cls is Period:  # a period fits into one column, or into two for its dates
                yield field
            yield from _iter_column_fields(spec.type.cls, path, required=is_required)
        elif _fits_in_cell(spec.type):
            yield field


def _fits_in_cell(field_type: FieldType) -> bool:
    """Return whether a cell can hold a value: a single one, or a list of single ones."""
    item = field_type.item if isinstance(field_type, ListOf) else field_type
    return isinstance(item, Scalar)


def fields_without_column(cls: type[Entity]) -> tuple[str, ...]:
    """Return the fields that no cell can hold: lists of objects."""
    return tuple(
        spec.name
        for spec in fields_of(cls).values()
        if not isinstance(spec.type, ObjectOf) and not _fits_in_cell(spec.type)
    )


class HeaderMap:
    """The fields that headers mean for one class: the known headers, and those of the caller."""

    def __init__(self, cls: type[Entity], extra: Mapping[str, str] | None = None) -> None:
        """Set the class, and extra headers, mapped to fields.

        Raises:
            UnknownCodeError: The class does not have one of the fields.
        """
        known = _known_headers(cls)
        self.cls = cls
        self.headers_of_caller: tuple[str, ...] = tuple(extra or ())
        self.fields: Mapping[str, ColumnField] = known.fields  # by name
        self.sections: Mapping[str, HeadersByLanguage] = known.sections  # of `headers.toml`
        # A header as it is written, by its normalised form.
        self.wordings: Mapping[str, str] = known.wordings
        self._mappings: Mapping[str, ColumnMapping] = known.mappings  # by normalised header
        # By header without spaces.
        self._without_spaces: Mapping[str, ColumnMapping] = known.without_spaces
        if extra:
            mappings_of_caller = {
                normalise(wording): self.mapping_to(field) for wording, field in extra.items()
            }
            self.wordings = {**self.wordings, **{normalise(wording): wording for wording in extra}}
            self._mappings = {**self._mappings, **mappings_of_caller}
            self._without_spaces = _map_without_spaces(self._mappings)

    def mapping_to(self, field: str) -> ColumnMapping:
        """Return the mapping for the name of a field: ``usable.start``, ``project:code``.

        Raises:
            UnknownCodeError: The class has no such field.
        """
        name, _, key_in_cells = field.partition(":")
        return ColumnMapping(self.field(name), key_in_cells)

    def field(self, name: str) -> ColumnField:
        """Return the field with a name; for a trilingual text, the part for Finnish.

        Raises:
            UnknownCodeError: The class has no such field.
        """
        # ``usable_start`` is another way to write ``usable.start``.
        with_dots = {known.replace(".", "_"): known for known in self.fields}
        for candidate in (name, f"{name}.{_DEFAULT_LANGUAGE}", with_dots.get(name, "")):
            if candidate in self.fields:
                return self.fields[candidate]
        suggestions = suggest(name, self.fields)
        message = f"no column of {self.cls.plural} is called {name!r}"
        message += f"; did you mean {' or '.join(map(repr, suggestions))}?" if suggestions else ""
        raise UnknownCodeError(message, name, suggestions)

    def find(self, header: str) -> ColumnMapping | None:
        """Return the mapping of a header, if it is known."""
        normalised = normalise(header)
        return (
            self._mappings.get(normalised)
            or self._find_hyphenated(header)
            or self._find_without_unit(normalised)
            or self._without_spaces.get(_remove_spaces(normalised))
        )

    def _find_hyphenated(self, header: str) -> ColumnMapping | None:
        """Find a header whose word was hyphenated at the end of a line: *Päätös- päivä*."""
        joined = _HYPHEN_AND_SPACE.sub("", header)
        return None if joined == header else self._mappings.get(normalise(joined))

    def _find_without_unit(self, normalised: str) -> ColumnMapping | None:
        """Find a header of an amount that also has the unit: *Avustus (euroa)*."""
        mapping = self._mappings.get(_EUROS_AT_END.sub("", normalised))
        return mapping if mapping and mapping.field.name.endswith("_eur") else None

    def suggestions(self, header: str) -> tuple[str, ...]:
        """Return the known header that a header may be a misspelling of."""
        most_similar = suggest(header, self.wordings.values(), limit=1)
        return tuple(
            wording
            for wording in most_similar
            if _is_misspelt(normalise(header), normalise(wording))
        )

    def header(self, field: str, language: str) -> str:
        """Return the header to write for a field: the first known one, or the name of the field."""
        headers = self.sections.get(field)
        return field if headers is None else headers[language][0]


class _KnownHeaders(NamedTuple):
    """What the headers of a class mean, without the headers that a caller adds.

    `HeaderMap` has attributes with the same names, which it explains.
    """

    fields: Mapping[str, ColumnField]
    sections: Mapping[str, HeadersByLanguage]
    wordings: Mapping[str, str]
    mappings: Mapping[str, ColumnMapping]
    without_spaces: Mapping[str, ColumnMapping]


_KNOWN_HEADERS: weakref.WeakKeyDictionary[type[Entity], _KnownHeaders] = weakref.WeakKeyDictionary()
"""A cache: a table of an unknown class is compared with the headers of all classes."""


def _known_headers(cls: type[Entity]) -> _KnownHeaders:
    """Return the known headers of a class, from the cache if possible."""
    known = _KNOWN_HEADERS.get(cls)
    if known is None:
        known = _KNOWN_HEADERS[cls] = _compute_headers(cls)
    return known


def _compute_headers(cls: type[Entity]) -> _KnownHeaders:
    """Collect the known headers of a class, and what they mean."""
    fields = column_fields(cls)
    sections = _sections(cls, fields)
    wordings: dict[str, str] = {}
    mappings: dict[str, ColumnMapping] = {}
    for wording, field in _iter_wordings(fields, sections):
        name, _, key_in_cells = field.partition(":")
        wordings[normalise(wording)] = wording
        mappings[normalise(wording)] = ColumnMapping(fields[name], key_in_cells)
    return _KnownHeaders(fields, sections, wordings, mappings, _map_without_spaces(mappings))


def _is_misspelt(header: str, wording: str) -> bool:
    """Return whether a header is so similar to a known one that both are likely to be the same."""
    return difflib.SequenceMatcher(None, header, wording).ratio() > _MIN_SIMILARITY


def _iter_wordings(
    fields: Mapping[str, ColumnField], sections: Mapping[str, HeadersByLanguage]
) -> Iterator[tuple[str, str]]:
    """Yield each known header with its field; of equal headers, the last counts."""
    for name, field in fields.items():
        yield name, name
        yield name.replace(".", "_"), name
        if is_reference(field):
            yield f"{name}:code", f"{name}:code"
    for name, headers in sections.items():
        for language in LANGUAGES:
            yield from ((wording, name) for wording in headers[language])


def _map_without_spaces(mappings: Mapping[str, ColumnMapping]) -> Mapping[str, ColumnMapping]:
    """Return the fields of headers without spaces and hyphens, where they mean one field."""
    meanings: dict[str, set[ColumnMapping]] = {}
    for wording, mapping in mappings.items():
        meanings.setdefault(_remove_spaces(normalise(wording)), set()).add(mapping)
    return {wording: found.pop() for wording, found in meanings.items() if len(found) == 1}


def is_reference(field: ColumnField) -> bool:
    """Return whether the cells of a column name other entities, by code or by name."""
    item = field.type.item if isinstance(field.type, ListOf) else field.type
    return isinstance(item, Ref)


def normalise(header: str) -> str:
    r"""Normalise a header: without footnote marks, hyphenation, capitals and accents.

    >>> normalise("Päätöspäivä *"), normalise("  Avustuksen\nsaaja:"), normalise("Päätös-\npvm 1)")
    ('paatospaiva', 'avustuksen saaja', 'paatospvm')
    """
    return (_normalise_cached if len(header) <= _MAX_CACHED_LENGTH else _normalise)(header)


def _normalise(header: str) -> str:
    """Normalise a header of any length, without the cache."""
    unbroken = _HYPHEN_AND_LINE_BREAK.sub("", header.strip())
    return normalise_name(_FOOTNOTE_MARK.sub("", unbroken)).strip(_MARKS_AROUND)


_normalise_cached = functools.lru_cache(_MAX_CACHED)(_normalise)


def _remove_spaces(normalised: str) -> str:
    """Remove spaces and hyphens from a header: *Päätös pvm* is the same as *Päätöspvm*."""
    return normalised.replace(" ", "").replace("-", "")


def _sections(
    cls: type[Entity], fields: Mapping[str, ColumnField]
) -> Mapping[str, HeadersByLanguage]:
    """Return the known headers of a class, by field and language."""
    sections = {**_headers_file()["common"], **_headers_file().get(cls.plural, {})}
    return {name: headers for name, headers in sections.items() if name.partition(":")[0] in fields}


@functools.cache
def _headers_file() -> Mapping[str, Mapping[str, HeadersByLanguage]]:
    """Return the sections of ``data/headers.toml``: fields, by register or for all classes."""
    import tomllib  # only tables need it

    text = read_text("tulevaisuus.exchange", "data", "headers.toml")
    return cast("Mapping[str, Mapping[str, HeadersByLanguage]]", tomllib.loads(text))


@functools.cache
def group_templates() -> Mapping[str, str]:
    """Return how the header of a group of columns is joined to a header below it, by the group.

    *Hanke* (project) above *Tunnus* (id) means *Hankkeen tunnus*, the id of the project.

    >>> group_templates()["hanke"]
    'Hankkeen {header}'
    """
    groups = cast("Mapping[str, str]", _headers_file()["groups"])
    return {normalise(group): template for group, template in groups.items()}


def split_period(path: FieldPath, plain: object) -> Iterator[tuple[FieldPath, object]]:
    """Yield the dates of a period, each with its path; yield any other value unchanged."""
    if isinstance(plain, Mapping):
        dates = cast("Mapping[str, object]", plain)
        yield from (((*path, name), date) for name, date in dates.items())
    else:
        yield path, plain
