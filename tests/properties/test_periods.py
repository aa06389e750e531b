"""The algebra of periods."""

import datetime as dt
import itertools

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.strategies import periods
from tulevaisuus import Period
from tulevaisuus.findings import LANGUAGES


def closed() -> st.SearchStrategy[Period]:
    """Make periods of which both bounds are known."""
    return st.tuples(st.dates(), st.dates()).map(lambda days: Period(min(days), max(days)))


@given(periods())
def test_parse_reads_what_str_writes(period: Period) -> None:
    """The ISO form says all of a period."""
    assert Period.parse(str(period)) == period


@given(periods(), st.sampled_from(["-", "–", " – ", "\u00a0—\u202f", " - "]))
def test_parse_reads_what_is_said_in_finnish(period: Period, dash: str) -> None:
    """Days written the Finnish way, with any dash and blanks, are the same period."""
    sides = (f"{day.day}.{day.month}.{day.year:04}" if day else "" for day in attrs.astuple(period))
    assert Period.parse(dash.join(sides)) == period


@given(periods(), st.sampled_from(LANGUAGES), st.sampled_from(["\u00a0", " ", "\u2009"]))
def test_parse_reads_what_localize_writes(period: Period, language: str, blank: str) -> None:
    """What messages show in any language can be typed in again, with any blanks."""
    assert Period.parse(period.localize(language).replace(" ", blank)) == period


@given(st.text() | st.text("0123456789.-–/ ", max_size=25))
def test_parse_reads_or_rejects(text: str) -> None:
    """Any text is a period or an `InvalidValueError`; what is read can be written and read."""
    try:
        period = Period.parse(text)
    except tul.InvalidValueError as error:
        reported = error.findings
    else:
        reported = ()
        assert Period.parse(str(period)) == period
    assert all(each.message(language) for each in reported for language in LANGUAGES)


@given(periods(), st.dates())
def test_a_day_lies_between_the_known_bounds(period: Period, day: dt.date) -> None:
    """A day is in a period unless a bound says otherwise."""
    outside = (period.start and day < period.start) or (period.end and day > period.end)
    assert (day in period) is not bool(outside)


@given(periods(), periods(), st.dates())
def test_an_intersection_has_the_days_that_both_have(
    one: Period, other: Period, day: dt.date
) -> None:
    """It is the same whichever is asked, lies in both, and is there if and only if they overlap."""
    common = one.intersection(other)
    assert common == other.intersection(one)
    assert one.overlaps(other) is other.overlaps(one) is (common is not None)
    assert (day in one and day in other) is (common is not None and day in common)
    if common:
        assert one.contains(common)
        assert other.contains(common)
        assert common.intersection(one) == common


@given(periods(), periods(), periods())
def test_intersections_associate(one: Period, two: Period, three: Period) -> None:
    """In which order three periods are intersected does not count."""
    first, last = one.intersection(two), two.intersection(three)
    assert (first and first.intersection(three)) == (last and one.intersection(last))


@given(periods())
def test_a_period_is_its_own_intersection(period: Period) -> None:
    """It overlaps, contains and intersects itself wholly."""
    assert period.intersection(period) == period
    assert period.overlaps(period)
    assert period.contains(period)


@given(periods(), closed(), st.dates())
def test_what_is_contained_has_no_day_outside(outer: Period, inner: Period, day: dt.date) -> None:
    """Of a period with both bounds known, containing it is having all of its days."""
    assert outer.contains(inner) is (outer.intersection(inner) == inner)
    if outer.contains(inner) and day in inner:
        assert day in outer


@given(closed())
def test_days_are_counted_with_both_ends(period: Period) -> None:
    """The count is that of the days from the first to the last."""
    assert period.start is not None
    assert period.day_count is not None
    assert period.start + dt.timedelta(days=period.day_count - 1) == period.end


@given(closed(), st.integers(0, 1200))
def test_an_extended_period_keeps_its_start(period: Period, months: int) -> None:
    """The end comes so many months later, on the same day of the month or on its last."""
    assert period.end is not None
    assume(period.end.year < 9899)
    extended = period.extended(months=months)
    assert extended.start == period.start
    assert extended.contains(period)
    assert extended.end is not None
    passed = (extended.end.year - period.end.year) * 12 + extended.end.month - period.end.month
    assert passed == months
    assert extended.end.day == period.end.day or (
        extended.end.day < period.end.day and (extended.end + dt.timedelta(days=1)).day == 1
    )


@given(periods(), st.integers())
def test_any_number_of_months_extends_or_is_rejected(period: Period, months: int) -> None:
    """No number of months gives anything but a period or an `InvalidValueError`."""
    try:
        extended = period.extended(months=months)
    except tul.InvalidValueError as error:
        reported = error.findings
    else:
        reported = ()
        assert extended.start == period.start
        assert (extended.end is None) is (period.end is None)
    assert all(each.message(language) for each in reported for language in LANGUAGES)


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_whole_years(first: int, last: int) -> None:
    """Years in order make a period, others are rejected."""
    if last < first:
        with pytest.raises(tul.InvalidValueError):
            Period.of_years(first, last)
    else:
        period = Period.of_years(first, last)
        assert period == Period.appropriation(first, years=last - first + 1)
        assert dt.date(first, 1, 1) in period
        assert dt.date(last, 12, 31) in period


@given(
    st.integers(2000, 2030),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(0, 4000),
)
def test_evaluations_cover_the_programme_without_gap(
    year: int, month: int, day: int, length: int
) -> None:
    """Half-years follow each other from the first day of the programme to the last."""
    start = dt.date(year, month, day)
    whole = Period(start, start + dt.timedelta(days=length))
    halves = tul.Programme(id="p", name=tul.Text("a"), period=whole).evaluation_periods
    assert (halves[0].start, halves[-1].end) == (whole.start, whole.end)
    for one, following in itertools.pairwise(halves):
        assert one.end is not None
        assert one.end + dt.timedelta(days=1) == following.start
    assert all(each.day_count is not None and each.day_count <= 184 for each in halves)


@given(periods(), periods(), st.dates())
def test_a_difference_has_the_days_that_only_one_has(
    one: Period, other: Period, day: dt.date
) -> None:
    """What is left is in order, apart, and without any day of the other."""
    rest = one.minus(other)
    assert any(day in part for part in rest) is (day in one and day not in other)
    assert list(rest) == sorted(rest)
    assert not any(part.overlaps(other) for part in rest)


@given(closed(), closed(), st.dates())
def test_a_union_has_the_days_that_any_has(one: Period, other: Period, day: dt.date) -> None:
    """It is the same whichever is asked; of periods that lie apart there is none."""
    union = one.union(other)
    assert union == other.union(one)
    if union is not None:
        assert (day in union) is (day in one or day in other)
    else:
        assert not one.overlaps(other)


@given(periods(), periods())
def test_parts_make_the_whole_again(one: Period, other: Period) -> None:
    """A difference is adjacent to what was taken away, so that their union is whole."""
    whole = one.intersection(other)
    for part in one.minus(other):
        assert whole is None or (whole := whole.union(part))
    assert whole in {None, one}


@given(st.lists(periods()))
def test_periods_have_an_order(several: list[Period]) -> None:
    """Sorted periods begin one after the other; equal ones alone are neither before nor after."""
    ordered = sorted(several)
    for first, second in itertools.pairwise(ordered):
        assert first <= second
        assert second >= first
        assert (first < second) is (second > first) is (first != second)
        assert (first.start or dt.date.min) <= (second.start or dt.date.min)
