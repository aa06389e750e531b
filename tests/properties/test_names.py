"""How names are made comparable."""

from hypothesis import given
from hypothesis import strategies as st

from tulevaisuus.model.name_search import normalise_name

FINNISH = st.text("abcdefghijklmnopqrstuvwxyzåäöšžéüñ -")


@given(st.text())
def test_folding_twice_is_folding_once(name: str) -> None:
    """A folded name is comparable as it is."""
    assert normalise_name(normalise_name(name)) == normalise_name(name)


@given(FINNISH)
def test_case_does_not_count(name: str) -> None:
    """A name in capitals is the same name."""
    assert normalise_name(name.upper()) == normalise_name(name.title()) == normalise_name(name)


@given(FINNISH, FINNISH)
def test_blanks_do_not_count(one: str, other: str) -> None:
    """However many blanks, and of whatever kind, stand between words."""
    assert normalise_name(f" {one}\u00a0 {other}\t") == normalise_name(f"{one} {other}")
