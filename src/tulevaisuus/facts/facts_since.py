"""`FACTS_SINCE`, the first date that the facts cover; `BundledRegister`, which checks dates.

A register is a collection of the entities of one class, by key.
"""

import datetime as dt
from typing import cast

from tulevaisuus.facts.decoding_on_first_use import BundledIndex
from tulevaisuus.findings.lookup_errors import OutsideFactsError, UnknownCodeError
from tulevaisuus.model.entity import Key
from tulevaisuus.model.field_types import Date
from tulevaisuus.model.register import Register, T_co, is_valid_key, key_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.model.name_search import Keyed

__all__ = ["FACTS_SINCE", "BundledRegister", "validate_fact_day"]

FACTS_SINCE = dt.date(2020, 1, 1)
"""The first date that the bundled facts cover, 1.1.2020; earlier dates are rejected."""


def validate_fact_day(date: dt.date) -> dt.date:
    """Return the date, if the bundled facts cover it.

    Raises:
        InvalidValueError: The value is not a date.
        OutsideFactsError: The date is before `FACTS_SINCE`.
    """
    date = Date().validate(date)
    if date < FACTS_SINCE:
        message = f"the facts begin on {FACTS_SINCE}, so nothing is known of {date}"
        raise OutsideFactsError(message)
    return date


class BundledRegister(Register[T_co]):
    """A register of the bundled facts, or a register that was made from one.

    A date before `FACTS_SINCE` is an `OutsideFactsError`. For an unknown key or name, the
    `UnknownCodeError` names the entities of other bundled registers that have it.
    """

    __slots__ = ()

    def get(self, key: "Key | Keyed") -> T_co | None:
        """Return the entity with the key, or ``None``; an entity may be given for its key.

        Until the whole register is loaded, only this entity is decoded.
        """
        index = self.pending
        if not isinstance(index, BundledIndex):
            return super().get(key)
        if type(key) is str:  # true for nearly all keys; this must be fast
            return cast("T_co | None", index.get(key))
        plain_key = key_of(key)
        return cast("T_co | None", index.get(plain_key) if is_valid_key(plain_key) else None)

    def __getitem__(self, key: "Key | Keyed") -> T_co:
        """Return the entity with the key; the error for an unknown key has hints."""
        try:
            return super().__getitem__(key)
        except UnknownCodeError as error:
            raise _with_hint(error, self) from None

    def find(self, text: str) -> T_co:
        """Return the entity with the name; the error for an unknown name has hints."""
        try:
            return super().find(text)
        except UnknownCodeError as error:
            raise _with_hint(error, self) from None

    def validate_day(self, date: dt.date) -> dt.date:
        """Return the date; raise `OutsideFactsError` if it is before `FACTS_SINCE`."""
        return validate_fact_day(date)


def _with_hint(error: UnknownCodeError, register: Register[T_co]) -> UnknownCodeError:
    from tulevaisuus.facts.hints_on_lookup_errors import add_lookup_hint

    return add_lookup_hint(error, register)
