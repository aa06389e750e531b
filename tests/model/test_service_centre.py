"""Social and health services centres."""

import datetime as dt

import tulevaisuus as tul
from tests.helpers import rejected


def test_tells_all_that_is_wrong() -> None:
    """Every mistake is reported, in the order of documents."""
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


def test_no_services_are_not_unknown_services() -> None:
    """A centre known to have none is another one than a centre of which none are known."""
    unknown = tul.ServiceCentre(id="ce", name=tul.Text("a"), region="05")
    none = tul.ServiceCentre(id="ce", name=tul.Text("a"), region="05", services=())
    assert unknown != none
