"""A grant says what is known of it, and nothing that cannot be."""

import datetime as dt
from decimal import Decimal

import tulevaisuus as tul
from tests.helpers import found, rejection


def test_codes_of_documents() -> None:
    """Status and precision are part of the promise."""
    assert [each.value for each in tul.GrantStatus] == ["planned", "applied", "granted"]
    assert [each.value for each in tul.Precision] == ["exact", "rounded", "approximate"]


def test_finds_all_of_its_mistakes() -> None:
    """A grant of many mistakes tells each of them, with its place, in one go."""
    findings = rejection(
        tul.Grant,
        id="g\n",
        call="",
        project=7,
        status="given",
        recipient=" turku",
        amount_eur=11180062.5,
        precision=True,
        rounded_to_eur=Decimal("1e5"),
        applied_on="2021-10-15",
        decided_on=dt.datetime(2021, 12, 20, tzinfo=dt.UTC),
        usable="2021",
        own_contribution_eur=-1,
        case_number="",
        sources=["stm-406-2021", None],
        notes=[{"field": "amount_eur", "text": "a"}],
    )
    assert found(findings) == [
        "TSK006 /id",
        "TSK006 /call",
        "TSK002 /project",
        "TSK005 /status",
        "TSK006 /recipient",
        "TSK002 /amount_eur",
        "TSK002 /precision",
        "TSK012 /rounded_to_eur",
        "TSK002 /applied_on",
        "TSK002 /decided_on",
        "TSK002 /usable",
        "TSK012 /own_contribution_eur",
        "TSK006 /case_number",
        "TSK002 /sources/1",
        "TSK002 /notes/0",
    ]
    assert {finding.subject for finding in findings} == {"grant"}


def test_amounts_are_equal_by_value() -> None:
    """How many decimals an amount is written with does not tell grants apart."""
    one, other = (
        tul.Grant(
            id="g",
            call="c",
            project="p",
            status=tul.GrantStatus.GRANTED,
            amount_eur=Decimal(amount),
        )
        for amount in ("5.5", "5.50")
    )
    assert one == other
    assert hash(one) == hash(other)
