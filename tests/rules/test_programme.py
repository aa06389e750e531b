"""TSK1xx, the programme and its period: behaviour beyond single cases."""

import pytest

import tulevaisuus as tul
from tests.helpers import check_with_rule, found
from tests.rules.cases.programme import administration, grant, post, project

BOTH_BOUNDS = {"start": "2019-12-31", "end": "2024-01-01"}


@pytest.mark.parametrize(
    ("code", "registers", "at"),
    [
        ("TSK101", project(**BOTH_BOUNDS), "/projects/0/period"),
        ("TSK101", grant("shc-2020", **BOTH_BOUNDS), "/grants/0/usable"),
        ("TSK103", post(**BOTH_BOUNDS), "/posts/0/period"),
        ("TSK103", administration(**BOTH_BOUNDS), "/projects/0/administrations/1/period"),
    ],
    ids=["project", "grant", "post", "administration"],
)
def test_each_bound_is_checked(code: str, registers: dict[str, object], at: str) -> None:
    """A period that is too long on both sides is found twice, its start first."""
    findings = check_with_rule(code, registers).findings
    assert found(findings) == [f"{code} {at}/start", f"{code} {at}/end"]


def test_without_a_programme_no_day_is_outside() -> None:
    """Neither the document nor the reference has a programme."""
    portfolio = tul.Portfolio(
        projects=tul.Register(
            [
                tul.Project(
                    id="hanke-1",
                    name=tul.Text("Esimerkki"),
                    regions=("05",),
                    period=tul.Period.of_years(1990, 2030),
                )
            ]
        )
    )
    assert tul.check(portfolio, reference=tul.Portfolio(), select="TSK101").findings == ()
