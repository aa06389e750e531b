"""Entities are found by their names, in any language and however they are typed."""

import pytest

import tulevaisuus as tul
from tulevaisuus.model.name_search import find_by_name, normalise_name, suggest_keys, unknown_key

REGIONS = [
    tul.Region(
        code="03",
        name=tul.Text("Länsi-Uusimaa", sv="Västra Nyland", en="West Uusimaa"),
        long_name=tul.Text("Länsi-Uudenmaan hyvinvointialue", sv="Västra Nylands välfärdsområde"),
    ),
    tul.Region(
        code="01",
        name=tul.Text("Itä-Uusimaa", sv="Östra Nyland"),
        aliases=(
            tul.Alias(scheme="old_code", value="2"),
            tul.Alias(scheme="brand", value="Uusi 1"),
        ),
    ),
    tul.Region(code="90", name=tul.Text("Helsinki", sv="Helsingfors")),
]


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Länsi–Uusimaa", "lansi-uusimaa"),
        ("  ÅLAND ", "aland"),
        ("a\u00a0 b\tc", "a b c"),
        ("a\u030ao\u0308", "ao"),
        ("Straße", "strasse"),
        ("\u2010\u2011\u2012\u2013\u2014", "-----"),
        ("\ud800", "\ud800"),
        ("", ""),
    ],
)
def test_normalisation_ignores_case_dashes_and_spaces(name: str, folded: str) -> None:
    """Case, diacritics, types of dashes and repeated spaces make no difference."""
    assert normalise_name(name) == folded


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Länsi-Uusimaa", "03"),
        ("LANSI–UUSIMAA", "03"),
        ("västra nyland", "03"),
        ("West Uusimaa", "03"),
        ("Länsi-Uudenmaan hyvinvointialue", "03"),
        ("Länsi-Uudenmaan", "03"),
        ("Västra Nylands", "03"),
        ("uusi 1", "01"),
        (" helsingfors\n", "90"),
    ],
)
def test_every_name_finds_its_entity(text: str, key: str) -> None:
    """Names of all languages, long and inflected ones and aliases find the entity."""
    assert find_by_name(text, REGIONS) == key


@pytest.mark.parametrize("text", ["2", "03", "Uusimaa", "nyland", "", " ", "\u0301", "x" * 10_000])
def test_numbers_and_parts_are_not_names(text: str) -> None:
    """Numbers, parts of names and blanks find nothing, even if there is only one entity."""
    with pytest.raises(tul.UnknownCodeError) as caught:
        find_by_name(text, REGIONS)
    assert caught.value.key == text
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("text", "suggestions"),
    [
        ("Helsink", ("90",)),
        ("Östra", ("01",)),
        ("Helsinki 2", ("90",)),
        ("zzz", ()),
        ("", ()),
    ],
)
def test_similar_names_are_suggested(text: str, suggestions: tuple[str, ...]) -> None:
    """A similar name, or one with the word in it, is suggested by its key."""
    with pytest.raises(tul.UnknownCodeError) as caught:
        find_by_name(text, REGIONS)
    assert not isinstance(caught.value, tul.AmbiguousNameError)
    assert caught.value.suggestions == suggestions
    assert ("did you mean" in str(caught.value)) is bool(suggestions)


def test_word_of_several_names_lists_them() -> None:
    """All candidates are listed with names and keys, in their order."""
    with pytest.raises(tul.AmbiguousNameError) as caught:
        find_by_name("Nyland", REGIONS)
    assert caught.value.suggestions == ("03", "01")
    assert str(caught.value) == (
        "'Nyland' may be '03' (Länsi-Uusimaa), '01' (Itä-Uusimaa); look it up by its key"
    )


def test_name_of_several_entities_lists_them() -> None:
    """A duplicate name is not resolved by order."""
    twins = [tul.Body(id=key, name=tul.Text("Ryhmä")) for key in ("b", "a")]
    with pytest.raises(tul.AmbiguousNameError) as caught:
        find_by_name("ryhmä", twins)
    assert caught.value.suggestions == ("b", "a")


SUGGESTED = "did you mean '03' (Länsi-Uusimaa)?"


class IndexLike:
    """A whole number of another library, such as `numpy.int64`, which is no `int`."""

    def __index__(self) -> int:
        """Return the number."""
        return 3


@pytest.mark.parametrize(
    ("key", "message", "suggestions"),
    [
        ("3", "no region '3'; did you mean '03' (Länsi-Uusimaa)?", ("03",)),
        ("033", "no region '033'; did you mean '03' (Länsi-Uusimaa)?", ("03",)),
        (3, "no region 3; did you mean '03' (Länsi-Uusimaa)?", ("03",)),
        (None, "no region None", ()),
        (["03"], "no region whose key is a list", ()),
        (slice(0, 3), "no region whose key is a value of type slice", ()),
        (IndexLike(), f"no region whose key is a value of type IndexLike; {SUGGESTED}", ("03",)),
        ((3, "a"), "no region (3, 'a')", ()),
        (tul.GoalNumber.COSTS, "no region 5", ()),
        (True, "no region True", ()),
        (1.5, "no region 1.5", ()),
        pytest.param(10**5000, "no region ≈ 2^16610", (), id="huge"),
        pytest.param((10**5000, "a"), "no region (≈ 2^16610, 'a')", (), id="huge-in-a-pair"),
    ],
)
def test_unknown_key_has_suggestions(
    key: object, message: str, suggestions: tuple[str, ...]
) -> None:
    """The error has the key, its type, and similar keys."""
    error = unknown_key(key, REGIONS)
    assert str(error) == f"there is {message}"
    assert (error.key, error.suggestions) == (key, suggestions)


@pytest.mark.parametrize("key", ["\x1b[31m", "\u202e", "a\nb", "\ud800"])
def test_unknown_key_is_escaped(key: str) -> None:
    """Control and invisible characters are shown by their code points."""
    assert str(unknown_key(key, REGIONS)).isprintable()


def test_long_unknown_key_is_cut() -> None:
    """A whole file passed as a key by mistake is cut in the message."""
    assert len(str(unknown_key("x" * 10_000, REGIONS))) < 200


def test_unknown_key_of_an_empty_register() -> None:
    """An empty register does not know the class of its entities."""
    assert str(unknown_key("a", [])) == "there is no entity 'a'"


def test_key_of_another_type_is_named_with_its_type() -> None:
    """A look-up of "1" where keys are numbers suggests the number, not the text."""
    goals = [tul.CooperationGoal(number=1, name=tul.Text("ohjaus"))]
    assert (
        str(unknown_key("1", goals)) == "there is no cooperation goal '1'; did you mean 1 (ohjaus)?"
    )


def test_candidates_are_escaped() -> None:
    """Control characters in the name of a document are escaped."""
    twins = [tul.Body(id=key, name=tul.Text("Ryhmä\x1b[31m")) for key in ("a", "b")]
    with pytest.raises(tul.AmbiguousNameError) as caught:
        find_by_name("ryhmä\x1b[31m", twins)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Länsi-Uudenmaan hyvinvointialueella", ("03",)),
        ("Västra Nyland - Länsi-Uusimaa", ("03",)),
        ("Itä-Uusimaa (Östra Nyland)", ("01",)),
        ("Länsi-Uusimaa / Helsinki / Itä-Uusimaa", ("03", "90", "01")),
        ("Helsingin kaupunki", ("90",)),
        ("Helsingfors stad", ("90",)),
        ("Länsi-Uusimaalla", ("03",)),
        ("Helsinkki", ("90",)),
        ("Helvetti", ()),
        ("hyvinvointialue", ()),
        ("Stad", ()),
        ("#-/", ()),
        ("x" * 100_000, ()),
    ],
)
def test_names_within_a_text_are_suggested(text: str, keys: tuple[str, ...]) -> None:
    """Whole names precede inflected and similar ones; generic words are ignored."""
    assert suggest_keys(text, REGIONS) == keys


def test_longest_name_within_a_text_is_suggested() -> None:
    """If a name contains another, the longer one is suggested."""
    bodies = [
        tul.Body(id="b", name=tul.Text("Uusi")),
        tul.Body(id="a", name=tul.Text("Uusi ryhmä")),
    ]
    assert suggest_keys("se uusi ryhmä", bodies) == ("a",)


def test_generic_word_alone_has_no_suggestion() -> None:
    """One municipality has *kunta* in its official name; the word alone does not suggest it."""
    with pytest.raises(tul.UnknownCodeError) as caught:
        tul.municipalities.find("kunta")
    assert caught.value.suggestions == ()


def test_many_candidates_are_counted() -> None:
    """A message stays short, however many entities have the same name."""
    twins = [tul.Body(id=f"b{n}", name=tul.Text("Ryhmä" * 100)) for n in range(1000)]
    with pytest.raises(tul.AmbiguousNameError) as caught:
        find_by_name("ryhmä" * 100, twins)
    assert len(caught.value.suggestions) == 10
    assert "or 990 others" in str(caught.value)
    assert len(str(caught.value)) < 1500


def test_normalisation_cost_is_linear() -> None:
    """Combining marks in the wrong order are dropped, as sorting them would be slow."""
    assert normalise_name("a" + "\u0301\u0323" * 50_000 + "b") == "ab"
