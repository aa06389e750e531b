"""How new the facts are, and how far back they reach."""

import datetime as dt

import tulevaisuus as tul


def test_the_facts_have_a_day_of_their_own() -> None:
    """The version of the facts is a day, and says nothing of the versions of API and format."""
    assert type(tul.FACTS_VERSION) is dt.date
    assert max(each.published for each in tul.sources if each.published) <= tul.FACTS_VERSION


def test_the_facts_are_as_new_as_what_was_read_last() -> None:
    """No source was read after the day of the facts, and that day is not in the future."""
    days_read = {each.read_on for each in tul.sources if each.read_on}
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)  # it is early in Finland
    assert max(days_read) <= tul.FACTS_VERSION <= tomorrow


def test_the_facts_begin_with_the_programme() -> None:
    """Nothing is known of days before the programme began."""
    assert dt.date(2020, 1, 1) == tul.FACTS_SINCE
    assert tul.programme.period is not None
    assert tul.programme.period.start == tul.FACTS_SINCE
