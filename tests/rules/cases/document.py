"""TSK0xx, codes, keys and references: registers that break each rule or follow it."""

from typing import cast

from tests.helpers import Case
from tulevaisuus.facts.bundled_registers import raw_facts

CENTRE: dict[str, object] = {"id": "keskus-1", "name": {"fi": "Esimerkki"}}
PROJECT: dict[str, object] = {"id": "hanke-1", "name": {"fi": "Esimerkki"}, "regions": ["05"]}
GRANT: dict[str, object] = {
    "id": "g1",
    "call": "shc-2021",
    "project": "hanke-1",
    "status": "granted",
}
TURKU: dict[str, object] = {"code": "853", "name": {"fi": "Turku"}, "region": "05"}
LINK: dict[str, object] = {
    "goal": 1,
    "target": "digital",
    "target_kind": "theme",
    "evidence": "weak",
    "basis": "An example.",
}


def centre(**fields: object) -> dict[str, object]:
    """Return a centre with these fields."""
    return {"centres": [{**CENTRE, "region": "05", **fields}]}


def project(**fields: object) -> dict[str, object]:
    """Return a project with these fields."""
    return {"projects": [{**PROJECT, **fields}]}


def grant(**fields: object) -> dict[str, object]:
    """Return a project and a grant to it with these fields."""
    return {**project(), "grants": [{**GRANT, **fields}]}


OWN_ID = "1234567-1"


def organisations(*listed: dict[str, object]) -> dict[str, object]:
    """Return organisations with these fields."""
    named = [
        {"id": f"org-{place}", "name": {"fi": "Esimerkki"}, **fields}
        for place, fields in enumerate(listed, 1)
    ]
    return {"organisations": named}


BROKEN: dict[str, Case] = {
    "TSK005 a region by its old number": Case(
        project(regions=["05", "1"]),
        "/projects/0/regions/1",
        '"1" is the place of Southwest Finland in the statutory order of 2021 (Act 616/2021) and '
        'no region code; if you mean that region, write Statistics Finland\'s code "05"',
    ),
    "TSK005 a region by its name": Case(
        centre(region="varsinais-suomi"),
        "/centres/0/region",
        "”varsinais-suomi” on alueen nimi, kun odotetaan Tilastokeskuksen koodia; kirjoita koodi "
        "”05”",
        "fi",
    ),
    "TSK005 a region by its brand": Case(
        centre(region="Varha"), "/centres/0/region", "skriv koden ”05” (Egentliga Finland)", "sv"
    ),
    "TSK005 a region that is like another": Case(
        centre(region="005"), "/centres/0/region", 'code "005" is neither in the document nor in'
    ),
    "TSK005 a region like nothing": Case(
        centre(region="ZZZ"),
        "/centres/0/region",
        "luettelossa alueet (regions); korjaa koodi tai lisää sen kohde dokumenttiin",
        "fi",
    ),
    "TSK005 a region by a number of another register": Case(
        centre(region="976"), "/centres/0/region", 'code "976" is neither in the document nor in'
    ),
    "TSK005 a municipality by the old number of a region": Case(
        centre(municipality="1"), "/centres/0/municipality", 'code "1" is neither in the document'
    ),
    "TSK005 a theme by the name of a region": Case(
        project(themes=["Varha"]), "/projects/0/themes/0", 'code "Varha" is neither in the document'
    ),
    "TSK005 a municipality": Case(
        centre(municipality="8533"), "/centres/0/municipality", "; did you mean "
    ),
    "TSK005 an area": Case(
        {"posts": [{"id": "toimi-1", "role": "team_lead", "area": "TYK"}]},
        "/posts/0/area",
        "menade du: TYKS (",
        "sv",
    ),
    "TSK005 a role": Case(
        {"posts": [{"id": "toimi-1", "role": "team_leader"}]}, "/posts/0/role", "team_lead"
    ),
    "TSK005 a theme": Case(
        project(themes=["digital", "digitall"]), "/projects/0/themes/1", "did you mean digital ("
    ),
    "TSK005 a service for a theme": Case(
        project(themes=["primary_health_care"]), "/projects/0/themes/0", '"primary_health_care"'
    ),
    "TSK005 a goal's content that is neither service nor theme": Case(
        {"goal_links": [{**LINK, "target": "zzz"}]}, "/goal_links/0/target", '("services")'
    ),
    "TSK005 a municipality's successor": Case(
        {"municipalities": [{**TURKU, "code": "900", "successor": "zzz"}]},
        "/municipalities/0/successor",
        '"zzz"',
    ),
    "TSK008 another name for a municipality": Case(
        {"municipalities": [TURKU]},
        "/municipalities/0/code",
        'key "853" is that of a bundled fact, but the object here differs from it',
    ),
    "TSK008 another evidence for a link": Case(
        {"goal_links": [LINK]}, "/goal_links/0/target", "avain ”1 digital” on kirjaston", "fi"
    ),
    "TSK008 another goal": Case(
        {"goals": [{"number": 1, "name": {"fi": "Esimerkki"}}]},
        "/goals/0/number",
        "nyckeln ”1” finns",
        "sv",
    ),
    "TSK008 another programme of the same id": Case(
        {"programme": {"id": "shc", "name": {"fi": "Esimerkki"}}}, "/programme/id", '"shc"'
    ),
    "TSK009 a call": Case(
        grant(call="shc-2022"), "/grants/0/call", "did you mean shc-2021 (Tulevaisuuden"
    ),
    "TSK009 a project": Case(
        grant(project="hnake-1"), "/grants/0/project", "tarkoititko: hanke-1 (Esimerkki)", "fi"
    ),
    "TSK009 a recipient": Case(
        grant(recipient="zzz"),
        "/grants/0/recipient",
        "förteckningen organisationer (organisations); rätta",
        "sv",
    ),
    "TSK009 the business id of a known organisation": Case(
        grant(recipient="0204819-8"), "/grants/0/recipient", "organisaation turku (Turun", "fi"
    ),
    "TSK009 a business id of a known organisation with a slip": Case(
        grant(recipient="0204819-7"),
        "/grants/0/recipient",
        "menade du: turku (Turun kaupunki)?",
        "sv",
    ),
    "TSK009 a business id with a wrong check digit": Case(
        grant(recipient="1234567-8"), "/grants/0/recipient", 'business id "1234567-8" is wrong'
    ),
    "TSK009 a municipality as recipient": Case(
        grant(recipient="Vantaan kaupunki"),
        "/grants/0/recipient",
        "kommun, region 04 (Vanda och Kervo)",
        "sv",
    ),
    "TSK009 an administrator": Case(
        project(administrations=[{"organisation": "turku"}, {"organisation": "zzz"}]),
        "/projects/0/administrations/1/organisation",
        '("organisations"); correct the reference, or add it to the document',
    ),
    "TSK009 a source": Case(
        project(sources=["thl-programme", "zzz"]), "/projects/0/sources/1", '("sources")'
    ),
    "TSK009 a source of a note": Case(
        project(notes=[{"field": "name", "text": "Example.", "sources": ["zzz"]}]),
        "/projects/0/notes/0/sources/0",
        '"zzz"',
    ),
    "TSK009 the body above": Case(
        {"bodies": [{"id": "ryhma-1", "name": {"fi": "Esimerkki"}, "parent": "zzz"}]},
        "/bodies/0/parent",
        '("bodies")',
    ),
    "TSK009 the programme's owner": Case(
        {"programme": {"id": "ohjelma-1", "name": {"fi": "Esimerkki"}, "owner": "zzz"}},
        "/programme/owner",
        '"zzz"',
    ),
    "TSK009 the call that a call continues": Case(
        {"calls": [{"id": "haku-1", "name": {"fi": "Esimerkki"}, "continues": "zzz"}]},
        "/calls/0/continues",
        '("calls")',
    ),
    **{
        f"TSK014 {day}": Case(centre(opened_on=day), "/centres/0/opened_on", message_part, language)
        for day, message_part, language in (
            ("1900-01-01", "1 January 1900 is a placeholder", "en"),
            ("1970-01-01", "päivä 1.1.1970 on täytemerkintä", "fi"),
            ("9999-12-31", "dagen 31.12.9999 är ett utfyllnadsvärde", "sv"),
            ("2200-01-01", "1 January 2200", "en"),
            ("0001-01-01", "1 January 0001 is", "en"),
        )
    },
    "TSK014 within a period of a list": Case(
        project(administrations=[{"organisation": "turku", "period": {"end": "9999-12-31"}}]),
        "/projects/0/administrations/0/period/end",
        "31 December 9999",
    ),
    "TSK015 of the document": Case(
        organisations({"business_id": OWN_ID}, {"business_id": OWN_ID}),
        "/organisations/1/business_id",
        "organisation org-2 has the same business id 1234567-1 as organisation org-1 (Esimerkki)",
    ),
    "TSK015 of the facts": Case(
        organisations({"business_id": "0204819-8"}),
        "/organisations/0/business_id",
        "sama Y-tunnus 0204819-8 kuin organisaatiolla turku (Turun kaupunki)",
        "fi",
    ),
    "TSK016 a wrong check digit": Case(
        organisations({"external_ids": [{"scheme": "x", "value": "FI-PRO-1234567-2"}]}),
        "/organisations/0/external_ids/0/value",
        'identifier "FI-PRO-1234567-2" of organisation org-1 has no valid business id',
    ),
    "TSK016 small letters": Case(
        organisations({"external_ids": [{"scheme": "x", "value": "fi-pro-1234567-2"}]}),
        "/organisations/0/external_ids/0/value",
        "fi-pro-1234567-2",
    ),
    "TSK016 a number under the scheme": Case(
        organisations({"external_ids": [{"scheme": "fi-pro", "value": "1234567-2"}]}),
        "/organisations/0/external_ids/0/value",
        "FI-PRO-1234567-2",
    ),
    "TSK016 a wrong id": Case(
        organisations({"id": "FI-PRO-12"}), "/organisations/0/id", "”FI-PRO-12”", "fi"
    ),
    "TSK016 another organisation's": Case(
        organisations({"id": "FI-PRO-0204819-8", "business_id": OWN_ID}),
        "/organisations/0/id",
        "strider mot dess FO-nummer 1234567-1",
        "sv",
    ),
}

VALID: dict[str, dict[str, object]] = {
    "TSK005 bundled codes": {
        **centre(municipality="853"),
        **project(regions=["05", "90", "HUS"], themes=["digital"]),
        "posts": [
            {"id": "toimi-1", "role": "team_lead", "area": "1", "seat": "911", "region": "91"}
        ],
    },
    "TSK005 a region of the document's own": {
        "regions": [{"code": "1", "name": {"fi": "Esimerkki"}, "kind": "county"}],
        **centre(region="1"),
    },
    "TSK005 targets of both kinds": {
        "goal_links": [LINK, {**LINK, "target": "primary_health_care", "target_kind": "service"}]
    },
    "TSK005 references are another rule's": grant(call="zzz", recipient="zzz"),
    "TSK008 the same again": {
        "municipalities": [
            each
            for each in cast("list[dict[str, object]]", raw_facts("municipalities"))
            if each["code"] == "853"
        ]
    },
    "TSK008 keys of its own": {"municipalities": [{**TURKU, "code": "900"}]},
    "TSK008 another programme": {"programme": {"id": "ohjelma-1", "name": {"fi": "Esimerkki"}}},
    "TSK008 another programme, later by its id": {
        "programme": {"id": "yhteistyo-1", "name": {"fi": "Esimerkki"}}
    },
    "TSK008 a project of its own": project(id="varsinais-suomi"),
    "TSK008 a grant of its own": grant(id="vs-2021"),
    "TSK008 a post of its own": {
        "posts": [{"id": "thl-regional-coordinator-oys", "role": "team_lead"}]
    },
    "TSK008 a centre": centre(),
    "TSK009 bundled entities": {
        **project(
            administrations=[{"organisation": "turku", "sources": ["thl-programme"]}],
            participants=["vsshp"],
        ),
        "grants": [{**GRANT, "project": "pirsote", "recipient": "turku"}],
        "bodies": [{"id": "ryhma-1", "name": {"fi": "E"}, "parent": "thl-project-office"}],
    },
    "TSK009 entities of the document, before or after": {
        "grants": [{**GRANT, "call": "haku-1", "recipient": "saaja-1"}],
        "projects": [PROJECT],
        "calls": [{"id": "haku-1", "name": {"fi": "Esimerkki"}}],
        "organisations": [{"id": "saaja-1", "name": {"fi": "Esimerkki"}}],
    },
    "TSK009 codes are another rule's": centre(region="zzz", municipality="zzz"),
    "TSK014 a day that may well be": centre(opened_on="2021-05-03"),
    "TSK014 a day of long ago": {
        "municipalities": [{**TURKU, "code": "900", "valid": {"start": "1865-01-01"}}]
    },
    "TSK015 ids of their own, and none": organisations({"business_id": OWN_ID}, {}, {}),
    "TSK015 the bundled organisation again": {
        "organisations": [{"id": "turku", "name": {"fi": "T"}, "business_id": "0204819-8"}]
    },
    "TSK016 its own business id": organisations(
        {
            "id": f"FI-PRO-{OWN_ID}",
            "business_id": OWN_ID,
            "external_ids": [{"scheme": "x", "value": f"FI-PRO-{OWN_ID}"}],
        }
    ),
    "TSK016 an unknown business id": organisations({"id": "FI-PRO-0204819-8"}),
    "TSK016 another scheme": organisations(
        {"business_id": OWN_ID, "external_ids": [{"scheme": "x", "value": "GB-1"}]}
    ),
}
