"""Reading and writing any documents of public standards."""

import datetime as dt
import json
import tempfile
from pathlib import Path

import attrs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.exchange.giving import problems_of
from tests.properties.test_documents import selections
from tests.strategies import JUNK
from tulevaisuus import testing
from tulevaisuus.exchange import from_360giving, from_va, to_360giving, to_va
from tulevaisuus.findings import json_pointers

SLOW = settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)


@given(st.one_of(testing.portfolios(), selections()))
@SLOW
def test_written_packages_follow_the_schema(portfolio: tul.Portfolio) -> None:
    """With the choices of the caller; what cannot be written is rejected with findings."""
    days = {grant.id: grant.announced_on or dt.date(2021, 12, 20) for grant in portfolio.grants}
    try:
        package = to_360giving(
            portfolio, award_date=days, rounded="write", incomplete="omit", funder="stm"
        )
    except tul.DocumentError:
        return  # what cannot be written has findings
    assert problems_of(package) == []
    reading = from_360giving(json.dumps(package).encode(), reference=portfolio.over(tul.reference))
    assert reading.ok
    for grant in reading.portfolio.grants:
        written = portfolio.grants[grant.id]
        assert (grant.amount_eur, grant.usable) == (written.amount_eur, written.usable)
        assert (grant.call, grant.project) == (written.call, written.project)


RECIPIENTS = [each.id for each in tul.organisations if each.business_id]
SUMS = st.none() | st.decimals(min_value=1, max_value=10**9, places=2)
DAYS = st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2024, 1, 1))
SHEETS = st.lists(
    st.builds(
        tul.Grant,
        id=st.from_regex(r"VN/[1-9][0-9]{1,4}/2021", fullmatch=True),
        call=st.sampled_from([each.id for each in tul.calls]),
        project=st.sampled_from([each.id for each in tul.projects]),
        status=st.just(tul.GrantStatus.GRANTED),
        recipient=st.none() | st.sampled_from(RECIPIENTS),
        amount_eur=SUMS,
        applied_eur=SUMS,
        paid_eur=SUMS,
        applied_on=DAYS,
        decided_on=DAYS,
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda each: each.id,
)


@given(SHEETS, st.sampled_from(["csv", "xlsx"]), st.booleans())
@SLOW
def test_national_sheet_is_read_back(grants: list[tul.Grant], ending: str, reject: bool) -> None:  # noqa: FBT001 - drawn
    """All that it represents is equal, whatever the sums and dates are."""
    written = [attrs.evolve(each, case_number=each.id) for each in grants]
    if reject:
        status = tul.GrantStatus.REJECTED
        written.append(attrs.evolve(written.pop(), status=status, amount_eur=None, paid_eur=None))
    portfolio = tul.Portfolio(grants=tul.Register(written))
    with tempfile.TemporaryDirectory() as folder:
        to_va(portfolio, Path(folder, f"va.{ending}"))
        reading = from_va(Path(folder, f"va.{ending}"))
    assert reading.portfolio == portfolio
    assert reading.ok


FIELDS = st.sampled_from(
    [
        *("id", "title", "currency", "amountAwarded", "awardDate", "plannedDates"),
        *("grantProgramme", "recipientOrganization", "fundingOrganization", "relatedActivity"),
        *("startDate", "code"),
    ]
)
VALUES = st.recursive(
    st.one_of(JUNK.filter(lambda each: isinstance(each, str | int | float | None)), FIELDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.one_of(FIELDS, st.text()), inner)
    ),
    max_leaves=20,
)


@given(VALUES)
@SLOW
def test_any_package_leads_to_findings(value: object) -> None:
    """Each finding points into the package."""
    for grants in (value, [value]):
        reading = from_360giving({"grants": grants})
        assert reading.ok == (not reading.rejected)
        for finding in reading.findings:
            assert json_pointers.split(finding.path)[:1] in ([], ["grants"], ("grants",), ())
