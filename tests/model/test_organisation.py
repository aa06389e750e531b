"""Organisations that lead, pay, administer, take part and receive."""

import tulevaisuus as tul
from tests.helpers import rejected


def test_codes_of_documents() -> None:
    """What an organisation is in law is part of the promise."""
    assert [kind.value for kind in tul.OrganisationKind] == [
        "ministry",
        "agency",
        "city",
        "municipality",
        "joint_authority",
        "hospital_district",
        "regional_council",
        "county",
        "ngo",
        "company",
        "other",
    ]


def test_tells_all_that_is_wrong() -> None:
    """Every mistake is reported, in the order of documents."""
    findings = rejected(
        tul.Organisation,
        id="x" * 201,
        name=tul.Text("a"),
        kind="town",
        business_id="0204819-8",
        region=" 05",
        external_ids=["1"],
    )
    assert findings == [
        "TSK006 /id",
        "TSK005 /kind",
        "TSK002 /business_id",
        "TSK006 /region",
        "TSK002 /external_ids/0",
    ]


def test_is_not_found_by_its_numbers() -> None:
    """Ids of other schemes are no names."""
    alias = tul.Alias(scheme="sotkanet", value="A-1")
    turku = tul.Organisation(id="turku", name=tul.Text("Turku"), external_ids=(alias,))
    assert list(turku.names()) == ["Turku"]
