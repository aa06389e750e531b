"""`Grant`: its fields and the rules within one grant."""

import datetime as dt
from decimal import Decimal

import tulevaisuus as tul
from tests.helpers import found, rejection


def test_codes_of_documents() -> None:
    """The codes of status and precision are part of the document format."""
    assert [each.value for each in tul.GrantStatus] == ["planned", "applied", "granted", "rejected"]
    assert [each.value for each in tul.Precision] == ["exact", "rounded", "approximate"]


def test_all_errors_are_reported() -> None:
    """Every error of a grant is reported, with its path, in one exception."""
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
        applied_eur=0,
        paid_eur=-1,
        returned_eur="1",
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
        "TSK012 /applied_eur",
        "TSK012 /paid_eur",
        "TSK002 /returned_eur",
        "TSK002 /sources/1",
        "TSK002 /notes/0",
    ]
    assert {finding.subject for finding in findings} == {"grant"}


def test_amounts_are_equal_by_value() -> None:
    """The number of decimals in an amount does not make grants different."""
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


def test_zero_amounts() -> None:
    """Zero may be paid or returned; zero applied for or granted is rejected."""
    grant = tul.Grant(
        id="g1",
        call="shc-2021",
        project="pirsote",
        status=tul.GrantStatus.GRANTED,
        paid_eur=Decimal(0),
        returned_eur=Decimal(0),
    )
    assert (grant.paid_eur, grant.returned_eur) == (Decimal(0), Decimal(0))


def test_rejected_application_has_no_amount() -> None:
    """An application that was rejected has no amount; one that is planned may not have it yet."""
    rejected, planned = (
        tul.Grant(id="g1", call="shc-2021", project="pirsote", status=tul.GrantStatus(status))
        for status in ("rejected", "planned")
    )
    assert rejected.amount == tul.Amount(0, 0)
    assert planned.amount == tul.Amount(0)
