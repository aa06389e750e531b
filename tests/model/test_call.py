"""`Call`: calls for grants and their results."""

import datetime as dt

import tulevaisuus as tul
from tests.helpers import rejected


def test_codes_of_documents() -> None:
    """The codes of call kinds are part of the document format."""
    assert [kind.value for kind in tul.CallKind] == ["programme", "linked", "sister"]


def test_all_errors_are_reported() -> None:
    """Every error is reported, in the order of fields in documents."""
    findings = rejected(
        tul.Call,
        id="c",
        name=tul.Text("haku"),
        application_period=dt.date(2021, 8, 16),
        maximum_eur=0,
        granted_eur=10**12,
        eligible_recipients=["city", "state", "county"],
        emphasis=["a", ""],
        required_themes={"a"},
        own_contribution_required=0,
        grant_share_percent=0,
        appropriation_years=3.0,
        applications=-1,
    )
    assert findings == [
        "TSK002 /application_period",
        "TSK012 /maximum_eur",
        "TSK012 /granted_eur",
        "TSK005 /eligible_recipients/1",
        "TSK006 /emphasis/1",
        "TSK002 /required_themes",
        "TSK002 /own_contribution_required",
        "TSK006 /grant_share_percent",
        "TSK002 /appropriation_years",
        "TSK006 /applications",
    ]


def test_zero_applications_are_not_unknown() -> None:
    """Zero is a known number, None an unknown one."""
    call = tul.Call(id="c", name=tul.Text("haku"), applications=0)
    assert call.set_fields()["applications"] == 0
