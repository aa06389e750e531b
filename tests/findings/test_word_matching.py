"""Suggestions by the words of a name, and by the numbers in a code."""

import pytest

from tulevaisuus.findings.suggestions import Vocabulary
from tulevaisuus.findings.word_matching import names_with_words, numbers_fit

SERVICES = Vocabulary(
    [
        ("primary", ["perusterveydenhuollon palvelut", "primary health care services"]),
        ("oral", ["suun terveydenhuollon palvelut", "oral health care services"]),
        ("home_care", ["sosiaality\u00f6n ja kotihoidon l\u00e4hipalvelut", "home care services"]),
        ("rehabilitation", ["avokuntoutuspalvelut", "outpatient rehabilitation services"]),
        ("access", ["hoitoon p\u00e4\u00e4syn parantaminen", "improving access to care"]),
        ("welfare", ["sosiaalihuollon palvelut", "socialv\u00e5rd"]),
        ("other", ["muut palvelut", "other services"]),
    ]
)
CALLS = Vocabulary(
    [
        ("shc-2020", ["Valtionavustushaku 2020"]),
        ("shc-2021", ["T\u00e4ydent\u00e4v\u00e4 valtionavustushaku 2021"]),
        ("yta-2021", ["Haku yhteisty\u00f6alueille"]),
        ("rakenne-2020", ["Sote-rakenneuudistuksen valtionavustushaku 2020-2021"]),
    ]
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("suun terveydenhuolto", ("oral",)),
        ("suunterveydenhuolto", ("oral",)),
        ("perusterveydenhuolto", ("primary",)),
        ("sosiaality\u00f6", ("home_care",)),
        ("sosiaalihuolto", ("welfare",)),
        ("kotihoito", ("home_care",)),
        ("home care", ("home_care",)),
        ("kuntoutus", ("rehabilitation",)),
        ("hoitoonp\u00e4\u00e4sy", ("access",)),
        ("hammashoito", ()),
        ("palvelut", ()),
        ("suun", ("oral",)),
        ("suu", ()),
        ("suu ja kotihoito", ()),
        ("kotihoito 2", ()),
        ("tandv\u00e5rd", ()),
        ("socialt arbete", ()),
    ],
)
def test_all_words_of_a_text_must_match(text: str, meant: tuple[str, ...]) -> None:
    """Words may be inflected or part of longer ones; a text that fits many names matches none."""
    assert SERVICES.search(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2021", ("shc-2021", "yta-2021")),
        ("2020", ("shc-2020", "rakenne-2020")),
        ("2022", ()),
        ("21", ()),
        ("shc-21", ("shc-2021",)),
        ("shc-2022", ("shc-2021", "shc-2020")),
        ("rakenne-2021", ("rakenne-2020",)),
        ("sch-2021", ("shc-2021",)),
        ("stm-2021", ()),
        ("haku-2021", ()),
        ("rakenneuudistus", ("rakenne-2020",)),
    ],
)
def test_a_year_is_compared_as_a_number(text: str, meant: tuple[str, ...]) -> None:
    """A year matches the codes of that year, words those of other years, letters none."""
    assert CALLS.search(text) == meant


def test_year_of_many_codes_suggests_none() -> None:
    """Where a year matches six codes, none of them is likelier than the others."""
    names = ("vs", "lappi", "kainuu", "pirkanmaa", "satakunta", "helsinki")
    assert Vocabulary((f"{name}-2021", ()) for name in names).search("2021") == ()
    assert len(Vocabulary((f"{name}-2021", ()) for name in names[:5]).search("2021", limit=9)) == 5


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("vs", "vs-2021", True),
        ("vs-2021", "vs", True),
        ("vs-2021", "vs-2021-applied", True),
        ("vs-2022", "vs-2021", True),
        ("vs-2022", "va-2021", False),
        ("vs-1822", "vs-2021", False),
        ("vs-2022", "vs-1821", False),
        ("abc-2022", "xyz-2022", False),
        ("county-24", "county-21", False),
        ("county-42", "county-24", True),
        ("grant-00x", "grant-000001", True),
        ("grant-0", "grant-000001", False),
        ("grant-01", "grant-000001", False),
        ("tsk32", "tsk320", False),
        ("tsk302", "tsk203", True),
        ("302", "tsk302", True),
        ("203", "tsk302", False),
        ("403", "tsk302", False),
        ("2021", "vs-2021", False),
        ("abcxx-2021", "abcyy-2021", True),
        ("abcxxx-2021", "abcyyy-2021", False),
    ],
)
def test_other_numbers_do_not_match(text: str, known: str, *, expected: bool) -> None:
    """Numbers must be equal but for their order; where words are equal, years may differ."""
    assert numbers_fit(text, known) is expected


@pytest.mark.parametrize(
    ("words", "name", "expected"),
    [
        (["care"], "home care", True),
        (["care"], "homecare", False),
        (["kuntoutus"], "avokuntoutuspalvelut", True),
        (["kuntoutusta"], "avokuntoutuspalvelut", True),
        (["hoitoonpaasy"], "hoitoon paasyn parantaminen", True),
        (["onpaasyn"], "hoitoon paasyn parantaminen", False),
        (["itoonpaasya"], "hoitoon paasyn parantaminen", True),
        (["toonpaasya"], "hoitoon paasyn parantaminen", False),
        (["untoutus"], "avokuntoutuspalvelut", True),
        (["ntoutus"], "avokuntoutuspalvelut", False),
        (["untoutuxx"], "avokuntoutuspalvelut", True),
        (["home", "rehabilitation"], "home care", False),
        (["car"], "car", False),
        (["care2"], "care2", False),
        ([], "care", False),
    ],
)
def test_length_of_a_word_decides_how_it_matches(
    words: list[str], name: str, *, expected: bool
) -> None:
    """A short word matches at the start, a longer one anywhere, a long one across two words."""
    assert names_with_words(words, [(name, "code")]) == ["code"] * expected


def test_whole_words_go_before_inflected_ones() -> None:
    """A name that contains the word itself excludes names that only begin similarly."""
    names = [("sosiaalihuolto", "welfare"), ("sosiaalityon palvelut", "work")]
    assert names_with_words(["sosiaalityo"], names) == ["work"]
    assert names_with_words(["sosiaaliala"], names) == ["welfare", "work"]


def test_letters_between_digits_make_another_code() -> None:
    """FI1C1 is a code of NUTS, and FI-11 one of ISO 3166-2."""
    assert not numbers_fit("fi1c1", "fi-11")
    assert not numbers_fit("fi-11", "fi1c1")
    assert numbers_fit("fi1c1", "fi1c1")


@pytest.mark.parametrize(
    ("word", "name", "expected"),
    [
        ("abcdefgh", "abcdefxy", True),
        ("abcdefgh", "abcdexyz", False),
        ("abcdefghi", "abcdefxyz", True),
        ("abcdefghi", "abcdexxyz", False),
        ("abcdefghij", "abcdefgxyz", True),
        ("abcdefghij", "abcdefxxyz", False),
        ("abcde", "abcdx", True),
        ("abcde", "abcxx", False),
    ],
)
def test_inflection_changes_the_last_letters(word: str, name: str, *, expected: bool) -> None:
    """The last two letters may differ, the last three from nine letters on; four must be equal."""
    assert names_with_words([word], [(name, "code")]) == ["code"] * expected
