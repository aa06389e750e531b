"""How far back the facts reach: `FACTS_SINCE`, and the registers that know it."""

import datetime as dt
from typing import Self

from tulevaisuus.findings.lookup_errors import OutsideFactsError
from tulevaisuus.model.field_types import Date
from tulevaisuus.model.register import Register, T_co

__all__ = ["FACTS_SINCE", "BundledRegister", "within_facts"]

FACTS_SINCE = dt.date(2020, 1, 1)
"""The facts know nothing of days before this one."""


def within_facts(date: dt.date) -> dt.date:
    """Return the day; `OutsideFactsError` if the facts do not reach back to it."""
    day = Date().validate(date)
    if day < FACTS_SINCE:
        message = f"the facts begin on {FACTS_SINCE}, so nothing is known of {day}"
        raise OutsideFactsError(message)
    return day


class BundledRegister(Register[T_co]):
    """A register of the bundled facts, or one that was made from such a register."""

    __slots__ = ()

    def on(self, date: dt.date) -> Self:
        """Return the entities that are valid on the day.

        `TypeError` for entities without ``valid``, `OutsideFactsError` for a day before
        `FACTS_SINCE`.
        """
        return super().on(within_facts(date))
