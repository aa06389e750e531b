"""TSK4xx, projects, their goals and services: registers that break each rule or follow it."""

from tests.helpers import Case

PROJECT: dict[str, object] = {"id": "hanke-1", "name": {"fi": "Esimerkki"}, "regions": ["05"]}
CALL: dict[str, object] = {"id": "haku-1", "name": {"fi": "Esimerkki"}}
SERVICE: dict[str, object] = {"code": "primary_health_care", "name": {"fi": "Esimerkki"}}
LINK: dict[str, object] = {
    "goal": 2,
    "target": "primary_health_care",
    "target_kind": "service",
    "basis": "An example.",
}
RECORDED: dict[str, object] = {
    "goals": [1],
    "services": ["primary_health_care"],
    "themes": [],
    "administrations": [{"organisation": "county-05"}],
}
"""A project of which all is recorded that TSK410 asks for."""


def project(*listed: dict[str, object], **fields: object) -> dict[str, object]:
    """Return a project with these fields, and grants to it."""
    grant = {"call": "shc-2020", "project": "hanke-1", "status": "granted"}
    grants = [{"id": f"g{place}", **grant, **each} for place, each in enumerate(listed, 1)]
    return {"projects": [{**PROJECT, **fields}], "grants": grants}


def projects(*regions: list[str]) -> dict[str, object]:
    """Return a project for each of these lists of regions."""
    return {
        "projects": [
            {**PROJECT, "id": f"hanke-{place}", "regions": codes}
            for place, codes in enumerate(regions, 1)
        ]
    }


def funded(start: str | None, end: str | None, *windows: tuple[str, str]) -> dict[str, object]:
    """Return a project of this period with grants of these periods of use."""
    period = {"start": start} if start else {}
    period |= {"end": end} if end else {}
    usable: list[dict[str, object]] = [
        {"usable": {"start": first, "end": last}} for first, last in windows
    ]
    return project(*usable, period=period)


def administrations(*listed: tuple[str, str, str]) -> list[dict[str, object]]:
    """Return administrations as organisation, first and last day; a blank day is unknown."""
    periods = [
        {side: day for side, day in (("start", start), ("end", end)) if day}
        for _, start, end in listed
    ]
    return [
        {"organisation": organisation, **({"period": period} if period else {})}
        for (organisation, _, _), period in zip(listed, periods, strict=True)
    ]


def administered(*listed: tuple[str, str, str]) -> dict[str, object]:
    """Return a project with these administrations."""
    return project(administrations=administrations(*listed))


def recorded(**fields: object) -> dict[str, object]:
    """Return a project with all fields that rule TSK410 looks at, some of them replaced."""
    return project(**{**RECORDED, **fields})


def led_by(*listed: tuple[str, str, str], **fields: object) -> dict[str, object]:
    """Return a project with all fields that rule TSK410 looks at, and these administrations."""
    return recorded(administrations=administrations(*listed), **fields)


ENDS_LATE: dict[str, object] = {"period": {"end": "2023-01-01"}}
OF_2021: dict[str, object] = {"call": "shc-2021"}
APPLIED: dict[str, object] = {"status": "applied"}
OF_OWN_CALL: dict[str, object] = {"call": "haku-1"}
ONE_SECTOR = ["primary_health_care", "oral_health_care"]

BROKEN: dict[str, Case] = {
    "TSK401 known to have no goal": Case(
        project(goals=[]), "/projects/0/goals", "the list of goals of project hanke-1 is empty"
    ),
    "TSK402 the second goal": Case(
        project(goals=[1, 2], services=["primary_health_care"], themes=[]),
        "/projects/0/goals/1",
        "goal 2 of project hanke-1 is served by none of its recorded services and themes, though "
        "at least one of these is expected (evidence inferred or stronger): "
        "chronic_disease_prevention, maternity_and_child_health_clinics, ",
    ),
    "TSK402 a goal after the one that is never asked": Case(
        project(goals=[5, 2], services=["primary_health_care"], themes=[]),
        "/projects/0/goals/1",
        "goal 2 of project hanke-1",
    ),
    "TSK402 a theme that carries another goal": Case(
        project(goals=[3], services=[], themes=["wellbeing_promotion"]),
        "/projects/0/goals/0",
        "hankkeen hanke-1 tavoitetta 3 ei toteuta",
        "fi",
    ),
    "TSK402 a link that is too weak": Case(
        project(goals=[3], services=["mental_health_and_substance_abuse"], themes=[]),
        "/projects/0/goals/0",
        "mål 3 för projektet hanke-1 främjas inte",
        "sv",
    ),
    "TSK403 health services only": Case(
        project(goals=[1, 4], services=ONE_SECTOR),
        "/projects/0/services",
        "project hanke-1 has goal 4, but none of its recorded services is of sector social",
    ),
    "TSK403 social services only": Case(
        {
            "services": [{**SERVICE, "sectors": ["social"]}],
            **project(goals=[4], services=["primary_health_care"]),
        },
        "/projects/0/services",
        "palveluista puuttuu sektori terveydenhuolto",
        "fi",
    ),
    "TSK404 costs alone": Case(
        project(goals=[5]), "/projects/0/goals", "the only goal of project hanke-1 is 5"
    ),
    "TSK404 costs alone, in Swedish": Case(
        project(goals=[5]), "/projects/0/goals", "det enda målet för projektet hanke-1", "sv"
    ),
    "TSK405 one of the themes": Case(
        project(OF_2021, OF_2021, themes=["digital", "access_to_care"]),
        "/projects/0/themes",
        "project hanke-1 lacks content that call shc-2021 requires of every project it pays: "
        "introduction of psychosocial methods for all age groups; add psychosocial_methods",
    ),
    "TSK405 known to have no themes": Case(
        project(OF_2021, themes=[]),
        "/projects/0/themes",
        "lisää sisältöaiheisiin access_to_care, psychosocial_methods",
        "fi",
    ),
    "TSK405 a bundled grant": Case(
        project(id="varsinais-suomi", themes=[]), "/projects/0/themes", "lägg till access_", "sv"
    ),
    "TSK406 a day beyond the grant of 2020": Case(
        project({}, **ENDS_LATE),
        "/projects/0/period/end",
        "project hanke-1 ends on 1 January 2023, outside the cost period of call shc-2020 (to "
        "31 December 2022), and no grant decided in the additional call (shc-2021) is on record",
    ),
    "TSK406 the grant of 2021 is only applied for": Case(
        project({}, OF_2021 | APPLIED, **ENDS_LATE),
        "/projects/0/period/end",
        "hankkeen hanke-1 loppu 1.1.2023",
        "fi",
    ),
    "TSK407 the last day": Case(
        funded("2020-07-01", "2022-12-31", ("2020-07-01", "2022-12-30")),
        "/projects/0/period",
        "has days on which none of its grants is usable: 31 December 2022 to 31 December 2022,",
    ),
    "TSK407 the first day": Case(
        funded("2020-07-01", "2022-12-31", ("2020-07-02", "2023-12-31")),
        "/projects/0/period",
        "mikään sen avustuksista ei ole käytettävissä: 1.7.2020–1.7.2020,",
        "fi",
    ),
    "TSK407 a day between two grants": Case(
        funded(
            "2020-07-01", "2022-12-31", ("2022-01-02", "2022-12-31"), ("2020-01-01", "2021-12-31")
        ),
        "/projects/0/period",
        "inget av dess understöd får användas: 1.1.2022–1.1.2022,",
        "sv",
    ),
    "TSK407 every stretch": Case(
        funded(
            "2020-07-01", "2022-12-31", ("2020-08-01", "2020-08-31"), ("2021-01-01", "2021-12-31")
        ),
        "/projects/0/period",
        "usable: 1 July 2020 to 31 July 2020, 1 September 2020 to 31 December 2020, 1 January 2022 "
        "to 31 December 2022,",
    ),
    "TSK407 all its days before the grant": Case(
        funded("2020-07-01", "2020-12-31", ("2021-01-01", "2021-12-31")),
        "/projects/0/period",
        "usable: 1 July 2020 to 31 December 2020,",
    ),
    "TSK407 a window within another": Case(
        funded(
            "2020-07-01", "2022-12-31", ("2020-01-01", "2022-12-30"), ("2021-01-01", "2021-02-01")
        ),
        "/projects/0/period",
        "usable: 31 December 2022 to 31 December 2022,",
    ),
    "TSK408 one day in common": Case(
        administered(("turku", "", "2022-12-31"), ("county-05", "2022-12-31", "")),
        "/projects/0/administrations/1/period",
        "project hanke-1 has two administrators, turku and county-05, in the days "
        "31 December 2022 to 31 December 2022",
    ),
    "TSK408 one day between": Case(
        administered(("turku", "2020-01-01", "2022-12-30"), ("county-05", "2023-01-01", "")),
        "/projects/0/administrations/1/period",
        "hankkeella hanke-1 ei ole hallinnoijaa ajalla 31.12.2022–31.12.2022, joka jää "
        "hallinnoijien turku ja county-05 väliin",
        "fi",
    ),
    "TSK408 one within the other": Case(
        administered(("turku", "2020-01-01", "2022-12-31"), ("vsshp", "2021-02-01", "2021-02-28")),
        "/projects/0/administrations/1/period",
        "har två förvaltare, turku och vsshp, under tiden 1.2.2021–28.2.2021",
        "sv",
    ),
    "TSK408 the later in the list, not in time": Case(
        administered(("county-05", "2023-02-01", ""), ("turku", "", "2022-12-31")),
        "/projects/0/administrations/1/period",
        "no administrator in the days 1 January 2023 to 31 January 2023, between turku and",
    ),
    "TSK408 from a day before the other's end": Case(
        administered(("turku", "2020-01-01", "2022-12-31"), ("county-05", "2022-01-01", "")),
        "/projects/0/administrations/1/period",
        "in the days 1 January 2022 to 31 December 2022",
    ),
    "TSK408 from the same day on": Case(
        administered(("vsshp", "2020-01-01", ""), ("turku", "2020-01-01", "2020-12-31")),
        "/projects/0/administrations/1/period",
        "two administrators, turku and vsshp, in the days 1 January 2020 to 31 December 2020",
    ),
    "TSK408 the second and the third": Case(
        administered(
            ("turku", "2020-01-01", "2020-12-31"),
            ("vsshp", "2021-01-01", "2022-01-31"),
            ("county-05", "2022-01-01", "2022-12-31"),
        ),
        "/projects/0/administrations/2/period",
        "vsshp and county-05, in the days 1 January 2022 to 31 January 2022",
    ),
    "TSK409 another project of the region": Case(
        projects(["05"], ["06", "05"]),
        "/projects/1/regions/1",
        "besides project hanke-2, region 05 already has project hanke-1",
    ),
    "TSK409 the first in the list, not by its id": Case(
        {"projects": [PROJECT, {**PROJECT, "id": "hanke-0"}]},
        "/projects/1/regions/0",
        "besides project hanke-0, region 05 already has project hanke-1",
    ),
    "TSK409 a region of both, in Finnish": Case(
        projects(["05"], ["05"]), "/projects/1/regions/0", "alueella 05 on hankkeen", "fi"
    ),
    "TSK410 goals": Case(
        project(**{name: value for name, value in RECORDED.items() if name != "goals"}),
        "/projects/0",
        "missing fields: goals, and these rules could therefore not be applied to it in full: "
        "TSK401, TSK402, TSK403, TSK404;",
    ),
    "TSK410 services": Case(
        project(**{name: value for name, value in RECORDED.items() if name != "services"}),
        "/projects/0",
        "fält som saknas: services, och därför kunde dessa regler inte tillämpas fullt ut på det: "
        "TSK402, TSK403;",
        "sv",
    ),
    "TSK410 themes": Case(
        project(**{name: value for name, value in RECORDED.items() if name != "themes"}),
        "/projects/0",
        "missing fields: themes, and these rules could therefore not be applied to it in full: "
        "TSK402, TSK405;",
    ),
    "TSK410 administrations": Case(
        project(**{name: value for name, value in RECORDED.items() if name != "administrations"}),
        "/projects/0",
        "puuttuvat kentät: administrations, ja siksi näitä sääntöjä ei voitu soveltaa siihen "
        "täysin: TSK103, TSK202, TSK310, TSK311, TSK408, TSK603;",
        "fi",
    ),
    "TSK410 nothing at all": Case(
        project(),
        "/projects/0",
        "missing fields: goals, services, themes, administrations, and these rules could therefore "
        "not be applied to it in full: TSK103, TSK202, TSK310, TSK311, TSK401, TSK402, TSK403, "
        "TSK404, TSK405, TSK408, TSK603;",
    ),
    "TSK410 a city to the end of a project of unknown end": Case(
        led_by(("turku", "", "")),
        "/projects/0",
        "no wellbeing services county is recorded as administrator of project hanke-1, though "
        "administration may pass to one on 1 January 2023",
    ),
    "TSK410 a city to the end of a project that goes on a day into 2023": Case(
        led_by(("turku", "", ""), period={"end": "2023-01-01"}), "/projects/0", "1.1.2023", "fi"
    ),
    "TSK410 a county to the end of 2022": Case(
        led_by(("county-05", "2022-01-01", "2022-12-31")), "/projects/0", "för projektet", "sv"
    ),
    "TSK410 known to have no administrator": Case(led_by(), "/projects/0", "no wellbeing services"),
    "TSK410 a region that is a county, beside one that is not": Case(
        led_by(("helsinki", "", ""), regions=["90", "05"]), "/projects/0", "no wellbeing services"
    ),
    "TSK410 an administrator that nobody knows": Case(
        led_by(("alue-9", "", "")), "/projects/0", "no wellbeing services"
    ),
    "TSK411 two regions": Case(
        projects(["05", "06"]),
        "/projects/0/regions",
        "project hanke-1 has several regions (05, 06), where one is expected",
    ),
}

VALID: dict[str, dict[str, object]] = {
    "TSK401 one goal": project(goals=[5]),
    "TSK401 goals not recorded": project(),
    "TSK402 a service for each goal": project(
        goals=[1, 2, 4], services=["primary_health_care", "other_preventive_services"]
    ),
    "TSK402 a theme for each goal": project(goals=[1, 2, 3, 4], themes=["digital"]),
    "TSK402 a service for one goal, a theme for another": project(
        goals=[1, 3], services=["oral_health_care"], themes=["uniform_operating_models"]
    ),
    "TSK402 goal 5 is never asked": project(goals=[5], services=["oral_health_care"], themes=[]),
    "TSK402 neither services nor themes": project(goals=[1, 2, 3, 4], services=[], themes=[]),
    "TSK402 contents not recorded": project(goals=[1, 2, 3, 4]),
    "TSK402 goals not recorded": project(services=["oral_health_care"], themes=[]),
    "TSK402 a link of the document's own": {
        "goal_links": [{**LINK, "evidence": "inferred"}],
        **project(goals=[2], services=["primary_health_care"], themes=[]),
    },
    "TSK402 a link of the document counts before the bundled one": {
        "goal_links": [
            {**LINK, "goal": 3, "target": "mental_health_and_substance_abuse", "evidence": "stated"}
        ],
        **project(goals=[3], services=["mental_health_and_substance_abuse"], themes=[]),
    },
    "TSK403 a service of each sector": project(
        goals=[4], services=["primary_health_care", "social_work_and_home_care"]
    ),
    "TSK403 one service of both sectors": project(
        goals=[4], services=["mental_health_and_substance_abuse"]
    ),
    "TSK403 another goal": project(goals=[1, 2, 3, 5], services=ONE_SECTOR),
    "TSK403 goals not recorded": project(services=ONE_SECTOR),
    "TSK403 services not recorded": project(goals=[4]),
    "TSK403 known to have no services": project(goals=[4], services=[]),
    "TSK403 a service of unknown sector": {
        "services": [SERVICE],
        **project(goals=[4], services=ONE_SECTOR),
    },
    "TSK404 costs beside another": project(goals=[1, 5]),
    "TSK404 another alone": project(goals=[1]),
    "TSK404 known to have no goal": project(goals=[]),
    "TSK404 goals not recorded": project(),
    "TSK405 both themes": project(OF_2021, themes=["psychosocial_methods", "access_to_care"]),
    "TSK405 themes not recorded": project(OF_2021),
    "TSK405 a call that requires none": project({}, themes=[]),
    "TSK405 an application": project(OF_2021 | APPLIED, themes=[]),
    "TSK405 no grant": project(themes=[]),
    "TSK405 a call that nobody knows": project({"call": "haku-9"}, themes=[]),
    "TSK406 to the last day of the grant of 2020": project({}, period={"end": "2022-12-31"}),
    "TSK406 to a day long before": project({}, period={"end": "2021-06-30"}),
    "TSK406 with a grant of 2021": project({}, OF_2021, **ENDS_LATE),
    "TSK406 an unknown end": project({}, period={"start": "2024-01-01"}),
    "TSK406 unknown days": project({}),
    "TSK406 no grant": project(**ENDS_LATE),
    "TSK406 an application of 2020": project(APPLIED, **ENDS_LATE),
    "TSK406 a call that nothing continues": project(OF_2021, period={"end": "2024-12-31"}),
    "TSK406 a call of unknown costs": {
        "calls": [CALL, {**CALL, "id": "haku-2", "continues": "haku-1"}],
        **project(OF_OWN_CALL, **ENDS_LATE),
    },
    "TSK406 a call of unknown last costs": {
        "calls": [
            {**CALL, "cost_period": {"start": "2020-01-01"}},
            {**CALL, "id": "haku-2", "continues": "haku-1"},
        ],
        **project(OF_OWN_CALL, **ENDS_LATE),
    },
    "TSK407 one grant for all its days": funded(
        "2020-07-01", "2022-12-31", ("2020-07-01", "2022-12-31")
    ),
    "TSK407 two grants for all its days": funded(
        "2020-07-01", "2023-12-31", ("2022-01-01", "2023-12-31"), ("2020-01-01", "2021-12-31")
    ),
    "TSK407 a grant for the last day alone": funded(
        "2020-01-01",
        "2020-12-31",
        ("2020-01-01", "2020-12-30"),
        ("2020-12-31", "2020-12-31"),
    ),
    "TSK407 grants beyond its days": funded(
        "2021-01-01", "2021-01-01", ("2020-01-01", "2020-06-30"), ("2020-12-31", "2021-01-01")
    ),
    "TSK407 a grant that begins when the project has ended": funded(
        "2020-07-01", "2020-12-31", ("2020-07-01", "2020-12-31"), ("2021-02-01", "2021-12-31")
    ),
    "TSK407 an unknown start": funded(None, "2022-12-31", ("2020-07-01", "2021-12-31")),
    "TSK407 an unknown end": funded("2020-01-01", None, ("2020-07-01", "2021-12-31")),
    "TSK407 unknown days": project({"usable": {"start": "2021-01-01", "end": "2021-01-01"}}),
    "TSK407 a grant of unknown window": project(
        {"usable": {"start": "2020-07-01", "end": "2020-12-31"}},
        {},
        period={"start": "2020-07-01", "end": "2022-12-31"},
    ),
    "TSK407 a grant usable from an unknown day": project(
        {"usable": {"end": "2020-12-31"}}, period={"start": "2020-07-01", "end": "2022-12-31"}
    ),
    "TSK407 a grant usable to an unknown day": project(
        {"usable": {"start": "2020-12-31"}}, period={"start": "2020-07-01", "end": "2022-12-31"}
    ),
    "TSK407 no grant": project(period={"start": "2020-07-01", "end": "2022-12-31"}),
    "TSK407 an application": project(
        {"status": "applied", "usable": {"start": "2021-01-01", "end": "2021-01-01"}},
        period={"start": "2020-07-01", "end": "2022-12-31"},
    ),
    "TSK408 from one day to the next": administered(
        ("turku", "", "2022-12-31"), ("county-05", "2023-01-01", "")
    ),
    "TSK408 from any day to the next": administered(
        ("turku", "2022-12-29", "2022-12-29"),
        ("vsshp", "2022-12-30", "2022-12-30"),
        ("county-05", "2022-12-31", ""),
    ),
    "TSK408 from one day to the next, in any order": administered(
        ("county-05", "2023-01-01", ""), ("turku", "", "2022-12-31")
    ),
    "TSK408 one alone": administered(("turku", "2020-01-01", "2020-12-31")),
    "TSK408 unknown days": administered(("turku", "", ""), ("county-05", "", "")),
    "TSK408 administrations not recorded": project(),
    "TSK408 an unknown end": administered(
        ("turku", "2020-01-01", ""), ("county-05", "2023-01-01", "2023-12-31")
    ),
    "TSK408 an unknown start": administered(
        ("turku", "2020-01-01", "2022-12-31"), ("county-05", "", "2023-12-31")
    ),
    "TSK408 unknown starts": administered(
        ("turku", "", "2021-12-31"), ("vsshp", "", "2022-12-31"), ("county-05", "", "2023-12-31")
    ),
    "TSK408 an unknown end, then an unknown start": administered(
        ("turku", "2020-01-01", ""), ("county-05", "", "2023-12-31")
    ),
    "TSK408 an administrator of unknown days may fill the gap": administered(
        ("turku", "", "2020-12-31"), ("vsshp", "", ""), ("county-05", "2023-01-01", "")
    ),
    "TSK408 an administrator of unknown end may fill the gap": administered(
        ("turku", "", "2020-12-31"), ("vsshp", "2021-01-01", ""), ("county-05", "2023-01-01", "")
    ),
    "TSK409 a region each": projects(["05"], ["06"], ["90", "07"]),
    "TSK409 bundled projects are not counted": projects(["08"]),
    "TSK410 all is recorded": recorded(),
    "TSK410 known to have no goals, services and themes": recorded(goals=[], services=[]),
    "TSK410 the county from 2023 on": led_by(
        ("turku", "", "2022-12-31"), ("county-05", "2023-01-01", "")
    ),
    "TSK410 the county on the first day of 2023": led_by(("county-05", "", "2023-01-01")),
    "TSK410 a project that ended with 2022": led_by(
        ("turku", "", ""), period={"end": "2022-12-31"}
    ),
    "TSK410 Helsinki has no county": led_by(("helsinki", "", ""), regions=["90"]),
    "TSK410 a region that nobody knows": led_by(("helsinki", "", ""), regions=["X9"]),
    "TSK411 one region": projects(["05"]),
    "TSK411 no region": projects([]),
}
