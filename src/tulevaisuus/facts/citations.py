"""`cite`: the sources of an entity, as a text, as BibTeX or as CSL-JSON.

A register is a collection of the entities of one class, by key. A `Gap` is a value that no source
states, a `Disagreement` is a note on sources that contradict each other.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

from tulevaisuus.facts.bundled_registers import sources as bundled
from tulevaisuus.facts.gaps_and_disagreements import Disagreement, Gap
from tulevaisuus.findings.argument_checks import has_type
from tulevaisuus.findings.found_values import quote
from tulevaisuus.findings.localization import localize
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.model.entity import Entity, key_repr, key_text
from tulevaisuus.model.register import Register
from tulevaisuus.model.source import Source

__all__ = ["Style", "cite"]

Style: TypeAlias = Literal["text", "bibtex", "csl-json"]
"""The format of a citation."""

_SPECIAL_IN_TEX = re.compile(r"[&%$#_{}~^\\]")
_TEX_COMMANDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def cite(
    entity: Entity | Disagreement,
    style: Style = "text",
    *,
    language: str = "en",
    sources: Register[Source] | None = None,
) -> str:
    """Return citations of the sources of an entity; for a `Source`, the citation of that source.

    The title is always the title that the source itself has (`Source.title`). If it has none,
    ``text`` shows the description by this library (`Source.about`, in English) in square brackets;
    the other styles have no title then, and always have the description as a note.

    Args:
        entity: The entity whose sources to cite, in their order, including those of its notes; or
            a disagreement, whose note names the sources that differ.
        style: ``text`` has one line for each source, ``bibtex`` one ``@misc`` entry, and
            ``csl-json`` is a JSON list of items for Zotero or Pandoc.
        language: The language of dates and words in ``text``: ``fi``, ``sv`` or ``en``.
        sources: The register of the sources; by default the bundled one.

    Raises:
        UnknownCodeError: The entity names no source, or one whose id the register does not contain.
            Its ``key`` is the key of the entity, or the id.
        TypeError: The object is neither an entity nor a disagreement.
        ValueError: The style is unknown.

    >>> import tulevaisuus as tul
    >>> print(tul.cite(tul.sources["stm-406-2021"], "bibtex"))
    @misc{stm-406-2021,
      author = {{STM}},
    ...
    }
    """
    if not has_type(style, str) or style not in _STYLES:
        message = f"unknown style {quote(repr(style))}; use one of {', '.join(_STYLES)}"
        raise ValueError(message)
    _require_citable(entity)
    register = bundled if sources is None else sources
    cited = (
        [entity]
        if isinstance(entity, Source)
        else [register[source_id] for source_id in _source_ids(entity)]
    )
    return _STYLES[style](cited, language)


def _require_citable(entity: object) -> None:
    if isinstance(entity, Entity | Disagreement):
        return
    if isinstance(entity, Gap):
        raise TypeError(
            "no source states the value of a Gap: cite the entity,"
            f" tulevaisuus.{entity.register}[{key_repr(entity.key)}]"
        )
    if isinstance(entity, str):
        raise TypeError(f"give an entity, not its id: {_entities_with(entity)}")
    found = type(entity).__name__
    raise TypeError(f'give an entity, such as tulevaisuus.grants["vs-2021"], not {found}')


def _entities_with(key: str) -> str:
    """Return how to get the bundled entities with a key; without any, how to get a source."""
    from tulevaisuus.facts.reference_portfolio import reference

    registers = [name for name, each in reference.registers().items() if key in each]
    shown = key_repr(key)
    return " or ".join(f"tulevaisuus.{name}[{shown}]" for name in registers or ["sources"])


def _source_ids(entity: Entity | Disagreement) -> list[str]:
    if isinstance(entity, Disagreement):
        if not entity.note.sources:
            raise UnknownCodeError(f"the note of {entity} names no source", entity.key)
        return list(entity.note.sources)
    from_notes = (source for note in entity.notes for source in note.sources)
    ids = list(dict.fromkeys([*entity.sources, *from_notes]))
    if not ids:
        message = f"{entity.singular} {key_text(entity.key)} names no source"
        raise UnknownCodeError(message, entity.key)
    return ids


def _as_text(cited: list[Source], language: str) -> str:
    return "\n".join(_text_line(source, language) for source in cited)


def _text_line(source: Source, language: str) -> str:
    # Style guides cite a work without a title by a description in square brackets.
    parts = [f"{source.publisher}: {source.title or f'[{source.about}]'}"]
    if source.published is not None:
        parts.append(localize(source.published, language))
    if source.url is not None:
        parts.append(source.url)
    line = ". ".join(parts)
    if source.read_on is None:
        return line
    read_on = open_catalogue("tulevaisuus.facts", "citations")["text"]["read"]  # "read on {day}"
    return f"{line} ({read_on.fill({'day': source.read_on}, language)})"


def _as_bibtex(cited: list[Source], _language: str) -> str:
    return "\n\n".join(_bibtex_entry(source) for source in cited)


def _bibtex_entry(source: Source) -> str:
    # Braces within the braces of a field: BibTeX would split the name of an organisation into first
    # and last names, and write a title in lower case.
    fields: dict[str, str | None] = {
        "author": f"{{{_escape_tex(source.publisher)}}}",
        "title": None if source.title is None else f"{{{_escape_tex(source.title)}}}",
        "year": None if source.published is None else str(source.published.year),
        "date": _iso(source.published),
        "url": None if source.url is None else re.sub(r"[{}\\]", _percent_encode, source.url),
        "urldate": _iso(source.read_on),
        "langid": None if source.language is None else source.language.label.get("en").lower(),
        "note": _escape_tex(source.about),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value is not None]
    return "\n".join([f"@misc{{{source.id},", *lines, "}"])


def _escape_tex(text: str) -> str:
    """Write the special characters of TeX as commands, or with a backslash before them."""
    return _SPECIAL_IN_TEX.sub(lambda match: _TEX_COMMANDS.get(match[0], f"\\{match[0]}"), text)


def _percent_encode(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


def _as_csl(cited: list[Source], _language: str) -> str:
    return json.dumps([_csl_item(source) for source in cited], ensure_ascii=False, indent=2)


def _csl_item(source: Source) -> dict[str, object]:
    item: dict[str, object | None] = {
        "id": source.id,
        "type": "webpage" if source.url else "document",
        "title": source.title,
        "author": [{"literal": source.publisher}],
        "publisher": source.publisher,
        "issued": _date_parts(source.published),
        "accessed": _date_parts(source.read_on),
        "URL": source.url,
        "language": None if source.language is None else source.language.value,
        "note": source.about,
    }
    return {name: value for name, value in item.items() if value is not None}


def _iso(date: dt.date | None) -> str | None:
    return None if date is None else date.isoformat()


def _date_parts(date: dt.date | None) -> dict[str, object] | None:
    return None if date is None else {"date-parts": [[date.year, date.month, date.day]]}


_STYLES: Mapping[str, Callable[[list[Source], str], str]] = {
    "text": _as_text,
    "bibtex": _as_bibtex,
    "csl-json": _as_csl,
}
"""The function of each style, from sources and a language to the citations."""
