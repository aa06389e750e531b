"""The door of the rules: what it shows, and what it does not know."""

import pytest

from tulevaisuus import rules


def test_the_door_shows_what_it_opens() -> None:
    """Each name that the package lists can be opened, and nothing else is listed."""
    assert dir(rules) == sorted(rules.__all__)
    for name in rules.__all__:
        assert getattr(rules, name).__module__.startswith("tulevaisuus")


def test_an_unknown_name_is_rejected() -> None:
    """A name that the package does not have is an error as of any module."""
    with pytest.raises(AttributeError, match="rulebok"):
        _ = rules.rulebok  # type: ignore[attr-defined]
