"""TSK6xx, bodies, roles and posts: registers that break each rule or follow it."""

from tests.helpers import Case

PROJECT: dict[str, object] = {"id": "hanke-1", "name": {"fi": "Esimerkki"}, "regions": ["05"]}
AREA: dict[str, object] = {"code": "A1", "kind": "catchment", "name": {"fi": "Esimerkin alue"}}
COORDINATOR = "regional_coordinator"


def coordinators(*listed: dict[str, object]) -> dict[str, object]:
    """Return posts of regional coordinators with these fields."""
    posts = [{"id": f"toimi-{place}", "role": COORDINATOR} for place in range(1, len(listed) + 1)]
    return {"posts": [{**post, **fields} for post, fields in zip(posts, listed, strict=True)]}


def in_area(area: str, **period: str) -> dict[str, object]:
    """Return an area and a period, if there is one."""
    return {"area": area, "period": period} if period else {"area": area}


def in_project(role: str, organisation: str | None, **project: object) -> dict[str, object]:
    """Return a post of a project, at an organisation."""
    post = {"id": "toimi-1", "role": role, "project": "hanke-1"}
    place = {"organisation": organisation} if organisation else {}
    return {"projects": [{**PROJECT, **project}], "posts": [{**post, **place}]}


def placed(role: str, organisation: str) -> dict[str, object]:
    """Return a post at an organisation."""
    return {"posts": [{"id": "toimi-1", "role": role, "organisation": organisation}]}


TYKS_IN_2020 = in_area("TYKS", start="2020-02-01", end="2020-12-31")
TURKU_AND_VSSHP: dict[str, object] = {
    "administrations": [{"organisation": "turku"}],
    "participants": ["vsshp"],
}

BROKEN: dict[str, Case] = {
    "TSK601 no area": Case(
        coordinators({}), "/posts/0", "the regional coordinator's post toimi-1 has no area"
    ),
    "TSK601 a catchment area a day after its end": Case(
        coordinators(in_area("TYKS", start="2023-01-01")),
        "/posts/0",
        "aluekoordinaattorin toimi toimi-1 alkaa 1.1.2023, mutta sen alue",
        "fi",
    ),
    "TSK601 a collaborative area a day before its start": Case(
        coordinators(in_area("2", start="2022-12-31")),
        "/posts/0",
        "befattning toimi-1 börjar 31.12.2022, men dess område",
        "sv",
    ),
    "TSK601 an area of the document's own": Case(
        {
            "areas": [{**AREA, "valid": {"start": "2021-01-01"}}],
            **coordinators(in_area("A1", start="2020-12-31")),
        },
        "/posts/0",
        "its area Esimerkin alue is valid from 1 January 2021",
    ),
    "TSK602 one day in common": Case(
        coordinators(TYKS_IN_2020, in_area("TYKS", start="2020-12-31", end="2021-12-31")),
        "/posts/1",
        "posts toimi-1 and toimi-2 are in force at the same time for area TYKS, which has one",
    ),
    "TSK602 one within the other": Case(
        coordinators(TYKS_IN_2020, in_area("TYKS", start="2020-05-01", end="2020-05-31")),
        "/posts/1",
        "toimet toimi-1 ja toimi-2 ovat voimassa samaan aikaan alueella TYKS",
        "fi",
    ),
    "TSK602 the later in the list, not in time": Case(
        coordinators(in_area("TYKS", start="2020-12-31", end="2021-12-31"), TYKS_IN_2020),
        "/posts/1",
        "befattningar toimi-1 och toimi-2 gäller samtidigt för området TYKS",
        "sv",
    ),
    "TSK602 a day within the other": Case(
        coordinators(TYKS_IN_2020, in_area("TYKS", end="2020-06-30")), "/posts/1", "toimi-1"
    ),
    "TSK603 a coordinator at the ministry": Case(
        placed(COORDINATOR, "stm"),
        "/posts/0/organisation",
        "post toimi-1 is at Ministry of Social Affairs and Health, but role regional coordinator "
        "belongs to Finnish Institute for Health and Welfare",
    ),
    "TSK603 a programme lead at the ministry": Case(
        placed("programme_lead", "stm"),
        "/posts/0/organisation",
        "paikka on Terveyden ja hyvinvoinnin laitos",
        "fi",
    ),
    "TSK603 the secretary general at the institute": Case(
        placed("secretary_general", "thl"),
        "/posts/0/organisation",
        "finns vid social- och hälsovårdsministeriet",
        "sv",
    ),
    "TSK603 a project director at a stranger": Case(
        in_project("project_director", "espoo", **TURKU_AND_VSSHP),
        "/posts/0/organisation",
        "is none of the administrators and participants of project hanke-1 (City of Turku, ",
    ),
    "TSK603 a project manager at a stranger": Case(
        in_project("project_manager", "espoo", administrations=[], participants=["vsshp"]),
        "/posts/0/organisation",
        "toimen toimi-1 rooli on hankepäällikkö",
        "fi",
    ),
    "TSK603 a programme manager at one that nobody knows": Case(
        in_project("programme_manager", "espoo", administrations=[], participants=["paikka-9"]),
        "/posts/0/organisation",
        "projektet hanke-1 (paikka-9)",
        "sv",
    ),
    "TSK604 a day too early": Case(
        coordinators(in_area("TYKS", start="2020-01-31")),
        "/posts/0/period/start",
        "the regional coordinator's post toimi-1 starts on 31 January 2020, but the regional "
        "coordinators began on 1 February 2020 at the earliest",
    ),
    "TSK605 a holder": Case(
        {"posts": [{"id": "toimi-1", "role": "team_lead", "holder": "Etunimi Sukunimi"}]},
        "/posts/0/holder",
        "post toimi-1 names its holder",
    ),
}

VALID: dict[str, dict[str, object]] = {
    "TSK601 a catchment area on its last day": coordinators(in_area("TYKS", start="2022-12-31")),
    "TSK601 a collaborative area on its first day": coordinators(in_area("2", start="2023-01-01")),
    "TSK601 an unknown start": coordinators(in_area("TYKS", end="2030-12-31")),
    "TSK601 unknown days": coordinators(in_area("2")),
    "TSK601 other roles": coordinators({"role": "programme_lead"}, {"role": "team_lead"}),
    "TSK601 an area that nobody knows": coordinators(in_area("A9", start="2020-02-01")),
    "TSK601 an area of unknown days": {
        "areas": [AREA],
        **coordinators(in_area("A1", start="1990-01-01")),
    },
    "TSK601 the document's area counts before the bundled one": {
        "areas": [{**AREA, "code": "TYKS"}],
        **coordinators(in_area("TYKS", start="2023-01-01")),
    },
    "TSK602 one after the other": coordinators(
        TYKS_IN_2020, in_area("TYKS", start="2021-01-01", end="2021-12-31")
    ),
    "TSK602 two areas": coordinators(TYKS_IN_2020, {**TYKS_IN_2020, "area": "KYS"}),
    "TSK602 no area": coordinators(
        {"period": {"start": "2020-02-01"}}, {"period": {"start": "2020-02-01"}}
    ),
    "TSK602 other roles": coordinators(
        TYKS_IN_2020,
        {**TYKS_IN_2020, "role": "programme_lead"},
        {**TYKS_IN_2020, "role": "team_lead"},
    ),
    "TSK602 unknown days": coordinators(TYKS_IN_2020, in_area("TYKS"), in_area("TYKS")),
    "TSK602 starts alone": coordinators(
        in_area("TYKS", start="2020-02-01"), in_area("TYKS", start="2021-01-01")
    ),
    "TSK602 a start after an end": coordinators(
        in_area("TYKS", start="2021-01-01"), in_area("TYKS", end="2020-12-31")
    ),
    "TSK602 bundled posts are not compared": coordinators(in_area("TYKS", start="2020-02-01")),
    "TSK603 a coordinator at the institute": placed(COORDINATOR, "thl"),
    "TSK603 the secretary general at the ministry": placed("secretary_general", "stm"),
    "TSK603 a role without a place": placed("team_lead", "turku"),
    "TSK603 a role that nobody knows": placed("role-9", "turku"),
    "TSK603 no organisation": coordinators({}),
    "TSK603 a project manager at the administrator": in_project(
        "project_manager", "turku", **TURKU_AND_VSSHP
    ),
    "TSK603 a project manager at a participant": in_project(
        "project_manager", "vsshp", **TURKU_AND_VSSHP
    ),
    "TSK603 a project manager nowhere": in_project("project_manager", None, **TURKU_AND_VSSHP),
    "TSK603 another role in the project": in_project("team_lead", "espoo", **TURKU_AND_VSSHP),
    "TSK603 administrations not recorded": in_project(
        "project_manager", "espoo", participants=["vsshp"]
    ),
    "TSK603 participants not recorded": in_project(
        "project_manager", "espoo", administrations=[{"organisation": "turku"}]
    ),
    "TSK603 a project known to have nobody": in_project(
        "project_manager", "espoo", administrations=[], participants=[]
    ),
    "TSK603 a project not recorded": placed("project_manager", "espoo"),
    "TSK604 the first of February": coordinators(in_area("TYKS", start="2020-02-01")),
    "TSK604 an unknown start": coordinators(in_area("TYKS", end="2020-01-31")),
    "TSK604 unknown days": coordinators(in_area("TYKS")),
    "TSK604 other roles": coordinators(
        {"role": "programme_lead", "period": {"start": "2020-01-01"}},
        {"role": "team_lead", "period": {"start": "2020-01-01"}},
    ),
    "TSK605 no holder": coordinators(in_area("TYKS")),
}
