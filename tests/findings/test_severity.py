"""Ordered code lists compare by rank, not alphabetically."""

import operator
from collections.abc import Callable

import pytest

import tulevaisuus as tul
from tulevaisuus.findings import Ranked

ORDERS: list[type[Ranked]] = [tul.Severity, tul.Evidence]


def test_severities_are_ranked() -> None:
    """An error ranks above a warning, a warning above a note."""
    assert [each.value for each in sorted(tul.Severity, reverse=True)] == [
        "error",
        "warning",
        "note",
    ]


@pytest.mark.parametrize("ranked", ORDERS)
@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge])
def test_every_pair_compares_by_rank(
    ranked: type[Ranked], compare: Callable[[object, object], bool]
) -> None:
    """Each comparison of two members, or of a member and a text, is that of their ranks."""
    for one in ranked:
        for other in ranked:
            expected = compare(one.rank, other.rank)
            assert compare(one, other) == expected
            assert compare(one, other.value) == expected
            assert compare(one.value, other) == expected


@pytest.mark.parametrize("ranked", ORDERS)
def test_the_lowest_rank_is_one(ranked: type[Ranked]) -> None:
    """Ranks are consecutive numbers from one."""
    assert sorted(each.rank for each in ranked) == list(range(1, len(ranked) + 1))


@pytest.mark.parametrize("ranked", ORDERS)
@pytest.mark.parametrize("other", ["", "ERROR", "fatal", 1, None, ["error"]])
@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge])
def test_comparison_with_another_type_is_an_error(
    ranked: type[Ranked], other: object, compare: Callable[[object, object], bool]
) -> None:
    """A misspelt value is reported, and does not compare as false."""
    with pytest.raises(TypeError, match=ranked.__name__):
        compare(max(ranked), other)


def test_different_code_lists_do_not_compare() -> None:
    """A severity cannot be compared with an evidence level."""
    with pytest.raises(TypeError, match="error, warning, note"):
        operator.lt(tul.Severity.ERROR, tul.Evidence.WEAK)
