"""TSK2xx, regions, counties and municipalities: registers that break each rule or follow it."""

from tests.helpers import Case

CENTRE: dict[str, object] = {"id": "keskus-1", "name": {"fi": "Esimerkki"}, "region": "14"}
PROJECT: dict[str, object] = {"id": "hanke-1", "name": {"fi": "Esimerkki"}}
GRANT: dict[str, object] = {"id": "g1", "project": "hanke-1", "status": "granted"}
POST: dict[str, object] = {"id": "toimi-1", "role": "project_manager"}

MUNICIPALITY: dict[str, object] = {"code": "900", "name": {"fi": "Esimerkkilä"}, "region": "05"}
"""A municipality of the document's own: no bundled one has its code."""

CLOSED: dict[str, object] = {**MUNICIPALITY, "valid": {"end": "2021-12-31"}}
OWN_REGION: dict[str, object] = {"code": "X1", "name": {"fi": "Esimerkin alue"}, "kind": "county"}
OWN_ORGANISATION = {"id": "alue-1", "name": {"fi": "Esimerkki"}}


def regions(*codes: str) -> dict[str, object]:
    """Return a project of these regions."""
    return {"projects": [{**PROJECT, "regions": codes}]}


def administered(by: str, **period: str) -> dict[str, object]:
    """Return a project with this administrator in this period."""
    administrations = [{"organisation": "vsshp"}, {"organisation": by, "period": period}]
    return {"projects": [{**PROJECT, "regions": ["05"], "administrations": administrations}]}


def received(by: str, call: str = "haku-1", **fields: str) -> dict[str, object]:
    """Return a grant to an organisation, of an unknown call."""
    call_of_unknown_days = {"id": "haku-1", "name": {"fi": "Esimerkki"}}
    return {
        "calls": [call_of_unknown_days],
        "grants": [{**GRANT, "call": call, "recipient": by, **fields}],
    }


def of_call(**days: str) -> dict[str, object]:
    """Return a grant to a county, of a call with these dates."""
    return {**received("county-05"), "calls": [{"id": "haku-1", "name": {"fi": "E"}, **days}]}


def employed(by: str, **period: str) -> dict[str, object]:
    """Return a post at an organisation in this period."""
    return {"posts": [{**POST, "organisation": by, "period": period}]}


def centre(*municipalities: dict[str, object], **fields: str) -> dict[str, object]:
    """Return a centre, and municipalities of the document."""
    return {"municipalities": municipalities, "centres": [{**CENTRE, **fields}]}


def seat(code: str, **period: str) -> dict[str, object]:
    """Return a post whose holder works in a municipality in this period."""
    return {"posts": [{**POST, "seat": code, "period": period}]}


BROKEN: dict[str, Case] = {
    "TSK201 a project of the HUS Group": Case(
        regions("HUS"), "/projects/0/regions/0", "(HUS) is not one of the programme"
    ),
    "TSK201 a project of Åland too": Case(
        regions("05", "91"), "/projects/0/regions/1", "alue Ahvenanmaa (91) ei kuulu", "fi"
    ),
    "TSK201 a centre on Åland": Case(
        centre(region="91"), "/centres/0/region", "regionen Åland (91) hör inte till", "sv"
    ),
    "TSK201 a region of the document's own": Case(
        {"regions": [{**OWN_REGION, "in_programme": False}], **regions("X1")},
        "/projects/0/regions/0",
        "region Esimerkin alue (X1) is not one",
    ),
    "TSK202 a county administers from the day before": Case(
        administered("county-05", start="2021-06-30"),
        "/projects/0/administrations/1/period/start",
        "administers, receives or employs on 30 June 2021, but the counties are legal persons "
        "only from 1 July 2021",
    ),
    "TSK202 a county has administered to the day before": Case(
        administered("county-05", end="2021-06-30"),
        "/projects/0/administrations/1/period/end",
        "hyvinvointialue (Varsinais-Suomen hyvinvointialue) hallinnoi",
        "fi",
    ),
    "TSK202 a county receives by a decision of the day before": Case(
        received("county-05", decided_on="2021-06-30", announced_on="2021-07-01"),
        "/grants/0/recipient",
        "dagen 30.6.2021",
        "sv",
    ),
    "TSK202 a county receives by an announcement of the day before": Case(
        {**of_call(decided_on="2021-07-01"), **received("county-05", announced_on="2021-06-30")},
        "/grants/0/recipient",
        "on 30 June 2021",
    ),
    "TSK202 a county receives by a call decided the day before": Case(
        of_call(decided_on="2021-06-30", announced_on="2021-07-01"),
        "/grants/0/recipient",
        "on 30 June 2021",
    ),
    "TSK202 a county receives by a call announced before": Case(
        received("county-05", "shc-2020"), "/grants/0/recipient", "on 30 June 2020"
    ),
    "TSK202 a county employs from the day before": Case(
        employed("county-05", start="2021-06-30", end="2021-07-01"),
        "/posts/0/period/start",
        "on 30 June 2021",
    ),
    "TSK203 Valtimo a day after its end": Case(
        centre(municipality="911", opened_on="2020-01-01"),
        "/centres/0/municipality",
        "municipality Valtimo (911) exists to 31 December 2019, but is used on 1 January 2020; "
        "write the code of its successor, 541 (Nurmes)",
    ),
    "TSK203 Honkajoki a day after its end": Case(
        centre(municipality="099", opened_on="2021-01-01"),
        "/centres/0/municipality",
        "kirjoita seuraajan koodi 214 (Kankaanpää)",
        "fi",
    ),
    "TSK203 the seat of a post at its end": Case(
        seat("911", start="2019-12-31", end="2020-01-01"),
        "/posts/0/seat",
        "men används dagen 1.1.2020",
        "sv",
    ),
    "TSK203 the seat of a post on both its days": Case(
        seat("911", start="2020-01-01", end="2020-12-31"), "/posts/0/seat", "on 1 January 2020"
    ),
    "TSK203 a municipality without a successor": Case(
        centre(CLOSED, municipality="900", opened_on="2022-01-01"),
        "/centres/0/municipality",
        "is used on 1 January 2022; correct the municipality or the day",
    ),
    "TSK203 a municipality whose successor nobody knows": Case(
        centre({**CLOSED, "successor": "998"}, municipality="900", opened_on="2022-01-01"),
        "/centres/0/municipality",
        "correct the municipality or the day",
    ),
    "TSK204 Turku in another region": Case(
        centre(region="06", municipality="853"),
        "/centres/0/municipality",
        "municipality Turku (853) belongs to region Southwest Finland (05), but the centre's "
        "region is 06",
    ),
    "TSK204 a municipality whose region nobody knows": Case(
        centre({**MUNICIPALITY, "region": "X9"}, municipality="900"),
        "/centres/0/municipality",
        "kunta Esimerkkilä (900) kuuluu alueeseen X9 (X9)",
        "fi",
    ),
}

VALID: dict[str, dict[str, object]] = {
    "TSK201 the first, the last and Helsinki": regions("01", "21", "90"),
    "TSK201 a region without that field": {"regions": [OWN_REGION], **regions("X1")},
    "TSK201 a region that nobody knows": regions("X9"),
    "TSK201 a centre": centre(),
    "TSK202 a county administers from its first day": administered(
        "county-05", start="2021-07-01", end="2022-12-31"
    ),
    "TSK202 an administration whose days are not known": {
        "projects": [
            {**PROJECT, "regions": ["05"], "administrations": [{"organisation": "county-05"}]}
        ]
    },
    "TSK202 administrations not recorded": regions("05"),
    "TSK202 a county receives on its first day": received("county-05", decided_on="2021-07-01"),
    "TSK202 the decision counts before the announcement": received(
        "county-05", decided_on="2021-07-01", announced_on="2021-06-30"
    ),
    "TSK202 the announcement counts before the call's": received(
        "county-05", "shc-2020", announced_on="2021-07-01"
    ),
    "TSK202 the call's decision counts before its announcement": of_call(
        decided_on="2021-07-01", announced_on="2021-06-30"
    ),
    "TSK202 a grant of no known day": received("county-05"),
    "TSK202 a grant of a call that nobody knows": received("county-05", "haku-2"),
    "TSK202 a recipient not recorded": {
        "grants": [{**GRANT, "call": "shc-2020", "decided_on": "2020-06-29"}]
    },
    "TSK202 a recipient that nobody knows": received("alue-9", decided_on="2020-06-29"),
    "TSK202 Helsinki receives earlier": received("helsinki", decided_on="2020-06-29"),
    "TSK202 a recipient of unknown kind": {
        "organisations": [OWN_ORGANISATION],
        **received("alue-1", decided_on="2020-06-29"),
    },
    "TSK202 a county employs from its first day": employed("county-05", start="2021-07-01"),
    "TSK202 a hospital district employs earlier": employed("vsshp", start="2020-01-01"),
    "TSK202 a post whose days are not known": {"posts": [{**POST, "organisation": "county-05"}]},
    "TSK203 Valtimo on its last day": centre(municipality="911", opened_on="2019-12-31"),
    "TSK203 Honkajoki on its last day": centre(municipality="099", opened_on="2020-12-31"),
    "TSK203 Nurmes": centre(municipality="541", opened_on="2021-05-03"),
    "TSK203 a centre whose day is not known": centre(municipality="911"),
    "TSK203 a centre without a municipality": centre(opened_on="2021-05-03"),
    "TSK203 a municipality that nobody knows": centre(municipality="998", opened_on="2021-05-03"),
    "TSK203 a municipality of unknown days": centre(
        MUNICIPALITY, municipality="900", opened_on="1950-01-01"
    ),
    "TSK203 a post on its municipality's last day": seat("911", start="2019-01-01"),
    "TSK203 a post whose days are not known": {"posts": [{**POST, "seat": "911"}]},
    "TSK203 a post without a seat": employed("vsshp", start="2020-01-01"),
    "TSK204 Turku in its region": centre(region="05", municipality="853"),
    "TSK204 Honkajoki in its successor's region": centre(region="06", municipality="099"),
    "TSK204 a centre without a municipality": centre(),
    "TSK204 a municipality that nobody knows": centre(municipality="998"),
    "TSK204 a region that nobody knows": centre(region="X9", municipality="853"),
    "TSK204 the document's municipality counts before the bundled one": centre(
        {"code": "853", "name": {"fi": "Turku"}, "region": "14"}, municipality="853"
    ),
    "TSK202 a county that receives nothing": received(
        "county-05", decided_on="2020-06-29", status="rejected"
    ),
}
