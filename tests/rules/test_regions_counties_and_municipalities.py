"""TSK2xx, regions, counties and municipalities: behaviour beyond single cases."""

from tests.helpers import check_with_rule, found
from tests.rules.cases.regions_counties_and_municipalities import administered, employed, regions


def test_each_bound_before_the_counties_is_found() -> None:
    """Both bounds of an administration or a post before the counties began are found."""
    both = {"start": "2020-01-01", "end": "2021-06-30"}
    assert found(check_with_rule("TSK202", administered("county-05", **both)).findings) == [
        "TSK202 /projects/0/administrations/1/period/start",
        "TSK202 /projects/0/administrations/1/period/end",
    ]
    assert found(check_with_rule("TSK202", employed("county-05", **both)).findings) == [
        "TSK202 /posts/0/period/start",
        "TSK202 /posts/0/period/end",
    ]


def test_each_wrong_region_is_found() -> None:
    """Each region of a project that is not of the programme has its own finding."""
    findings = check_with_rule("TSK201", regions("HUS", "05", "91")).findings
    assert found(findings) == ["TSK201 /projects/0/regions/0", "TSK201 /projects/0/regions/2"]
