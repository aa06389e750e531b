"""`Theme`: emphases and requirements of calls, and cross-cutting themes."""

import tulevaisuus as tul
from tests.helpers import rejected


def test_codes_of_documents() -> None:
    """The codes of theme kinds are part of the document format."""
    assert [kind.value for kind in tul.ThemeKind] == [
        "required",
        "call_emphasis",
        "cross_cutting",
        "programme_content",
        "regional",
        "linked_call",
        "sister_programme",
    ]


def test_all_errors_are_reported() -> None:
    """Every error is reported, in the order of fields in documents."""
    findings = rejected(tul.Theme, code="a\tb", name="a", kind="goal", related_service="theme")
    assert findings == [
        "TSK006 /code",
        "TSK002 /name",
        "TSK005 /kind",
        "TSK005 /related_service",
    ]
