"""`Amount`: euros between two bounds; `Precision`: how exactly a source states an amount."""

import decimal
from collections.abc import Callable, Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NoReturn, Self, cast

import attrs

from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.found_values import describe, quote
from tulevaisuus.findings.localization import LANGUAGES, LocalizedText, format_value, localize
from tulevaisuus.findings.messages import BAD_FORMAT, WRONG_TYPE
from tulevaisuus.findings.pydantic_and_notebooks import NotebookMethods
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.model import _hooks
from tulevaisuus.model.codelists import Code

__all__ = ["Amount", "Precision"]

_EXACT = decimal.Context(prec=60, traps=[decimal.InvalidOperation, decimal.Inexact])
"""Independent of the caller's decimal context: all arithmetic here is exact, or an error."""

_MAX_DIGITS, _MAX_DECIMALS = 30, 6
"""The maximum number of digits before and after the point; no budget needs more."""


class Precision(Code):
    """How exactly a source states an amount.

    *Exact*: not rounded. *Rounded*: rounded to a unit, such as 100 000 euros. *Approximate*: a
    figure with a word such as "about" (*noin*).
    """

    EXACT = "exact"
    ROUNDED = "rounded"
    APPROXIMATE = "approximate"


def _accept_int(value: Decimal | int | None) -> Decimal | None:
    """Return the value unchanged; with this converter, type checkers accept an `int`."""
    return cast("Decimal | None", value)


def _normalise_bound(value: object) -> Decimal | None:
    """Return a bound in its shortest form, so that equal amounts have the same text."""
    if value is None:
        return None
    number = _require_number(value)
    whole = int(number)
    if whole == number:  # true for most amounts, and much faster
        return Decimal(whole)
    shortest = _EXACT.normalize(number)
    exponent = shortest.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -_MAX_DECIMALS:
        raise _invalid_bound(BAD_FORMAT.finding, value)
    return Decimal(f"{shortest:f}")  # without an exponent: 1E+3 becomes 1000


def _require_number(value: object) -> Decimal:
    """Return a bound as a `Decimal`; reject other types, infinite and very long numbers."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise _invalid_bound(WRONG_TYPE.finding, value)
    # Compared as an int first, because converting a huge number would take long.
    if isinstance(value, int) and abs(value) >= 10**_MAX_DIGITS:
        raise _invalid_bound(BAD_FORMAT.finding, value)
    number = Decimal(value)
    if not number.is_finite() or (number and number.adjusted() >= _MAX_DIGITS):
        raise _invalid_bound(BAD_FORMAT.finding, value)
    return number


def _invalid_bound(finding: Callable[..., Finding], value: object) -> InvalidValueError:
    return InvalidValueError([finding(found=describe(value), expected=_phrase("expected"))])


@attrs.frozen(repr=False, order=False)
class Amount(_hooks.PydanticSupport, NotebookMethods):
    """An amount of euros that is known to be between ``least`` and ``most``, both included.

    A bound that is ``None`` is unknown. A comparison returns ``True`` or ``False`` only if every
    amount within the bounds gives this answer, and ``None`` otherwise. An amount has no truth
    value, and ``<`` is not defined: both would claim more than is known. ``==`` compares the
    bounds; `is_equal_to` compares the euros.

    A bound that is not a `Decimal` or `int`, or ``most`` below ``least``, is an
    `InvalidValueError`.

    >>> rounded = Amount.of(5_500_000, Precision.ROUNDED, 100_000)
    >>> rounded
    Amount(5450000, 5550000)
    >>> rounded.is_above(5_400_000), rounded.is_above(5_500_000), rounded.is_above(5_600_000)
    (True, None, False)
    >>> rounded.localize("en")
    'at least €5,450,000 and at most €5,550,000'
    """

    least: Decimal | None = attrs.field(default=None, converter=_accept_int)
    most: Decimal | None = attrs.field(default=None, converter=_accept_int)

    def __attrs_post_init__(self) -> None:
        """Check both bounds, then their order."""
        findings: list[Finding] = []
        for side in ("least", "most"):
            try:
                object.__setattr__(self, side, _normalise_bound(getattr(self, side)))
            except InvalidValueError as error:
                findings.extend(error.under(side).findings)
        if findings:
            raise InvalidValueError(findings)
        if self.least is not None and self.most is not None and self.most < self.least:
            form = _phrase("in_order")
            filled = (form.fill({"least": self.least}, language) for language in LANGUAGES)
            expected = LocalizedText(*filled)
            raise InvalidValueError(
                [BAD_FORMAT.finding("/most", found=self.most, expected=expected)]
            )

    @classmethod
    def of(
        cls,
        euros: Decimal | int | None,
        precision: Precision | None = None,
        rounded_to: Decimal | int | None = None,
    ) -> Self:
        """Make an amount from one figure that a source publishes.

        Args:
            euros: The figure; ``None`` only means that the amount is not below zero.
            precision: How exactly the source states it; ``None`` counts as exact.
            rounded_to: The unit of rounding in euros. A figure that is not exact may be wrong by
                half of this unit. If the unit is not recorded, it is the place of the last digit
                that is not zero (``5 500 000``: 100 000).
        """
        if euros is None:
            return cls(0)
        if precision in {None, Precision.EXACT}:
            return cls(euros, euros)
        figure = cls(euros).least or Decimal(0)
        half = _half_rounding(figure, cls(rounded_to).least)
        return cls(max(Decimal(0), _EXACT.subtract(figure, half)), _EXACT.add(figure, half))

    @classmethod
    def total(cls, amounts: Iterable["Amount"]) -> Self:
        """Return the sum of amounts; zero if there are none.

        Raises:
            InvalidValueError: An element is not an amount, such as ``None``; its index is the path.
        """
        total = Amount(0, 0)
        for index, amount in enumerate(amounts):
            _require_summand(amount, index)
            total += amount
        return cls(total.least, total.most)

    @property
    def exact(self) -> Decimal | None:
        """The euros if both bounds are equal; otherwise ``None``."""
        return self.least if self.least == self.most else None

    def __add__(self, other: "Amount | Decimal | int") -> "Amount":
        """Add the bounds; an unknown bound stays unknown."""
        amount = _amount_or_none(other)
        if amount is None:
            return NotImplemented
        add = _EXACT.add
        return Amount(
            _apply_if_known(add, self.least, amount.least),
            _apply_if_known(add, self.most, amount.most),
        )

    __radd__ = __add__

    def __sub__(self, other: "Amount | Decimal | int") -> "Amount":
        """Subtract; the new lower bound is this lower bound minus the other upper bound."""
        amount = _amount_or_none(other)
        if amount is None:
            return NotImplemented
        subtract = _EXACT.subtract
        return Amount(
            _apply_if_known(subtract, self.least, amount.most),
            _apply_if_known(subtract, self.most, amount.least),
        )

    def __rsub__(self, other: Decimal | int) -> "Amount":
        """Subtract this amount from a number of euros."""
        amount = _amount_or_none(other)
        return NotImplemented if amount is None else amount - self

    def is_above(self, other: "Amount | Decimal | int") -> bool | None:
        """Return whether this is more than the other; ``None`` if that is unknown."""
        return _to_amount(other).is_below(self)

    def is_below(self, other: "Amount | Decimal | int") -> bool | None:
        """Return whether this is less than the other; ``None`` if that is unknown."""
        amount = _to_amount(other)
        if self.most is not None and amount.least is not None and self.most < amount.least:
            return True
        if self.least is not None and amount.most is not None and self.least >= amount.most:
            return False
        return None

    def is_at_least(self, other: "Amount | Decimal | int") -> bool | None:
        """Return whether this is as much as the other or more; ``None`` if that is unknown."""
        return _opposite_answer(self.is_below(other))

    def is_at_most(self, other: "Amount | Decimal | int") -> bool | None:
        """Return whether this is as much as the other or less; ``None`` if that is unknown."""
        return _opposite_answer(self.is_above(other))

    def is_equal_to(self, other: "Amount | Decimal | int") -> bool | None:
        """Return whether both are the same number of euros; ``None`` if that is unknown."""
        amount = _to_amount(other)
        if self.exact is not None and self.exact == amount.exact:
            return True
        return False if self.is_below(amount) or self.is_above(amount) else None

    def localize(self, language: str) -> str:
        """Return the amount as text in ``fi``, ``sv`` or ``en``."""
        # Rounded outwards to cents: rounding must not narrow the bounds.
        least, most = _cents(self.least, ROUND_FLOOR), _cents(self.most, ROUND_CEILING)
        if least is not None and least == most:
            return localize(least, language)
        if most is None:
            form = "unknown" if not least else "from"
        else:
            form = "up_to" if least is None else "between"
        return _phrase(form).fill({"least": least, "most": most}, language)

    def __bool__(self) -> bool:
        """Raise `TypeError`: an unknown amount is neither true nor false."""
        message = "an amount is neither true nor false; use is_above(0), is_equal_to(...) or exact"
        raise TypeError(message)

    def __lt__(self, other: object) -> NoReturn:
        """Raise `TypeError`: an amount may be unknown, so amounts have no order."""
        raise _no_order("below", other)

    def __le__(self, other: object) -> NoReturn:
        """Raise `TypeError`: see ``<``."""
        raise _no_order("at_most", other)

    def __gt__(self, other: object) -> NoReturn:
        """Raise `TypeError`: see ``<``."""
        raise _no_order("above", other)

    def __ge__(self, other: object) -> NoReturn:
        """Raise `TypeError`: see ``<``."""
        raise _no_order("at_least", other)

    def __format__(self, spec: str) -> str:
        """Return the text in a language, ``f"{amount:sv}"``, or padded as a text is: ``:>12``."""
        return format_value(self, spec)

    def __str__(self) -> str:
        """Return the euros, or both bounds: ``100/200 EUR``; an unknown bound is ``..``."""
        if self.exact is not None:
            return f"{self.exact} EUR"
        return f"{_bound_text(self.least)}/{_bound_text(self.most)} EUR"

    def __repr__(self) -> str:
        """Return a Python call that makes this amount."""
        return f"Amount({_as_python(self.least)}, {_as_python(self.most)})"

    def __copy__(self) -> Self:
        """Return the same object: it cannot change."""
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        """Return the same object: it cannot change."""
        return self

    def __reduce__(self) -> tuple[type[Self], tuple[Decimal | None, Decimal | None]]:
        """Pickle the arguments of the constructor."""
        return type(self), (self.least, self.most)


_hooks.announce(Amount)


def _phrase(name: str) -> LocalizedText:
    return open_catalogue("tulevaisuus.model", "values")["amount"][name]


def _require_summand(value: object, index: int) -> None:
    if isinstance(value, bool) or not isinstance(value, Amount | Decimal | int):
        found, expected = describe(value), _phrase("summand")
        raise InvalidValueError([WRONG_TYPE.finding(f"/{index}", found=found, expected=expected)])


def _amount_or_none(value: object) -> Amount | None:
    if isinstance(value, Decimal | int):
        return Amount(value, value)
    return value if isinstance(value, Amount) else None


def _to_amount(value: Amount | Decimal | int) -> Amount:
    return value if isinstance(value, Amount) else Amount(value, value)


def _half_rounding(figure: Decimal, unit: Decimal | None) -> Decimal:
    """Return how much a figure that is not exact may differ from the true amount."""
    if unit is None:
        exponent = _EXACT.normalize(figure).as_tuple().exponent
        unit = Decimal((0, (1,), int(exponent)))
    return _EXACT.divide(unit, Decimal(2))


def _apply_if_known(
    operation: Callable[[Decimal, Decimal], Decimal], left: Decimal | None, right: Decimal | None
) -> Decimal | None:
    return None if left is None or right is None else operation(left, right)


def _cents(bound: Decimal | None, rounding: str) -> Decimal | None:
    # `_EXACT` would raise an error here, because this rounds.
    context = _EXACT.copy()
    context.clear_traps()
    return None if bound is None else bound.quantize(Decimal("0.01"), rounding, context)


def _opposite_answer(answer: bool | None) -> bool | None:  # noqa: FBT001 - an answer, not a switch
    return None if answer is None else not answer


def _bound_text(bound: Decimal | None) -> str:
    return ".." if bound is None else str(bound)


def _as_python(bound: Decimal | None) -> str:
    if bound is None:
        return "None"
    text = str(bound)
    return f"Decimal('{text}')" if "." in text else text


def _no_order(comparison: str, other: object) -> TypeError:
    """Make the error for ``<`` and the like, with the method to call."""
    shown = quote(f"{other}")
    return TypeError(
        f"amounts have no order, as one may not be known exactly; use is_{comparison}({shown}),"
        " which returns None if the answer is not known, or compare `exact`"
    )
