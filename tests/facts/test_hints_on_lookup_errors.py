"""Look-up errors of bundled registers name another register that has the key or name."""

import datetime as dt
from collections.abc import Callable

import pytest

import tulevaisuus as tul

DAY = dt.date(2022, 6, 1)


@pytest.mark.parametrize(
    ("look_up", "message_part", "suggestions"),
    [
        (lambda: tul.regions.find("Turku"), "is municipality 853, of region 05", ("05",)),
        (lambda: tul.regions.find("åbo"), "is municipality 853, of region 05", ("05",)),
        (lambda: tul.regions["5"], "(Varsinais-Suomi)? '5' is area 5", ("05",)),
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
def test_error_names_the_other_register(
    look_up: Callable[[], object], message_part: str, suggestions: tuple[str, ...]
) -> None:
    """A key or full name of another register is named, with the related entity here."""
    with pytest.raises(tul.UnknownCodeError) as caught:
        look_up()
    assert message_part in str(caught.value)
    assert caught.value.suggestions == suggestions


@pytest.mark.parametrize("key", ["nowhere", 99, None, 1.5, ("a", "b")])
def test_unknown_text_has_no_other_register(key: str) -> None:
    """The error is that of any other register."""
    with pytest.raises(tul.UnknownCodeError) as caught:
        tul.calls[key]
    assert str(caught.value).startswith("there is no call ")
    assert " is " not in str(caught.value).removeprefix("there is no call ")


@pytest.mark.parametrize("text", ["Turku sairaanhoitopiiri", "Turku kuntayhtymä kaupunki"])
def test_name_of_another_type_of_place(text: str) -> None:
    """*Turku kaupunki* is Turku; a hospital district or joint authority of that name is not."""
    with pytest.raises(tul.UnknownCodeError, match="is municipality 853"):
        tul.regions.find("Turku kaupunki")
    with pytest.raises(tul.UnknownCodeError) as caught:
        tul.regions.find(text)
    assert "municipality 853" not in str(caught.value)


def test_ambiguous_name_lists_its_candidates() -> None:
    """Several candidates in the register precede those of other registers."""
    with pytest.raises(tul.AmbiguousNameError):
        tul.regions.find("Nyland")


def test_derived_register_names_other_registers() -> None:
    """A filtered, changed or empty register also refers to the facts."""
    with pytest.raises(tul.UnknownCodeError, match="is municipality 853"):
        tul.regions.without("05").find("Turku")
    empty = tul.regions.without(*tul.regions.keys())
    with pytest.raises(tul.UnknownCodeError, match="is municipality 853"):
        empty.find("Turku")


def test_name_in_three_registers_is_found_in_all() -> None:
    """Åland is a region, a hospital district and a *maakunta*, and no organisation."""
    with pytest.raises(tul.UnknownCodeError) as caught:
        tul.organisations.find("Åland")
    assert str(caught.value).endswith(
        "'Åland' is region 91 and hospital district 00 and maakunta 21"
    )
