"""Near names are suggested, nearest first, however odd the text."""

import pytest

from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.findings.suggestions import NamedCode, Vocabulary, suggest

FIELDS = ["recipient", "amount_eur", "announced_by", "announced_on"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("recipent", ("recipient",)),
        ("amount", ("amount_eur",)),
        ("anounced_on", ("announced_on", "announced_by")),
        ("recipient", ("recipient",)),
        ("", ()),
        ("zzz", ()),
        ("\ud800", ()),
    ],
)
def test_suggests_the_like_ones(text: str, expected: tuple[str, ...]) -> None:
    """What looks alike is suggested, the nearest first; what does not is left out."""
    assert suggest(text, FIELDS) == expected


def test_suggests_no_more_than_asked_for() -> None:
    """A caller that needs one suggestion gets the best one."""
    assert suggest("anounced_on", FIELDS, limit=1) == ("announced_on",)


def test_takes_known_names_of_any_iterable() -> None:
    """Names may come from a generator, which can be walked over only once."""
    assert suggest("recipient", (name for name in FIELDS)) == ("recipient",)


def test_compares_a_long_text_by_its_beginning() -> None:
    """A text of megabytes is no code: only its beginning is looked at."""
    known = ["x" * 100]
    assert suggest("x" * 100 + "y" * 1_000_000, known) == ("x" * 100,)


@pytest.mark.proof
def test_looks_for_alike_texts_among_so_many_only() -> None:
    """In a register of any size a wrong key costs no walk over all keys."""
    known = [f"grant-{number:06}" for number in range(20_000)]
    assert suggest("grant-00x", known[:15_000])
    assert suggest("grant-00x", known) == ()


PLACES = Vocabulary(
    [
        ("091", ["Helsinki", "Helsingfors"]),
        ("398", ["Lahti", "Lahtis"]),
        ("853", ["Turku", "\u00c5bo"]),
        ("905", ["Vaasa", "Vasa"]),
    ]
)
AREAS = Vocabulary(
    [
        ("01", ["It\u00e4-Uusimaa", "It\u00e4-Uudenmaan hyvinvointialue"]),
        ("03", ["L\u00e4nsi-Uusimaa"]),
        ("16", ["Etel\u00e4-Pohjanmaa", "Etel\u00e4-Pohjanmaan hyvinvointialue"]),
        ("17", ["Pohjanmaa", "\u00d6sterbotten", "Pohjanmaan hyvinvointialue"]),
    ]
)
BODIES = Vocabulary(
    [
        ("county-05", ["Varsinais-Suomen hyvinvointialue"]),
        ("vsshp", ["Varsinais-Suomen sairaanhoitopiiri"]),
        ("turku", ["Turun kaupunki", "City of Turku"]),
        ("county-17", ["Pohjanmaan hyvinvointialue"]),
    ]
)


@pytest.mark.parametrize(
    ("known", "text", "meant"),
    [
        (PLACES, "91", ("091",)),
        (PLACES, "kunta_091", ("091",)),
        (PLACES, "KU091", ("091",)),
        (PLACES, "0091", ("091",)),
        (PLACES, "8533", ("853",)),
        (PLACES, "91 853", ()),
        (PLACES, "999", ()),
        (PLACES, "9", ()),
        (PLACES, "FI-91", ()),
        (PLACES, "Turku", ("853",)),
        (PLACES, "Turun kaupunki", ("853",)),
        (PLACES, "\u00c5bo stad", ("853",)),
        (PLACES, "Helsingin kaupungilla", ("091",)),
        (PLACES, "Lahdessa", ("398",)),
        (PLACES, "Helsinki, Finland", ("091",)),
        (PLACES, "Vaasa \u2013 Vasa", ("905",)),
        (PLACES, "Vaasa\u2013Vasa", ("905",)),
        (PLACES, "Vaasa-Turku", ()),
        (PLACES, "kaupunki", ()),
        (PLACES, "Tukholma", ()),
        (PLACES, "", ()),
        (AREAS, "Pohjanmaa - \u00d6sterbotten", ("17",)),
        (AREAS, "Etel\u00e4-Pohjanmaan hva", ("16",)),
        (AREAS, "Etel\u00e4-Pohjanmaan hyvinvointialueella", ("16",)),
        (AREAS, "Uusimaa", ("01", "03")),
        (BODIES, "county-5", ("county-05",)),
        (BODIES, "Varsinais-Suomen hva", ("county-05",)),
        (BODIES, "Varsinais-Suomen shp", ("vsshp",)),
        (BODIES, "TURUN KAUPUNKI", ("turku",)),
        (BODIES, "Pohjanmaan sairaanhoitopiiri", ()),
        (BODIES, "vssph", ("vsshp",)),
    ],
)
def test_meaning_goes_before_letters(known: Vocabulary, text: str, meant: tuple[str, ...]) -> None:
    """A number, a name within a text, and an inflected one lead to what they are of."""
    assert known.search(text) == meant


@pytest.mark.parametrize("text", ["gr\u0430nted", "granted\u3164", "Granted", "grante\u034fd"])
def test_what_looks_the_same_is_meant(text: str) -> None:
    """A text that differs in what nobody sees, or in case, is the one answer."""
    assert suggest(text, ["granted", "grantee", "planned"]) == ("granted",)


def test_composed_and_decomposed_letters_are_the_same() -> None:
    """It makes no difference whether a diacritic is a character of its own."""
    assert suggest("L\u0061\u0308hi", ["l\u00e4hi"]) == ("l\u00e4hi",)


def test_a_search_without_a_walk_finds_what_is_indexed() -> None:
    """Where alike texts are not asked for, names and numbers are found all the same."""
    assert PLACES.search("Turku", similar=False) == ("853",)
    assert PLACES.search("Turkku", similar=False) == ()
    assert PLACES.search("Turkku") == ("853",)


def test_a_code_is_shown_with_its_name() -> None:
    """People read the name in their language, programs the code."""
    shown = NamedCode("853", LocalizedText(fi="Turku", sv="\u00c5bo", en="Turku"))
    assert (shown.localize("sv"), str(shown)) == ("853 (\u00c5bo)", "853")
    assert NamedCode("853").localize("fi") == "853"
    long = "x" * 1000
    assert len(NamedCode("1", LocalizedText(fi=long, sv=long, en=long)).localize("en")) < 100


RULES = Vocabulary([("TSK302", ()), ("TSK309", ()), ("TSK320", ()), ("shc-2021", ())])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("TSK3O2", ("TSK302",)),
        ("TSK 302", ("TSK302",)),
        ("tsk-302", ("TSK302",)),
        ("302", ("TSK302",)),
        ("TSK999", ()),
        ("TSK32", ()),
        ("TSK203", ("TSK320", "TSK302")),
        ("shc_2021", ("shc-2021",)),
        ("shc-2o21", ("shc-2021",)),
        ("shc-2022", ("shc-2021",)),
    ],
)
def test_codes_with_other_numbers_are_not_alike(text: str, meant: tuple[str, ...]) -> None:
    """Separators and the letter O do not count, another number does."""
    assert RULES.search(text) == meant


@pytest.mark.parametrize("text", ["91.0", "91,00", "KU091", "091 Helsinki", "91"])
def test_a_code_that_was_taken_for_a_number_is_known(text: str) -> None:
    """A program that lost a zero, or added decimals, leaves enough of a code."""
    assert Vocabulary([("091", ["Helsinki"]), ("853", ["Turku"])]).search(text) == ("091",)


def test_a_code_of_another_list_is_no_number() -> None:
    """FI-19 is a name of one region, FI1C of none; neither is region 19 or 1."""
    regions = Vocabulary([("05", ["Varsinais-Suomi", "FI-19"]), ("19", ["Pohjois-Pohjanmaa"])])
    assert regions.search("FI19") == regions.search("fi-19") == ("05",)
    assert regions.search("FI9C") == regions.search("19A") == ()


@pytest.mark.parametrize("text", ["1905", "9805", "9015", "9051"])
def test_a_number_with_one_digit_too_many_is_known(text: str) -> None:
    """The surplus digit may be the first, one in the middle, or the last."""
    assert PLACES.search(text) == ("905",)


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        (("2345", "1345", "1245"), ("2345", "1345", "1245")),
        (("2345", "1345", "1245", "1235"), ()),
    ],
)
def test_a_number_that_fits_nearly_everything_fits_nothing(
    codes: tuple[str, ...], found: tuple[str, ...]
) -> None:
    """Of five digits any may be the surplus one; if four leave a code, nobody knows which."""
    assert Vocabulary((code, ()) for code in codes).search("12345") == found


def test_a_very_long_number_is_compared_with_no_code() -> None:
    """Forty digits are compared without one of them, more are not."""
    known = Vocabulary([("9" * 39 + "1", ()), ("9" * 38 + "1", ())])
    assert known.search("9" * 38 + "71") == ("9" * 38 + "1",)
    assert known.search("9" * 39 + "71") == ()


def test_a_name_within_a_longer_known_name_is_not_meant() -> None:
    """The longest known name counts, and not the names that are parts of it."""
    known = Vocabulary([("1", ["Pohjoinen Savo"]), ("2", ["Savo"]), ("3", ["Pohjoinen"])])
    assert known.search("Pohjoinen Savo, Suomi") == ("1",)
    assert known.search("Suomi, Pohjoinen Savo") == ("1",)


def test_a_name_is_looked_for_in_so_many_words_only() -> None:
    """Of a long sentence the first six words are read in other forms."""
    words = "alku beeta cee dee eekoo"
    assert PLACES.search(f"{words} Lahdessa", similar=False) == ("398",)
    assert PLACES.search(f"{words} lisää Lahdessa", similar=False) == ()


def test_the_shorter_name_is_the_likelier_one_for_a_form() -> None:
    """Of two names with the same beginning, the one of which more is there comes first."""
    known = Vocabulary([("1", ["Turi"]), ("2", ["Turuxx"])])
    assert known.search("Turussa", similar=False) == ("1", "2")


@pytest.mark.parametrize("text", ["Tur", "Turxssa", "Turuaissa", "Tuissa"])
def test_a_form_has_the_letters_of_a_name_and_an_ending(text: str) -> None:
    """A stem of fewer than three letters, and what is no ending, are no form of a name."""
    known = Vocabulary([("853", ["Turku"])])
    assert known.search("Turulla", similar=False) == ("853",)
    is_form = text in {"Tur", "Turxssa"}
    assert known.search(text, similar=False) == (("853",) if is_form else ())


def test_two_halves_name_one_place_or_none() -> None:
    """A later word with two names of one place is found after one with names of two."""
    assert PLACES.search("Vaasa-Turku Lahti-Lahtis", similar=False) == ("398",)
    assert PLACES.search("Vaasa-Turku", similar=False) == ()


def test_many_texts_without_common_letters_hide_no_similar_one() -> None:
    """Only a few texts are compared in full: those that share the most letters."""
    others = [f"wwwwwww{letter}" for letter in "bdfghjklmoqsuvxyz"]
    assert suggest("recipent", [*others, "recipient"]) == ("recipient",)


def test_what_a_search_costs_is_counted_in_characters() -> None:
    """Callers bound the cost of many searches by the characters that were compared."""
    known = Vocabulary([("091", ["Helsinki", "Hfors"]), ("x-1", [])])
    assert (known.size, known.characters_compared) == (3 + 8 + 5 + 3, 0)
    known.search("Helsinki")
    assert known.characters_compared == 0
    known.search("Holsinki")
    first = known.characters_compared
    assert first >= known.size
    known.search("Holsinki")
    assert known.characters_compared == 2 * first


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("dental", ["digital", "oral_health_care"]),
        ("approved", ["applied", "granted"]),
        ("decision_date", ["precision", "decided_on"]),
        ("siun_sote", ["pirsote"]),
    ],
)
def test_a_few_letters_in_common_are_no_likeness(text: str, codes: list[str]) -> None:
    """A wrong suggestion is worse than none."""
    assert suggest(text, codes) == ()


def test_the_first_word_of_a_longer_code_suggests_it() -> None:
    """It may have only few of its letters."""
    assert suggest("hospital", ["county", "hospital_district"]) == ("hospital_district",)
