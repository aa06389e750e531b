"""Errors of the bundled registers say where the facts do have what was looked for."""

import datetime as dt
from collections.abc import Callable

import pytest

import tulevaisuus as tul

DAY = dt.date(2022, 6, 1)


@pytest.mark.parametrize(
    ("ask", "message_part", "suggestions"),
    [
        (lambda: tul.regions.find("Turku"), "is municipality 853, of region 05", ("05",)),
        (lambda: tul.regions.find("åbo"), "is municipality 853, of region 05", ("05",)),
        (lambda: tul.regions["853"], "'853' is municipality 853, of region 05", ("05",)),
        (
            lambda: tul.projects.find("Varsinais-Suomi"),
            "is region 05, of project varsinais-suomi",
            ("varsinais-suomi",),
        ),
        (
            lambda: tul.projects.find("Turku"),
            "is municipality 853, of project varsinais-suomi",
            ("varsinais-suomi",),
        ),
        (lambda: tul.calls["varsinais-suomi"], "and project varsinais-suomi", ()),
        (
            lambda: tul.reference.funding_of("05", on=DAY),
            "'05' is region 05, of project varsinais-suomi",
            ("varsinais-suomi",),
        ),
    ],
)
def test_an_error_says_where_it_is(
    ask: Callable[[], object], message_part: str, suggestions: tuple[str, ...]
) -> None:
    """A key or a whole name that another register has is named, with what belongs to it here."""
    with pytest.raises(tul.UnknownCodeError) as caught:
        ask()
    assert message_part in str(caught.value)
    assert caught.value.suggestions == suggestions


@pytest.mark.parametrize("key", ["nowhere", 99, None, 1.5, ("a", "b")])
def test_what_is_nowhere_gets_no_place(key: str) -> None:
    """The error is that of any other register."""
    with pytest.raises(tul.UnknownCodeError) as caught:
        tul.calls[key]
    assert str(caught.value).startswith("there is no call ")
    assert " is " not in str(caught.value).removeprefix("there is no call ")


@pytest.mark.parametrize("text", ["Turku sairaanhoitopiiri", "Turku kuntayhtymä kaupunki"])
def test_a_name_of_another_type_of_place_is_no_municipality(text: str) -> None:
    """*Turku kaupunki* is Turku; a hospital district or a joint authority of that name is not."""
    with pytest.raises(tul.UnknownCodeError, match="is municipality 853"):
        tul.regions.find("Turku kaupunki")
    with pytest.raises(tul.UnknownCodeError) as caught:
        tul.regions.find(text)
    assert "municipality 853" not in str(caught.value)


def test_an_ambiguous_name_stays_one() -> None:
    """Several candidates here count for more than what is elsewhere."""
    with pytest.raises(tul.AmbiguousNameError):
        tul.regions.find("Nyland")


def test_a_register_made_of_bundled_ones_helps_too() -> None:
    """What was filtered or changed knows the facts still; an empty one does as well."""
    with pytest.raises(tul.UnknownCodeError, match="is municipality 853"):
        tul.regions.without("05").find("Turku")
    empty = tul.regions.without(*tul.regions.keys())
    with pytest.raises(tul.UnknownCodeError, match="is municipality 853"):
        empty.find("Turku")
