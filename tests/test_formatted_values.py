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


REPORT = tul.check(tul.read(b"{}"))


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        (tul.regions["05"], "sv", "Egentliga Finland"),
        (tul.projects["kainuu"], "fi", "Kainuu: tulevaisuuden sote-keskus"),
        (tul.GrantStatus.GRANTED, "fi", "myönnetty"),
        (tul.Evidence.STATED, "sv", tul.Evidence.STATED.label.get("sv")),
        (tul.GoalNumber(1), "fi", tul.GoalNumber(1).label.get("fi")),
        (tul.Severity.NOTE, "sv", "anmärkning"),
        (REPORT, "fi", "virheitä: 2, varoituksia: 0, huomautuksia: 0"),
        (REPORT, "en", "errors: 2, warnings: 0, notes: 0"),
        (
            REPORT.findings[0],
            "sv",
            f"TSK003 fel /format: {REPORT.findings[0].message('sv')}",
        ),
        (TEXT, "sv", "tjänst"),
    ],
)
def test_whatever_has_words_is_written_in_a_language(
    value: object, language: str, expected: str
) -> None:
    """Objects with names, codes, findings and reports; a width may follow the language."""
    assert format(value, language) == expected
    assert format(value, f"{language}>60") == expected.rjust(60)
    assert format(value, f"{language}:.5") == expected[:5]
    assert format(value, ">60") == str(value).rjust(60)
    for unknown in ("de", "Swedish"):
        with pytest.raises(tul.UnknownLanguageError, match=f"unknown language '{unknown}'; use"):
            format(value, f"{unknown}>9")


@pytest.mark.parametrize("language", ["SV", "sv-FI", "sv_FI", "Sv"])
def test_a_language_in_another_form_is_suggested(language: str) -> None:
    """Capitals and countries, as in locales, are no codes of languages here."""
    with pytest.raises(tul.UnknownLanguageError, match=r"did you mean 'sv'\? use one of fi"):
        TEXT.get(language)


@pytest.mark.parametrize("value", [tul.grants["vs-2021"], tul.BusinessId("0204819-8")])
def test_an_object_without_words_has_no_language(value: object) -> None:
    """The error names the class, and what to do."""
    name = type(value).__name__
    with pytest.raises(TypeError, match=f"^{name} has no text in languages; format one of"):
        f"{value:sv}"
    with pytest.raises(tul.UnknownLanguageError):
        f"{value:xx}"


def test_numbers_of_codes_are_formatted_by_python() -> None:
    """A format that does not begin with a word is none of ours."""
    assert f"{tul.GoalNumber(1):03d}" == "001"
    assert f"{tul.GrantStatus.GRANTED:*^11}" == "**granted**"
