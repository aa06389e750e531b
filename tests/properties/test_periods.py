"""Laws of periods: parsing, set operations and order."""

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
    """Generate periods with both bounds."""
    return st.tuples(st.dates(), st.dates()).map(lambda days: Period(min(days), max(days)))


@given(periods())
def test_parse_reads_what_str_writes(period: Period) -> None:
    """The ISO form has all of a period."""
    assert Period.parse(str(period)) == period


@given(periods(), st.sampled_from(["-", "–", " – ", "\u00a0—\u202f", " - "]))
def test_parse_reads_finnish_dates(period: Period, dash: str) -> None:
    """Dates in the Finnish form, with any dash and spaces, are the same period."""
    sides = (f"{day.day}.{day.month}.{day.year:04}" if day else "" for day in attrs.astuple(period))
    assert Period.parse(dash.join(sides)) == period


@given(periods(), st.sampled_from(LANGUAGES), st.sampled_from(["\u00a0", " ", "\u2009"]))
def test_parse_reads_what_localize_writes(period: Period, language: str, blank: str) -> None:
    """The text in any language is read as the same period, with any spaces."""
    assert Period.parse(period.localize(language).replace(" ", blank)) == period


@given(st.text() | st.text("0123456789.-–/ ", max_size=25))
def test_parse_reads_or_rejects(text: str) -> None:
    """Any text is a period or an `InvalidValueError`; a period can be written and read back."""
    try:
        period = Period.parse(text)
    except tul.InvalidValueError as error:
        reported = error.findings
    else:
        reported = ()
        assert Period.parse(str(period)) == period
    assert all(each.message(language) for each in reported for language in LANGUAGES)


@given(periods(), st.dates())
def test_day_is_inside_unless_a_bound_excludes_it(period: Period, day: dt.date) -> None:
    """A missing bound excludes no day."""
    outside = (period.start and day < period.start) or (period.end and day > period.end)
    assert (day in period) is not bool(outside)


@given(periods(), periods(), st.dates())
def test_intersection_has_the_common_days(one: Period, other: Period, day: dt.date) -> None:
    """It is commutative, contained in both, and exists exactly if the periods overlap."""
    common = one.intersection(other)
    assert common == other.intersection(one)
    assert one.overlaps(other) is other.overlaps(one) is (common is not None)
    assert (day in one and day in other) is (common is not None and day in common)
    if common:
        assert one.contains(common)
        assert other.contains(common)
        assert common.intersection(one) == common


@given(periods(), periods(), periods())
def test_intersection_is_associative(one: Period, two: Period, three: Period) -> None:
    """In which order three periods are intersected does not count."""
    first, last = one.intersection(two), two.intersection(three)
    assert (first and first.intersection(three)) == (last and one.intersection(last))


@given(periods())
def test_intersection_is_idempotent(period: Period) -> None:
    """A period overlaps, contains and intersects itself."""
    assert period.intersection(period) == period
    assert period.overlaps(period)
    assert period.contains(period)


@given(periods(), closed(), st.dates())
def test_contained_period_has_no_day_outside(outer: Period, inner: Period, day: dt.date) -> None:
    """If both bounds are known, a period contains another exactly if it has all its days."""
    assert outer.contains(inner) is (outer.intersection(inner) == inner)
    if outer.contains(inner) and day in inner:
        assert day in outer


@given(closed())
def test_days_include_both_ends(period: Period) -> None:
    """The count is that of the days from the first to the last."""
    assert period.start is not None
    assert period.day_count is not None
    assert period.start + dt.timedelta(days=period.day_count - 1) == period.end


@given(closed(), st.integers(0, 1200))
def test_extended_period_keeps_its_start(period: Period, months: int) -> None:
    """The end is on the same day of a later month, or on its last day."""
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
    """The result is a period or an `InvalidValueError`."""
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
def test_evaluations_cover_the_programme_without_gaps(
    year: int, month: int, day: int, length: int
) -> None:
    """Half-years are consecutive, from the first day of the programme to the last."""
    start = dt.date(year, month, day)
    whole = Period(start, start + dt.timedelta(days=length))
    halves = tul.Programme(id="p", name=tul.Text("a"), period=whole).evaluation_periods
    assert (halves[0].start, halves[-1].end) == (whole.start, whole.end)
    for one, following in itertools.pairwise(halves):
        assert one.end is not None
        assert one.end + dt.timedelta(days=1) == following.start
    assert all(each.day_count is not None and each.day_count <= 184 for each in halves)


@given(periods(), periods(), st.dates())
def test_difference_has_the_days_of_only_one(one: Period, other: Period, day: dt.date) -> None:
    """The parts are in order, disjoint, and without any day of the other."""
    rest = one.minus(other)
    assert any(day in part for part in rest) is (day in one and day not in other)
    assert list(rest) == sorted(rest)
    assert not any(part.overlaps(other) for part in rest)


@given(closed(), closed(), st.dates())
def test_union_has_the_days_of_either(one: Period, other: Period, day: dt.date) -> None:
    """It is commutative; periods with a gap have none."""
    union = one.union(other)
    assert union == other.union(one)
    if union is not None:
        assert (day in union) is (day in one or day in other)
    else:
        assert not one.overlaps(other)


@given(periods(), periods())
def test_difference_and_intersection_make_the_whole(one: Period, other: Period) -> None:
    """The parts are adjacent, so that their union is the original period."""
    whole = one.intersection(other)
    for part in one.minus(other):
        assert whole is None or (whole := whole.union(part))
    assert whole in {None, one}


@given(st.lists(periods()))
def test_periods_are_ordered(several: list[Period]) -> None:
    """Sorted periods begin in order; only equal ones are neither before nor after each other."""
    ordered = sorted(several)
    for first, second in itertools.pairwise(ordered):
        assert first <= second
        assert second >= first
        assert (first < second) is (second > first) is (first != second)
        assert (first.start or dt.date.min) <= (second.start or dt.date.min)
