"""`FACTS_SINCE`, the first day of the facts, and `BundledRegister`, which rejects earlier days."""

import datetime as dt
from typing import cast

from tulevaisuus.facts.index import BundledIndex
from tulevaisuus.findings.lookup_errors import OutsideFactsError, UnknownCodeError
from tulevaisuus.model.entity import Key
from tulevaisuus.model.field_types import Date
from tulevaisuus.model.register import Register, T_co, is_valid_key, key_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.model.name_search import Keyed

__all__ = ["FACTS_SINCE", "BundledRegister", "within_facts"]

FACTS_SINCE = dt.date(2020, 1, 1)
"""The facts do not cover earlier days."""


def within_facts(date: dt.date) -> dt.date:
    """Return the day; `OutsideFactsError` if it is before `FACTS_SINCE`."""
    day = Date().validate(date)
    if day < FACTS_SINCE:
        message = f"the facts begin on {FACTS_SINCE}, so nothing is known of {day}"
        raise OutsideFactsError(message)
    return day


class BundledRegister(Register[T_co]):
    """A register of the bundled facts, or one that was made from such a register.

    Days before `FACTS_SINCE` are an error. Errors of look-ups name other registers that have the
    key or name.
    """

    __slots__ = ()

    def get(self, key: "Key | Keyed") -> T_co | None:
        """Return the entity with the key, or ``None``; an entity counts as its key.

        Until all entities are needed, only this one is made.
        """
        pending = self.pending
        if not isinstance(pending, BundledIndex):
            return super().get(key)
        asked = key_of(key)
        return cast("T_co | None", pending.get(asked) if is_valid_key(asked) else None)

    def __getitem__(self, key: "Key | Keyed") -> T_co:
        """Return the entity with the key; the error of an unknown one says where it is."""
        try:
            return super().__getitem__(key)
        except UnknownCodeError as error:
            raise _with_hint(error, self) from None

    def find(self, text: str) -> T_co:
        """Return the entity of that name; the error of an unknown one says where it is."""
        try:
            return super().find(text)
        except UnknownCodeError as error:
            raise _with_hint(error, self) from None

    def within(self, date: dt.date) -> dt.date:
        """Return the day; `OutsideFactsError` for one before `FACTS_SINCE`."""
        return within_facts(date)


def _with_hint(error: UnknownCodeError, register: Register[T_co]) -> UnknownCodeError:
    from tulevaisuus.facts.lookup_hints import add_lookup_hint

    return add_lookup_hint(error, register)
