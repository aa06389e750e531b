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

_DATA_LEFT_OUT = (
    table_messages.SHEETS_WITH_HEADERS_NOT_READ,
    table_messages.SHEETS_NOT_READ,
    table_messages.TEXT_BELOW_TABLE,
    table_messages.MERGED_ACROSS_COLUMNS,
    table_messages.UNKNOWN_HEADER,
    table_messages.MORE_UNKNOWN_HEADERS,
    table_messages.UNKNOWN_TABLE,
    table_messages.COLUMN_WITHOUT_HEADER,
    standards_messages.FIELD_NOT_READ,
    standards_messages.OTHER_CURRENCY,
    standards_messages.TIME_LEFT_OUT,
    standards_messages.DURATION_WITHOUT_END,
    standards_messages.YEAR_OR_MONTH_AS_DAY,
    standards_messages.SEVERAL_VALUES,
    standards_messages.OTHER_NAME_FOR_ID,
    standards_messages.PERSON_AS_RECIPIENT,
)
"""The messages of readers about data that they have left out."""


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
                standards_messages.ONLY_NAMES_WRITTEN
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
    texts = [message.text for message in _DATA_LEFT_OUT]
    count = sum(finding.template in texts for finding in findings)
    if count:
        yield table_messages.LOST_IN_READING.finding(count=count)
