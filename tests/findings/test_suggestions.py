"""`suggest` and `Vocabulary` find the known names and codes nearest to a text."""

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
def test_suggests_similar_names(text: str, expected: tuple[str, ...]) -> None:
    """Similar names are suggested, the nearest first; others are not."""
    assert suggest(text, FIELDS) == expected


def test_suggests_no_more_than_the_limit() -> None:
    """With a limit of one, the best suggestion is returned."""
    assert suggest("anounced_on", FIELDS, limit=1) == ("announced_on",)


def test_known_names_may_be_any_iterable() -> None:
    """A generator, which can be read only once, is accepted."""
    assert suggest("recipient", (name for name in FIELDS)) == ("recipient",)


def test_compares_only_the_beginning_of_a_long_text() -> None:
    """Only the beginning of a text of megabytes is compared."""
    known = ["x" * 100]
    assert suggest("x" * 100 + "y" * 1_000_000, known) == ("x" * 100,)


@pytest.mark.proof
def test_large_registers_are_not_searched_for_similar_names() -> None:
    """Above a limit of names a wrong key does not cause a search through all of them."""
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
def test_meaning_precedes_spelling(known: Vocabulary, text: str, meant: tuple[str, ...]) -> None:
    """A number, a name within a text and an inflected name are recognised before similar texts."""
    assert known.search(text) == meant


@pytest.mark.parametrize("text", ["gr\u0430nted", "granted\u3164", "Granted", "grante\u034fd"])
def test_texts_that_look_the_same_match(text: str) -> None:
    """A text that differs only in case or invisible characters has one suggestion."""
    assert suggest(text, ["granted", "grantee", "planned"]) == ("granted",)


def test_composed_and_decomposed_letters_are_the_same() -> None:
    """Characters and combining diacritics are compared in one normal form."""
    assert suggest("L\u0061\u0308hi", ["l\u00e4hi"]) == ("l\u00e4hi",)


def test_indexed_names_are_found_without_comparing_all() -> None:
    """Names and numbers are found even where similar texts are not searched for."""
    assert PLACES.search("Turku", similar=False) == ("853",)
    assert PLACES.search("Turkku", similar=False) == ()
    assert PLACES.search("Turkku") == ("853",)


def test_a_code_is_shown_with_its_name() -> None:
    """A suggestion has the name in the language of the message and the code."""
    shown = NamedCode("853", LocalizedText(fi="Turku", sv="\u00c5bo", en="Turku"))
    assert (shown.localize("sv"), str(shown)) == ("853 (\u00c5bo)", "853")
    assert NamedCode("853").localize("fi") == "853"
    long = "x" * 1000
    assert len(NamedCode("1", LocalizedText(fi=long, sv=long, en=long)).localize("en")) < 100


def test_the_last_part_of_a_name_is_a_name_unless_it_is_a_year() -> None:
    """*Uusimaa* may be *Itä-Uusimaa*; 2023 is not the name of what lasted from 2020 to 2023."""
    known = Vocabulary([("1", ["Itä-Uusimaa"]), ("2", ["Kausi-2023"])])
    assert known.search("Uusimaa", similar=False) == ("1",)
    assert known.search("2023 v", similar=False) == known.search("2023", similar=False) == ()


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
def test_codes_with_other_numbers_are_not_similar(text: str, meant: tuple[str, ...]) -> None:
    """Separators and the letter O are ignored, another number is not."""
    assert RULES.search(text) == meant


@pytest.mark.parametrize("text", ["91.0", "91,00", "KU091", "091 Helsinki", "91"])
def test_code_read_as_a_number_is_recognised(text: str) -> None:
    """A code is recognised without its leading zero or with added decimals."""
    assert Vocabulary([("091", ["Helsinki"]), ("853", ["Turku"])]).search(text) == ("091",)


def test_code_of_another_code_list_is_not_read_as_a_number() -> None:
    """FI-19 is a name of one region, FI1C of none; neither is region 19 or 1."""
    regions = Vocabulary([("05", ["Varsinais-Suomi", "FI-19"]), ("19", ["Pohjois-Pohjanmaa"])])
    assert regions.search("FI19") == regions.search("fi-19") == ("05",)
    assert regions.search("FI9C") == regions.search("19A") == ()


@pytest.mark.parametrize("text", ["1905", "9805", "9015", "9051"])
def test_number_with_a_surplus_digit_is_recognised(text: str) -> None:
    """The surplus digit may be the first, one in the middle, or the last."""
    assert PLACES.search(text) == ("905",)


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        (("2345", "1345", "1245"), ("2345", "1345", "1245")),
        (("2345", "1345", "1245", "1235"), ()),
    ],
)
def test_number_near_to_many_codes_suggests_none(
    codes: tuple[str, ...], found: tuple[str, ...]
) -> None:
    """If leaving out any of five digits gives a code, no code is likelier than the others."""
    assert Vocabulary((code, ()) for code in codes).search("12345") == found


def test_short_number_with_a_surplus_digit() -> None:
    """Three digits may contain one code; two digits contain too many."""
    known = Vocabulary([("90", ()), ("9", ())])
    assert known.search("905") == ("90",)
    assert known.search("95") == ()


def test_very_long_number_is_not_compared() -> None:
    """Numbers of up to forty digits are compared without one digit, longer ones are not."""
    known = Vocabulary([("9" * 39 + "1", ()), ("9" * 38 + "1", ())])
    assert known.search("9" * 38 + "71") == ("9" * 38 + "1",)
    assert known.search("9" * 39 + "71") == ()


def test_longest_name_within_a_text_is_suggested() -> None:
    """Names that are parts of a longer matching name are not suggested."""
    known = Vocabulary([("1", ["Pohjoinen Savo"]), ("2", ["Savo"]), ("3", ["Pohjoinen"])])
    assert known.search("Pohjoinen Savo, Suomi") == ("1",)
    assert known.search("Suomi, Pohjoinen Savo") == ("1",)


def test_number_of_inflected_words_is_limited() -> None:
    """Only the first six words of a long sentence are tried in other forms."""
    words = "alku beeta cee dee eekoo"
    assert PLACES.search(f"{words} Lahdessa", similar=False) == ("398",)
    assert PLACES.search(f"{words} lisää Lahdessa", similar=False) == ()


def test_shorter_name_is_preferred_for_an_inflected_form() -> None:
    """Of two names with the same beginning the one that is matched more fully comes first."""
    known = Vocabulary([("1", ["Turi"]), ("2", ["Turuxx"])])
    assert known.search("Turussa", similar=False) == ("1", "2")


@pytest.mark.parametrize("text", ["Tur", "Turxssa", "Turuaissa", "Tuissa"])
def test_inflected_form_needs_a_stem_and_a_known_ending(text: str) -> None:
    """A stem of fewer than three letters or an unknown ending does not match."""
    known = Vocabulary([("853", ["Turku"])])
    assert known.search("Turulla", similar=False) == ("853",)
    is_form = text in {"Tur", "Turxssa"}
    assert known.search(text, similar=False) == (("853",) if is_form else ())


def test_two_words_may_name_one_place() -> None:
    """A later word with two names of one place is found after a word with names of two."""
    assert PLACES.search("Vaasa-Turku Lahti-Lahtis", similar=False) == ("398",)
    assert PLACES.search("Vaasa-Turku", similar=False) == ()


def test_similar_text_is_found_among_many_others() -> None:
    """Only the texts that share the most letters are compared in full."""
    others = [f"wwwwwww{letter}" for letter in "bdfghjklmoqsuvxyz"]
    assert suggest("recipent", [*others, "recipient"]) == ("recipient",)


def test_a_text_of_the_same_length_is_not_more_similar() -> None:
    """Five texts of the same length with fewer common letters do not hide a shorter one."""
    others = [f"hgfedc{letter}{letter}" for letter in "uvxyz"]
    assert suggest("abcdefgh", [*others, "abcdefg"]) == ("abcdefg",)


def test_cost_of_a_search_is_counted_in_characters() -> None:
    """Callers limit the cost of many searches by the number of compared characters."""
    known = Vocabulary([("091", ["Helsinki", "Hfors"]), ("x-1", [])])
    assert (known.size, known.characters_compared) == (3 + 8 + 5 + 3, 0)
    known.search("Helsinki")
    assert known.characters_compared == 0
    known.search("Holsinki")
    first = known.characters_compared
    assert first >= known.size
    known.search("Holsinki")
    assert known.characters_compared == 2 * first


def test_cost_is_counted_for_each_document() -> None:
    """Documents share an index of names, and have their own counts."""
    known = Vocabulary([("091", ["Helsinki"])])
    known.search("Holsinki")
    other = known.with_own_count()
    assert (other.size, other.characters_compared) == (known.size, 0)
    assert other.search("Holsinki") == ("091",)
    assert other.characters_compared == known.characters_compared > 0


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("dental", ["digital", "oral_health_care"]),
        ("approved", ["applied", "granted"]),
        ("decision_date", ["precision", "decided_on"]),
        ("siun_sote", ["pirsote"]),
    ],
)
def test_texts_with_few_common_letters_are_not_similar(text: str, codes: list[str]) -> None:
    """A wrong suggestion is worse than none."""
    assert suggest(text, codes) == ()


def test_first_word_of_a_longer_code_suggests_it() -> None:
    """It may share only a few letters with the whole code."""
    assert suggest("hospital", ["county", "hospital_district"]) == ("hospital_district",)


COUNTIES = Vocabulary(
    [("02", ["Keski-Uusimaa", "Keski-Uudenmaan hyvinvointialue"]), ("03", ["LUVN"])]
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("02", ("02",)),
        ("hva 2", ("02",)),
        ("alue02", ("02",)),
        ("MK02", ()),
        ("maakunta_02", ()),
        ("kunta 2", ()),
        ("KU002", ()),
        ("MK03", ("03",)),
    ],
)
def test_a_number_of_another_type_of_place_is_another_code(
    text: str, meant: tuple[str, ...]
) -> None:
    """MK02 is a *maakunta*; only a code whose names have no type may be of any."""
    assert COUNTIES.search(text) == meant


def test_better_matched_form_of_a_name_comes_first() -> None:
    """The order is that of the matched part: all of *Tur*, four of six letters, three of five."""
    known = Vocabulary([("a", ["Turuxx"]), ("b", ["Turku"]), ("c", ["Tur"])])
    assert known.search("Turun", similar=False) == ("c", "a", "b")


def test_all_but_the_last_two_letters_of_a_name_must_match() -> None:
    """A long name needs a long stem, and an ending of Finnish or Swedish."""
    known = Vocabulary([("179", ["Jyväskylä"]), ("1", ["Jyvä"]), ("2", ["Jyväs"])])
    assert known.search("Jyväskylässä", similar=False) == ("179",)
    assert known.search("Jyväskyssä", similar=False) == ("179",)
    assert known.search("Jyväskssä", similar=False) == ()


def test_name_in_a_text_precedes_a_number() -> None:
    """A single word that is a known name says more than a number beside it."""
    assert PLACES.search("Turku 091", similar=False) == ("853",)
    assert PLACES.search("Tukru 091", similar=False) == ("091",)


def test_name_is_compared_with_names() -> None:
    """A letter may be missing at the beginning, where no stem is the same."""
    assert PLACES.search("Trku") == ("853",)
    assert PLACES.search("Trku", similar=False) == ()


@pytest.mark.parametrize(
    ("code", "text", "is_similar"),
    [
        ("kunta_abcdefgh", "kunta_xbcdefgh", False),
        ("sociala_arbetet", "socjala arbete", False),
        ("sociala_arbetet", "socjala_arbete", True),
        ("xunta_abcdefgh", "xunta_xbcdefgh", True),
    ],
)
def test_names_are_not_compared_with_codes(code: str, text: str, *, is_similar: bool) -> None:
    """Words, and a text with a type of place, are a name and not a misspelt code."""
    assert Vocabulary([(code, ["nimi"])]).search(text) == (code,) * is_similar


def test_most_similar_code_comes_first() -> None:
    """Of several similar codes the order is that of their similarity, not of the alphabet."""
    known = ["abcdefghxx", "abcdefghij1", "abcdefghyx"]
    assert suggest("abcdefghij", ["abcdefgxyz", "abcdefghxy"]) == ("abcdefghxy", "abcdefgxyz")
    assert suggest("abcdefghij", ["abcdefghxy", "abcdefgxyz"]) == ("abcdefghxy", "abcdefgxyz")
    assert suggest("abcdefghijk", known)[0] == "abcdefghij1"


def test_only_texts_with_enough_common_letters_are_compared() -> None:
    """Seven of ten letters may be a similar code, six cannot; their order is not compared."""
    for code, compared in (("abcdefgxyz", 10 * 10), ("abcdefwxyz", 0)):
        known = Vocabulary([(code, ())])
        assert known.search("abcdefghij") == (code,) * bool(compared)
        assert known.characters_compared == 2 * known.size + compared


def test_five_texts_are_compared_in_full() -> None:
    """Those with the most common letters; more would take long and would not help."""
    known = Vocabulary((f"abcdefgh{letter}", ()) for letter in "qrstuvx")
    assert len(known.search("abcdefghz", limit=9)) == 5
    assert known.characters_compared == 2 * known.size + 5 * 9 * 9


def test_similar_texts_are_searched_up_to_a_size() -> None:
    """The limit of 200,000 characters includes the codes."""
    assert Vocabulary([("abcdefgh", ["x" * 199_992])]).search("abcdefgx") == ("abcdefgh",)
    assert Vocabulary([("abcdefgh", ["x" * 199_993])]).search("abcdefgx") == ()


@pytest.mark.parametrize(("length", "shown"), [(40, "x" * 40), (41, "x" * 40 + "…")])
def test_long_name_of_a_code_is_cut(length: int, shown: str) -> None:
    """The first forty characters of a name are shown with the code."""
    name = "x" * length
    assert NamedCode("1", LocalizedText(name, name, name)).localize("fi") == f"1 ({shown})"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("KU020", ("020",)), ("KU20", ("020",)), ("MK020", ()), ("MK20", ()), ("kunta 20", ("020",))],
)
def test_prefix_of_another_code_list_is_not_a_municipality(
    text: str, expected: tuple[str, ...]
) -> None:
    """Codes of a maakunta have two digits, so that MK020 is not the municipality 020."""
    assert Vocabulary([("020", ["Akaa"]), ("091", ["Helsinki"])]).search(text) == expected
