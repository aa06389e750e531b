"""What is said of arguments that are nothing of the kind, in place of an error of Python's own."""

import datetime as dt
from typing import cast

import pytest

import tulevaisuus as tul

DAY = dt.date(2022, 6, 1)


@pytest.mark.parametrize("given", ["vs-2021", None, tul.grants])
def test_only_entities_are_cited(given: object) -> None:
    """An id is no entity; the message shows how one is got."""
    with pytest.raises(TypeError, match="give an entity"):
        tul.cite(cast("tul.Entity", given))


def test_a_number_is_no_code_of_a_municipality() -> None:
    """A number is told with the code that it may be, never as if it were the code."""
    with pytest.raises(tul.UnknownCodeError, match=r"no municipality 91; did you mean '091'"):
        tul.where(cast("str", 91), on=DAY)
    with pytest.raises(tul.UnknownCodeError, match=r"no municipality 91\.0; did you mean '091'"):
        tul.municipalities[cast("str", 91.0)]
    with pytest.raises(tul.UnknownCodeError, match=r"no municipality 0\.5$"):
        tul.municipalities[cast("str", 0.5)]


@pytest.mark.parametrize(("limit", "error"), [(-1, ValueError), ("5", tul.InvalidValueError)])
def test_a_limit_is_a_number_from_zero_up(limit: object, error: type[Exception]) -> None:
    """A limit that is none is an error, and not a report without a limit."""
    with pytest.raises(error):
        tul.check(tul.reference, limit=cast("int", limit))
