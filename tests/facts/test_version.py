"""How new the facts are, and how far back they reach."""

import datetime as dt

import tulevaisuus as tul


def test_the_facts_have_a_day_of_their_own() -> None:
    """The version of the facts is a day, and says nothing of the versions of API and format."""
    assert type(tul.FACTS_VERSION) is dt.date
    assert max(each.published for each in tul.sources if each.published) <= tul.FACTS_VERSION


def test_the_facts_begin_with_the_programme() -> None:
    """Nothing is known of days before the programme began."""
    assert dt.date(2020, 1, 1) == tul.FACTS_SINCE
    assert tul.programme.period is not None
    assert tul.programme.period.start == tul.FACTS_SINCE
