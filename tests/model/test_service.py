"""`Service`: the eight groups of services in a centre."""

import tulevaisuus as tul
from tests.helpers import rejected


def test_codes_of_documents() -> None:
    """The eight groups, in the order of their source, and the sectors are part of the format."""
    assert [code.value for code in tul.ServiceCode] == [
        "primary_health_care",
        "oral_health_care",
        "social_work_and_home_care",
        "mental_health_and_substance_abuse",
        "outpatient_rehabilitation",
        "chronic_disease_prevention",
        "maternity_and_child_health_clinics",
        "other_preventive_services",
    ]
    assert [sector.value for sector in tul.Sector] == ["health", "social"]


def test_all_errors_are_reported() -> None:
    """Every error is reported, in the order of fields in documents."""
    findings = rejected(tul.Service, code="dentist", name=None, sectors=["health", "sote"])
    assert findings == ["TSK005 /code", "TSK002 /name", "TSK005 /sectors/1"]


def test_is_looked_up_by_code_or_member() -> None:
    """The code of a document and the member are the same key."""
    service = tul.Service(code=tul.ServiceCode.ORAL_HEALTH_CARE, name=tul.Text("a"))
    register = tul.Register([service])
    assert register["oral_health_care"] is register[tul.ServiceCode.ORAL_HEALTH_CARE] is service
