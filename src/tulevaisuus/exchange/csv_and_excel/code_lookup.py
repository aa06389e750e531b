"""`NameReader`: finds the code of a cell with a code, a name or a business id, without guessing."""

import functools
import re
from collections.abc import Sequence
from typing import cast

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.organisation_names import OrganisationNames
from tulevaisuus.exchange.table_messages import TableMessage
from tulevaisuus.findings import expectations
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.lookup_errors import AmbiguousNameError, UnknownCodeError
from tulevaisuus.findings.suggestions import NamedCode
from tulevaisuus.model.entity import Entity, key_text
from tulevaisuus.model.name_search import fold
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.register import Register
from tulevaisuus.model.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.finding import Finding
    from tulevaisuus.rules.context import Context
    from tulevaisuus.rules.predecessors import Predecessor

__all__ = ["NameReader"]

_MAX_SUGGESTIONS = 3
_REMEMBERED = 10_000
"""The most texts whose codes are cached."""

_ID = re.compile(r"(?=.*[0-9_-])[a-z0-9]+(?:[-_.][a-z0-9]+)*")
"""A text that is an id, not a name: lower-case letters with digits or hyphens, as ``vs-2021``."""

_COUNTY = re.compile(r"(?<=n) hva$", re.IGNORECASE)
"""The abbreviation of *hyvinvointialue* after the name of a county: *Pohjanmaan HVA*."""

_OWN = {"calls", "projects", "organisations", "bodies", "sources"}
"""Registers to which a document may add entities; the others are complete code lists."""


class NameReader:
    """Finds the codes of cells that refer to entities; the result for each text is cached."""

    def __init__(self, reference: Portfolio) -> None:
        """Take the portfolio whose names, codes and business ids are known."""
        self.reference = reference
        self.organisations: OrganisationNames = OrganisationNames(reference)
        self._known: dict[tuple[str, tuple[str, ...], str], str | InvalidValueError] = {}

    def read(self, text: str, registers: tuple[str, ...], notation: str) -> str:
        """Return the code of the entity that a text refers to.

        Args:
            text: The text of the cell.
            registers: The registers in which the entity may be.
            notation: ``code`` if the text is a code: it is returned unchanged, as `check` verifies
                codes. ``business_id`` if it is that of an organisation. Empty for a code or name.

        Raises:
            InvalidValueError: No entity fits, or several do; the finding names candidates.
        """
        if notation == "code":
            return text
        asked = text, registers, notation
        if asked not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            try:
                self._known[asked] = self._owner(text) if notation else self._named(text, registers)
            except InvalidValueError as error:
                self._known[asked] = error
        known = self._known[asked]
        if isinstance(known, InvalidValueError):
            raise InvalidValueError(known.findings)
        return known

    def _owner(self, text: str) -> str:
        """Return the id of the organisation that has a business id."""
        owner = self.organisations.owner(text)
        if owner is None:
            names = ("organisations",)
            raise _unclear(text, self.organisations.candidates(text), names, self._registers(names))
        return owner

    def _named(self, text: str, names: tuple[str, ...]) -> str:
        registers = self._registers(names)
        if any(text in register for register in registers):
            return text
        written = _COUNTY.sub(" hyvinvointialue", text)
        found, near = self._in_registers(written, names, registers)
        if found is None:
            found, candidates = self._organisation(written, names)
            near = [*candidates, *near]
        if found is None:
            found = _as_id(text, names, registers)
        if found is None:
            raise _unclear(text, near, names, registers)
        return found

    def _in_registers(
        self, text: str, names: Sequence[str], registers: Sequence[Register[Entity]]
    ) -> tuple[str | None, list[str]]:
        """Return the code of the entity with a name, or ``None`` and the codes of similar names."""
        near: list[str] = []
        for register in registers:
            try:
                return _code(register.find(text)), []
            except AmbiguousNameError as error:
                raise _unclear(text, error.suggestions, names, registers, ambiguous=True) from None
            except UnknownCodeError as error:
                near += error.suggestions
        return None, near

    def _organisation(self, text: str, names: Sequence[str]) -> tuple[str | None, list[str]]:
        """Return the id of the organisation with a name, or ``None`` and ids of similar ones."""
        if "organisations" not in names:
            return None, []
        found = self.organisations.find(text)
        return found, [] if found else self.organisations.candidates(text)

    def _registers(self, names: Sequence[str]) -> list[Register[Entity]]:
        return [cast("Register[Entity]", getattr(self.reference, name)) for name in names]


def _as_id(text: str, names: Sequence[str], registers: Sequence[Register[Entity]]) -> str | None:
    """Return a known id that is written with capitals, or a text that looks like the user's id."""
    written = fold(text)
    if any(written in register for register in registers):
        return written
    return text if _OWN.issuperset(names) and _ID.fullmatch(text) else None


def _code(entity: Entity) -> str:
    return key_text(entity.key)


def _unclear(
    text: str,
    candidates: Sequence[str],
    names: Sequence[str],
    registers: Sequence[Register[Entity]],
    *,
    ambiguous: bool = False,
) -> InvalidValueError:
    """Make the error for a text that fits no entity, or several."""
    suggestions = _named_codes(candidates, registers)
    if not suggestions and "organisations" in names:
        body = _predecessor(text)
        if body is not None:
            return InvalidValueError([_of_predecessor(text, body)])
    message = table_messages.AMBIGUOUS_NAME if ambiguous else _unknown_name(suggestions)
    made = TableMessage("TSK009" if _OWN.issuperset(names) else "TSK005", message.name)
    params = {"suggestions": suggestions} if suggestions else {}
    return InvalidValueError([made.finding(found=expectations.quote(text), **params)])


def _named_codes(
    candidates: Sequence[str], registers: Sequence[Register[Entity]]
) -> tuple[NamedCode, ...]:
    """Return the first candidates that are codes of an entity, with its name."""
    named = {_code(entity): entity for register in registers for entity in register}
    known = [code for code in dict.fromkeys(candidates) if code in named][:_MAX_SUGGESTIONS]
    return tuple(
        NamedCode(code, cast("Text | None", getattr(named[code], "name", None))) for code in known
    )


def _of_predecessor(text: str, body: "Predecessor") -> "Finding":
    return table_messages.PREDECESSOR.finding(
        found=expectations.quote(text),
        kind=body.kind,
        regions=body.regions,
        suggestions=body.organisations,
    )


def _unknown_name(suggestions: Sequence[NamedCode]) -> TableMessage:
    return table_messages.UNKNOWN_NAME_NEAR if suggestions else table_messages.UNKNOWN_NAME


def _predecessor(text: str) -> "Predecessor | None":
    """Return the hospital district or municipality of the facts that a text names."""
    from tulevaisuus.rules.predecessors import predecessor_named  # few tables need it

    return predecessor_named(text, _facts())


@functools.cache
def _facts() -> "Context":
    from tulevaisuus.facts.reference_portfolio import reference
    from tulevaisuus.rules.context import Context

    return Context(Portfolio(), reference)
