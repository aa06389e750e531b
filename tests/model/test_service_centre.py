"""`ServiceCentre`: social and health services centres."""

import datetime as dt

import tulevaisuus as tul
from tests.helpers import rejected


def test_all_errors_are_reported() -> None:
    """Every error is reported, in the order of fields in documents."""
    findings = rejected(
        tul.ServiceCentre,
        id="ce",
        name=tul.Text("sote-keskus"),
        region=5,
        municipality=853,
        services=["oral_health_care", "dentist"],
        languages=["fi", "se"],
        opened_on=dt.datetime(2022, 1, 1, tzinfo=dt.UTC),
    )
    assert findings == [
        "TSK002 /region",
        "TSK002 /municipality",
        "TSK005 /services/1",
        "TSK005 /languages/1",
        "TSK002 /opened_on",
    ]


def test_no_services_differ_from_unknown_services() -> None:
    """A centre known to have none differs from one whose services are unknown."""
    unknown = tul.ServiceCentre(id="ce", name=tul.Text("a"), region="05")
    none = tul.ServiceCentre(id="ce", name=tul.Text("a"), region="05", services=())
    assert unknown != none
