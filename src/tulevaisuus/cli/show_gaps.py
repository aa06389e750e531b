"""`tulevaisuus show gaps` and `show disagreements`: what sources lack or contradict."""

from collections.abc import Iterator

import attrs

import tulevaisuus as tul
from tulevaisuus.cli.command_texts import field_name, in_english, text
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.model.entity import key_text
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.reports.subjects import subject_text

__all__ = ["Item", "items_of"]


@attrs.frozen
class Item:
    """A field of an object without a value, or with different values in the sources."""

    register: str
    key: str
    field: str
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    likely: LocalizedText | None = None
    also: tuple[tuple[str, str], ...] = ()

    def head(self, language: str) -> str:
        """Name the objects and the field."""
        subjects = ", ".join(
            subject_text(f"{REGISTERS[register].singular} {key}", language)
            for register, key in ((self.register, self.key), *self.also)
        )
        return f"{subjects}: {field_name(self.field, language)}"

    def place(self, language: str) -> str:
        """Return where the value most likely is; empty if nobody knows."""
        return text("show", "likely", language, place=self.likely) if self.likely else ""

    def details(self, language: str) -> Iterator[str]:
        """Return what the sources do say. Notes are in English only, and are marked so."""
        yield from (in_english(each, language) for each in self.notes)

    def data(self) -> dict[str, object]:
        """Return it as data."""
        shown: dict[str, object] = {
            "register": self.register,
            "key": self.key,
            "field": self.field,
            "notes": list(self.notes),
            "sources": list(self.sources),
        }
        if self.likely:
            shown["likely"] = attrs.asdict(self.likely)
        if self.also:
            shown["also"] = [f"{register} {key}" for register, key in self.also]
        return shown


def items_of(name: str) -> list[Item]:
    """Return the gaps or the disagreements of the bundled facts."""
    if name == "gaps":
        return [_item(gap, gap.notes, gap.likely) for gap in tul.gaps()]
    return [
        attrs.evolve(
            _item(each, (each.note,)),
            also=tuple((register, key_text(key)) for register, key in each.also),
        )
        for each in tul.disagreements()
    ]


def _item(
    found: tul.Gap | tul.Disagreement,
    notes: tuple[tul.Note, ...],
    likely: LocalizedText | None = None,
) -> Item:
    return Item(
        register=found.register,
        key=key_text(found.key),
        field=found.field,
        notes=tuple(note.text for note in notes if note.text),
        sources=tuple(dict.fromkeys(source for note in notes for source in note.sources)),
        likely=likely,
    )
