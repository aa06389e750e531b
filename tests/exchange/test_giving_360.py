"""360Giving: written files follow the JSON Schema, and real files are read with findings."""

import datetime as dt
import gzip
import json
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import attrs
import pytest

import tulevaisuus as tul
from tests.exchange.giving import problems_of
from tests.helpers import found
from tulevaisuus.exchange import from_360giving, losses_360giving, to_360giving
from tulevaisuus.exchange.formats_registry import ReadOptions, WriteOptions, format_called

NOTHING: list[object] = []
EXAMPLE = tul.load("examples/varsinais-suomi.json")
VIEW = EXAMPLE.over(tul.reference)
GRANT = tul.Grant(
    id="g1",
    call="shc-2021",
    project="pirsote",
    status=tul.GrantStatus.GRANTED,
    recipient="turku",
    amount_eur=Decimal("1250.5"),
    decided_on=dt.date(2021, 12, 20),
    usable=tul.Period(start=dt.date(2021, 1, 1)),
    applied_eur=Decimal(2000),
    paid_eur=Decimal(0),
)


def portfolio_of(**changes: Any) -> tul.Portfolio:  # noqa: ANN401 - any field
    """Make a portfolio of one grant."""
    return tul.Portfolio(grants=tul.Register([attrs.evolve(GRANT, **changes)]))


def first(package: object) -> dict[str, Any]:
    """Return the first grant of a package."""
    return cast("dict[str, Any]", cast("dict[str, Any]", package)["grants"][0])


def reasons_not_written(portfolio: tul.Portfolio, **choices: Any) -> list[str]:  # noqa: ANN401 - any parameter
    """Return the findings on a portfolio that is not written."""
    with pytest.raises(tul.DocumentError) as caught:
        to_360giving(portfolio, **choices)
    return found(caught.value.findings)


# --- writing -------------------------------------------------------------------------------------


def test_grant_is_written_in_the_standard_s_terms() -> None:
    """Names are looked up; business ids identify organisations."""
    package = to_360giving(portfolio_of(), prefix="360G-x-", language="sv")
    assert problems_of(package) == []
    assert package["version"] == "1.4"
    assert first(package) == {
        "id": "360G-x-g1",
        "title": tul.projects["pirsote"].name.get("sv"),
        "description": (
            f"{tul.calls['shc-2021'].name.get('sv')}: {tul.projects['pirsote'].name.get('sv')}."
        ),
        "currency": "EUR",
        "amountAppliedFor": 2000,
        "amountAwarded": 1250.5,
        "amountDisbursed": 0,
        "awardDate": "2021-12-20",
        "plannedDates": [{"startDate": "2021-01-01"}],
        "recipientOrganization": [
            {"id": "FI-PRO-0204819-8", "name": tul.organisations["turku"].name.get("sv")}
        ],
        "fundingOrganization": [
            {"id": "360G-x-stm", "name": tul.organisations["stm"].name.get("sv")}
        ],
        "grantProgramme": [{"code": "shc-2021", "title": tul.calls["shc-2021"].name.get("sv")}],
        "relatedActivity": ["pirsote"],
    }


def test_unknown_fields_are_errors() -> None:
    """Each reason is a finding on its field."""
    bare = portfolio_of(recipient=None, amount_eur=None, decided_on=None)
    assert reasons_not_written(bare) == [
        "TSK003 /grants/0/amount_eur",
        "TSK003 /grants/0/decided_on",
        "TSK003 /grants/0/recipient",
    ]
    assert reasons_not_written(bare, incomplete="omit") == ["TSK003 /grants"]


@pytest.mark.parametrize("precision", [tul.Precision.ROUNDED, tul.Precision.APPROXIMATE])
def test_rounded_amount_needs_a_choice(precision: tul.Precision) -> None:
    """By choice of the caller it is written with a remark, or left out."""
    rounded_to = Decimal(100) if precision is tul.Precision.ROUNDED else None
    rounded = portfolio_of(precision=precision, rounded_to_eur=rounded_to)
    assert reasons_not_written(rounded) == ["TSK012 /grants/0/amount_eur"]
    assert reasons_not_written(rounded, rounded="omit") == ["TSK003 /grants"]
    written = to_360giving(rounded, rounded="write")
    assert problems_of(written) == []
    remark = "pyöristetty; tarkkuus 100 €" if rounded_to else "likimääräinen"
    assert remark in first(written)["description"].replace("\N{NO-BREAK SPACE}", " ")


def test_unknown_award_date_needs_a_choice() -> None:
    """The date of the announcement is written with a remark; dates may be given by id."""
    announced = portfolio_of(decided_on=None, announced_on=dt.date(2021, 12, 21))
    assert reasons_not_written(announced) == ["TSK003 /grants/0/decided_on"]
    written = first(to_360giving(announced, award_date="announced"))
    assert written["awardDate"] == "2021-12-21"
    assert "julkistuspäivä" in written["description"]
    given = first(to_360giving(announced, award_date={"g1": dt.date(2021, 12, 22)}))
    assert given["awardDate"] == "2021-12-22"
    assert reasons_not_written(announced, award_date={}) == ["TSK003 /grants/0/decided_on"]


def test_unknown_names_are_errors() -> None:
    """A call, a project or an organisation without a name cannot be written."""
    strange = portfolio_of(call="c", project="p", recipient="o")
    assert reasons_not_written(strange) == [
        "TSK009 /grants/0/call",
        "TSK009 /grants/0/project",
        "TSK003 /grants/0/call",
        "TSK009 /grants/0/recipient",
    ]
    assert reasons_not_written(portfolio_of(), funder="nobody") == ["TSK009 /grants/0"]


def test_funder_of_own_calls_must_be_given() -> None:
    """For calls of the programme it is its owner; for others it is not guessed."""
    call = tul.Call(id="oma", name=tul.Text("Oma haku"))
    own = attrs.evolve(portfolio_of(call="oma"), calls=tul.Register([call]))
    assert reasons_not_written(own) == ["TSK003 /grants/0/call"]
    written = first(to_360giving(own, funder="thl"))
    assert written["fundingOrganization"][0]["id"] == "thl"


def test_unknown_choices_are_errors() -> None:
    """They are errors of the caller."""
    for choices in ({"rounded": "x"}, {"incomplete": "x"}, {"award_date": "x"}):
        with pytest.raises(ValueError, match="is one of"):
            to_360giving(portfolio_of(), **cast("Any", choices))
    with pytest.raises(tul.UnknownLanguageError):
        to_360giving(portfolio_of(), language="de")


def test_bundle_and_example_follow_the_schema() -> None:
    """The choices of the caller and the metadata of the publisher are written, too."""
    for portfolio in (tul.reference, EXAMPLE):
        package = to_360giving(
            portfolio,
            award_date="announced",
            rounded="write",
            incomplete="omit",
            package={
                "title": "Avustukset",
                "license": "https://creativecommons.org/licenses/by/4.0/",
            },
        )
        assert problems_of(package) == []
        assert package["title"] == "Avustukset"


def test_losses_are_listed() -> None:
    """Registers, fields and grants that the standard cannot represent."""
    rejected = attrs.evolve(
        GRANT, id="g2", status=tul.GrantStatus.REJECTED, amount_eur=None, notes=()
    )
    portfolio = tul.Portfolio(
        programme=tul.programme,
        projects=tul.projects,
        centres=tul.Register(),
        grants=tul.Register([attrs.evolve(GRANT, case_number="VN/1"), rejected]),
    )
    losses = losses_360giving(portfolio)
    assert found(losses) == [
        "TSK004 /programme",
        "TSK004 /projects",
        "TSK004 /grants",
        "TSK004 /grants",
    ]
    assert "case_number" in losses[3].message("en")
    assert {each.severity for each in losses} == {tul.Severity.WARNING}


# --- reading -------------------------------------------------------------------------------------


def test_written_package_is_read_back() -> None:
    """All that the standard represents is equal, in any language."""
    for language in ("fi", "sv", "en"):
        package = to_360giving(portfolio_of(), prefix="360G-x-", language=language)
        reading = from_360giving(cast("dict[str, object]", package), prefix="360G-x-")
        assert reading.findings == ()
        assert reading.portfolio == portfolio_of()


def test_own_organisations_are_read_back() -> None:
    """With or without a business id; the second grant of one does not repeat it."""
    own = tul.Organisation(id="oma", name=tul.Text("Oma ry"))
    other = tul.Organisation(
        id="FI-PRO-9999999-2", name=tul.Text("Toinen"), business_id=tul.BusinessId("9999999-2")
    )
    grants = [attrs.evolve(GRANT, id=f"g{n}", recipient=own.id) for n in range(2)]
    portfolio = tul.Portfolio(
        organisations=tul.Register([own, other]),
        grants=tul.Register([*grants, attrs.evolve(GRANT, id="g2", recipient=other.id)]),
    )
    reading = from_360giving(json.dumps(to_360giving(portfolio)).encode())
    assert reading.findings == ()
    assert reading.portfolio == portfolio


def given_grant(**fields: object) -> dict[str, object]:
    """Make a grant as publishers write it; ``None`` leaves out a field."""
    usual = {
        "id": "360G-1",
        "title": tul.projects["pirsote"].name.fi,
        "currency": "EUR",
        "amountAwarded": 5000,
        "awardDate": "2021-12-20",
        "grantProgramme": [{"code": "shc-2021"}],
        "recipientOrganization": [{"id": "GB-CHC-1", "name": "A"}],
    }
    return {name: each for name, each in {**usual, **fields}.items() if each is not None}


def read(*grants: object, **choices: Any) -> tul.Reading:  # noqa: ANN401 - any parameter
    """Read a package of these grants from its text."""
    text = json.dumps({"grants": grants}, indent=1, ensure_ascii=False)
    return from_360giving(text.encode(), **choices)


def only(*grants: object, **choices: Any) -> tuple[tul.Grant, list[str]]:  # noqa: ANN401 - as above
    """Return the only grant of a package, and the findings."""
    reading = read(*grants, **choices)
    (grant,) = reading.portfolio.grants
    return grant, [f"{each.code} {each.severity} {each.path}" for each in reading.findings]


def test_project_is_found_by_its_name() -> None:
    """The title of the grant is the name of one project."""
    grant, findings = only(given_grant())
    assert from_360giving({"grants": [{"id": "g", "title": "x"}]}).portfolio == tul.Portfolio()
    assert (grant.project, grant.call, grant.amount_eur) == ("pirsote", "shc-2021", Decimal(5000))
    assert findings == []


@pytest.mark.parametrize(
    ("field", "given", "finding", "ours", "value"),
    [
        ("awardDate", "2021-12-20T00:00:00+00:00", "note /awardDate", "decided_on", "2021-12-20"),
        ("awardDate", "2021-12-20T22:00:00Z", "warning /awardDate", "decided_on", "2021-12-20"),
        ("awardDate", "2021", "warning /awardDate", "decided_on", "None"),
        ("amountAwarded", 41133.770000000004, "warning /amountAwarded", "amount_eur", "41133.77"),
        ("currency", "GBP", "warning /amountAwarded", "amount_eur", "None"),
        ("plannedDates", [{"duration": 12}], "warning /plannedDates/0/duration", "usable", "None"),
        (
            "plannedDates",
            [{"startDate": "2021-05", "endDate": "2021-12-31"}],
            "warning /plannedDates/0/startDate",
            "usable",
            "../2021-12-31",
        ),
        (
            "plannedDates",
            [{"endDate": "2021-12-31", "duration": 3, "title": "x"}],
            "warning /plannedDates/0/title",
            "usable",
            "../2021-12-31",
        ),
        ("plannedDates", [{"duration": 1}] * 2, "warning /plannedDates", "usable", "None"),
        ("plannedDates", NOTHING, None, "usable", "None"),
        ("Extra column", 1, "warning /Extra column", "paid_eur", "None"),
        ("description", "Hyvä hanke", "warning /description", "paid_eur", "None"),
        ("fundingOrganization", [{"id": "x"}], "warning /fundingOrganization", "paid_eur", "None"),
        ("recipientIndividual", {"id": "x"}, "warning /recipientIndividual", "paid_eur", "None"),
        (
            "recipientOrganization",
            [{"id": "FI-PRO-0204819-8", "name": "Turun kaupunki"}],
            None,
            "recipient",
            "turku",
        ),
        (
            "recipientOrganization",
            [{"id": "FI-PRO-0204819-8", "name": "Turku City", "postalCode": "20100"}],
            "warning /recipientOrganization/0/name",
            "recipient",
            "turku",
        ),
    ],
)
def test_real_files_are_read_with_findings(
    field: str, given: object, finding: str | None, ours: str, value: str
) -> None:
    """Fields that cannot be kept are reported; the rest of the grant is read."""
    grant, findings = only(given_grant(**{field: given}))
    assert str(getattr(grant, ours)) == value
    if finding is None:
        assert findings == []
    else:
        severity, place = finding.split(" ", 1)
        assert any(each.endswith(f"{severity} /grants/0{place}") for each in findings)


def test_amounts_without_a_currency_are_read_with_a_warning() -> None:
    """They are read as euros; a grant without amounts needs no currency."""
    grant, findings = only(given_grant(currency=None))
    assert grant.amount_eur == 5000
    assert findings == ["TSK012 warning /grants/0"]
    bare = given_grant(currency=None, amountAwarded=None)
    assert not any(each.startswith("TSK012") for each in only(bare)[1])


@pytest.mark.parametrize(
    ("field", "given", "finding"),
    [
        ("id", 7, "TSK002 /grants/0/id"),
        ("id", None, "TSK003 /grants/0"),
        ("amountAwarded", "5000", "TSK002 /grants/0/amountAwarded"),
        ("amountAwarded", -5, "TSK012 /grants/0/amountAwarded"),
        ("amountAwarded", 0.0, "TSK012 /grants/0/amountAwarded"),
        ("amountAwarded", 1.2345, "TSK012 /grants/0/amountAwarded"),
        ("amountDisbursed", True, "TSK002 /grants/0/amountDisbursed"),
        ("awardDate", "20/12/2021", "TSK006 /grants/0/awardDate"),
        ("awardDate", "2021-12-20T25:00:00Z", "TSK006 /grants/0/awardDate"),
        ("awardDate", 2021, "TSK002 /grants/0/awardDate"),
        (
            "plannedDates",
            [{"startDate": "2021-12-31", "endDate": "2021-01-01"}],
            "TSK011 /grants/0/plannedDates/0/endDate",
        ),
        ("grantProgramme", [{"code": 5}], "TSK002 /grants/0/grantProgramme/0/code"),
        ("grantProgramme", None, "TSK003 /grants/0"),
        ("recipientOrganization", [5], "TSK002 /grants/0/recipientOrganization"),
        ("relatedActivity", [5], "TSK002 /grants/0/relatedActivity/0"),
        ("recipientOrganization", [{"name": "A"}], "TSK002 /grants/0/recipientOrganization/0/id"),
        (
            "recipientOrganization",
            [{"id": "GB-CHC-1", "name": 5}],
            "TSK002 /grants/0/recipientOrganization/0/name",
        ),
        (
            "recipientOrganization",
            [{"id": " ", "name": "A"}],
            "TSK006 /grants/0/recipientOrganization/0/id",
        ),
    ],
)
def test_wrong_values_are_errors_on_their_fields(field: str, given: object, finding: str) -> None:
    """Paths and lines are those of the file."""
    reading = read(given_grant(**{field: given}))
    errors = [each for each in reading.findings if each.severity is tul.Severity.ERROR]
    assert finding in found(errors)
    assert all(each.location and each.location.line for each in reading.findings)
    assert not reading.ok


def test_missing_call_or_project_is_given_by_the_caller() -> None:
    """Else the title of the programme is its id, and the grant's id that of its project."""
    own_call = given_grant(grantProgramme=[{"code": "oma"}], description="Oma")
    assert only(own_call)[1] == ["TSK004 warning /grants/0/description"]
    bare = given_grant(grantProgramme=None, title="Jotain")
    grant, findings = only(bare, constants={"call": "c", "project": "p"})
    assert (grant.call, grant.project) == ("c", "p")
    assert findings == ["TSK004 warning /grants/0/title"]
    titled = given_grant(grantProgramme=[{"title": "Main Fund"}], title="Jotain")
    grant, findings = only(titled)
    assert (grant.call, grant.project) == ("Main Fund", "360G-1")
    assert findings == ["TSK003 note /grants/0", "TSK004 warning /grants/0/title"]
    named = given_grant(grantProgramme=[{"title": tul.calls["shc-2020"].name.fi}])
    assert only(named)[0].call == "shc-2020"


def test_organisation_keeps_its_first_name() -> None:
    """Another name of an identifier is reported; an invalid business id is not kept as one."""
    key = "FI-PRO-1234567-8"
    first_one = given_grant(recipientOrganization=[{"id": key, "name": "A"}])
    second = given_grant(id="360G-2", recipientOrganization=[{"id": key, "name": "B"}])
    third = given_grant(
        id="360G-3", recipientOrganization=[{"id": "FI-PRO-9999999-2", "name": "C"}]
    )
    reading = read(first_one, second, third)
    assert found(reading.findings) == ["TSK006 /grants/1/recipientOrganization/0/name"]
    assert [str(each.business_id) for each in reading.portfolio.organisations] == [
        "None",
        "9999999-2",
    ]


def test_other_data_is_a_finding(tmp_path: Path) -> None:
    """Whatever the file contains, no exception is raised."""
    for data, code in (
        (b"", "TSK001"),
        (b"[]", "TSK002"),
        (b"{}", "TSK003 /grants"),
        (b'{"grants": 5}', "TSK002 /grants"),
        (b'{"grants": [5]}', "TSK002 /grants/0"),
        (b'{"grants": [], "title": "x"}', "TSK004 /title"),
        (b'{"grants": [], "grants": []}', "TSK001 /grants"),
    ):
        assert found(from_360giving(data).findings) == [code]
    assert found(from_360giving({"grants": 5.0}).findings) == ["TSK002 /grants"]
    assert from_360giving({"grants": [given_grant(amountAwarded=0.1 + 0.2)]}).ok
    broken = tmp_path / "a.json.gz"
    broken.write_bytes(gzip.compress(b"{}")[:-4])
    assert found(from_360giving(broken).findings) == ["TSK001"]
    with broken.open("rb") as file:
        assert found(from_360giving(file).findings) == ["TSK001"]


def test_registry_of_formats_recognises_packages(tmp_path: Path) -> None:
    """They are recognised by content; the writer has settings."""
    giving = format_called("360giving")
    assert giving is not None
    assert giving.writer is not None
    file = tmp_path / "made.json"
    assert found(from_360giving(b" " * 9, limits=tul.Limits(bytes=8)).findings) == ["TSK001"]
    options = WriteOptions(settings={"prefix": "", "rounded": "write"})
    giving.writer(portfolio_of(), file, options)
    assert tul.load(file) == portfolio_of()
    assert giving.recognises(file)
    assert not giving.recognises(Path("examples/varsinais-suomi.json"))
    assert giving.reader is not None
    assert giving.reader(file, ReadOptions(constants={"call": "c"})).ok
    bare = portfolio_of(amount_eur=None)
    with pytest.raises(tul.DocumentError):
        giving.writer(bare, file, options)
    omitting = WriteOptions(settings={"incomplete": "omit"})
    assert found(giving.lost(bare, options)) == ["TSK003 /grants/0/amount_eur"]
    assert found(giving.lost(bare, omitting)) == ["TSK003 /grants", "TSK004 /grants/0"]
