"""Checks the arguments of `plan` and of the methods of `Plan`.

A ledger is the table of the costs of projects, as accounting software writes it. Its accounts are
texts in costs. Programs often have them as whole numbers, so both are accepted as words of the
caller.
"""

import datetime as dt
import operator
from collections.abc import Iterable, Mapping
from typing import SupportsIndex, cast

from tulevaisuus.findings.argument_checks import has_type, require_argument, wrong_argument
from tulevaisuus.findings.found_values import quote
from tulevaisuus.model.cost_category import CostCategory
from tulevaisuus.model.field_types import Date
from tulevaisuus.model.portfolio import Portfolio

__all__ = ["accounts_to_categories", "require_arguments", "validate_day"]

_MAX_ACCOUNT = 10**18
"""All accounts are smaller. To write a huge number as text takes long, and Python may refuse it."""

_PORTFOLIO = "a Portfolio, such as tulevaisuus.reference"
_ACCOUNTS = "account numbers or words of the ledger as keys, such as 4000 or 'Palkat'"
_CATEGORIES = "ids or names of cost categories as values, or a CostCategory"


def require_arguments(
    costs: object, portfolio: object, reference: object, *, split_by_day: object
) -> None:
    """Raise a `TypeError` for an argument of `plan` that has a wrong type."""
    # Texts and mappings are iterable, but not over costs.
    if has_type(costs, str | Mapping) or not has_type(costs, Iterable):
        raise wrong_argument(costs, "costs", "a list of Cost")
    if not isinstance(portfolio, Portfolio):
        name = type(portfolio).__name__
        raise TypeError(f"give a Portfolio, not a {name}; a Reading has one: reading.portfolio")
    require_argument(reference, (Portfolio, type(None)), "reference", _PORTFOLIO)
    require_argument(split_by_day, bool, "split_by_day", "True or False")


def accounts_to_categories(categories: object) -> Mapping[str, str | CostCategory]:
    """Return the categories of the caller by the text of each account or word.

    Raises:
        TypeError: It is no mapping, or a key or a value has a wrong type.
        ValueError: An account has two categories, one as a number and another one as a text; or a
            number cannot be that of an account.
    """
    if categories is None:
        return {}
    if not isinstance(categories, Mapping):
        raise wrong_argument(categories, "categories", "a mapping such as {4000: 'personnel'}")
    by_word: dict[str, str | CostCategory] = {}
    for key, category in cast("Mapping[object, object]", categories).items():
        word = _word_of(key)
        if not isinstance(category, str | CostCategory):
            raise wrong_argument(category, "categories", _CATEGORIES)
        if by_word.setdefault(word, category) != category:
            raise ValueError(f"categories gives two categories for the account '{quote(word)}'")
    return by_word


def _word_of(key: object) -> str:
    """Return an account as text; data frames have numbers of numpy."""
    if isinstance(key, str):
        return key
    if isinstance(key, SupportsIndex) and not isinstance(key, bool):
        number = operator.index(key)
        if not 0 <= number < _MAX_ACCOUNT:
            raise ValueError("categories takes account numbers from zero up, of at most 18 digits")
        return str(number)
    raise wrong_argument(key, "categories", _ACCOUNTS)


def validate_day(on: object) -> dt.date:
    """Return a day, by default the last one of all; raise `InvalidValueError` for a wrong value."""
    return dt.date.max if on is None else Date().validate(on)
