"""How messages describe a value that was found and one that was expected."""

import ast
import datetime as dt
import inspect
from decimal import Decimal
from fractions import Fraction

import pytest

import tulevaisuus as tul
from tulevaisuus.findings import LocalizedText, expectations, found_values
from tulevaisuus.findings.text_catalogue import open_catalogue

_CATALOGUE = open_catalogue("tulevaisuus.findings", "tsk0_reading")
EXPECTATIONS = {
    f"{section}.{name}": text
    for section in ("expected", "found")
    for name, text in _CATALOGUE[section].items()
}


@pytest.mark.parametrize(
    ("value", "fi", "sv", "en"),
    [
        (None, "tyhjä (null)", "tomt (null)", "nothing (null)"),
        (True, "true", "true", "true"),
        (False, "false", "false", "false"),
        ("12", "teksti ”12”", "texten ”12”", 'text "12"'),
        (12, "luku 12", "talet 12", "number 12"),
        (1.9, "luku 1.9", "talet 1.9", "number 1.9"),
        (Decimal("1.10"), "luku 1.10", "talet 1.10", "number 1.10"),
        (Decimal("1e999999"), "luku 1E+999999", "talet 1E+999999", "number 1E+999999"),
        (float("nan"), "luku nan", "talet nan", "number nan"),
        (found_values.NumberLiteral("1e5"), "luku 1e5", "talet 1e5", "number 1e5"),
        ({"a": 1}, "objekti", "ett objekt", "an object"),
        ([1], "luettelo", "en lista", "a list"),
        ((1,), "luettelo", "en lista", "a list"),
        ({1}, "arvo, jonka tyyppi on set", "ett värde av typen set", "a value of type set"),
        (
            dt.datetime(2021, 1, 2, 3, 4, tzinfo=dt.UTC),
            "aika 2021-01-02T03:04:00+00:00",
            "tiden 2021-01-02T03:04:00+00:00",
            "time 2021-01-02T03:04:00+00:00",
        ),
        (
            dt.date(2021, 1, 2),
            "päivä 2021-01-02",
            "dagen 2021-01-02",
            "day 2021-01-02",
        ),
        (
            Fraction(1, 3),
            "arvo, jonka tyyppi on Fraction",
            "ett värde av typen Fraction",
            "a value of type Fraction",
        ),
        (b"1", "arvo, jonka tyyppi on bytes", "ett värde av typen bytes", "a value of type bytes"),
        (
            tul.Text("a"),
            "arvo, jonka tyyppi on Text",
            "ett värde av typen Text",
            "a value of type Text",
        ),
    ],
)
def test_describes_what_was_found(value: object, fi: str, sv: str, en: str) -> None:
    """The description has the type of the value, so that "12" and 12 differ."""
    assert found_values.describe(value) == LocalizedText(fi=fi, sv=sv, en=en)


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        ("a" * 60, "a" * 60),
        ("a" * 61, "a" * 60 + "…"),
        ("a\nb\x1b[31m", "a\\u000ab\\u001b[31m"),
        ("\u202eabc", "\\u202eabc"),
        ("\ud800", "\\ud800"),
        ("ä €", "ä €"),
        pytest.param(10**5000, "≈ 2^16610", id="huge"),
        pytest.param(-(10**5000), "≈ 2^16610", id="huge-below-zero"),
        (10**12, "1000000000000"),
    ],
)
def test_long_and_unprintable_values_are_shortened_and_escaped(
    value: str | int, quoted: str
) -> None:
    """Long values are cut, control and bidi characters escaped, huge numbers not written out."""
    assert found_values.quote(value) == quoted


@pytest.mark.parametrize("name", EXPECTATIONS)
def test_each_expectation_has_three_languages(name: str) -> None:
    """The texts in Finnish, Swedish and English are not blank and differ."""
    texts = EXPECTATIONS[name]
    assert len({texts.fi, texts.sv, texts.en}) == 3
    assert all(text.strip() == text != "" for text in (texts.fi, texts.sv, texts.en))


def test_bounds_and_types_are_named() -> None:
    """The text of an expectation contains the bound or the class."""
    for texts, named in (
        (expectations.at_least(3), "3"),
        (expectations.instance_of("Grant"), "Grant"),
    ):
        assert all(named in text for text in (texts.fi, texts.sv, texts.en))
        assert len({texts.fi, texts.sv, texts.en}) == 3


def test_expectations_declared_for_type_checkers_have_texts() -> None:
    """Every name under `if TYPE_CHECKING` has a text at run time."""
    guarded = next(each for each in ast.parse(inspect.getsource(expectations)).body
                   if isinstance(each, ast.If))  # fmt: skip
    names = [each.target.id for each in guarded.body
             if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)]  # fmt: skip
    assert names == sorted(names)
    expected = _CATALOGUE["expected"]
    assert all(getattr(expectations, name) == expected[name.lower()] for name in names)


def test_whole_numbers_are_quoted_up_to_sixty_digits() -> None:
    """Longer ones are cut, and very long ones are never written out."""
    assert found_values.quote(10**59) == str(10**59)
    assert found_values.quote(10**60) == f"{str(10**60)[:60]}…"
    assert found_values.quote(2**240) == "≈ 2^241"
