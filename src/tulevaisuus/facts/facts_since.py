"""`FACTS_SINCE`, the first day that the facts cover, and `BundledRegister`, which checks it."""

import datetime as dt
from typing import cast

from tulevaisuus.facts.bundled_index import BundledIndex
from tulevaisuus.findings.lookup_errors import OutsideFactsError, UnknownCodeError
from tulevaisuus.model.entity import Key
from tulevaisuus.model.field_types import Date
from tulevaisuus.model.register import Register, T_co, is_valid_key, key_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.model.name_search import Keyed

__all__ = ["FACTS_SINCE", "BundledRegister", "validate_fact_day"]

FACTS_SINCE = dt.date(2020, 1, 1)
"""The first day that the bundled facts cover, 1.1.2020; a look-up of an earlier one fails."""


def validate_fact_day(date: dt.date) -> dt.date:
    """Return the day, if the bundled facts cover it.

    Raises:
        InvalidValueError: It is no date.
        OutsideFactsError: It is before `FACTS_SINCE`.
    """
    day = Date().validate(date)
    if day < FACTS_SINCE:
        message = f"the facts begin on {FACTS_SINCE}, so nothing is known of {day}"
        raise OutsideFactsError(message)
    return day


class BundledRegister(Register[T_co]):
    """A register of the bundled facts, or one that was made from such a register.

    A day before `FACTS_SINCE` is an `OutsideFactsError`. For an unknown key or name, the
    `UnknownCodeError` names the other bundled registers that have it.
    """

    __slots__ = ()

    def get(self, key: "Key | Keyed") -> T_co | None:
        """Return the entity with the key, or ``None``; an entity counts as its key.

        While the register is not loaded as a whole, only this entity is made.
        """
        index = self.pending
        if not isinstance(index, BundledIndex):
            return super().get(key)
        asked = key_of(key)
        return cast("T_co | None", index.get(asked) if is_valid_key(asked) else None)

    def __getitem__(self, key: "Key | Keyed") -> T_co:
        """Return the entity with the key; an unknown key is an `UnknownCodeError` with hints."""
        try:
            return super().__getitem__(key)
        except UnknownCodeError as error:
            raise _with_hint(error, self) from None

    def find(self, text: str) -> T_co:
        """Return the entity of that name; an unknown name is an `UnknownCodeError` with hints."""
        try:
            return super().find(text)
        except UnknownCodeError as error:
            raise _with_hint(error, self) from None

    def validate_day(self, date: dt.date) -> dt.date:
        """Return the day; raise `OutsideFactsError` if it is before `FACTS_SINCE`."""
        return validate_fact_day(date)


def _with_hint(error: UnknownCodeError, register: Register[T_co]) -> UnknownCodeError:
    from tulevaisuus.facts.lookup_suggestions import add_lookup_hint

    return add_lookup_hint(error, register)
