"""The names of a bundled register are normalised once, however many unknown names are looked up."""

from collections.abc import Iterator

import pytest

import tulevaisuus as tul
from tulevaisuus.facts.decoding_on_first_use import BundledIndex


def test_unknown_names_do_not_normalise_the_facts_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table may have a hundred thousand unknown names."""
    read: list[object] = []

    def wordings(self: BundledIndex) -> Iterator[str]:
        """Record that the names were read."""
        read.append(self)
        return iter(["Åbo", "Egentliga  Finland"])

    monkeypatch.setattr(BundledIndex, "wordings", wordings)
    index = BundledIndex(list, lambda: tul.Region)
    assert [index.may_name(name) for name in ("abo", "liga finland", "abo egentliga")] == [
        True,
        True,
        False,
    ]
    assert read == [index]
