"""Wrong arguments of functions on facts raise an error of the library."""

import datetime as dt
from typing import cast

import pytest

import tulevaisuus as tul

DAY = dt.date(2022, 6, 1)


@pytest.mark.parametrize("given", ["vs-2021", None, tul.grants])
def test_only_entities_are_cited(given: object) -> None:
    """An id is not an entity; the message shows how to get one."""
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
def test_id_to_cite_is_named_with_its_register(key: str, ways: str) -> None:
    """An id of a grant is not taken for one of a source."""
    with pytest.raises(TypeError) as caught:
        tul.cite(cast("tul.Entity", key))
    assert str(caught.value) == f"give an entity, not its id: {ways}"


def test_number_is_not_a_code_of_a_municipality() -> None:
    """A number has the code that it may be as its suggestion."""
    with pytest.raises(tul.UnknownCodeError, match=r"no municipality 91; did you mean '091'"):
        tul.where(cast("str", 91), on=DAY)
    with pytest.raises(tul.UnknownCodeError, match=r"no municipality 91\.0; did you mean '091'"):
        tul.municipalities[cast("str", 91.0)]
    with pytest.raises(tul.UnknownCodeError, match=r"no municipality 0\.5$"):
        tul.municipalities[cast("str", 0.5)]


@pytest.mark.parametrize(("limit", "error"), [(-1, ValueError), ("5", tul.InvalidValueError)])
def test_limit_is_a_number_from_zero(limit: object, error: type[Exception]) -> None:
    """An invalid limit is an error, and not a report without a limit."""
    with pytest.raises(error):
        tul.check(tul.reference, limit=cast("int", limit))
