"""TSK5xx, service centres: behaviour beyond single cases."""

import tulevaisuus as tul


def test_unknown_services_are_not_missing() -> None:
    """Without a reference that has the eight groups, none of them is missing."""
    portfolio = tul.Portfolio(
        centres=tul.Register(
            [tul.ServiceCentre(id="keskus-1", name=tul.Text("Esimerkki"), region="05", services=())]
        )
    )
    assert tul.check(portfolio, reference=tul.Portfolio(), select="TSK501").findings == ()
