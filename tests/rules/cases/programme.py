"""TSK1xx, the programme and its period: registers that break each rule or follow it."""

from tests.helpers import Case

PROJECT: dict[str, object] = {"id": "hanke-1", "name": {"fi": "Esimerkki"}, "regions": ["05"]}
GRANT: dict[str, object] = {"id": "g1", "project": "varsinais-suomi", "status": "granted"}
PROGRAMME: dict[str, object] = {"id": "ohjelma-1", "name": {"fi": "Esimerkki"}}
POST: dict[str, object] = {"id": "toimi-1", "role": "project_manager"}


def project(**period: str) -> dict[str, object]:
    """Return a project with this period."""
    return {"projects": [{**PROJECT, "period": period}]}


def grant(call: str, **usable: str) -> dict[str, object]:
    """Return a grant of a call with this period of use."""
    return {"grants": [{**GRANT, "call": call, "usable": usable}]}


def post(**period: str) -> dict[str, object]:
    """Return a post with this period."""
    return {"posts": [{**POST, "period": period}]}


def administration(**period: str) -> dict[str, object]:
    """Return a project whose second administration has this period."""
    administrations = [{"organisation": "vsshp"}, {"organisation": "turku", "period": period}]
    return {"projects": [{**PROJECT, "administrations": administrations}]}


def goals(*numbers: int) -> dict[str, object]:
    """Return a programme with these goals."""
    return {"programme": {**PROGRAMME, "goals": numbers}}


OWN_PROGRAMME = {"programme": {**PROGRAMME, "period": {"start": "2021-01-01"}}}
OWN_CALL: dict[str, object] = {"id": "haku-1", "name": {"fi": "Esimerkki"}}

BROKEN: dict[str, Case] = {
    "TSK101 a project begins a day early": Case(
        project(start="2019-12-31", end="2023-12-31"),
        "/projects/0/period/start",
        "the period of project hanke-1 includes 31 December 2019, but the programme runs "
        "1 January 2020 to 31 December 2023",
    ),
    "TSK101 a project ends a day late": Case(
        project(start="2020-01-01", end="2024-01-01"),
        "/projects/0/period/end",
        "hankkeen hanke-1 toteutusaikaan kuuluu päivä 1.1.2024",
        "fi",
    ),
    "TSK101 a grant is usable a day early": Case(
        grant("shc-2020", start="2019-12-31"),
        "/grants/0/usable/start",
        "dagen 31.12.2019 hör till tiden för användning av understödet g1",
        "sv",
    ),
    "TSK101 a grant is usable a day too long": Case(
        grant("shc-2021", end="2024-01-01"),
        "/grants/0/usable/end",
        "the period of use of grant g1 includes 1 January 2024",
    ),
    "TSK101 the document's own programme gives the bounds": Case(
        {**OWN_PROGRAMME, **project(start="2020-12-31", end="2030-01-01")},
        "/projects/0/period/start",
        "the programme runs from 1 January 2021",
    ),
    "TSK101 a programme call of the document's own": Case(
        {"calls": [{**OWN_CALL, "kind": "programme"}], **grant("haku-1", end="2024-01-01")},
        "/grants/0/usable/end",
        "includes 1 January 2024",
    ),
    "TSK102 four goals": Case(goals(4, 2, 1, 3), "/programme/goals", "programme ohjelma-1 lacks 5"),
    "TSK102 two goals": Case(goals(2, 5), "/programme/goals", "puuttuu: 1, 3, 4;", "fi"),
    "TSK102 known to have none": Case(goals(), "/programme/goals", "lacks 1, 2, 3, 4, 5"),
    "TSK103 a post begins a day early": Case(
        post(start="2019-12-31"),
        "/posts/0/period/start",
        "the period of post toimi-1 includes 31 December 2019",
    ),
    "TSK103 a post ends a day late": Case(
        post(start="2020-01-01", end="2024-01-01"),
        "/posts/0/period/end",
        "dagen 1.1.2024 hör till perioden för befattningen toimi-1",
        "sv",
    ),
    "TSK103 an administration begins a day early": Case(
        administration(start="2019-12-31"),
        "/projects/0/administrations/1/period/start",
        "hallinnoijan Turun kaupunki jaksoon kuuluu päivä 31.12.2019",
        "fi",
    ),
    "TSK103 an administration ends a day late": Case(
        administration(end="2024-01-01"),
        "/projects/0/administrations/1/period/end",
        "the period of administrator City of Turku includes 1 January 2024",
    ),
}

VALID: dict[str, dict[str, object]] = {
    "TSK101 a project of all the programme's days": project(start="2020-01-01", end="2023-12-31"),
    "TSK101 a project whose days are not known": {"projects": [PROJECT]},
    "TSK101 a grant of all the programme's days": grant(
        "shc-2020", start="2020-01-01", end="2023-12-31"
    ),
    "TSK101 a grant whose window is not known": {"grants": [{**GRANT, "call": "shc-2020"}]},
    "TSK101 a grant of a linked call": grant("yta-2021", start="2019-01-01", end="2024-12-31"),
    "TSK101 a grant of a sister call": grant("tyokyky-2020", end="2024-12-31"),
    "TSK101 a call of unknown kind": {"calls": [OWN_CALL], **grant("haku-1", end="2024-12-31")},
    "TSK101 a call that nobody knows": grant("haku-2", end="2024-12-31"),
    "TSK101 a programme whose days are not known": {
        "programme": PROGRAMME,
        **project(start="2000-01-01", end="2030-01-01"),
    },
    "TSK102 five goals in any order": goals(5, 1, 4, 2, 3),
    "TSK102 goals not recorded": {"programme": PROGRAMME},
    "TSK103 a post of all the programme's days": post(start="2020-01-01", end="2023-12-31"),
    "TSK103 a post whose days are not known": {"posts": [POST]},
    "TSK103 an administration of all days": administration(start="2020-01-01", end="2023-12-31"),
    "TSK103 administrations not recorded": {"projects": [PROJECT]},
    "TSK103 the period of a project is another rule's": project(end="2024-01-01"),
}
