"""Levels of evidence have an order."""

import tulevaisuus as tul


def test_evidence_is_ranked() -> None:
    """What a source states ranks above an inference, and an assumption ranks last."""
    ranked = [each.value for each in sorted(tul.Evidence, reverse=True)]
    assert ranked == ["stated", "textual", "inferred", "weak"]
    assert max("weak", tul.Evidence.TEXTUAL) is tul.Evidence.TEXTUAL
