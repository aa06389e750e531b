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


@pytest.mark.parametrize(
    ("key", "ways"),
    [
        ("vs-2021", "tulevaisuus.grants['vs-2021']"),
        ("stm-406-2021", "tulevaisuus.sources['stm-406-2021']"),
        ("853", "tulevaisuus.municipalities['853']"),
        ("no-such", "tulevaisuus.sources['no-such']"),
    ],
)
def test_an_id_to_cite_is_told_with_the_register_that_has_it(key: str, ways: str) -> None:
    """An id of a grant is not taken for one of a source."""
    with pytest.raises(TypeError) as caught:
        tul.cite(cast("tul.Entity", key))
    assert str(caught.value) == f"give an entity, not its id: {ways}"


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
