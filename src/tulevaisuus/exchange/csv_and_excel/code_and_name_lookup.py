"""`CodeFinder`: finds the entity that a cell means by a code, a name or a business id."""

import functools
import re
from collections.abc import Sequence
from typing import cast

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.organisation_names import OrganisationNames
from tulevaisuus.exchange.table_messages import TableMessage
from tulevaisuus.findings import found_values
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.lookup_errors import AmbiguousNameError, UnknownCodeError
from tulevaisuus.findings.suggestions import NamedCode
from tulevaisuus.model.entity import Entity, key_text
from tulevaisuus.model.name_search import normalise_name
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.register import Register
from tulevaisuus.model.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.finding import Finding
    from tulevaisuus.rules.lookups import Context
    from tulevaisuus.rules.predecessors import Predecessor

__all__ = ["CodeFinder"]

_MAX_SUGGESTIONS = 3
_MAX_CACHED = 10_000
"""The maximum number of texts whose codes are cached."""

_ID = re.compile(r"(?=.*[0-9_-])[a-z0-9]+(?:[-_.][a-z0-9]+)*")
"""A text that is an id, not a name: lower-case letters with digits or hyphens, as ``vs-2021``."""

_COUNTY = re.compile(r"(?<=n) hva$", re.IGNORECASE)
"""The abbreviation of *hyvinvointialue* after the name of a county: *Pohjanmaan HVA*."""

_EXTENSIBLE = {"calls", "projects", "organisations", "bodies", "sources"}
"""Registers to which a document may add entities; the others are complete code lists."""


class CodeFinder:
    """Finds the codes of cells that refer to entities; the result for each text is cached."""

    def __init__(self, reference: Portfolio) -> None:
        """Set the portfolio in which names, codes and business ids are looked up."""
        self.reference = reference
        self.organisations: OrganisationNames = OrganisationNames(reference)
        self._cache: dict[tuple[str, tuple[str, ...], str], str | InvalidValueError] = {}

    def find_code(self, text: str, registers: tuple[str, ...], identified_by: str) -> str:
        """Return the code of the entity that a text refers to.

        Args:
            text: The text of the cell.
            registers: The registers in which the entity may be.
            identified_by: ``code`` if the cell has a code, which is returned unchanged, as `check`
                verifies codes. ``business_id`` if it has the business id of an organisation. Empty
                if it has a code or a name.

        Raises:
            InvalidValueError: No entity fits, or several do; the finding names candidates.
        """
        if identified_by == "code":
            return text
        key = text, registers, identified_by
        if key not in self._cache:
            if len(self._cache) >= _MAX_CACHED:
                self._cache.clear()
            try:
                found = (
                    self._find_owner(text) if identified_by else self._find_named(text, registers)
                )
                self._cache[key] = found
            except InvalidValueError as error:
                self._cache[key] = error
        cached = self._cache[key]
        if isinstance(cached, InvalidValueError):
            raise InvalidValueError(cached.findings)
        return cached

    def _find_owner(self, text: str) -> str:
        """Return the id of the organisation that has a business id."""
        owner = self.organisations.find_owner(text)
        if owner is None:
            names = ("organisations",)
            candidates = self.organisations.candidates(text)
            raise _lookup_error(text, candidates, names, self._registers(names))
        return owner

    def _find_named(self, text: str, names: tuple[str, ...]) -> str:
        """Return the code of the entity that has a text as its code or name."""
        registers = self._registers(names)
        if any(text in register for register in registers):
            return text
        full_name = _COUNTY.sub(" hyvinvointialue", text)
        found, similar = self._search_registers(full_name, names, registers)
        if found is None:
            found, candidates = self._search_organisations(full_name, names)
            similar = [*candidates, *similar]
        if found is None:
            found = _as_id(text, names, registers)
        if found is None:
            raise _lookup_error(text, similar, names, registers)
        return found

    def _search_registers(
        self, text: str, names: Sequence[str], registers: Sequence[Register[Entity]]
    ) -> tuple[str | None, list[str]]:
        """Return the code of the entity with a name, or ``None`` and the codes of similar names."""
        similar: list[str] = []
        for register in registers:
            try:
                return _code(register.find(text)), []
            except AmbiguousNameError as error:
                candidates = error.suggestions
                raise _lookup_error(text, candidates, names, registers, ambiguous=True) from None
            except UnknownCodeError as error:
                similar += error.suggestions
        return None, similar

    def _search_organisations(
        self, text: str, names: Sequence[str]
    ) -> tuple[str | None, list[str]]:
        """Return the id of the organisation with a name, or ``None`` and ids of similar ones."""
        if "organisations" not in names:
            return None, []
        found = self.organisations.find(text)
        return found, [] if found else self.organisations.candidates(text)

    def _registers(self, names: Sequence[str]) -> list[Register[Entity]]:
        return [cast("Register[Entity]", getattr(self.reference, name)) for name in names]


def _as_id(text: str, names: Sequence[str], registers: Sequence[Register[Entity]]) -> str | None:
    """Return the known id that a text means in capitals, or a text that looks like a user's id."""
    lowered = normalise_name(text)
    if any(lowered in register for register in registers):
        return lowered
    return text if _EXTENSIBLE.issuperset(names) and _ID.fullmatch(text) else None


def _code(entity: Entity) -> str:
    return key_text(entity.key)


def _lookup_error(
    text: str,
    candidates: Sequence[str],
    names: Sequence[str],
    registers: Sequence[Register[Entity]],
    *,
    ambiguous: bool = False,
) -> InvalidValueError:
    """Make the error for a text that fits no entity, or several.

    Args:
        text: The text of the cell.
        candidates: The codes of entities that may be meant.
        names: The names of the registers.
        registers: The registers that were searched.
        ambiguous: Whether several entities have the name.
    """
    suggestions = _named_codes(candidates, registers)
    if not suggestions and "organisations" in names:
        predecessor = _find_predecessor(text)
        if predecessor is not None:
            return InvalidValueError([_predecessor_finding(text, predecessor)])
    message = table_messages.AMBIGUOUS_NAME if ambiguous else _unknown_name_message(suggestions)
    code = "TSK009" if _EXTENSIBLE.issuperset(names) else "TSK005"
    params = {"suggestions": suggestions} if suggestions else {}
    finding = TableMessage(code, message.name).finding(found=found_values.quote(text), **params)
    return InvalidValueError([finding])


def _named_codes(
    candidates: Sequence[str], registers: Sequence[Register[Entity]]
) -> tuple[NamedCode, ...]:
    """Return the first candidates that exist in the registers, with their names."""
    by_code = {_code(entity): entity for register in registers for entity in register}
    codes = [code for code in dict.fromkeys(candidates) if code in by_code][:_MAX_SUGGESTIONS]
    return tuple(
        NamedCode(code, cast("Text | None", getattr(by_code[code], "name", None))) for code in codes
    )


def _predecessor_finding(text: str, predecessor: "Predecessor") -> "Finding":
    return table_messages.PREDECESSOR.finding(
        found=found_values.quote(text),
        kind=predecessor.kind,
        regions=predecessor.regions,
        suggestions=predecessor.organisations,
    )


def _unknown_name_message(suggestions: Sequence[NamedCode]) -> TableMessage:
    return table_messages.UNKNOWN_NAME_NEAR if suggestions else table_messages.UNKNOWN_NAME


def _find_predecessor(text: str) -> "Predecessor | None":
    """Return the former hospital district or municipality that a text names."""
    from tulevaisuus.rules.predecessors import predecessor_named  # few tables need it

    return predecessor_named(text, _reference_context())


@functools.cache
def _reference_context() -> "Context":
    from tulevaisuus.facts.reference_portfolio import reference
    from tulevaisuus.rules.lookups import Context

    return Context(Portfolio(), reference)
