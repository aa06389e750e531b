"""Which fields of a class a table can hold, and which headers mean them.

The wordings of headers are data: ``data/headers.toml`` says how it is read.
"""

import difflib
import functools
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias, cast

from tulevaisuus._text_files import read_text
from tulevaisuus.findings.localization import LANGUAGES
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import FieldType, ListOf, ObjectOf, Ref, Scalar
from tulevaisuus.model.name_search import fold
from tulevaisuus.model.period import Period
from tulevaisuus.model.value import Value, fields_of

__all__ = [
    "ColumnMapping",
    "HeaderMap",
    "Path",
    "TargetField",
    "first_word",
    "folded",
    "leaves",
    "refers",
    "says_unknown",
    "synonyms",
    "target_fields",
    "untabular",
    "words",
]

Path: TypeAlias = tuple[str, ...]

_LANGUAGE = "fi"
"""A column of a text without a language holds the Finnish wording, which a text must have."""

_UNIT = re.compile(r"[\s,]*[(\[]?(?:€|eur|euroa?)[)\]]?$")
_MARKS = " *:"
_SHORT = 20
"""No word for what is unknown is longer."""

_BROKEN_IN_LINE = re.compile("- +")
_ALIKE = 0.86
_FOOTNOTE = re.compile(r"\s*(?:[0-9]\)|[*†¹²³⁴⁵]+)$")
_BROKEN_WORD = re.compile("-[ \t]*\r?\n[ \t]*|\N{SOFT HYPHEN}")


class TargetField(NamedTuple):
    """A field of a class that a column can hold, or a part of one: ``usable.start``."""

    name: str
    path: Path
    type: FieldType
    required: bool
    allows_none: bool


class ColumnMapping(NamedTuple):
    """What a column means: a field, and how its cells name it (``code``, ``business_id``)."""

    target: TargetField
    notation: str = ""


def target_fields(cls: type[Entity]) -> Mapping[str, TargetField]:
    """Return the fields that one column each can hold, by their names, in their order."""
    return {target.name: target for target in _walk(cls, (), required=True)}


def _walk(cls: type[Value], path: Path, *, required: bool) -> Iterator[TargetField]:
    for spec in fields_of(cls).values():
        here = (*path, spec.name)
        needed = required and spec.required
        target = TargetField(".".join(here), here, spec.type, needed, spec.allows_none)
        if isinstance(spec.type, ObjectOf):
            if spec.type.cls is Period:
                yield target
            yield from _walk(spec.type.cls, here, required=needed)
        elif _is_tabular(spec.type):
            yield target


def _is_tabular(field_type: FieldType) -> bool:
    item = field_type.item if isinstance(field_type, ListOf) else field_type
    return isinstance(item, Scalar)


def untabular(cls: type[Entity]) -> tuple[str, ...]:
    """Return the fields of a class that no cell can hold: lists of objects."""
    return tuple(
        spec.name
        for spec in fields_of(cls).values()
        if not isinstance(spec.type, ObjectOf) and not _is_tabular(spec.type)
    )


class HeaderMap:
    """What headers mean for one class: the wordings of the data file, and those of a caller."""

    def __init__(self, cls: type[Entity], more: Mapping[str, str] | None = None) -> None:
        """Take the class, and further headers with the fields that they mean.

        Raises:
            UnknownCodeError: One of the fields is none of the class.
        """
        self.cls = cls
        self.targets: Mapping[str, TargetField] = target_fields(cls)
        self.wordings: dict[str, str] = {}
        self._mappings: dict[str, ColumnMapping] = {}
        for name in self.targets:
            self._add(name, name)
            self._add(name.replace(".", "_"), name)
            if refers(self.targets[name]):
                self._add(f"{name}:code", f"{name}:code")
        self.sections: Mapping[str, Mapping[str, list[str]]] = _sections(cls, self.targets)
        for field, languages in self.sections.items():
            for wording in (each for language in LANGUAGES for each in languages[language]):
                self._add(wording, field)
        for wording, field in (more or {}).items():
            self._add(wording, field)
        self._unspaced: Mapping[str, ColumnMapping] = self._without_spaces()

    def _add(self, wording: str, field: str) -> None:
        self._mappings[folded(wording)] = self.mapping_to(field)
        self.wordings[folded(wording)] = wording

    def _without_spaces(self) -> Mapping[str, ColumnMapping]:
        """Return what wordings mean that differ in more than their spaces and hyphens."""
        meant: dict[str, set[ColumnMapping]] = {}
        for wording, mapping in self._mappings.items():
            meant.setdefault(_unspaced(wording), set()).add(mapping)
        return {wording: each.pop() for wording, each in meant.items() if len(each) == 1}

    def mapping_to(self, field: str) -> ColumnMapping:
        """Return what a field's name means: ``usable.start``, ``project:code``.

        Raises:
            UnknownCodeError: The class has no such field.
        """
        name, _, notation = field.partition(":")
        return ColumnMapping(self.target(name), notation)

    def target(self, name: str) -> TargetField:
        """Return the target of a name, of a text the Finnish wording.

        Raises:
            UnknownCodeError: The class has no such field.
        """
        dotted = {each.replace(".", "_"): each for each in self.targets}
        for known in (name, f"{name}.{_LANGUAGE}", dotted.get(name, "")):
            if known in self.targets:
                return self.targets[known]
        suggestions = suggest(name, self.targets)
        message = f"no column of {self.cls.plural} is called {name!r}"
        message += f"; did you mean {' or '.join(map(repr, suggestions))}?" if suggestions else ""
        raise UnknownCodeError(message, name, suggestions)

    def find(self, header: str) -> ColumnMapping | None:
        """Return what a header means, if it is known."""
        return (
            self._mappings.get(folded(header))
            or self._joined(header)
            or self._without_unit(header)
            or self._unspaced.get(_unspaced(header))
        )

    def _joined(self, header: str) -> ColumnMapping | None:
        """Return the field of a header whose word was broken: *Päätös- päivä*."""
        joined = _BROKEN_IN_LINE.sub("", header)
        return None if joined == header else self._mappings.get(folded(joined))

    def _without_unit(self, header: str) -> ColumnMapping | None:
        """Return the field of an amount whose header also says that it is in euros."""
        found = self._mappings.get(_UNIT.sub("", folded(header)))
        return found if found and found.target.name.endswith("_eur") else None

    def near(self, header: str) -> tuple[str, ...]:
        """Return the wordings that a header may be a misspelling of."""
        near = suggest(header, self.wordings.values(), limit=1)
        return tuple(each for each in near if _is_misspelt(folded(header), folded(each)))

    def header(self, field: str, language: str) -> str:
        """Return the header that is written for a field, its name where there is no wording."""
        languages = self.sections.get(field)
        return field if languages is None else languages[language][0]


def _is_misspelt(header: str, wording: str) -> bool:
    """Return whether one is a misspelling of the other, and not another word that looks like it."""
    return difflib.SequenceMatcher(None, header, wording).ratio() > _ALIKE


def refers(target: TargetField) -> bool:
    """Return whether the cells of a column refer to other entities, by code or by name."""
    item = target.type.item if isinstance(target.type, ListOf) else target.type
    return isinstance(item, Ref)


def folded(header: str) -> str:
    r"""Make headers comparable: without marks of footnotes, and words that are broken in one piece.

    >>> folded("Päätöspäivä *"), folded("  Avustuksen\nsaaja:"), folded("Päätös-\npvm 1)")
    ('paatospaiva', 'avustuksen saaja', 'paatospvm')
    """
    return fold(_FOOTNOTE.sub("", _BROKEN_WORD.sub("", header.strip()))).strip(_MARKS)


def _unspaced(header: str) -> str:
    """Make headers comparable that differ in spaces and hyphens: *Päätös pvm*, *Y tunnus*."""
    return re.sub("[ -]", "", folded(header))


def _sections(
    cls: type[Entity], fields: Mapping[str, TargetField]
) -> Mapping[str, Mapping[str, list[str]]]:
    """Return the wordings of the headers of a class, by field and language."""
    sections = {**_file()["common"], **_file().get(cls.plural, {})}
    return {name: each for name, each in sections.items() if name.partition(":")[0] in fields}


@functools.cache
def _file() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    import tomllib  # only tables need it

    text = read_text("tulevaisuus.exchange", "data", "headers.toml")
    return cast("Mapping[str, Mapping[str, Mapping[str, list[str]]]]", tomllib.loads(text))


@functools.cache
def words(name: str) -> Mapping[str, str]:
    """Return the words that mean something in cells, such as ``sum``, each by its folded form.

    >>> sorted(words("none"))
    ['ei mitaan', 'inget', 'none']
    """
    return _folded(_file()["words"][name])


def first_word(name: str, language: str) -> str:
    """Return the word that is written."""
    return _file()["words"][name][language][0]


def says_unknown(value: object) -> bool:
    """Return whether a cell says in words that nothing is known.

    >>> says_unknown("Ei tiedossa"), says_unknown("Turku")
    (True, False)
    """
    is_word = isinstance(value, str) and len(value) < _SHORT and not value[:1].isdigit()
    return is_word and folded(cast("str", value)) in words("unknown")


def leaves(path: Path, plain: object) -> Iterator[tuple[Path, object]]:
    """Return the parts of a period with their paths, of anything else itself."""
    if isinstance(plain, Mapping):
        members = cast("Mapping[str, object]", plain)
        yield from (((*path, name), each) for name, each in members.items())
    else:
        yield path, plain


@functools.cache
def synonyms(code_list: str) -> Mapping[str, str]:
    """Return other words for the codes of a code list, folded, and their codes."""
    codes = cast("Mapping[str, Mapping[str, Mapping[str, list[str]]]]", _file()["codes"]).get(
        code_list, {}
    )
    return {word: code for code, languages in codes.items() for word in _folded(languages)}


def _folded(languages: Mapping[str, list[str]]) -> dict[str, str]:
    return {folded(each): each for language in LANGUAGES for each in languages[language]}
