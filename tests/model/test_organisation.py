"""`Organisation`: payers, administrators, participants and recipients."""

import tulevaisuus as tul
from tests.helpers import rejected


def test_codes_of_documents() -> None:
    """The codes of organisation kinds are part of the document format."""
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


def test_all_errors_are_reported() -> None:
    """Every error is reported, in the order of fields in documents."""
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


def test_identifiers_are_not_names() -> None:
    """Ids of other schemes do not find an organisation."""
    alias = tul.Alias(scheme="sotkanet", value="A-1")
    turku = tul.Organisation(id="turku", name=tul.Text("Turku"), external_ids=(alias,))
    assert list(turku.names()) == ["Turku"]
