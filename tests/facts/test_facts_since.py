"""`FACTS_SINCE`: the first day that the facts cover."""

import copy
import datetime as dt
import pickle

import pytest

import tulevaisuus as tul
from tulevaisuus.facts.facts_since import validate_fact_day

BEFORE = dt.date(2019, 12, 31)
OWN_MUNICIPALITY = tul.Municipality(code="1", name=tul.Text("a"), region="05")
OWN = tul.Portfolio(municipalities=tul.Register([OWN_MUNICIPALITY]))


def test_first_day_is_within_the_facts() -> None:
    """Look-ups on the first day itself have answers."""
    assert validate_fact_day(tul.FACTS_SINCE) == tul.FACTS_SINCE
    assert len(tul.municipalities.on(tul.FACTS_SINCE)) == 310


@pytest.mark.parametrize(
    "register",
    [
        tul.municipalities,
        tul.municipalities.with_(OWN_MUNICIPALITY),
        tul.municipalities.without("853"),
        tul.municipalities.on(dt.date(2021, 1, 1)),
        copy.copy(tul.municipalities),
        pickle.loads(pickle.dumps(tul.municipalities)),
        tul.Portfolio().over(tul.reference).municipalities,
        tul.Portfolio(
            municipalities=tul.Register(
                [tul.Municipality(code="1", name=tul.Text("a"), region="05")]
            )
        )
        .over(tul.reference)
        .municipalities,
        tul.reference.over(
            tul.Portfolio(
                municipalities=tul.Register(
                    [tul.Municipality(code="1", name=tul.Text("a"), region="05")]
                )
            )
        ).municipalities,
    ],
    ids=[
        "bundled",
        "with",
        "without",
        "on",
        "copy",
        "pickle",
        "empty over",
        "own over",
        "over own",
    ],
)
def test_day_before_the_facts_is_an_error(register: tul.Register[tul.Municipality]) -> None:
    """Earlier days are unknown: an empty result would be wrong, also in derived registers."""
    with pytest.raises(tul.OutsideFactsError, match="2020-01-01"):
        register.on(BEFORE)


@pytest.mark.parametrize("is_own_first", [True, False])
def test_a_merged_view_with_bundled_facts_ends_where_they_do(*, is_own_first: bool) -> None:
    """Whichever of the two comes first: nothing is known of an earlier day."""
    own = tul.Portfolio(regions=tul.Register([tul.Region(code="99", name=tul.Text("Alue"))]))
    first, second = (own, tul.reference) if is_own_first else (tul.reference, own)
    with pytest.raises(tul.OutsideFactsError):
        first.over(second).regions.on(dt.date(1990, 1, 1))
