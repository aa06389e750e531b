"""Sister programmes, and what is aimed at with organisations."""

import tulevaisuus as tul
from tests.helpers import rejected


def test_codes_of_documents() -> None:
    """How an initiative stands to the programme is part of the promise."""
    assert [relation.value for relation in tul.Relation] == [
        "carried_out_within",
        "promotes_together",
        "finances_digital_services",
        "announced_together",
    ]


def test_tells_all_that_is_wrong() -> None:
    """Every mistake is reported, in the order of documents."""
    findings = rejected(tul.Initiative, id="", name="a", relation="sister")
    assert findings == ["TSK006 /id", "TSK002 /name", "TSK005 /relation"]


def test_cooperation_goals_count_from_one() -> None:
    """There is no goal nought, and a truth value is no number."""
    name = tul.Text("a")
    assert rejected(tul.CooperationGoal, number=0, name=name) == ["TSK006 /number"]
    assert rejected(tul.CooperationGoal, number=True, name=name) == ["TSK002 /number"]
