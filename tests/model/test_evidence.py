"""How firmly sources carry something has an order."""

import tulevaisuus as tul


def test_evidence_ranks_as_promised() -> None:
    """What a source states ranks above what its words repeat, and a guess ranks last."""
    ranked = [each.value for each in sorted(tul.Evidence, reverse=True)]
    assert ranked == ["stated", "textual", "inferred", "weak"]
    assert max("weak", tul.Evidence.TEXTUAL) is tul.Evidence.TEXTUAL
