"""Periods are stretches of days with both ends included, as sources speak."""

import datetime as dt
import operator
from collections.abc import Callable

import pytest

import tulevaisuus as tul
from tests.helpers import rejected, rejection
from tulevaisuus import Period

DATE = dt.date(2021, 6, 15)
YEAR = Period.of_years(2021, 2021)


def period(text: str) -> Period:
    """Read the ISO form, which tables of examples are written in."""
    return Period.parse(text)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1.1.2020 – 31.12.2023", "2020-01-01/2023-12-31"),
        ("1.1.2020–31.12.2023", "2020-01-01/2023-12-31"),
        ("1.1.2020-31.12.2023", "2020-01-01/2023-12-31"),
        ("1.1.2020 — 31.12.2023", "2020-01-01/2023-12-31"),
        ("1.1.2020\u00a0–\u202f31.12.2023", "2020-01-01/2023-12-31"),
        ("  01.01.2020 - 31.12.2023  ", "2020-01-01/2023-12-31"),
        ("8.10.–4.11.2021", "2021-10-08/2021-11-04"),
        ("8.10. - 4.11.2021", "2021-10-08/2021-11-04"),
        ("1.6.2020–", "2020-06-01/.."),
        ("–31.12.2022", "../2022-12-31"),
        ("29.2.–1.3.2020", "2020-02-29/2020-03-01"),
        ("2020-01-01/2023-12-31", "2020-01-01/2023-12-31"),
        ("2020-01-01/..", "2020-01-01/.."),
        ("../2023-12-31", "../2023-12-31"),
        ("2020-01-01/", "2020-01-01/.."),
        ("/2023-12-31", "../2023-12-31"),
    ],
)
def test_reads_what_sources_write(text: str, iso: str) -> None:
    """Finnish and ISO forms, hyphens and dashes, all blanks and open sides are read."""
    assert str(Period.parse(text)) == iso


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("", "TSK006"),
        ("–", "TSK006"),
        ("2020", "TSK006"),
        ("2020–2023", "TSK006"),
        ("1.1.2020", "TSK006"),
        ("8.10.–", "TSK006"),
        ("8.10.–4.11.", "TSK006"),
        ("1.1.20 – 31.12.23", "TSK006"),
        ("1/1/2020 - 31/12/2023", "TSK006"),
        ("1.1.2020\n–31.12.2023", "TSK006"),
        ("1.1.2020–31.12.2023\n", "TSK006"),
        ("20200101/20231231", "TSK006"),
        ("2020-1-1/2023-12-31", "TSK006"),
        ("2020-01-01 / 2023-12-31", "TSK006"),
        ("2020-W01-1/2023-12-31", "TSK006"),
        ("2020-01-01", "TSK006"),
        ("٢٠٢٠-01-01/2023-12-31", "TSK006"),
        ("30.2.2020–31.12.2023", "TSK006"),
        ("29.2.–1.3.2021", "TSK006"),
        ("1.13.2020–31.12.2023", "TSK006"),
        ("0.1.2020–31.12.2023", "TSK006"),
        ("1.1.0000–31.12.2023", "TSK006"),
        ("2021-02-30/..", "TSK006"),
        ("/", "TSK003 /start"),
        ("../..", "TSK003 /start"),
        ("8.12.–4.1.2021", "TSK011"),
        ("2023-12-31/2020-01-01", "TSK011 /end"),
        ("1.–31.", "TSK006"),
        ("1.1.2020 jälkeen", "TSK006"),
        ("1.1.2020 31.12.2023", "TSK006"),
        ("1.1.2020 – 31.12.2023 – 1.1.2024", "TSK006"),
        ("alkaen 1.1.2020 alkaen", "TSK006"),
        ("1. tammikuu 2020 – 2. tammikuu 2020", "TSK006"),
        ("2020-01-01 alkaen 2021-01-01", "TSK006"),
        ("1.1.2020 –" + 300 * " " + "x", "TSK006"),
        ("31. helmikuuta 2020 – 1. maaliskuuta 2020", "TSK006"),
        ("1.1–31.12.", "TSK006"),
        ("20.1.–", "TSK006"),
        ("31.–1.2.2021", "TSK006"),
        ("31.12.2022 mennessä", "TSK006"),
        ("31 February 2020 to 1 March 2020", "TSK006"),
        (2020, "TSK002"),
        (None, "TSK002"),
        (DATE, "TSK002"),
        pytest.param(" " * 1_000_000 + "x", "TSK006", id="very many blanks"),
    ],
)
def test_reads_nothing_else(text: object, finding: str) -> None:
    """Whatever is not a period as sources write it is rejected, and nothing is guessed."""
    assert rejected(Period.parse, text) == [finding]


@pytest.mark.parametrize(
    ("fields", "findings"),
    [
        ({}, ["TSK003 /start"]),
        ({"start": None, "end": None}, ["TSK003 /start"]),
        ({"start": dt.date(2021, 1, 2), "end": dt.date(2021, 1, 1)}, ["TSK011 /end"]),
        ({"start": "2021-01-01"}, ["TSK002 /start"]),
        ({"start": dt.datetime(2021, 1, 1, tzinfo=dt.UTC)}, ["TSK002 /start"]),
        ({"start": 2021, "end": 2022.5}, ["TSK002 /start", "TSK002 /end"]),
        ({"start": None, "end": True}, ["TSK002 /end"]),
    ],
)
def test_rejects_what_is_no_period(fields: dict[str, object], findings: list[str]) -> None:
    """Days are days, one bound at least is there, and the end does not come first."""
    assert rejected(Period, **fields) == findings


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("20.1–31.3.2020", "2020-01-20/2020-03-31"),
        ("1.–31.1.2021", "2021-01-01/2021-01-31"),
        ("1–31.1.2021", "2021-01-01/2021-01-31"),
        ("1.1.2020 \u2212 31.12.2023", "2020-01-01/2023-12-31"),
        ("1.1.2020\u2009\u2010\u200731.12.2023", "2020-01-01/2023-12-31"),
        ("1.1.2023 alkaen", "2023-01-01/.."),
        ("1.1.2023 lähtien", "2023-01-01/.."),
        ("31.12.2022 saakka", "../2022-12-31"),
        ("31.12.2022 asti", "../2022-12-31"),
        ("från och med 1.1.2023", "2023-01-01/.."),
        ("fr.o.m. 1.1.2023", "2023-01-01/.."),
        ("till och med 31.12.2022", "../2022-12-31"),
        ("t.o.m. 31.12.2022", "../2022-12-31"),
        ("from 1 January 2023", "2023-01-01/.."),
        ("to 31 December 2022", "../2022-12-31"),
        ("1 May 2020 to 2 May 2020", "2020-05-01/2020-05-02"),
        ("1 may 2020 – 2 MAY 2020", "2020-05-01/2020-05-02"),
        ("1. 1. 2020 – 31. 12. 2023", "2020-01-01/2023-12-31"),
        ("1.1.2020 to 31.12.2023", "2020-01-01/2023-12-31"),
        ("1.1.2020 till 31.12.2023", "2020-01-01/2023-12-31"),
        ("2020-01-01 – 2023-12-31", "2020-01-01/2023-12-31"),
        ("2020-01-01-2023-12-31", "2020-01-01/2023-12-31"),
        ("2020-01-01 –", "2020-01-01/.."),
        ("alkaen 1.1.2023", "2023-01-01/.."),
        ("1.1.2023 lukien", "2023-01-01/.."),
        ("since 1.1.2023", "2023-01-01/.."),
        ("from 31.12.2022", "2022-12-31/.."),
        ("until 31 December 2022", "../2022-12-31"),
        ("2022-12-31 asti", "../2022-12-31"),
        ("1. tammikuuta 2020 – 31. joulukuuta 2023", "2020-01-01/2023-12-31"),
        ("1 mars 2020 – 2 maj 2020", "2020-03-01/2020-05-02"),
        ("från och med 1 juli 2021", "2021-07-01/.."),
    ],
)
def test_reads_the_notations_of_the_sources(text: str, iso: str) -> None:
    """Pages in three languages write the same days in many ways."""
    assert str(Period.parse(text)) == iso


def test_a_year_that_was_filled_in_is_reported_as_such() -> None:
    """Over the turn of the year the first day needs its own year."""
    (finding,) = rejection(Period.parse, "1.10.–31.1.2021")
    assert "1 October 2021" in finding.message("en")
    assert "write the year of the first day" in finding.message("en")
    assert "kirjoita myös alkupäivän vuosi" in finding.message("fi")
    assert "första dagens år" in finding.message("sv")


@pytest.mark.parametrize(
    ("text", "call"),
    [("2020–2023", "Period.of_years(2020, 2023)"), (" 2021 ", "Period.of_years(2021, 2021)")],
)
def test_bare_years_name_what_makes_a_period_of_them(text: str, call: str) -> None:
    """Years never become days by themselves; the message says what to call."""
    (finding,) = rejection(Period.parse, text)
    assert all(call in finding.message(language) for language in ("fi", "sv", "en"))


@pytest.mark.parametrize("period", [Period(DATE, DATE), Period(DATE), Period(end=DATE)])
def test_the_repr_makes_the_period_again(period: Period) -> None:
    """It is short, and can be typed in."""
    assert eval(repr(period), {"Period": Period}) == period  # noqa: S307
    assert repr(Period.of_years(2021, 2023)) == "Period.parse('2021-01-01/2023-12-31')"


def test_a_difference_may_have_two_parts() -> None:
    """What lies inside splits a period; what covers it leaves nothing; open sides stay open."""
    whole = Period.of_years(2020, 2023)
    assert [*map(str, whole.minus(Period.of_years(2021, 2021)))] == [
        "2020-01-01/2020-12-31",
        "2022-01-01/2023-12-31",
    ]
    assert whole.minus(whole) == ()
    assert whole.minus(Period.of_years(2030, 2031)) == (whole,)
    assert [*map(str, Period(dt.date.min).minus(Period(DATE, dt.date.max)))]
    assert Period(None, DATE).minus(Period(dt.date.min, DATE)) == ()
    assert Period(DATE).minus(Period(DATE, dt.date.max)) == ()


def test_a_union_joins_what_is_adjacent() -> None:
    """Days that follow each other make one period; a day between them makes none."""
    first, second = Period.of_years(2020, 2021), Period.of_years(2022, 2023)
    assert first.union(second) == Period.of_years(2020, 2023)
    assert first.union(Period(dt.date(2022, 1, 2))) is None
    assert first.union(Period(dt.date(2021, 6, 1))) == Period(dt.date(2020, 1, 1))
    assert Period(DATE, dt.date.max).union(Period(DATE, dt.date.max)) == Period(DATE, dt.date.max)
    assert rejected(Period(DATE).union, Period(None, DATE)) == ["TSK003 /start"]


@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge])
@pytest.mark.parametrize("other", [DATE, None, "2020"])
def test_a_period_compares_with_periods_only(
    compare: Callable[[object, object], bool], other: object
) -> None:
    """A day or a text is neither before nor after a period."""
    with pytest.raises(TypeError, match="a period compares with a period"):
        compare(Period(DATE), other)


def test_one_day_is_a_period() -> None:
    """As both ends belong to it, a period may begin and end on the same day."""
    assert Period(DATE, DATE).day_count == 1


@pytest.mark.parametrize(
    ("made", "iso"),
    [
        (Period.of_years(2020, 2023), "2020-01-01/2023-12-31"),
        (Period.of_years(1, 9999), "0001-01-01/9999-12-31"),
        (Period.appropriation(2021, years=3), "2021-01-01/2023-12-31"),
        (Period.appropriation(2021, years=1), "2021-01-01/2021-12-31"),
    ],
)
def test_whole_years(made: Period, iso: str) -> None:
    """Years begin on 1 January of the first and end on 31 December of the last."""
    assert str(made) == iso


@pytest.mark.parametrize(
    ("first", "last", "finding"),
    [
        (2023, 2020, "TSK011 /end"),
        (0, 2020, "TSK006"),
        (2020, 10_000, "TSK006"),
        (-1, 2020, "TSK006"),
        pytest.param(2020, 10**5000, "TSK006", id="huge"),
    ],
)
def test_rejects_years_that_no_calendar_has(first: int, last: int, finding: str) -> None:
    """Years out of order or out of the calendar are rejected as any other wrong value."""
    assert rejected(Period.of_years, first, last) == [finding]


@pytest.mark.parametrize("year", ["2020", 2020.0, True, None])
def test_rejects_years_that_are_no_numbers(year: object) -> None:
    """A year is a whole number, and a `bool` is none."""
    assert rejected(Period.of_years, year, 2023) == ["TSK002"]
    assert rejected(Period.of_years, 2020, year) == ["TSK002"]
    assert rejected(Period.appropriation, year, years=3) == ["TSK002"]
    assert rejected(Period.appropriation, 2020, years=year) == ["TSK002"]


@pytest.mark.parametrize(
    ("iso", "count"),
    [
        ("2020-01-01/2023-12-31", 1461),
        ("2020-02-28/2020-03-01", 3),
        ("2020-01-01/..", None),
        ("../2020-01-01", None),
    ],
)
def test_counts_days_with_both_ends(iso: str, count: int | None) -> None:
    """The number of days is known if both bounds are."""
    assert period(iso).day_count == count


@pytest.mark.parametrize(
    ("iso", "day", "inside"),
    [
        ("2020-01-01/2023-12-31", "2020-01-01", True),
        ("2020-01-01/2023-12-31", "2023-12-31", True),
        ("2020-01-01/2023-12-31", "2019-12-31", False),
        ("2020-01-01/2023-12-31", "2024-01-01", False),
        ("2020-01-01/..", "9999-12-31", True),
        ("2020-01-01/..", "2019-12-31", False),
        ("../2020-01-01", "0001-01-01", True),
        ("../2020-01-01", "2020-01-02", False),
    ],
)
def test_tells_which_days_it_has(iso: str, day: str, *, inside: bool) -> None:
    """Both ends belong to a period, and an open side does not bound it."""
    assert (dt.date.fromisoformat(day) in period(iso)) is inside


@pytest.mark.parametrize("day", [dt.datetime(2021, 6, 15, tzinfo=dt.UTC), "2021-06-15", None, 5])
def test_asks_for_days_only(day: object) -> None:
    """A point in time is no day, nor is its text: asking for one is a mistake, not a false."""
    assert rejected(YEAR.__contains__, day) == ["TSK002"]


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        ("2021-01-01/2021-06-30", "2021-06-30/2021-12-31", "2021-06-30/2021-06-30"),
        ("2021-01-01/2021-06-30", "2021-07-01/2021-12-31", None),
        ("2021-01-01/2021-12-31", "2021-03-01/2021-04-01", "2021-03-01/2021-04-01"),
        ("2021-01-01/..", "../2021-12-31", "2021-01-01/2021-12-31"),
        ("2021-01-01/..", "../2020-12-31", None),
        ("2021-01-01/..", "2022-01-01/..", "2022-01-01/.."),
        ("../2021-12-31", "../2022-12-31", "../2021-12-31"),
        ("2021-01-01/2021-12-31", "2021-05-01/..", "2021-05-01/2021-12-31"),
    ],
)
def test_intersects_and_overlaps(one: str, other: str, common: str | None) -> None:
    """The days that two periods share are the same whichever is asked."""
    for this, that in ((period(one), period(other)), (period(other), period(one))):
        assert this.intersection(that) == (common and period(common))
        assert this.overlaps(that) is (common is not None)


@pytest.mark.parametrize(
    ("outer", "inner", "contained"),
    [
        ("2021-01-01/2021-12-31", "2021-01-01/2021-12-31", True),
        ("2021-01-01/2021-12-31", "2021-01-01/2022-01-01", False),
        ("2021-01-01/2021-12-31", "2020-12-31/2021-12-31", False),
        ("2021-01-01/2021-12-31", "2021-05-01/..", True),
        ("2021-01-01/2021-12-31", "../2021-05-01", True),
        ("2021-01-01/2021-12-31", "2022-05-01/..", False),
        ("2021-01-01/..", "2021-01-01/2099-12-31", True),
        ("2021-01-01/..", "../2020-12-31", False),
    ],
)
def test_contains_what_has_no_known_bound_outside(
    outer: str, inner: str, *, contained: bool
) -> None:
    """A missing bound contradicts nothing."""
    assert period(outer).contains(period(inner)) is contained


@pytest.mark.parametrize(
    ("iso", "months", "extended"),
    [
        ("2020-01-01/2020-10-31", 2, "2020-01-01/2020-12-31"),
        ("2020-01-01/2020-10-31", 4, "2020-01-01/2021-02-28"),
        ("2019-01-01/2019-10-31", 4, "2019-01-01/2020-02-29"),
        ("2020-01-01/2020-02-29", 12, "2020-01-01/2021-02-28"),
        ("../2020-01-15", 1, "../2020-02-15"),
        ("2020-01-01/..", 2, "2020-01-01/.."),
        ("2020-01-01/2020-10-31", 0, "2020-01-01/2020-10-31"),
        ("2020-01-01/2020-10-31", -1, "2020-01-01/2020-09-30"),
    ],
)
def test_extends_by_months_as_the_calendar_does(iso: str, months: int, extended: str) -> None:
    """Only the end moves, and stays in its month; an open end stays open."""
    assert period(iso).extended(months=months) == period(extended)


@pytest.mark.parametrize(
    ("months", "finding"),
    [
        (-12, "TSK011 /end"),
        (12 * 8000, "TSK006"),
        (-12 * 3000, "TSK006"),
        pytest.param(10**5000, "TSK006", id="huge"),
    ],
)
def test_rejects_an_end_that_cannot_be(months: int, finding: str) -> None:
    """An end before the start, or beyond the calendar, is rejected."""
    assert rejected(YEAR.extended, months=months) == [finding]


@pytest.mark.parametrize("months", [None, "2", 1.5, True])
def test_rejects_months_that_are_no_number(months: object) -> None:
    """The number of months is a whole one, and a `bool` is none."""
    assert rejected(YEAR.extended, months=months) == ["TSK002"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "31.12.2021 + 96000 kk"),
        ("sv", "31.12.2021 + 96000 mån."),
        ("en", "31 December 2021 + 96000 months"),
    ],
)
def test_says_in_the_language_how_far_was_too_far(language: str, said: str) -> None:
    """Day and unit stand in the language of the message."""
    (finding,) = rejection(YEAR.extended, months=12 * 8000)
    assert said in finding.message(language)


@pytest.mark.parametrize(
    ("iso", "fi", "sv", "en"),
    [
        (
            "2020-01-01/2023-12-31",
            "1.1.2020–31.12.2023",
            "1.1.2020–31.12.2023",
            "1 January 2020 to 31 December 2023",
        ),
        ("2020-01-01/..", "1.1.2020 alkaen", "från 1.1.2020", "from 1 January 2020"),
        ("../2023-12-31", "31.12.2023 saakka", "till 31.12.2023", "to 31 December 2023"),
    ],
)
def test_is_said_in_each_language(iso: str, fi: str, sv: str, en: str) -> None:
    """A message has open sides in words."""
    said = period(iso)
    assert (said.localize("fi"), said.localize("sv"), said.localize("en")) == (fi, sv, en)


def test_an_unknown_language_is_an_error() -> None:
    """No language stands in for one that is unknown."""
    with pytest.raises(tul.UnknownLanguageError):
        YEAR.localize("de")


ONE_DAY = dt.timedelta(days=1)
FIRST, LAST = dt.date(2021, 1, 1), dt.date(2021, 12, 31)


@pytest.mark.parametrize(
    ("asked", "stated"),
    [
        (Period(start=FIRST), [("start", FIRST)]),
        (Period(end=LAST), [("end", LAST)]),
        (YEAR, [("start", FIRST), ("end", LAST)]),
        (Period(FIRST, FIRST), [("start", FIRST), ("end", FIRST)]),
    ],
    ids=["start", "end", "both", "one day"],
)
def test_only_stated_bounds_are_bounds(asked: Period, stated: list[tuple[str, dt.date]]) -> None:
    """A bound that no source gives is no day."""
    assert [*asked.bounds()] == stated


@pytest.mark.parametrize(
    ("asked", "sides"),
    [
        (YEAR, []),
        (Period(FIRST - ONE_DAY, LAST), ["start"]),
        (Period(FIRST, LAST + ONE_DAY), ["end"]),
        (Period(FIRST - ONE_DAY, LAST + ONE_DAY), ["start", "end"]),
        (Period(LAST + ONE_DAY, LAST + ONE_DAY), ["start", "end"]),
        (Period(end=FIRST - ONE_DAY), ["end"]),
        (Period(start=LAST), []),
    ],
    ids=["within", "early", "late", "around", "after", "before", "open"],
)
def test_days_outside_are_named_by_side(asked: Period, sides: list[str]) -> None:
    """A stated day outside comes with its side; both ends belong to a period."""
    assert [bound.side for bound in asked.days_outside(YEAR)] == sides
    assert YEAR.contains(asked) == (not sides)


def test_open_bounds_leave_no_day_outside() -> None:
    """A bound that is not known keeps no day out."""
    around = Period(FIRST - ONE_DAY, LAST + ONE_DAY)
    assert [*around.days_outside(Period(start=FIRST))] == [("start", FIRST - ONE_DAY)]
    assert [*around.days_outside(Period(end=LAST))] == [("end", LAST + ONE_DAY)]


def test_a_union_with_an_open_period_is_open() -> None:
    """What has no known end has none together with another."""
    open_end = tul.Period(dt.date(2021, 1, 1))
    assert open_end.union(tul.Period.of_years(2022, 2023)) == open_end


def test_a_period_is_neither_before_nor_after_itself() -> None:
    """Each comparison is reported from each other, also where both are the same."""
    one, later = tul.Period.of_years(2020, 2020), tul.Period.of_years(2021, 2021)
    same = tul.Period.of_years(2020, 2020)
    assert (one < same, one <= same, one > same, one >= same) == (False, True, False, True)
    assert (one < later, one <= later, one > later, one >= later) == (True, True, False, False)
    assert (later < one, later <= one, later > one, later >= one) == (False, False, True, True)
