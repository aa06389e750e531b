"""Words that have an order compare by rank, not by letters."""

import operator
from collections.abc import Callable

import pytest

import tulevaisuus as tul
from tulevaisuus.findings import Ranked

ORDERS: list[type[Ranked]] = [tul.Severity, tul.Evidence]


def test_severities_rank_as_promised() -> None:
    """An error is worse than a warning, a warning worse than a note."""
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
    """Ranks count from one, the lowest, upwards without gaps."""
    assert sorted(each.rank for each in ranked) == list(range(1, len(ranked) + 1))


@pytest.mark.parametrize("ranked", ORDERS)
@pytest.mark.parametrize("other", ["", "ERROR", "fatal", 1, None, ["error"]])
@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge])
def test_rejects_to_compare_with_anything_else(
    ranked: type[Ranked], other: object, compare: Callable[[object, object], bool]
) -> None:
    """A misspelt rank is a mistake that is reported, not a silent false."""
    with pytest.raises(TypeError, match=ranked.__name__):
        compare(max(ranked), other)


def test_different_orders_do_not_mix() -> None:
    """A severity neither ranks above evidence nor below it."""
    with pytest.raises(TypeError, match="error, warning, note"):
        operator.lt(tul.Severity.ERROR, tul.Evidence.WEAK)
