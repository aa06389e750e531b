"""`CostCategory`: categories of eligible costs."""

import tulevaisuus as tul
from tests.helpers import rejected


def test_codes_of_documents() -> None:
    """The codes of the two lists of costs are part of the document format."""
    assert [kind.value for kind in tul.CostCallKind] == ["programme", "structural"]


def test_all_errors_are_reported() -> None:
    """Every error is reported, in the order of fields in documents."""
    findings = rejected(tul.CostCategory, call_kind="sister", number=0, id="", name="a")
    assert findings == ["TSK005 /call_kind", "TSK006 /number", "TSK006 /id", "TSK002 /name"]


def test_same_id_in_two_lists() -> None:
    """The key is the call kind and the id, so both lists may have travel costs."""
    name = tul.Text("matkakustannukset")
    programme, structural = (
        tul.CostCategory(call_kind=kind, number=1, id="travel", name=name)
        for kind in tul.CostCallKind
    )
    register = tul.Register([programme, structural])
    assert register["programme", "travel"] is programme
    assert register[tul.CostCallKind.STRUCTURAL, "travel"] is structural
    assert ("programme", "rents") not in register
