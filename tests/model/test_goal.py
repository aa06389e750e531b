"""`Goal` and `GoalLink`: goals by number, and the services and themes that support them."""

import pytest

import tulevaisuus as tul
from tests.helpers import rejected


def test_goals_are_numbered() -> None:
    """Numbers one to five are the benefit goals, and compare as numbers."""
    assert [(goal.value, goal.name) for goal in tul.GoalNumber] == [
        (1, "ACCESS"),
        (2, "PREVENTION"),
        (3, "QUALITY"),
        (4, "COORDINATION"),
        (5, "COSTS"),
    ]


def test_target_kinds_have_codes() -> None:
    """The codes of target kinds are part of the document format."""
    assert [kind.value for kind in tul.TargetKind] == ["service", "theme"]


@pytest.mark.parametrize(
    ("cls", "fields", "findings"),
    [
        (tul.Variant, {"text": "a", "sources": [1]}, ["TSK002 /text", "TSK002 /sources/0"]),
        (
            tul.Goal,
            {"number": 0, "name": "a", "consequence": 1, "variants": ["a"]},
            ["TSK005 /number", "TSK002 /name", "TSK002 /consequence", "TSK002 /variants/0"],
        ),
        (
            tul.GoalLink,
            {
                "goal": "1",
                "target": " ",
                "target_kind": "goal",
                "evidence": "Stated",
                "basis": "",
            },
            [
                "TSK002 /goal",
                "TSK006 /target",
                "TSK005 /target_kind",
                "TSK005 /evidence",
                "TSK013 /basis",
            ],
        ),
    ],
)
def test_all_errors_are_reported(
    cls: type[tul.Value], fields: dict[str, object], findings: list[str]
) -> None:
    """Every error is reported, in the order of fields in documents."""
    assert rejected(cls, **fields) == findings
