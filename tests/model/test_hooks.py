"""Hooks: whoever listens hears of each class once."""

import attrs
import pytest

from tulevaisuus.model import _hooks, value
from tulevaisuus.model.grant import Grant


def test_a_listener_hears_of_each_class_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that are finished are told at once, later ones when they are; twice is once."""
    monkeypatch.setattr(_hooks, "_listeners", [])
    monkeypatch.setattr(_hooks, "_announced", [*_hooks.announced()])
    heard: list[type] = []
    _hooks.subscribe(heard.append)
    _hooks.subscribe(heard.append)
    assert heard == _hooks.announced()
    assert heard.count(Grant) == 1

    @attrs.frozen(repr=False)
    class Later(value.Value):
        """A class of somebody else."""

    assert heard[-1] is Later
    assert heard.count(Later) == 1
