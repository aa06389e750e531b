"""`Period`: dates with both ends included; notations, set operations, bounds."""

import datetime as dt
import operator
import re
from collections.abc import Callable

import pytest

import tulevaisuus as tul
from tests.helpers import rejected, rejection
from tulevaisuus import Period

DATE = dt.date(2021, 6, 15)
YEAR = Period.of_years(2021, 2021)


def period(text: str) -> Period:
    """Read the ISO form that the tables of examples use."""
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
        ("5.–5.3.2020", "2020-03-05/2020-03-05"),
        ("2020-01-01/2023-12-31", "2020-01-01/2023-12-31"),
        ("2020-01-01/..", "2020-01-01/.."),
        ("../2023-12-31", "../2023-12-31"),
        ("2020-01-01/", "2020-01-01/.."),
        ("/2023-12-31", "../2023-12-31"),
    ],
)
def test_parse_reads_the_notations_of_sources(text: str, iso: str) -> None:
    """Finnish and ISO forms, hyphens and dashes, all spaces and open sides are read."""
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
def test_parse_rejects_other_notations(text: object, finding: str) -> None:
    """Other notations are rejected, and nothing is guessed."""
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
def test_invalid_periods_are_rejected(fields: dict[str, object], findings: list[str]) -> None:
    """Bounds are dates, at least one is given, and the end is not before the start."""
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
    """Pages in three languages write the same dates in many ways."""
    assert str(Period.parse(text)) == iso


def test_completed_year_is_reported() -> None:
    """If the period ends in another year, the first date needs its own year."""
    (finding,) = rejection(Period.parse, "1.10.–31.1.2021")
    assert "1 October 2021" in finding.message("en")
    assert "write the year of the first day" in finding.message("en")
    assert "kirjoita myös alkupäivän vuosi" in finding.message("fi")
    assert "första dagens år" in finding.message("sv")


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("2020–2023", "1.1.2020 – 31.12.2023"),
        ("2020–2023", "Period.of_years(2020, 2023)"),
        (" 2021 ", "Period.of_years(2021, 2021)"),
        ("vuosina 2020–2023", "Period.of_years(2020, 2023)"),
        ("vuonna 2021", "Period.of_years(2021, 2021)"),
        ("Åren 2020-2023", "Period.of_years(2020, 2023)"),
        ("in the years 2020 – 2023", "Period.of_years(2020, 2023)"),
    ],
)
def test_bare_years_name_the_constructor(text: str, call: str) -> None:
    """Years are not read as dates; the message names the constructor to call."""
    (finding,) = rejection(Period.parse, text)
    assert all(call in finding.message(language) for language in ("fi", "sv", "en"))


@pytest.mark.parametrize("text", ["1.1.2023", "2023-01-01", "1. tammikuuta 2023", "1 januari 2023"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_one_day_names_the_periods_that_may_be_meant(text: str, language: str) -> None:
    """The message has three texts with the day, and each of them is read."""
    (finding,) = rejection(Period.parse, text)
    day = dt.date(2023, 1, 1)
    found, *suggested = re.findall('["”](.*?)["”]', finding.message(language))
    assert found == text
    assert [Period.parse(each) for each in suggested] == [
        *(Period(day, day), Period(day), Period(end=day))
    ]


def test_day_that_does_not_exist_is_no_single_day() -> None:
    """The message is about the day."""
    (finding,) = rejection(Period.parse, "31.2.2023")
    assert "2023-02-31" in finding.message("en")


@pytest.mark.parametrize("period", [Period(DATE, DATE), Period(DATE), Period(end=DATE)])
def test_repr_can_be_evaluated(period: Period) -> None:
    """The repr is short and evaluates to an equal period."""
    assert eval(repr(period), {"Period": Period}) == period  # noqa: S307
    assert repr(Period.of_years(2021, 2023)) == "Period.parse('2021-01-01/2023-12-31')"


def test_difference_may_have_two_parts() -> None:
    """A period inside splits another, one that covers it leaves nothing; open sides stay open."""
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
    before = Period(None, dt.date(2021, 6, 14))
    assert Period(None, DATE).minus(Period(DATE, DATE)) == (before,)
    after = Period(dt.date(2021, 6, 16))
    assert Period(DATE).minus(Period(DATE, DATE)) == (after,)


def test_union_joins_adjacent_periods() -> None:
    """Consecutive periods are joined; with a day between them they are not."""
    first, second = Period.of_years(2020, 2021), Period.of_years(2022, 2023)
    assert first.union(second) == Period.of_years(2020, 2023)
    assert first.union(Period(dt.date(2022, 1, 2))) is None
    assert first.union(Period(dt.date(2021, 6, 1))) == Period(dt.date(2020, 1, 1))
    assert Period(DATE, dt.date.max).union(Period(DATE, dt.date.max)) == Period(DATE, dt.date.max)
    assert rejected(Period(DATE).union, Period(None, DATE)) == ["TSK003 /start"]


@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge])
@pytest.mark.parametrize("other", [DATE, None, "2020"])
def test_period_compares_with_periods_only(
    compare: Callable[[object, object], bool], other: object
) -> None:
    """A date or a text is neither before nor after a period."""
    with pytest.raises(TypeError, match="a period compares with a period"):
        compare(Period(DATE), other)


def test_period_of_one_day() -> None:
    """Both ends are included, so a period may start and end on the same day."""
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
def test_of_years_covers_whole_years(made: Period, iso: str) -> None:
    """Years start on 1 January of the first and end on 31 December of the last."""
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
def test_of_years_rejects_invalid_years(first: int, last: int, finding: str) -> None:
    """Years in the wrong order or outside the calendar are rejected."""
    assert rejected(Period.of_years, first, last) == [finding]


@pytest.mark.parametrize("year", ["2020", 2020.0, True, None])
def test_of_years_rejects_other_types(year: object) -> None:
    """A year is a whole number, and a `bool` is not."""
    assert rejected(Period.of_years, year, 2023) == ["TSK002"]
    assert rejected(Period.of_years, 2020, year) == ["TSK002"]
    assert rejected(Period.appropriation, year, years=3) == ["TSK002"]
    assert rejected(Period.appropriation, 2020, years=year) == ["TSK002"]


@pytest.mark.parametrize(
    ("iso", "count"),
    [
        ("2020-01-01/2023-12-31", 1461),
        ("2020-02-28/2020-03-01", 3),
        ("2020-01-01/2020-01-02", 2),
        ("2020-01-01/2020-01-04", 4),
        ("2020-01-01/..", None),
        ("../2020-01-01", None),
    ],
)
def test_days_counts_both_ends(iso: str, count: int | None) -> None:
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
def test_contains_a_day(iso: str, day: str, *, inside: bool) -> None:
    """Both ends are in a period, and an open side has no bound."""
    assert (dt.date.fromisoformat(day) in period(iso)) is inside


@pytest.mark.parametrize("day", [dt.datetime(2021, 6, 15, tzinfo=dt.UTC), "2021-06-15", None, 5])
def test_contains_accepts_dates_only(day: object) -> None:
    """A datetime or a text is an error, not false."""
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
def test_intersection_and_overlap(one: str, other: str, common: str | None) -> None:
    """The common days of two periods do not depend on their order."""
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
def test_contains_a_period_unless_a_bound_is_outside(
    outer: str, inner: str, *, contained: bool
) -> None:
    """A missing bound is not outside."""
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
def test_extend_by_calendar_months(iso: str, months: int, extended: str) -> None:
    """Only the end moves, and stays within its month; an open end stays open."""
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
def test_extend_rejects_an_impossible_end(months: int, finding: str) -> None:
    """An end before the start, or outside the calendar, is rejected."""
    assert rejected(YEAR.extended, months=months) == [finding]


@pytest.mark.parametrize("months", [None, "2", 1.5, True])
def test_extend_rejects_other_types(months: object) -> None:
    """The number of months is a whole number, and a `bool` is not."""
    assert rejected(YEAR.extended, months=months) == ["TSK002"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "31.12.2021 + 96000 kk"),
        ("sv", "31.12.2021 + 96000 mån."),
        ("en", "31 December 2021 + 96000 months"),
    ],
)
def test_extend_error_is_localized(language: str, text: str) -> None:
    """Date and unit are in the language of the message."""
    (finding,) = rejection(YEAR.extended, months=12 * 8000)
    assert text in finding.message(language)


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
def test_localized_period(iso: str, fi: str, sv: str, en: str) -> None:
    """In a message an open side is written in words."""
    made = period(iso)
    assert (made.localize("fi"), made.localize("sv"), made.localize("en")) == (fi, sv, en)


def test_unknown_language_of_a_period_is_an_error() -> None:
    """An unknown language is not replaced by another one."""
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
def test_bounds_are_the_known_ones(asked: Period, stated: list[tuple[str, dt.date]]) -> None:
    """A missing bound is not among the bounds."""
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
    """A bound outside another period is returned with its side; both ends are inside."""
    assert [bound.side for bound in asked.days_outside(YEAR)] == sides
    assert YEAR.contains(asked) == (not sides)


def test_open_bounds_have_no_day_outside() -> None:
    """A missing bound is not outside any period."""
    around = Period(FIRST - ONE_DAY, LAST + ONE_DAY)
    assert [*around.days_outside(Period(start=FIRST))] == [("start", FIRST - ONE_DAY)]
    assert [*around.days_outside(Period(end=LAST))] == [("end", LAST + ONE_DAY)]


def test_union_with_an_open_period_is_open() -> None:
    """If one end is not known, the end of the union is not known either."""
    open_end = tul.Period(dt.date(2021, 1, 1))
    assert open_end.union(tul.Period.of_years(2022, 2023)) == open_end


def test_period_is_neither_before_nor_after_itself() -> None:
    """Each comparison of a period with itself is false."""
    one, later = tul.Period.of_years(2020, 2020), tul.Period.of_years(2021, 2021)
    same = tul.Period.of_years(2020, 2020)
    assert (one < same, one <= same, one > same, one >= same) == (False, True, False, True)
    assert (one < later, one <= later, one > later, one >= later) == (True, True, False, False)
    assert (later < one, later <= one, later > one, later >= one) == (False, False, True, True)
