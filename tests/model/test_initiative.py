"""`Initiative`: sister programmes, and their cooperation goals."""

import tulevaisuus as tul
from tests.helpers import rejected


def test_codes_of_documents() -> None:
    """The codes of how an initiative relates to the programme are part of the format."""
    assert [relation.value for relation in tul.Relation] == [
        "carried_out_within",
        "promotes_together",
        "finances_digital_services",
        "announced_together",
    ]


def test_all_errors_are_reported() -> None:
    """Every error is reported, in the order of fields in documents."""
    findings = rejected(tul.Initiative, id="", name="a", relation="sister")
    assert findings == ["TSK006 /id", "TSK002 /name", "TSK005 /relation"]


def test_cooperation_goals_count_from_one() -> None:
    """Zero and booleans are not numbers of goals."""
    name = tul.Text("a")
    assert rejected(tul.CooperationGoal, number=0, name=name) == ["TSK006 /number"]
    assert rejected(tul.CooperationGoal, number=True, name=name) == ["TSK002 /number"]
