"""JSON Pointers lose nothing of their keys."""

from hypothesis import given
from hypothesis import strategies as st

from tulevaisuus.findings import json_pointers, messages

PARTS = st.lists(st.text() | st.text("~/01"), max_size=5)


@given(PARTS)
def test_split_is_the_inverse_of_join(parts: list[str]) -> None:
    """Any keys are returned unchanged, also with slashes and tildes."""
    assert json_pointers.split(json_pointers.join(*parts)) == tuple(parts)


@given(PARTS, PARTS)
def test_pointers_are_joined_by_concatenation(outer: list[str], inner: list[str]) -> None:
    """The prefix of a container and the path within it make the whole path."""
    whole = json_pointers.join(*outer, *inner)
    assert json_pointers.join(*outer) + json_pointers.join(*inner) == whole
    finding = messages.EMPTY_TEXT.finding(json_pointers.join(*inner))
    assert finding.under(*outer).path == whole
