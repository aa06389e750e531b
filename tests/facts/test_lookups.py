"""Look-ups in the facts: the region of a municipality, the services of a goal."""

import datetime as dt
import itertools

import pytest

import tulevaisuus as tul
from tulevaisuus.facts import municipality_lookups
from tulevaisuus.findings.localization import localize

YEARS = range(2020, 2027)

REGION_OF: dict[str, tuple[str, dt.date, str]] = {
    "Turku": ("853", dt.date(2023, 1, 1), "05"),
    "Helsinki": ("091", dt.date(2023, 6, 1), "90"),
    "Vantaa": ("092", dt.date(2020, 6, 1), "04"),
    "Espoo": ("049", dt.date(2026, 6, 1), "03"),
    "Mariehamn": ("478", dt.date(2021, 6, 1), "91"),
    "the first day of the facts": ("853", dt.date(2020, 1, 1), "05"),
    "Honkajoki on its last day": ("099", dt.date(2020, 12, 31), "06"),
    "Kankaanpää, which took it over": ("214", dt.date(2021, 1, 1), "06"),
    "Pertunmaa on its last day": ("588", dt.date(2024, 12, 31), "12"),
    "Mäntyharju, which took it over": ("507", dt.date(2025, 1, 1), "12"),
    "Nurmes after the merger of Valtimo": ("541", dt.date(2020, 1, 1), "14"),
    "Heinävesi before it moved": ("090", dt.date(2020, 12, 31), "14"),
    "Heinävesi after it moved": ("090", dt.date(2021, 1, 1), "14"),
    "Iitti before it moved": ("142", dt.date(2020, 6, 1), "09"),
    "Isokyrö before it moved": ("152", dt.date(2020, 6, 1), "16"),
    "Joroinen before it moved": ("171", dt.date(2020, 6, 1), "13"),
    "Kuhmoinen before it moved": ("291", dt.date(2020, 6, 1), "08"),
}


@pytest.mark.parametrize(("code", "day", "region"), REGION_OF.values(), ids=REGION_OF)
def test_region_of_a_municipality(code: str, day: dt.date, region: str) -> None:
    """It is the county that organises, or was to organise, the services."""
    assert tul.region_of(code, on=day) is tul.regions[region]


@pytest.mark.parametrize("year", YEARS)
def test_every_municipality_has_a_region_in_every_year(year: int) -> None:
    """Only the municipalities of Åland are outside the 22 regions."""
    day = dt.date(year, 6, 1)
    regions = {each.code: tul.region_of(each.code, on=day) for each in tul.municipalities.on(day)}
    outside = [region.code for region in regions.values() if not region.in_programme]
    assert len(outside) == 16
    assert set(outside) == {"91"}
    assert {region.code for region in regions.values()} == {*(tul.programme.regions or ()), "91"}


@pytest.mark.parametrize(
    ("code", "day", "successor"),
    [
        pytest.param("099", dt.date(2021, 1, 1), "214", id="Honkajoki"),
        pytest.param("588", dt.date(2025, 1, 1), "507", id="Pertunmaa"),
        pytest.param("911", dt.date(2020, 1, 1), "541", id="Valtimo"),
    ],
)
def test_merged_municipality_names_its_successor(code: str, day: dt.date, successor: str) -> None:
    """From the day of a merger the old code is unknown, and the error names the successor."""
    with pytest.raises(tul.UnknownCodeError) as caught:
        tul.region_of(code, on=day)
    assert caught.value.key == code
    assert caught.value.suggestions == (successor,)
    for part in (code, successor, localize(day, "en"), str(tul.municipalities[code].name)):
        assert part in str(caught.value)


def test_ended_municipality_without_a_successor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no successor is known the error states only that there is none on that day."""
    gone = tul.Municipality(
        code="999",
        name=tul.Text("Muisto"),
        region="05",
        valid=tul.Period(end=dt.date(2021, 12, 31)),
    )
    monkeypatch.setattr(municipality_lookups, "municipalities", tul.Register([gone]))
    assert tul.region_of("999", on=dt.date(2021, 12, 31)).code == "05"
    with pytest.raises(
        tul.UnknownCodeError, match="existed to 31 December 2021, not on 1 January 2022"
    ) as caught:
        tul.region_of("999", on=dt.date(2022, 1, 1))
    assert caught.value.suggestions == ()


@pytest.mark.parametrize("code", ["853", "911", "000"])
def test_day_before_the_facts_is_an_error(code: str) -> None:
    """It is an error for any code, never an empty or guessed answer."""
    with pytest.raises(tul.OutsideFactsError, match="2020-01-01"):
        tul.region_of(code, on=dt.date(2019, 12, 31))


@pytest.mark.parametrize("code", ["", "5", "0853", "Turku", 853, None, ["853"], ("853",)])
def test_other_values_are_not_codes(code: object) -> None:
    """A number, a name or a list is not the code of a municipality, and nothing is guessed."""
    with pytest.raises(tul.UnknownCodeError):
        tul.region_of(code, on=dt.date(2023, 1, 1))  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    "day", ["2023-01-01", 2023, None, dt.datetime(2023, 1, 1, tzinfo=dt.UTC)], ids=str
)
def test_other_types_are_not_dates(day: object) -> None:
    """A text, a year or a datetime is rejected."""
    with pytest.raises(tul.InvalidValueError):
        tul.region_of("853", on=day)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("number", list(tul.GoalNumber))
@pytest.mark.parametrize("evidence", list(tul.Evidence))
def test_services_and_goals_are_inverse(number: tul.GoalNumber, evidence: tul.Evidence) -> None:
    """A service supports a goal exactly if the goal is among those of the service."""
    services = tul.services_for(number, at_least=evidence)
    from_the_other_side = [
        service
        for service in tul.services
        if tul.goals[number] in tul.goals_for(service.code, at_least=evidence)
    ]
    assert list(services) == from_the_other_side
    linked = {
        link.target
        for link in tul.goal_links
        if link.goal == number and link.evidence >= evidence and link.target in tul.services
    }
    assert {service.code for service in services} == linked


def test_weaker_evidence_finds_more() -> None:
    """With a lower level of evidence no service is lost."""
    for goal in tul.goals:
        found = [set(tul.services_for(goal.number, at_least=each)) for each in tul.Evidence]
        assert all(stronger <= weaker for stronger, weaker in itertools.pairwise(found))


def test_inferred_is_the_default_evidence() -> None:
    """Possible links are only returned on request."""
    inferred = tul.Evidence.INFERRED
    assert tul.services_for(2) == tul.services_for(2, at_least=inferred)
    assert tul.goals_for("digital") == tul.goals_for("digital", at_least=inferred)


def test_themes_support_goals_too() -> None:
    """Services and themes share one namespace; digital measures are part of all four goals."""
    goals = tul.goals_for("digital", at_least=tul.Evidence.STATED)
    assert [goal.number for goal in goals] == [1, 2, 3, 4]


@pytest.mark.parametrize("goal", [0, 6, "1", True, 1.0, None])
def test_unknown_goal_is_an_error(goal: object) -> None:
    """Only the number of a goal is accepted."""
    with pytest.raises(tul.UnknownCodeError):
        tul.services_for(goal)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("content", ["", "oral", "oral_health", 1, None])
def test_unknown_service_or_theme_is_an_error(content: object) -> None:
    """An unknown code has an error, not an empty result."""
    with pytest.raises(tul.UnknownCodeError):
        tul.goals_for(content)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("code", "suggest"), [("primary_health", "primary_health_care"), ("digitl", "digital")]
)
def test_similar_code_is_suggested(code: str, suggest: str) -> None:
    """A misspelt service or theme has the similar code as its suggestion."""
    with pytest.raises(tul.UnknownCodeError) as caught:
        tul.goals_for(code)
    assert suggest in caught.value.suggestions
