"""Near names are suggested, nearest first, however odd the text."""

import pytest

from tulevaisuus.findings.suggestions import suggest

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


def test_looks_among_so_many_names_only() -> None:
    """A wrong key costs no search through all keys of a register of any size."""
    known = [f"grant-{number}" for number in range(2001)]
    assert suggest("grant-", known[:2000])
    assert suggest("grant-", known) == ()
