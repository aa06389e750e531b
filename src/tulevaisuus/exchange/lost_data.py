"""Findings about lost data: what a format cannot contain, and what a reader has left out.

A portfolio (all entities of one document) has a register (a collection by key) for each class.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from tulevaisuus._grouping import group_by
from tulevaisuus.exchange import standards_messages, table_messages
from tulevaisuus.findings.finding import Finding
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.value import fields_of

__all__ = ["findings_on_fields", "is_set", "lost_fields", "lost_in_reading", "lost_registers"]

_LOST_FROM_TABLES = (
    table_messages.SEVERAL_TABLES,
    table_messages.OTHER_SHEETS,
    table_messages.TEXT_BELOW,
    table_messages.MERGED_ACROSS,
    table_messages.UNKNOWN_HEADER,
    table_messages.MORE_UNKNOWN_HEADERS,
    table_messages.UNKNOWN_TABLE,
    table_messages.NO_HEADER_ABOVE,
)
"""The messages about data in a table that the reader has left out."""

_LOST_FROM_STANDARDS = (
    standards_messages.UNREAD_FIELD,
    standards_messages.OTHER_CURRENCY,
    standards_messages.TIME_LEFT_OUT,
    standards_messages.DURATION_WITHOUT_DAYS,
    standards_messages.BARE_YEAR,
    standards_messages.SEVERAL,
    standards_messages.OTHER_NAME,
    standards_messages.PERSON,
)
"""The messages about data in a file of a public standard that the reader has left out."""


def lost_registers(
    portfolio: Portfolio, kept: Collection[str], kept_as_names: Collection[str] = ()
) -> Iterator[Finding]:
    """Report the registers of a portfolio that a format cannot contain.

    Args:
        portfolio: The portfolio that is written.
        kept: The registers that the format contains.
        kept_as_names: Registers from which the format contains only the ids and names that
            entities refer to.
    """
    if portfolio.programme is not None:
        yield standards_messages.LOST_REGISTER.finding("/programme", count=1)
    for name, register in portfolio.registers().items():
        if register and name not in kept:
            message = (
                standards_messages.ONLY_NAMES
                if name in kept_as_names
                else standards_messages.LOST_REGISTER
            )
            yield message.finding(f"/{name}", count=len(register))


def is_set(entity: Entity, name: str) -> bool:
    """Return whether a field has a value; a list that is known to be empty is a value."""
    return bool(getattr(entity, name) != fields_of(type(entity))[name].default)


def lost_fields(entities: Iterable[Entity], kept: Collection[str]) -> Iterator[Finding]:
    """Report the fields that a format cannot contain, with the number of entities for each."""
    for register, group in group_by(entities, lambda entity: entity.plural).items():
        counts = Counter(name for entity in group for name in entity.set_fields())
        lost = (name for name in fields_of(type(group[0])) if name not in kept)
        yield from findings_on_fields(register, {name: counts[name] for name in lost})


def findings_on_fields(register: str, counts: Mapping[str, int]) -> Iterator[Finding]:
    """Report the fields of a register that are left out, with the number of entities for each."""
    for name, count in counts.items():
        if count:
            yield table_messages.LOST_FIELD.finding(f"/{register}", field=name, count=count)


def lost_in_reading(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Report that reading has left data out, with the number of findings about it.

    Findings about empty columns and sheets, and about the titles, sums and footnotes around a
    table, are not counted, as these are not data.
    """
    templates = [
        *(table_messages.phrase("messages", message.name) for message in _LOST_FROM_TABLES),
        *(standards_messages.phrase("messages", message.name) for message in _LOST_FROM_STANDARDS),
    ]
    count = sum(finding.template in templates for finding in findings)
    if count:
        yield table_messages.LOST_IN_READING.finding(count=count)
