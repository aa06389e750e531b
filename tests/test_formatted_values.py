"""Values in f-strings: in a language, or padded and cut as text."""

import datetime as dt

import pytest

import tulevaisuus as tul

PERIOD = tul.Period(dt.date(2021, 1, 1), dt.date(2021, 12, 31))
AMOUNT = tul.Amount(1, 2)
TEXT = tul.Text("palvelu", sv="tjänst")
PLACE = tul.where("Turku", on=dt.date(2021, 1, 1))
OBJECTS: tuple[object, ...] = (
    PERIOD,
    AMOUNT,
    TEXT,
    PLACE,
    tul.BusinessId("0204819-8"),
    tul.grants["vs-2021"],
    tul.read(b"").findings[0],
)


@pytest.mark.parametrize("value", OBJECTS, ids=lambda value: type(value).__name__)
def test_value_is_padded_and_cut_as_text(value: object) -> None:
    """Columns of a printed table can be aligned."""
    assert f"{value:>400}" == str(value).rjust(400)
    assert f"{value:.5}" == str(value)[:5]
    assert f"{value:s}" == f"{value}" == str(value)


def test_values_with_languages_are_written_in_one() -> None:
    """The format specification is the code of the language."""
    assert f"{PERIOD:fi}" == PERIOD.localize("fi")
    assert f"{AMOUNT:sv}" == AMOUNT.localize("sv")
    assert f"{TEXT:sv}" == "tjänst"
    assert f"{PLACE:en}" == str(PLACE)


@pytest.mark.parametrize("value", [PERIOD, AMOUNT, TEXT, PLACE])
def test_unknown_format_specification_is_an_error(value: object) -> None:
    """A word that is neither a language nor a width is named in the error."""
    with pytest.raises(tul.UnknownLanguageError, match="'se'"):
        f"{value:se}"
