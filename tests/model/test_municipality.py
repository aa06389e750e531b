"""`Municipality`, also those that have merged into others."""

import datetime as dt

import tulevaisuus as tul
from tests.helpers import rejected


def test_all_errors_are_reported() -> None:
    """Every error is reported, in the order of fields in documents; a code is always text."""
    findings = rejected(
        tul.Municipality,
        code=853,
        name="Turku",
        genitive="Turun",
        region=None,
        maakunta=2,
        earlier_maakunnat=["02"],
        hospital_district=3,
        language_status=["fi"],
        valid=dt.date(2020, 12, 31),
        successor="",
        aliases=["Åbo"],
    )
    assert findings == [
        "TSK002 /code",
        "TSK002 /name",
        "TSK002 /genitive",
        "TSK002 /region",
        "TSK002 /maakunta",
        "TSK002 /earlier_maakunnat/0",
        "TSK002 /hospital_district",
        "TSK002 /language_status/0",
        "TSK002 /valid",
        "TSK006 /successor",
        "TSK002 /aliases/0",
    ]


def test_code_keeps_leading_zeros() -> None:
    """A code is text: 005 is not 5."""
    municipality = tul.Municipality(code="005", name=tul.Text("Alajärvi"), region="14")
    register = tul.Register([municipality])
    assert "005" in register
    assert "5" not in register
    assert 5 not in register


MOVED = tul.Municipality(
    code="900",
    name=tul.Text("Kunta"),
    region="05",
    maakunta="02",
    earlier_maakunnat=(tul.MaakuntaMembership("04", tul.Period(end=dt.date(2020, 12, 31))),),
    language_status=(
        tul.LanguageStatus(tul.LanguageRelation.SWEDISH, tul.Period.of_years(2013, 2022)),
        tul.LanguageStatus(tul.LanguageRelation.BILINGUAL_SWEDISH, tul.Period.of_years(2023, 2032)),
    ),
)


def test_codes_of_languages() -> None:
    """The codes of language relations are part of the document format."""
    assert [each.value for each in tul.LanguageRelation] == [
        "fi",
        "sv",
        "bilingual_fi",
        "bilingual_sv",
    ]


def test_maakunta_of_a_day() -> None:
    """Before a move the earlier one is returned; an unknown one is None."""
    assert MOVED.maakunta_on(dt.date(2020, 12, 31)) == "04"
    assert MOVED.maakunta_on(dt.date(2021, 1, 1)) == "02"
    lost = tul.Municipality(code="901", name=tul.Text("Kunta"), region="05")
    assert lost.maakunta_on(dt.date(2021, 1, 1)) is None


def test_languages_of_a_day() -> None:
    """Each decree is valid in its own years; other years are unknown."""
    assert MOVED.language_on(dt.date(2022, 12, 31)) is tul.LanguageRelation.SWEDISH
    assert MOVED.language_on(dt.date(2023, 1, 1)) is tul.LanguageRelation.BILINGUAL_SWEDISH
    assert MOVED.language_on(dt.date(2033, 1, 1)) is None
