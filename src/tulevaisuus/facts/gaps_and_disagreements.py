"""`gaps` and `disagreements`: what no source says, and where sources contradict each other."""

import functools
from collections.abc import Iterator

import attrs

from tulevaisuus.facts.reference_portfolio import reference
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.model.entity import Entity, Key, Note, key_text

__all__ = ["Disagreement", "Gap", "disagreements", "gaps"]


@attrs.frozen(kw_only=True)
class Gap:
    """An important field of a bundled entity that no source gives.

    ``likely`` says where it most likely is, if that is known; ``notes`` are what the sources do say
    of the field.
    """

    register: str
    key: Key
    field: str
    likely: LocalizedText | None
    notes: tuple[Note, ...]

    def __str__(self) -> str:
        """Name the field and its entity."""
        return f"{self.register} {key_text(self.key)}: {self.field}"


@attrs.frozen(kw_only=True)
class Disagreement:
    """A field of a bundled entity on which sources differ; ``note`` says how.

    ``also`` are the register and key of other entities that have the same note, word for word: a
    wellbeing services county is a region and an organisation.
    """

    register: str
    key: Key
    field: str
    note: Note
    also: tuple[tuple[str, Key], ...] = ()

    def __str__(self) -> str:
        """Name the field and the entities, and repeat the note."""
        places = ((self.register, self.key), *self.also)
        names = ", ".join(f"{register} {key_text(key)}" for register, key in places)
        return f"{names}: {self.field}: {self.note.text}"


@functools.cache
def gaps() -> tuple[Gap, ...]:
    """Return the figures and days that are missing from the bundled facts, in their order.

    Which fields count, and where their values most likely are, is in ``texts/gaps.toml``.

    >>> print(gaps()[0], "-", gaps()[0].likely.en)
    grants vs-2020: decided_on - ...
    """
    return tuple(_gaps())


def _gaps() -> Iterator[Gap]:
    for name, fields in open_catalogue("tulevaisuus.facts", "gaps").items():
        for entity in reference.registers()[name]:
            for field, likely in fields.items():
                if getattr(entity, field) is None and _could_be_known(entity, field):
                    notes = tuple(note for note in entity.notes if note.field == field)
                    yield Gap(
                        register=name, key=entity.key, field=field, likely=likely, notes=notes
                    )


def _could_be_known(entity: Entity, field: str) -> bool:
    """Whether the field could have a value: plans and applications have no decision."""
    decided = getattr(entity, "status", "granted") == "granted"
    return decided or field not in {"decided_on", "usable"}


@functools.cache
def disagreements() -> tuple[Disagreement, ...]:
    """Return where the sources of the bundled facts contradict each other, in their order.

    Not every note is one: most say what a source adds, or where a value comes from. A note that
    several entities have is listed once.
    """
    places: dict[Note, list[tuple[str, Key]]] = {}
    for name, register in reference.registers().items():
        for entity in register:
            for note in entity.notes:
                if note.disagreement:
                    places.setdefault(note, []).append((name, entity.key))
    return tuple(
        Disagreement(register=first[0], key=first[1], field=note.field, note=note, also=tuple(also))
        for note, (first, *also) in places.items()
    )
