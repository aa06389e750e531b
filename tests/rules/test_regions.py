"""TSK2xx: what the cases do not show of the rules on regions and municipalities."""

from tests.helpers import check_with_rule, found
from tests.rules.cases.regions import administered, employed, regions


def test_each_stated_day_of_a_county_is_judged() -> None:
    """Both days of an administration or a post before the counties' time are found."""
    both = {"start": "2020-01-01", "end": "2021-06-30"}
    assert found(check_with_rule("TSK202", administered("county-05", **both)).findings) == [
        "TSK202 /projects/0/administrations/1/period/start",
        "TSK202 /projects/0/administrations/1/period/end",
    ]
    assert found(check_with_rule("TSK202", employed("county-05", **both)).findings) == [
        "TSK202 /posts/0/period/start",
        "TSK202 /posts/0/period/end",
    ]


def test_a_wrong_region_is_found_wherever_it_stands() -> None:
    """Each region of a project that is none of the programme's is found by itself."""
    findings = check_with_rule("TSK201", regions("HUS", "05", "91")).findings
    assert found(findings) == ["TSK201 /projects/0/regions/0", "TSK201 /projects/0/regions/2"]
