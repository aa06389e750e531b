"""TSK0xx: what the cases do not show of the rules on codes, keys and references."""

import pytest

import tulevaisuus as tul
from tests.helpers import document, found, judge, read_text
from tests.rules.cases.document import CENTRE, GRANT, PROJECT, grant, project


def checked(**members: object) -> list[str]:
    """Return what reading and checking find of references in a document."""
    reading = read_text(document(**members))
    report = tul.check(reading, select=["TSK005", "TSK009"])
    return [finding for finding in found(report.findings) if finding not in found(reading.findings)]


@pytest.mark.parametrize(
    ("rejected", "dangling"),
    [
        ({**PROJECT, "goals": "all"}, []),
        ({**PROJECT, "id": "hanke-2", "goals": "all"}, ["TSK009 /grants/0/project"]),
        ({**PROJECT, "id": None}, []),
        ({"name": {"fi": "Esimerkki"}}, []),
        ([], []),
    ],
    ids=["of that id", "of another id", "of a broken id", "of no id", "no object at all"],
)
def test_what_was_refused_may_be_what_is_meant(rejected: object, dangling: list[str]) -> None:
    """A reference to what was refused, or to what may have been, does not dangle."""
    assert checked(projects=[rejected], grants=[GRANT]) == dangling


def test_a_refused_register_may_hold_anything() -> None:
    """Where a whole register could not be read, no reference into it dangles."""
    assert checked(projects={}, grants=[GRANT]) == []


def test_a_refused_code_may_be_what_is_meant() -> None:
    """A region that was refused is not an unknown code where it is used."""
    broken = {"code": "X1", "name": {"fi": ""}, "kind": "county"}
    assert checked(regions=[broken], centres=[{**CENTRE, "region": "X1"}]) == []


def test_a_thing_refused_in_one_register_excuses_no_other() -> None:
    """What was refused among projects is not what a call refers to."""
    broken = {**PROJECT, "id": "haku-9", "goals": "all"}
    assert checked(projects=[broken, PROJECT], grants=[{**GRANT, "call": "haku-9"}]) == [
        "TSK009 /grants/0/call"
    ]


def test_every_reference_of_a_thing_is_found() -> None:
    """All the references of one thing that lead nowhere come back, in the order of its fields."""
    broken = grant(call="x-1", project="x-2", recipient="x-3", sources=["x-4"])
    assert found(judge("TSK009", broken).findings) == [
        "TSK009 /grants/0/call",
        "TSK009 /grants/0/project",
        "TSK009 /grants/0/recipient",
        "TSK009 /grants/0/sources/0",
    ]


def test_what_was_written_is_quoted_safely() -> None:
    """A key with characters that a terminal would obey is shown by their numbers."""
    (finding,) = judge("TSK009", grant(call="\u202ehaku")).findings
    assert '"\\u202ehaku"' in finding.message("en")


@pytest.mark.parametrize(("known", "message"), [(500, "near"), (501, "nothing")])
def test_near_keys_are_looked_for_among_a_few(known: int, message: str) -> None:
    """Among very many keys no near ones are looked for, as that would take long."""
    projects = [{**PROJECT, "id": f"hanke-{place}"} for place in range(known)]
    reading = read_text(document(projects=projects, grants=[{**GRANT, "project": "hanke-x"}]))
    report = tul.check(reading, reference=tul.Portfolio(calls=tul.calls), select="TSK009")
    (finding,) = report.findings
    assert finding.template == tul.rulebook["TSK009"].messages[message]


def test_near_keys_are_looked_for_a_few_times() -> None:
    """For the five hundredth unknown key near ones are looked for, after that no more."""
    grants = [{**GRANT, "id": f"g{place}", "project": "hanke-x"} for place in range(502)]
    findings = judge("TSK009", {**project(), "grants": grants}).findings
    said = tul.rulebook["TSK009"].messages
    expected = [said["near"]] * 500 + [said["nothing"]] * 2
    assert [finding.template for finding in findings] == expected


@pytest.mark.parametrize("register", ["projects", "grants", "posts"])
def test_users_may_tell_facts_their_own_way(register: str) -> None:
    """A project, grant or post of the document stands for the bundled one of its id."""
    bundled = next(iter(tul.reference.registers()[register]))
    mine = tul.Portfolio(
        projects=tul.Register([tul.Project(id="hanke-1", name=tul.Text("E"), regions=("05",))]),
    )
    own: dict[str, tul.Entity] = {
        "projects": tul.Project(id=str(bundled.key), name=tul.Text("E"), regions=("05",)),
        "grants": tul.Grant(
            id=str(bundled.key),
            call="shc-2020",
            project="hanke-1",
            status=tul.GrantStatus.GRANTED,
        ),
        "posts": tul.Post(id=str(bundled.key), role="team_lead"),
    }
    reported = own[register]
    assert reported != bundled
    portfolio = tul.Portfolio.construct_unchecked(
        {**mine.registers(), register: tul.Register([reported])}
    )
    assert "TSK008" not in {finding.code for finding in tul.check(portfolio).findings}


def test_nothing_is_redefined_without_a_reference() -> None:
    """Beside an empty reference the bundled facts are a document like any other."""
    report = tul.check(tul.reference, reference=tul.Portfolio(), select="TSK0")
    assert report.findings == ()
