"""TSK3xx, calls, grants and administrations: registers that break each rule or follow it."""

from collections.abc import Mapping

from tests.helpers import Case

PROJECT: dict[str, object] = {"id": "hanke-1", "name": {"fi": "Esimerkki"}, "regions": ["05"]}
CALL: dict[str, object] = {"id": "haku-1", "name": {"fi": "Esimerkki"}}
ORGANISATION: dict[str, object] = {"id": "saaja-1", "name": {"fi": "Saaja"}}


def grants(*given: Mapping[str, object]) -> dict[str, object]:
    """Return grants of the call of 2021 to a project without other data."""
    grant = {"call": "shc-2021", "project": "hanke-1", "status": "granted"}
    listed = [{"id": f"g{place}", **grant, **fields} for place, fields in enumerate(given, 1)]
    return {"projects": [PROJECT], "grants": listed}


def shared(id_: str, project: str, euros: float, **fields: object) -> dict[str, object]:
    """Return a granted amount of the call of 2021 to a bundled project."""
    granted = {
        "call": "shc-2021",
        "project": project,
        "status": "granted",
        "amount_eur": euros,
    }
    return {"id": id_, **granted, **fields}


def share(project: str, euros: float) -> dict[str, object]:
    """Return one grant of the call of 2021 to a bundled project."""
    return {"grants": [shared("g1", project, euros)]}


def usable(call: str = "shc-2021", **window: str) -> dict[str, object]:
    """Return a grant of a call with this period of use."""
    return grants({"call": call, "usable": window})


def own_call(*given: dict[str, object], **fields: object) -> dict[str, object]:
    """Return a call of the document, and grants of it."""
    return {
        "calls": [{**CALL, **fields}],
        **grants(*({"call": "haku-1", **each} for each in given or ({},))),
    }


def administered(
    *administrations: tuple[str, dict[str, str] | None], by: dict[str, object] | None = None
) -> dict[str, object]:
    """Return a project with these administrators, in order."""
    listed = [
        {"organisation": organisation} | ({"period": period} if period else {})
        for organisation, period in administrations
    ]
    return {
        "organisations": [{**ORGANISATION, **by}] if by else [],
        "projects": [{**PROJECT, "administrations": listed}],
    }


def received(by: str, call: str = "shc-2021", **fields: object) -> dict[str, object]:
    """Return a grant that an organisation receives."""
    return grants({"call": call, "recipient": by, **fields})


def own_recipient(kind: str | None, **fields: object) -> dict[str, object]:
    """Return a grant of the document's own call to the document's own organisation."""
    organisation = {**ORGANISATION, "kind": kind} if kind else ORGANISATION
    return {"organisations": [organisation], **own_call({"recipient": "saaja-1"}, **fields)}


def continued(
    *administrations: tuple[str, dict[str, str] | None], **later: object
) -> dict[str, object]:
    """Return a project with a grant of 2020 to Turku, and one of 2021 to a hospital district."""
    both = grants(
        {"call": "shc-2020", "recipient": "turku"},
        {"recipient": "vsshp", **later},
    )
    return {**both, **administered(*administrations)}


TO_2022 = {"end": "2022-12-31"}
IN_2023 = {"end": "2023-01-01"}
TEN_MILLION: dict[str, object] = {"project": "hanke-2", "amount_eur": 10000000}
ROUNDED: dict[str, object] = {"precision": "rounded"}
APPROXIMATE: dict[str, object] = {"precision": "approximate"}
HUNDRED: dict[str, object] = {**ROUNDED, "amount_eur": 100, "rounded_to_eur": 100}
"""A hundred euros, rounded to hundreds: fifty at the least."""

BROKEN: dict[str, Case] = {
    "TSK301 decided on the closing day": Case(
        grants({"decided_on": "2021-10-15"}),
        "/grants/0/decided_on",
        "grant g1 is decided on 15 October 2021, but call shc-2021 closed only on 15 October 2021",
    ),
    "TSK301 decided before the call opened": Case(
        grants({"call": "shc-2020", "decided_on": "2020-01-01"}),
        "/grants/0/decided_on",
        "avustuksesta g1 on päätetty 1.1.2020, mutta haku shc-2020 sulkeutui vasta 30.4.2020",
        "fi",
    ),
    "TSK302 usable a day early": Case(
        usable(start="2020-12-31", end="2023-12-31"),
        "/grants/0/usable/start",
        "grant g1 is usable from 31 December 2020, outside the cost period of call shc-2021 "
        "(1 January 2021 to 31 December 2023)",
    ),
    "TSK302 usable a day too long": Case(
        usable(start="2021-01-01", end="2024-01-01"),
        "/grants/0/usable/end",
        "understödet g1 får användas till och med 1.1.2024",
        "sv",
    ),
    "TSK302 usable a day longer than the call of 2020": Case(
        usable("shc-2020", end="2023-01-01"),
        "/grants/0/usable/end",
        "haun shc-2020 kustannusten aikaan (31.12.2022 saakka)",
        "fi",
    ),
    "TSK302 usable only after all costs": Case(
        usable("shc-2020", start="2023-01-01"), "/grants/0/usable/start", "from 1 January 2023"
    ),
    "TSK302 a call of the document's own": Case(
        own_call({"usable": {"end": "2023-06-01"}}, cost_period={"end": "2023-05-31"}),
        "/grants/0/usable/end",
        "of call haku-1",
    ),
    "TSK303 nothing before the grant of 2021": Case(
        grants({}),
        "/grants/0/project",
        "grant g1 is of call shc-2021, which continues call shc-2020, but project hanke-1 has no "
        "grant of call shc-2020 on record",
    ),
    "TSK303 another project's grant of 2020": Case(
        grants({"call": "shc-2020", "project": "hanke-2"}, {}),
        "/grants/1/project",
        "projektet hanke-1 har inget understöd",
        "sv",
    ),
    "TSK303 only a grant of another call": Case(
        grants({"call": "rakenne-2020"}, {}), "/grants/1/project", "mutta hankkeelle hanke-1", "fi"
    ),
    "TSK303 the bundled grant of 2020 has another call": Case(
        grants(
            {"id": "vs-2020", "call": "yta-2021", "project": "varsinais-suomi"},
            {"project": "varsinais-suomi"},
        ),
        "/grants/1/project",
        "project varsinais-suomi has no grant of call shc-2020",
    ),
    "TSK304 a cent above the maximum": Case(
        grants({"amount_eur": 140000000}, {"amount_eur": 1000000.01}),
        "/grants/1",
        "with grant g2 the granted amounts of call shc-2021 come to at least €141,000,000.01, but "
        "its maximum is no more than €141,000,000",
    ),
    "TSK304 a cent above a maximum that is rounded": Case(
        grants({"call": "shc-2020", "amount_eur": 70500000.01}),
        "/grants/0",
        "vähintään 70\N{NO-BREAK SPACE}500\N{NO-BREAK SPACE}000,01\N{NO-BREAK SPACE}€",
        "fi",
    ),
    "TSK304 only the grant that passes it": Case(
        own_call(HUNDRED, TEN_MILLION, TEN_MILLION, maximum_eur=1000),
        "/grants/1",
        "med understödet g2",
        "sv",
    ),
    "TSK304 the lowest of rounded amounts": Case(
        own_call(HUNDRED, HUNDRED, HUNDRED, maximum_eur=149.99), "/grants/2", "at least €150,"
    ),
    "TSK304 an approximate amount at its lowest": Case(
        own_call({**HUNDRED, **APPROXIMATE}, maximum_eur=49.99), "/grants/0", "at least €50,"
    ),
    "TSK304 rounded to its last digit that is not zero": Case(
        own_call({**ROUNDED, "amount_eur": 5500000}, maximum_eur=5449999.99),
        "/grants/0",
        "at least €5,450,000,",
    ),
    "TSK304 rounded to a whole number": Case(
        own_call({**ROUNDED, "amount_eur": 1201}, maximum_eur=1200.49), "/grants/0", "€1,200.50"
    ),
    "TSK304 exact amounts count whole": Case(
        own_call({**HUNDRED, "precision": "exact"}, maximum_eur=99.99), "/grants/0", "€100, but"
    ),
    "TSK304 amounts of unknown precision count whole": Case(
        own_call({"amount_eur": 100, "rounded_to_eur": 100}, maximum_eur=99.99),
        "/grants/0",
        "€100, but",
    ),
    "TSK304 an approximate maximum at its highest": Case(
        own_call(
            {"amount_eur": 150.01},
            maximum_eur=100,
            maximum_precision="approximate",
            maximum_rounded_to_eur=100,
        ),
        "/grants/0",
        "no more than €150;",
    ),
    "TSK304 a maximum of unknown rounding": Case(
        own_call({"amount_eur": 115.01}, maximum_eur=110, maximum_precision="rounded"),
        "/grants/0",
        "no more than €115;",
    ),
    "TSK305 a cent above the published total": Case(
        grants({"amount_eur": 140000000}, {"amount_eur": 950000.01}),
        "/grants/1",
        "with grant g2 the granted amounts of call shc-2021 come to at least €140,950,000.01, but "
        "their published total is no more than €140,950,000",
    ),
    "TSK305 a total of unknown precision counts whole": Case(
        own_call({"amount_eur": 100.01}, granted_eur=100, granted_rounded_to_eur=100),
        "/grants/0",
        "publicerade totalbelopp är högst 100\N{NO-BREAK SPACE}€",
        "sv",
    ),
    "TSK306 a second grant": Case(
        grants({}, {"call": "shc-2020"}, {}),
        "/grants/2/call",
        "grant g3 is of call shc-2021, of which project hanke-1 already has grant g1 of the same "
        "status",
    ),
    "TSK306 a second application": Case(
        grants({"status": "applied"}, {"status": "applied"}),
        "/grants/1/call",
        "hankkeella hanke-1 on jo samassa tilassa oleva avustus g1",
        "fi",
    ),
    "TSK307 a rounded amount": Case(
        grants({**ROUNDED, "amount_eur": 5500000, "rounded_to_eur": 100000}),
        "/grants/0/amount_eur",
        "amount €5,500,000 of grant g1 is inexact (precision €100,000)",
    ),
    "TSK307 an approximate amount": Case(
        grants({**APPROXIMATE, "amount_eur": 5500000}),
        "/grants/0/amount_eur",
        "dess noggrannhet i euro har inte antecknats",
        "sv",
    ),
    "TSK308 an application with a decision": Case(
        grants({"status": "applied", "decided_on": "2021-12-20"}),
        "/grants/0/decided_on",
        "grant g1 has 20 December 2021 as its day of decision, but its status is applied",
    ),
    "TSK308 a plan with a decision": Case(
        grants({"status": "planned", "decided_on": "2021-12-20"}),
        "/grants/0/decided_on",
        "sen tila on suunniteltu",
        "fi",
    ),
    "TSK309 a cent of one's own": Case(
        grants({"own_contribution_eur": 0.01}),
        "/grants/0/own_contribution_eur",
        "grant g1 has an own contribution of €0.01 on record, but call shc-2021 asks for none",
    ),
    "TSK310 a city on the first day of 2023": Case(
        administered(("vsshp", TO_2022), ("turku", IN_2023)),
        "/projects/0/administrations/1/period/end",
        "project hanke-1 has City of Turku on record as its administrator on 1 January 2023, but "
        "others than a county or the City of Helsinki may administer only to 31 December 2022",
    ),
    "TSK310 a hospital district from 2023 on": Case(
        administered(("vsshp", {"start": "2023-01-01"})),
        "/projects/0/administrations/0/period/start",
        "hallinnoijaksi on päivälle 1.1.2023 kirjattu Varsinais-Suomen sairaanhoitopiiri",
        "fi",
    ),
    "TSK310 only the last day is named": Case(
        administered(("turku", {"start": "2023-01-01", "end": "2023-12-31"})),
        "/projects/0/administrations/0/period/end",
        "för dagen 31.12.2023",
        "sv",
    ),
    "TSK310 a municipality without a region": Case(
        administered(("saaja-1", IN_2023), by={"kind": "municipality"}),
        "/projects/0/administrations/0/period/end",
        "Saaja",
    ),
    "TSK310 Helsinki's region administered by a company": Case(
        administered(("saaja-1", IN_2023), by={"kind": "company", "region": "90"}),
        "/projects/0/administrations/0/period/end",
        "Saaja",
    ),
    "TSK311 a ministry": Case(
        received("stm"),
        "/grants/0/recipient",
        "Ministry of Social Affairs and Health, of kind ministry, but the eligible recipients of "
        "call shc-2021 are then city, municipality, joint municipal authority, hospital district, "
        "regional council;",
    ),
    "TSK311 a county the day before counties were let in": Case(
        received("county-05", decided_on="2022-06-30", announced_on="2022-07-01"),
        "/grants/0/recipient",
        "vasta 1.7.2022 alkaen ja avustuksen päivä on 30.6.2022",
        "fi",
    ),
    "TSK311 a county by an announcement of the day before": Case(
        received("county-05", announced_on="2022-06-30"),
        "/grants/0/recipient",
        "först från 1.7.2022 och understödets dag är 30.6.2022",
        "sv",
    ),
    "TSK311 a county, where counties never were let in": Case(
        own_recipient("county", eligible_recipients=["city"]),
        "/grants/0/recipient",
        "services county, but the eligible recipients of call haku-1 are then city;",
    ),
    "TSK311 nobody is eligible": Case(
        own_recipient("city", eligible_recipients=[]), "/grants/0/recipient", "of kind city"
    ),
    "TSK311 another than the administrator": Case(
        continued(("turku", None)),
        "/grants/1/recipient",
        "but project hanke-1 is then administered by City of Turku;",
    ),
    "TSK311 the administrator of a later day": Case(
        continued(
            ("turku", {"end": "2021-12-20"}),
            ("vsshp", {"start": "2021-12-21"}),
            decided_on="2021-12-20",
            announced_on="2021-12-21",
            applied_on="2021-12-21",
        ),
        "/grants/1/recipient",
        "mutta hankkeen hanke-1 hallinnoija on silloin Turun kaupunki;",
        "fi",
    ),
    "TSK311 the administrator of a later day than the announcement": Case(
        continued(
            ("turku", {"end": "2021-12-20"}),
            ("vsshp", {"start": "2021-12-21"}),
            announced_on="2021-12-20",
            applied_on="2021-12-21",
        ),
        "/grants/1/recipient",
        "projektet hanke-1 förvaltas då av Turun kaupunki;",
        "sv",
    ),
    "TSK311 the administrator of a later day than the application": Case(
        continued(
            ("turku", {"end": "2021-09-30"}),
            ("vsshp", {"start": "2021-10-01"}),
            applied_on="2021-09-30",
        ),
        "/grants/1/recipient",
        "then administered by City of Turku;",
    ),
    "TSK312 a day before the call opened": Case(
        grants({"applied_on": "2021-08-15"}),
        "/grants/0/applied_on",
        "grant g1 was applied for on 15 August 2021, but the application period of call shc-2021 "
        "was 16 August 2021 to 15 October 2021;",
    ),
    "TSK312 a day after the call closed": Case(
        grants({"applied_on": "2021-10-16"}), "/grants/0/applied_on", "on haettu 16.10.2021", "fi"
    ),
    "TSK312 a day after the deadline that was moved": Case(
        grants({"call": "shc-2020", "applied_on": "2020-05-01"}),
        "/grants/0/applied_on",
        "(the deadline first announced, 31 March 2020, was superseded)",
    ),
    "TSK313 an amount without a decision": Case(
        grants({"amount_eur": 1, "announced_on": "2021-12-21"}),
        "/grants/0",
        "grant g1 is granted, but its day of decision is not recorded",
    ),
    "TSK314 one euro above the maximum share": Case(
        share("varsinais-suomi", 11180063),
        "/grants/0",
        "with grant g1 the projects of Southwest Finland are granted at least €11,180,063 of call "
        "shc-2021 in all, but the maximum share of this maakunta is no more than €11,180,062;",
    ),
    "TSK314 above the unrounded share": Case(
        share("etela-savo", 4588033), "/grants/0", "Etelä-Savon maakunnan hankkeille", "fi"
    ),
    "TSK314 the sum of the areas of Uusimaa": Case(
        {
            "grants": [
                shared("g1", "lansi-uusimaa", 17000000),
                shared("g2", "helsinki", 17000000),
                shared("g3", "vantaa-kerava", 200000),
            ]
        },
        "/grants/2",
        "har projekten i landskapet Nyland i utlysningen shc-2021 beviljats sammanlagt minst "
        "34\N{NO-BREAK SPACE}200\N{NO-BREAK SPACE}000",
        "sv",
    ),
    "TSK314 a maximum that is rounded at its highest": Case(
        {"grants": [shared("g1", "varsinais-suomi", 5590032, call="shc-2020")]},
        "/grants/0",
        "no more than €5,590,031;",
    ),
    "TSK314 a rounded grant at its lowest": Case(
        {"grants": [shared("g1", "pirsote", 12000000, precision="rounded", rounded_to_eur=100000)]},
        "/grants/0",
        "at least €11,950,000",
    ),
    "TSK315 a cent more than applied for": Case(
        grants({"amount_eur": 100.01, "applied_eur": 100}),
        "/grants/0/amount_eur",
        "€100.01 of grant g1 is granted, but only €100 was applied for",
    ),
    "TSK315 certainly more, though rounded": Case(
        grants({**HUNDRED, "applied_eur": 49}),
        "/grants/0/amount_eur",
        "on myönnetty 100\u00a0€, mutta haettu vain 49\u00a0€",
        "fi",
    ),
    "TSK315 a note on something else": Case(
        grants(
            {
                "amount_eur": 2,
                "applied_eur": 1,
                "notes": [{"field": "project", "text": "An example."}],
            }
        ),
        "/grants/0/amount_eur",
        "har 2\u00a0€ beviljats, men bara 1\u00a0€ ansökts",
        "sv",
    ),
    "TSK315 two amounts applied for": Case(
        grants({"status": "applied", "amount_eur": 100, "applied_eur": 99}),
        "/grants/0/applied_eur",
        "€100 of grant g1 is applied for, but €99 is recorded as applied for too",
    ),
    "TSK316 a cent more than granted": Case(
        grants({"amount_eur": 100, "paid_eur": 100.01}),
        "/grants/0/paid_eur",
        "€100.01 of grant g1 is paid, but only €100 was granted",
    ),
    "TSK316 more than can have been granted": Case(
        grants({**HUNDRED, "paid_eur": 151}),
        "/grants/0/paid_eur",
        "har 151\u00a0€ betalats, men bara 100\u00a0€ beviljats",
        "sv",
    ),
    "TSK317 a cent more than paid": Case(
        grants({"paid_eur": 1, "returned_eur": 1.01}),
        "/grants/0/returned_eur",
        "on palautettu 1,01\u00a0€, mutta maksettu vain 1\u00a0€",
        "fi",
    ),
    "TSK317 something of nothing": Case(
        grants({"paid_eur": 0, "returned_eur": 1}), "/grants/0/returned_eur", "only €0 was paid"
    ),
    "TSK318 an amount": Case(
        grants({"status": "rejected", "amount_eur": 1}),
        "/grants/0/amount_eur",
        "grant g1 is rejected, but amount_eur is recorded",
    ),
    "TSK318 a time of use": Case(
        grants({"status": "rejected", "usable": {"end": "2022-12-31"}}),
        "/grants/0/usable",
        "avustusta g1 koskeva hakemus on hylätty, mutta sille on kirjattu usable",
        "fi",
    ),
    "TSK318 a payment": Case(
        grants({"status": "rejected", "paid_eur": 1}),
        "/grants/0/paid_eur",
        "är avslagen, men paid_eur har antecknats",
        "sv",
    ),
    "TSK319 a payment of what is applied for": Case(
        grants({"status": "applied", "paid_eur": 1}),
        "/grants/0/paid_eur",
        "the status of grant g1 is applied for, but paid_eur is recorded",
    ),
    "TSK319 something returned of a plan": Case(
        grants({"status": "planned", "returned_eur": 1}), "/grants/0/returned_eur", "returned_eur"
    ),
    "TSK320 the day after": Case(
        grants({"decided_on": "2024-01-01"}),
        "/grants/0/decided_on",
        "grant g1 is decided on 1 January 2024, but call shc-2021 pays costs only to "
        "31 December 2023",
    ),
    "TSK320 the call of 2020": Case(
        grants({"call": "shc-2020", "decided_on": "2023-01-01"}),
        "/grants/0/decided_on",
        "haku shc-2020 korvaa kustannuksia vain 31.12.2022 saakka",
        "fi",
    ),
    "TSK303 a rejected application before": Case(
        grants({"call": "shc-2020", "status": "rejected"}, {}), "/grants/1/project", "no grant of"
    ),
}

VALID: dict[str, dict[str, object]] = {
    "TSK301 decided the day after": grants({"decided_on": "2021-10-16"}),
    "TSK301 a decision of unknown day": grants({}),
    "TSK301 a call of unknown days": grants({"call": "kotona-2021", "decided_on": "2020-01-01"}),
    "TSK301 a call of unknown closing": own_call(
        {"decided_on": "2020-01-01"}, application_period={"start": "2021-01-01"}
    ),
    "TSK301 a call that nobody knows": grants({"call": "haku-9", "decided_on": "2020-01-01"}),
    "TSK302 all days of the call of 2021": usable(start="2021-01-01", end="2023-12-31"),
    "TSK302 any start in the call of 2020": usable(
        "shc-2020", start="2010-01-01", end="2022-12-31"
    ),
    "TSK302 an unknown start": usable(end="2021-01-01"),
    "TSK302 an unknown window": grants({}),
    "TSK302 a call of unknown cost period": usable("yta-2021", start="2000-01-01"),
    "TSK302 a call that nobody knows": usable("haku-9", end="2030-01-01"),
    "TSK302 the document's call counts before the bundled one": {
        **usable(end="2024-12-31"),
        "calls": [{**CALL, "id": "shc-2021", "cost_period": {"end": "2024-12-31"}}],
    },
    "TSK303 after a grant of 2020 of unknown amount": grants({"call": "shc-2020"}, {}),
    "TSK303 after a grant of 2020 that comes later": grants({}, {"call": "shc-2020"}),
    "TSK303 after a bundled grant of 2020": grants({"project": "pirsote"}),
    "TSK303 a call that continues none": grants({"call": "shc-2020"}),
    "TSK303 a call that nobody knows": grants({"call": "haku-9"}),
    "TSK304 exactly the maximum": grants({"amount_eur": 140000000}, {"amount_eur": 1000000}),
    "TSK304 exactly the maximum and half its rounding": grants(
        {"call": "shc-2020", "amount_eur": 70500000}
    ),
    "TSK304 rounded amounts whose lowest sum is the maximum": own_call(
        HUNDRED, HUNDRED, {**HUNDRED, **APPROXIMATE}, maximum_eur=150
    ),
    "TSK304 an amount that may be the maximum by its last digit": own_call(
        {**ROUNDED, "amount_eur": 5500000}, maximum_eur=5450000
    ),
    "TSK304 plans": grants({"status": "planned", "amount_eur": 200000000}),
    "TSK304 applications": grants({"status": "applied", "amount_eur": 200000000}),
    "TSK304 unknown amounts": grants({}, {}, {}),
    "TSK304 another call's grants": grants(
        {"amount_eur": 100000000}, {"call": "rakenne-2020", "amount_eur": 100000000}
    ),
    "TSK304 bundled grants are not added": grants({"amount_eur": 141000000}),
    "TSK304 a call of unknown maximum": own_call({"amount_eur": 999999999999}),
    "TSK304 a call that nobody knows": grants({"call": "haku-9", "amount_eur": 200000000}),
    "TSK305 exactly the total and half its rounding": grants({"amount_eur": 140950000}),
    "TSK305 a total known approximately": grants({"call": "shc-2020", "amount_eur": 100000000}),
    "TSK305 a total not known": own_call({"amount_eur": 100}, maximum_eur=1),
    "TSK306 one grant of each status": grants({}, {"status": "applied"}, {"status": "planned"}),
    "TSK306 one grant of each call": grants({"call": "shc-2020"}, {}),
    "TSK306 one grant of each project": grants({}, {"project": "pirsote"}),
    "TSK306 bundled grants are not counted": grants({"project": "varsinais-suomi"}),
    "TSK307 an exact amount": grants(
        {"amount_eur": 11180062, "precision": "exact", "rounded_to_eur": 1}
    ),
    "TSK307 an amount of unknown precision": grants({"amount_eur": 11180062, "rounded_to_eur": 1}),
    "TSK307 an unknown amount": grants(ROUNDED),
    "TSK308 a decided grant": grants({"decided_on": "2021-12-20"}),
    "TSK308 an application without a decision": grants({"status": "applied"}),
    "TSK309 nothing of one's own": grants({"own_contribution_eur": 0}),
    "TSK309 not recorded": grants({}),
    "TSK309 a call that asks for a share": own_call(
        {"own_contribution_eur": 1}, own_contribution_required=True
    ),
    "TSK309 a call of which it is not known": own_call({"own_contribution_eur": 1}),
    "TSK309 a call that nobody knows": grants({"call": "haku-9", "own_contribution_eur": 1}),
    "TSK310 a city to the end of 2022": administered(("turku", TO_2022)),
    "TSK310 a city to the middle of 2022": administered(("turku", {"end": "2022-06-30"})),
    "TSK310 a city on the last day of 2022": administered(("turku", {"start": "2022-12-31"})),
    "TSK310 a county in 2023": administered(("county-05", IN_2023)),
    "TSK310 Helsinki in 2023": administered(("helsinki", IN_2023)),
    "TSK310 a city without a region": administered(("saaja-1", IN_2023), by={"kind": "city"}),
    "TSK310 an organisation of unknown kind": administered(
        ("saaja-1", IN_2023), by={"region": "05"}
    ),
    "TSK310 an organisation that nobody knows": administered(("saaja-9", IN_2023)),
    "TSK310 unknown days": administered(("turku", None)),
    "TSK310 administrations not recorded": grants({}),
    "TSK311 a city": received("turku"),
    "TSK311 a county long after counties were let in": received(
        "county-06", project="hanke-1", decided_on="2022-12-01"
    ),
    "TSK311 a county on the day counties were let in": received(
        "county-05", decided_on="2022-07-01", announced_on="2022-06-30"
    ),
    "TSK311 a county of unknown day": received("county-05"),
    "TSK311 a call of unknown recipients": own_recipient("ngo"),
    "TSK311 a recipient of unknown kind": own_recipient(None, eligible_recipients=["city"]),
    "TSK311 a recipient that nobody knows": received("saaja-9"),
    "TSK311 a recipient not recorded": grants({}),
    "TSK311 a call that nobody knows": received("stm", "haku-9"),
    "TSK311 one of the administrators": continued(("turku", None), ("vsshp", None)),
    "TSK311 an administrator of unknown days": continued(("vsshp", None), decided_on="2021-12-20"),
    "TSK311 the administrator of the decision's day": continued(
        ("turku", {"end": "2021-12-19"}),
        ("vsshp", {"start": "2021-12-20"}),
        decided_on="2021-12-20",
        announced_on="2021-12-19",
    ),
    "TSK311 the administrator of the day of application": continued(
        ("turku", {"end": "2021-09-30"}),
        ("vsshp", {"start": "2021-10-01"}),
        applied_on="2021-10-01",
    ),
    "TSK311 any administrator on an unknown day": continued(
        ("turku", {"end": "2021-09-30"}), ("vsshp", {"start": "2021-10-01"})
    ),
    "TSK311 no administrator on that day": continued(
        ("turku", {"end": "2021-12-19"}), decided_on="2021-12-20"
    ),
    "TSK311 administrations not recorded": {
        **grants({"call": "shc-2020", "recipient": "turku"}, {"recipient": "vsshp"})
    },
    "TSK311 an earlier recipient that is not known": {
        **grants({"call": "shc-2020"}, {"recipient": "vsshp"}),
        **administered(("turku", None)),
    },
    "TSK311 a call that continues none": {
        **received("vsshp", "shc-2020"),
        **administered(("turku", None)),
    },
    "TSK311 a project that nobody knows": {
        "grants": [
            {**grant, "project": "hanke-9", "status": "granted"}
            for grant in (
                {"id": "g1", "call": "shc-2020", "recipient": "turku"},
                {"id": "g2", "call": "shc-2021", "recipient": "vsshp"},
            )
        ]
    },
    "TSK312 the first day": grants({"applied_on": "2021-08-16"}),
    "TSK312 the last day": grants({"applied_on": "2021-10-15"}),
    "TSK312 the month by which the deadline was moved": grants(
        {"call": "shc-2020", "applied_on": "2020-04-30"}
    ),
    "TSK312 an application of unknown day": grants({"status": "applied"}),
    "TSK312 a call of unknown days": grants({"call": "kotona-2021", "applied_on": "2000-01-01"}),
    "TSK312 a call that nobody knows": grants({"call": "haku-9", "applied_on": "2000-01-01"}),
    "TSK313 a decided amount": grants({"amount_eur": 1, "decided_on": "2021-12-20"}),
    "TSK313 an unknown amount": grants({}),
    "TSK313 an application": grants({"status": "applied", "amount_eur": 1}),
    "TSK313 a plan": grants({"status": "planned", "amount_eur": 1}),
    "TSK314 exactly the maximum share": share("varsinais-suomi", 11180062),
    "TSK314 more than the two decimals of the annex": share("etela-savo", 4588032),
    "TSK314 less than a euro above it": share("etela-savo", 4588032.99),
    "TSK314 a project of two maakunnat": {
        "projects": [{**PROJECT, "regions": ["05", "06"]}],
        "grants": [shared("g1", "hanke-1", 100000000)],
    },
    "TSK314 a region that has no share": {
        "projects": [{**PROJECT, "regions": ["91"]}],
        "grants": [shared("g1", "hanke-1", 100000000)],
    },
    "TSK314 a project that nobody knows": share("hanke-9", 100000000),
    "TSK314 a county is not the maakunta of its code": {
        "projects": [PROJECT],
        "grants": [shared("g1", "hanke-1", 11000000)],
    },
    "TSK314 what was applied for": {"grants": [shared("g1", "lappi", 100000000, status="applied")]},
    "TSK314 unknown amounts": {
        "grants": [{"id": "g1", "call": "shc-2021", "project": "lappi", "status": "granted"}]
    },
    "TSK314 a call of another programme": {
        "grants": [shared("g1", "lappi", 100000000, call="rakenne-2020")]
    },
    "TSK314 a call that nobody knows": {
        "grants": [shared("g1", "lappi", 100000000, call="haku-9")]
    },
    "TSK314 a call of unknown maximum": {
        "calls": [{**CALL, "kind": "programme"}],
        "grants": [shared("g1", "lappi", 100000000, call="haku-1")],
    },
    "TSK303 a rejected application": grants({"status": "rejected"}),
    "TSK308 a rejected application": grants({"status": "rejected", "decided_on": "2021-12-20"}),
    "TSK311 a rejected application": received("stm", status="rejected"),
    "TSK312 a rejected application": grants({"status": "rejected", "applied_on": "2021-12-31"}),
    "TSK315 as much as applied for": grants({"amount_eur": 100, "applied_eur": 100}),
    "TSK315 perhaps more, being rounded": grants({**HUNDRED, "applied_eur": 51}),
    "TSK315 an amount not known": grants({"applied_eur": 1}, {"amount_eur": 1}),
    "TSK315 more, with a note on it": grants(
        {"amount_eur": 2, "applied_eur": 1, "notes": [{"field": "amount_eur", "text": "More."}]}
    ),
    "TSK315 a plan": grants({"status": "planned", "amount_eur": 2, "applied_eur": 1}),
    "TSK315 the same amount twice": grants(
        {"status": "applied", "amount_eur": 1, "applied_eur": 1}
    ),
    "TSK316 all of it": grants({"amount_eur": 100, "paid_eur": 100}),
    "TSK316 perhaps more, being rounded": grants({**HUNDRED, "paid_eur": 150}),
    "TSK316 of an unknown amount": grants({"paid_eur": 100}),
    "TSK316 what is not granted": grants({"status": "applied", "amount_eur": 1, "paid_eur": 2}),
    "TSK317 all of it": grants({"paid_eur": 1, "returned_eur": 1}),
    "TSK317 of what is not known": grants({"returned_eur": 1}, {"paid_eur": 1}),
    "TSK318 what was applied for": grants(
        {"status": "rejected", "applied_eur": 1, "paid_eur": 0, "returned_eur": 0}
    ),
    "TSK318 a grant": grants({"amount_eur": 1, "paid_eur": 1, "usable": {"end": "2022-12-31"}}),
    "TSK319 a payment of a grant": grants({"paid_eur": 1, "returned_eur": 1}),
    "TSK319 nothing paid": grants({"status": "applied", "paid_eur": 0}),
    "TSK320 the last day": grants({"decided_on": "2023-12-31"}),
    "TSK320 a call of unknown days": grants({"call": "haku-9", "decided_on": "2030-01-01"}),
    "TSK320 a call of unknown costs": own_call({"decided_on": "2030-01-01"}),
}
