"""The order of findings in a report: by register, as in documents, then by entity."""

import random

from tulevaisuus.findings import messages
from tulevaisuus.formats.order_of_findings import document_order_key
from tulevaisuus.model.portfolio import REGISTERS

FIRST, SECOND = [*REGISTERS][:2]


def test_findings_are_in_the_order_of_documents() -> None:
    """Those on a whole register come before its entities; index 10 comes after index 9."""
    paths = [
        "",
        "/programme/name/fi",
        f"/{FIRST}",
        f"/{FIRST}/0",
        f"/{FIRST}/9/name",
        f"/{FIRST}/10",
        f"/{SECOND}/0/id",
    ]
    findings = [messages.EMPTY_TEXT.finding(path) for path in paths]
    shuffled = random.Random(1).sample(findings, len(findings))  # noqa: S311 - an order, no secret
    assert sorted(shuffled, key=document_order_key) == findings


def test_findings_on_the_document_have_one_place() -> None:
    """Unknown parts of a document, and parts without an index, keep the order of the rules."""
    paths = ["", "/x", "/x/y", f"/{FIRST}", f"/{FIRST}/y"]
    keys = [document_order_key(messages.EMPTY_TEXT.finding(path)) for path in paths]
    assert keys[0] == keys[1] == keys[2] < keys[3] == keys[4]
