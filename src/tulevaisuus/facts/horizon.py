"""How far back the facts reach: `FACTS_SINCE`, and the registers that know it."""

import datetime as dt
from typing import cast

from tulevaisuus.facts.index import BundledIndex
from tulevaisuus.findings.lookup_errors import OutsideFactsError, UnknownCodeError
from tulevaisuus.model.entity import Key
from tulevaisuus.model.field_types import Date
from tulevaisuus.model.register import Register, T_co, key_of, may_be_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.model.name_search import Keyed

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
    """A register of the bundled facts, or one that was made from such a register.

    It knows how far back the facts reach, and its errors say where the facts do have what was
    looked for in the wrong register.
    """

    __slots__ = ()

    def get(self, key: "Key | Keyed") -> T_co | None:
        """Return the entity with the key, or ``None``; an entity counts as its key.

        Before all entities are needed, only this one is made.
        """
        pending = self.pending
        if not isinstance(pending, BundledIndex):
            return super().get(key)
        asked = key_of(key)
        return cast("T_co | None", pending.get(asked) if may_be_key(asked) else None)

    def __getitem__(self, key: "Key | Keyed") -> T_co:
        """Return the entity with the key; the error of an unknown one says where it is."""
        try:
            return super().__getitem__(key)
        except UnknownCodeError as error:
            raise _helped(error, self) from None

    def find(self, text: str) -> T_co:
        """Return the entity of that name; the error of an unknown one says where it is."""
        try:
            return super().find(text)
        except UnknownCodeError as error:
            raise _helped(error, self) from None

    def within(self, date: dt.date) -> dt.date:
        """Return the day; `OutsideFactsError` for one before `FACTS_SINCE`."""
        return within_facts(date)


def _helped(error: UnknownCodeError, register: Register[T_co]) -> UnknownCodeError:
    from tulevaisuus.facts.elsewhere import add_where_it_is  # it looks into all other registers

    return add_where_it_is(error, register)
