"""What calls emphasise or require, and what cuts across projects."""

import tulevaisuus as tul
from tests.helpers import rejected


def test_codes_of_documents() -> None:
    """Where a theme comes from is part of the promise."""
    assert [kind.value for kind in tul.ThemeKind] == [
        "required",
        "call_emphasis",
        "cross_cutting",
        "programme_content",
        "regional",
        "linked_call",
        "sister_programme",
    ]


def test_tells_all_that_is_wrong() -> None:
    """Every mistake is reported, in the order of documents."""
    findings = rejected(tul.Theme, code="a\tb", name="a", kind="goal", related_service="theme")
    assert findings == [
        "TSK006 /code",
        "TSK002 /name",
        "TSK005 /kind",
        "TSK005 /related_service",
    ]
