"""The wordings of a bundled register are folded once, however many names are unknown."""

from collections.abc import Iterator

import pytest

import tulevaisuus as tul
from tulevaisuus.facts.decoding_on_first_use import BundledIndex


def test_unknown_names_do_not_fold_the_facts_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table may have a hundred thousand of them."""
    read: list[object] = []

    def wordings(self: BundledIndex) -> Iterator[str]:
        """Note that the names were read."""
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
