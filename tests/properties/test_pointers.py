"""JSON Pointers lose nothing of what they point along."""

from hypothesis import given
from hypothesis import strategies as st

from tulevaisuus.findings import json_pointers, messages

PARTS = st.lists(st.text() | st.text("~/01"), max_size=5)


@given(PARTS)
def test_split_takes_apart_what_join_made(parts: list[str]) -> None:
    """Any keys come back as they were, slashes and tildes in them, too."""
    assert json_pointers.split(json_pointers.join(*parts)) == tuple(parts)


@given(PARTS, PARTS)
def test_pointers_are_joined_by_writing_one_after_the_other(
    outer: list[str], inner: list[str]
) -> None:
    """A container's prefix and the path inside it are the path from the container's root."""
    whole = json_pointers.join(*outer, *inner)
    assert json_pointers.join(*outer) + json_pointers.join(*inner) == whole
    finding = messages.EMPTY_TEXT.finding(json_pointers.join(*inner))
    assert finding.under(*outer).path == whole
