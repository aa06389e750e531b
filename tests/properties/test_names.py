"""How names are made comparable."""

from hypothesis import given
from hypothesis import strategies as st

from tulevaisuus.model.name_search import fold

FINNISH = st.text("abcdefghijklmnopqrstuvwxyzåäöšžéüñ -")


@given(st.text())
def test_folding_twice_is_folding_once(name: str) -> None:
    """A folded name is comparable as it is."""
    assert fold(fold(name)) == fold(name)


@given(FINNISH)
def test_case_does_not_count(name: str) -> None:
    """A name in capitals is the same name."""
    assert fold(name.upper()) == fold(name.title()) == fold(name)


@given(FINNISH, FINNISH)
def test_blanks_do_not_count(one: str, other: str) -> None:
    """However many blanks, and of whatever kind, stand between words."""
    assert fold(f" {one}\u00a0 {other}\t") == fold(f"{one} {other}")
