"""`tulevaisuus show gaps` and `show disagreements`: what sources lack or contradict."""

from collections.abc import Iterator

import attrs

import tulevaisuus as tul
from tulevaisuus.cli.command_texts import field_name, text
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

    def head(self, language: str) -> str:
        """Name the object and its field."""
        subject = subject_text(f"{REGISTERS[self.register].singular} {self.key}", language)
        return f"{subject}: {field_name(self.field, language)}"

    def details(self, language: str) -> Iterator[str]:
        """Return what the sources do say, and where the value most likely is."""
        if self.likely:
            yield text("show", "likely", language, place=self.likely)
        yield from self.notes

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
        return shown


def items_of(name: str) -> list[Item]:
    """Return the gaps or the disagreements of the bundled facts."""
    if name == "gaps":
        return [_item(gap, gap.notes, gap.likely) for gap in tul.gaps()]
    return [_item(each, (each.note,)) for each in tul.disagreements()]


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
