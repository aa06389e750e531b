"""Normalisation of names."""

from hypothesis import given
from hypothesis import strategies as st

from tulevaisuus.model.name_search import normalise_name

FINNISH = st.text("abcdefghijklmnopqrstuvwxyzåäöšžéüñ -")


@given(st.text())
def test_normalisation_is_idempotent(name: str) -> None:
    """A normalised name does not change again."""
    assert normalise_name(normalise_name(name)) == normalise_name(name)


@given(FINNISH)
def test_case_is_ignored(name: str) -> None:
    """A name in capitals is the same name."""
    assert normalise_name(name.upper()) == normalise_name(name.title()) == normalise_name(name)


@given(FINNISH, FINNISH)
def test_spaces_are_ignored(one: str, other: str) -> None:
    """The number and type of spaces between words make no difference."""
    assert normalise_name(f" {one}\u00a0 {other}\t") == normalise_name(f"{one} {other}")
