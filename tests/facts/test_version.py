"""`FACTS_VERSION` and `FACTS_SINCE`: how new the facts are, and their first day."""

import datetime as dt

import tulevaisuus as tul


def test_version_of_the_facts_is_a_date() -> None:
    """It is independent of the versions of the library and the format."""
    assert type(tul.FACTS_VERSION) is dt.date
    assert max(each.published for each in tul.sources if each.published) <= tul.FACTS_VERSION


def test_version_is_the_last_day_of_reading() -> None:
    """No source was read after it, and it is not in the future."""
    days_read = {each.read_on for each in tul.sources if each.read_on}
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)  # it is early in Finland
    assert max(days_read) <= tul.FACTS_VERSION <= tomorrow


def test_facts_begin_with_the_programme() -> None:
    """Days before the programme are not covered."""
    assert dt.date(2020, 1, 1) == tul.FACTS_SINCE
    assert tul.programme.period is not None
    assert tul.programme.period.start == tul.FACTS_SINCE
