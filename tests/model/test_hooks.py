"""Subscriptions to new entity classes."""

import attrs
import pytest

from tulevaisuus.model import _hooks, value
from tulevaisuus.model.grant import Grant


def test_subscriber_receives_each_class_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The listener gets existing classes at once, later ones when made, each only once."""
    monkeypatch.setattr(_hooks, "_listeners", [])
    monkeypatch.setattr(_hooks, "_finished_classes", [*_hooks.finished_classes()])
    received: list[type] = []
    _hooks.subscribe(received.append)
    _hooks.subscribe(received.append)
    assert received == _hooks.finished_classes()
    assert received.count(Grant) == 1

    @attrs.frozen(repr=False)
    class Later(value.Value):
        """A class defined after the subscription."""

    assert received[-1] is Later
    assert received.count(Later) == 1
