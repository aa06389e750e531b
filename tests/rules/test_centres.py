"""TSK5xx: what the cases do not show of the rules on service centres."""

import tulevaisuus as tul


def test_services_that_nobody_describes_are_not_missed() -> None:
    """Without a reference that has the eight groups, none of them is missing."""
    portfolio = tul.Portfolio(
        centres=tul.Register(
            [tul.ServiceCentre(id="keskus-1", name=tul.Text("Esimerkki"), region="05", services=())]
        )
    )
    assert tul.check(portfolio, reference=tul.Portfolio(), select="TSK501").findings == ()
