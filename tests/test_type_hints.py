"""The annotations of the most used functions can be evaluated, as frameworks do."""

import typing
from collections.abc import Callable

import pytest

import tulevaisuus as tul
from tulevaisuus import formats, rules

PUBLIC: tuple[Callable[..., object], ...] = (
    tul.read,
    tul.load,
    tul.loads,
    tul.dump,
    tul.dumps,
    tul.check,
    tul.Finding,
    tul.Grant,
    tul.Reading,
    tul.Report,
    formats.read_lines,
    formats.read_rows,
    formats.write_lines,
    rules.problem,
)


@pytest.mark.parametrize("function", PUBLIC, ids=lambda each: each.__name__)
def test_annotations_can_be_resolved(function: Callable[..., object]) -> None:
    """No name in an annotation is imported only for type checkers."""
    assert typing.get_type_hints(function)
