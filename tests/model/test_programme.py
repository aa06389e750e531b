"""`Programme`: its years, its goals and the half-years of its evaluation."""

import datetime as dt

import pytest

import tulevaisuus as tul
from tests.helpers import rejected
from tulevaisuus import Period


def programme(period: Period | None) -> tul.Programme:
    """Make a programme of these years."""
    return tul.Programme(id="p", name=tul.Text("ohjelma"), period=period)


@pytest.mark.parametrize(
    ("period", "half_years"),
    [
        (Period.of_years(2020, 2020), ["2020-01-01/2020-06-30", "2020-07-01/2020-12-31"]),
        (
            Period.parse("2020-03-15/2021-04-01"),
            ["2020-03-15/2020-09-14", "2020-09-15/2021-03-14", "2021-03-15/2021-04-01"],
        ),
        (Period.parse("2020-01-01/2020-07-01"), ["2020-01-01/2020-06-30", "2020-07-01/2020-07-01"]),
        (Period.parse("2020-05-05/2020-05-05"), ["2020-05-05/2020-05-05"]),
        (Period.parse("9999-07-01/9999-12-31"), ["9999-07-01/9999-12-31"]),
        (None, []),
        (Period(dt.date(2020, 1, 1), None), []),
        (Period(None, dt.date(2020, 1, 1)), []),
    ],
)
def test_evaluation_covers_the_programme_in_half_years(
    period: Period | None, half_years: list[str]
) -> None:
    """The half-years are consecutive, and the last one ends with the programme."""
    assert [str(each) for each in programme(period).evaluation_periods] == half_years


@pytest.mark.parametrize("start", ["2020-08-31", "2020-08-30", "2019-12-31"])
def test_half_years_of_a_start_at_the_end_of_a_month(start: str) -> None:
    """A programme that starts on the 31st is still evaluated every six months."""
    periods = programme(Period.parse(f"{start}/2022-12-31")).evaluation_periods
    assert all(each.day_count is not None and each.day_count <= 184 for each in periods)


def test_each_invalid_element_is_reported_at_its_index() -> None:
    """Elements of lists are reported by their index."""
    findings = rejected(
        tul.Programme,
        id="p",
        name=tul.Text("a"),
        goals=[1, 6, "2"],
        regions=["05", ""],
        channels=["Innokylä"],
        owner=" stm",
    )
    assert findings == [
        "TSK006 /owner",
        "TSK005 /goals/1",
        "TSK002 /goals/2",
        "TSK006 /regions/1",
        "TSK002 /channels/0",
    ]
