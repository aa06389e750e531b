"""JSON Pointers are joined and split as in RFC 6901."""

import pytest

from tulevaisuus.findings import json_pointers


@pytest.mark.parametrize(
    ("parts", "pointer"),
    [
        ((), ""),
        (("",), "/"),
        (("grants", 3, "usable"), "/grants/3/usable"),
        (("a/b", "m~n"), "/a~1b/m~0n"),
        (("~1",), "/~01"),
        ((" ", "ä"), "/ /ä"),
    ],
)
def test_join_and_split_are_inverse(parts: tuple[str | int, ...], pointer: str) -> None:
    """Splitting a joined pointer returns each key and index unchanged."""
    assert json_pointers.join(*parts) == pointer
    assert json_pointers.split(pointer) == tuple(map(str, parts))
