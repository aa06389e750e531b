"""`tulevaisuus show gaps` and `show disagreements`: fields without a value, or with several.

A register is a collection of the objects of one class, by key.
"""

from collections.abc import Iterator

import attrs

import tulevaisuus as tul
from tulevaisuus.cli.command_texts import text
from tulevaisuus.cli.object_texts import field_name, in_english
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.model.entity import key_text
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.reports.report_texts import subject_text

__all__ = ["FieldIssue", "issues_of"]


@attrs.frozen
class FieldIssue:
    """A field whose value no source gives, or on which the sources disagree.

    ``notes`` are what the sources say about it. ``likely_location`` is where a missing value can
    most likely be found. ``other_objects`` are the registers and keys of further objects with the
    same disagreement.
    """

    register: str
    key: str
    field: str
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    likely_location: LocalizedText | None = None
    other_objects: tuple[tuple[str, str], ...] = ()

    def head(self, language: str) -> str:
        """Return the names of the objects and of the field."""
        subjects = ", ".join(
            subject_text(f"{REGISTERS[register].singular} {key}", language)
            for register, key in ((self.register, self.key), *self.other_objects)
        )
        return f"{subjects}: {field_name(self.field, language)}"

    def place(self, language: str) -> str:
        """Return where the value most likely is; empty if that is not known."""
        location = self.likely_location
        return text("show", "likely", language, place=location) if location else ""

    def details(self, language: str) -> Iterator[str]:
        """Return the notes; they are in English only, which is marked for other languages."""
        yield from (in_english(each, language) for each in self.notes)

    def data(self) -> dict[str, object]:
        """Return the values for JSON and CSV."""
        values: dict[str, object] = {
            "register": self.register,
            "key": self.key,
            "field": self.field,
            "notes": list(self.notes),
            "sources": list(self.sources),
        }
        if self.likely_location:
            values["likely"] = attrs.asdict(self.likely_location)
        if self.other_objects:
            values["also"] = [f"{register} {key}" for register, key in self.other_objects]
        return values


def issues_of(name: str, of: tul.Entity | str | None = None) -> list[FieldIssue]:
    """Return the gaps or the disagreements of the bundled facts, or of an object or a register."""
    if name == "gaps":
        return [_make_issue(gap, gap.notes, gap.likely) for gap in tul.gaps(of)]
    return [
        attrs.evolve(
            _make_issue(each, (each.note,)),
            other_objects=tuple((register, key_text(key)) for register, key in each.also),
        )
        for each in tul.disagreements(of)
    ]


def _make_issue(
    found: tul.Gap | tul.Disagreement,
    notes: tuple[tul.Note, ...],
    likely_location: LocalizedText | None = None,
) -> FieldIssue:
    return FieldIssue(
        register=found.register,
        key=key_text(found.key),
        field=found.field,
        notes=tuple(note.text for note in notes if note.text),
        sources=tuple(dict.fromkeys(source for note in notes for source in note.sources)),
        likely_location=likely_location,
    )
