"""TSK5xx, service centres: registers that break each rule or follow it."""

import tulevaisuus as tul
from tests.helpers import Case

CENTRE: dict[str, object] = {"id": "keskus-1", "name": {"fi": "Esimerkki"}, "region": "05"}
REGION: dict[str, object] = {"code": "X1", "name": {"fi": "Esimerkin alue"}, "kind": "county"}
SERVICES = [code.value for code in tul.ServiceCode]


def centre(**fields: object) -> dict[str, object]:
    """Return a centre with these fields; its region is bilingual."""
    return {"centres": [{**CENTRE, **fields}]}


BROKEN: dict[str, Case] = {
    "TSK501 all but the first": Case(
        centre(services=SERVICES[1:]),
        "/centres/0/services",
        "centre keskus-1 lacks some of the eight groups of services that a centre gathers: "
        "primary health care services;",
    ),
    "TSK501 all but the last": Case(
        centre(services=SERVICES[:-1]),
        "/centres/0/services",
        "keskuksesta keskus-1 puuttuu palveluja niistä kahdeksasta ryhmästä, jotka keskus kokoaa: "
        "muut ehkäisevät palvelut;",
        "fi",
    ),
    "TSK501 known to have none": Case(
        centre(services=[]), "/centres/0/services", "centralen keskus-1 saknar tjänster", "sv"
    ),
    "TSK502 Finnish only": Case(
        centre(languages=["fi", "en"]),
        "/centres/0/languages",
        "region Southwest Finland is bilingual, but the languages of centre keskus-1 lack Swedish,",
    ),
    "TSK502 Swedish only": Case(
        centre(languages=["sv"]),
        "/centres/0/languages",
        "keskus-1 palvelukielistä puuttuu suomi,",
        "fi",
    ),
    "TSK502 known to have none": Case(
        centre(languages=[]),
        "/centres/0/languages",
        "centralen keskus-1 saknas finska, svenska,",
        "sv",
    ),
    "TSK502 Helsinki": Case(
        centre(region="90", languages=["fi"]), "/centres/0/languages", "lack Swedish"
    ),
}

VALID: dict[str, dict[str, object]] = {
    "TSK501 all eight": centre(services=SERVICES),
    "TSK501 all eight in another order": centre(services=[*reversed(SERVICES)]),
    "TSK501 not recorded": centre(),
    "TSK502 both languages": centre(languages=["sv", "fi"]),
    "TSK502 not recorded": centre(),
    "TSK502 a region of one language": centre(region="06", languages=["fi"]),
    "TSK502 a region of which it is not known": {
        "regions": [REGION],
        **centre(region="X1", languages=["fi"]),
    },
    "TSK502 a region that nobody knows": centre(region="X9", languages=["fi"]),
}
