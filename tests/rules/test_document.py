"""TSK0xx: what is judged of a document beside the facts: codes, keys and references."""

import pytest

import tulevaisuus as tul
from tests.helpers import (
    Case,
    document,
    found,
    judge,
    messages_of,
    messages_said,
    read_text,
)

CENTRE: dict[str, object] = {"id": "keskus-1", "name": {"fi": "Esimerkki"}}
PROJECT: dict[str, object] = {"id": "hanke-1", "name": {"fi": "Esimerkki"}, "regions": ["05"]}
GRANT: dict[str, object] = {
    "id": "g1",
    "call": "shc-2021",
    "project": "hanke-1",
    "status": "granted",
}
TURKU: dict[str, object] = {"code": "853", "name": {"fi": "Turku"}, "region": "05"}
LINK: dict[str, object] = {
    "goal": 1,
    "target": "digital",
    "target_kind": "theme",
    "evidence": "weak",
    "basis": "An example.",
}


def centre(**fields: object) -> dict[str, object]:
    """Return a centre with these fields."""
    return {"centres": [{**CENTRE, "region": "05", **fields}]}


def project(**fields: object) -> dict[str, object]:
    """Return a project with these fields."""
    return {"projects": [{**PROJECT, **fields}]}


def grant(**fields: object) -> dict[str, object]:
    """Return a project and a grant to it with these fields."""
    return {**project(), "grants": [{**GRANT, **fields}]}


BROKEN: dict[str, Case] = {
    "TSK005 a region by its old number": Case(
        project(regions=["05", "1"]),
        "/projects/0/regions/1",
        '"1" is the place of Southwest Finland in the statutory order of 2021 (Act 616/2021) and '
        'no region code; if you mean that region, write Statistics Finland\'s code "05"',
    ),
    "TSK005 a region by its name": Case(
        centre(region="varsinais-suomi"),
        "/centres/0/region",
        "”varsinais-suomi” on alueen nimi, kun odotetaan Tilastokeskuksen koodia; kirjoita koodi "
        "”05”",
        "fi",
    ),
    "TSK005 a region by its brand": Case(
        centre(region="Varha"), "/centres/0/region", "skriv koden ”05” (Egentliga Finland)", "sv"
    ),
    "TSK005 a region that is like another": Case(
        centre(region="005"), "/centres/0/region", 'code "005" is neither in the document nor in'
    ),
    "TSK005 a region like nothing": Case(
        centre(region="ZZZ"),
        "/centres/0/region",
        "(\u201dregions\u201d); korjaa koodi tai lisää sen kohde dokumenttiin",
        "fi",
    ),
    "TSK005 a region by a number of another register": Case(
        centre(region="976"), "/centres/0/region", 'code "976" is neither in the document nor in'
    ),
    "TSK005 a municipality by the old number of a region": Case(
        centre(municipality="1"), "/centres/0/municipality", 'code "1" is neither in the document'
    ),
    "TSK005 a theme by the name of a region": Case(
        project(themes=["Varha"]), "/projects/0/themes/0", 'code "Varha" is neither in the document'
    ),
    "TSK005 a municipality": Case(
        centre(municipality="8533"), "/centres/0/municipality", "; did you mean "
    ),
    "TSK005 an area": Case(
        {"posts": [{"id": "toimi-1", "role": "team_lead", "area": "TYK"}]},
        "/posts/0/area",
        "menade du: TYKS",
        "sv",
    ),
    "TSK005 a role": Case(
        {"posts": [{"id": "toimi-1", "role": "team_leader"}]}, "/posts/0/role", "team_lead"
    ),
    "TSK005 a theme": Case(
        project(themes=["digital", "digitall"]), "/projects/0/themes/1", "did you mean digital?"
    ),
    "TSK005 a service for a theme": Case(
        project(themes=["primary_health_care"]), "/projects/0/themes/0", '"primary_health_care"'
    ),
    "TSK005 a goal's content that is neither service nor theme": Case(
        {"goal_links": [{**LINK, "target": "zzz"}]}, "/goal_links/0/target", '("services")'
    ),
    "TSK005 a municipality's successor": Case(
        {"municipalities": [{**TURKU, "code": "900", "successor": "zzz"}]},
        "/municipalities/0/successor",
        '"zzz"',
    ),
    "TSK008 another name for a municipality": Case(
        {"municipalities": [TURKU]},
        "/municipalities/0/code",
        'key "853" is that of a bundled fact, but something else is said of it here',
    ),
    "TSK008 another evidence for a link": Case(
        {"goal_links": [LINK]}, "/goal_links/0/target", "avain ”1 digital” on kirjaston", "fi"
    ),
    "TSK008 another goal": Case(
        {"goals": [{"number": 1, "name": {"fi": "Esimerkki"}}]},
        "/goals/0/number",
        "nyckeln ”1” finns",
        "sv",
    ),
    "TSK008 another programme of the same id": Case(
        {"programme": {"id": "shc", "name": {"fi": "Esimerkki"}}}, "/programme/id", '"shc"'
    ),
    "TSK009 a call": Case(
        grant(call="shc-2022"), "/grants/0/call", "did you mean shc-2021, shc-2020"
    ),
    "TSK009 a project": Case(
        grant(project="hanke-2"), "/grants/0/project", "tarkoititko: hanke-1", "fi"
    ),
    "TSK009 a recipient": Case(
        grant(recipient="zzz"), "/grants/0/recipient", "(”organisations”); rätta", "sv"
    ),
    "TSK009 an administrator": Case(
        project(administrations=[{"organisation": "turku"}, {"organisation": "zzz"}]),
        "/projects/0/administrations/1/organisation",
        '("organisations"); correct the reference, or add it to the document',
    ),
    "TSK009 a source": Case(
        project(sources=["thl-programme", "zzz"]), "/projects/0/sources/1", '("sources")'
    ),
    "TSK009 a source of a note": Case(
        project(notes=[{"field": "name", "text": "Example.", "sources": ["zzz"]}]),
        "/projects/0/notes/0/sources/0",
        '"zzz"',
    ),
    "TSK009 the body above": Case(
        {"bodies": [{"id": "ryhma-1", "name": {"fi": "Esimerkki"}, "parent": "zzz"}]},
        "/bodies/0/parent",
        '("bodies")',
    ),
    "TSK009 the programme's owner": Case(
        {"programme": {"id": "ohjelma-1", "name": {"fi": "Esimerkki"}, "owner": "zzz"}},
        "/programme/owner",
        '"zzz"',
    ),
    "TSK009 the call that a call continues": Case(
        {"calls": [{"id": "haku-1", "name": {"fi": "Esimerkki"}, "continues": "zzz"}]},
        "/calls/0/continues",
        '("calls")',
    ),
}

SOUND: dict[str, dict[str, object]] = {
    "TSK005 bundled codes": {
        **centre(municipality="853"),
        **project(regions=["05", "90", "HUS"], themes=["digital"]),
        "posts": [
            {"id": "toimi-1", "role": "team_lead", "area": "1", "seat": "911", "region": "91"}
        ],
    },
    "TSK005 a region of the document's own": {
        "regions": [{"code": "1", "name": {"fi": "Esimerkki"}, "kind": "county"}],
        **centre(region="1"),
    },
    "TSK005 contents of either kind": {
        "goal_links": [LINK, {**LINK, "target": "primary_health_care", "target_kind": "service"}]
    },
    "TSK005 references are another rule's": grant(call="zzz", recipient="zzz"),
    "TSK008 the same again": {
        "municipalities": [
            {
                **TURKU,
                "name": {"fi": "Turku", "sv": "Åbo"},
                "maakunta": "02",
                "sources": ["statfin-classifications", "yle-geodata"],
            }
        ]
    },
    "TSK008 keys of its own": {"municipalities": [{**TURKU, "code": "900"}]},
    "TSK008 another programme": {"programme": {"id": "ohjelma-1", "name": {"fi": "Esimerkki"}}},
    "TSK008 another programme, later by its id": {
        "programme": {"id": "yhteistyo-1", "name": {"fi": "Esimerkki"}}
    },
    "TSK008 a project of its own": project(id="varsinais-suomi"),
    "TSK008 a grant of its own": grant(id="vs-2021"),
    "TSK008 a post of its own": {
        "posts": [{"id": "thl-regional-coordinator-oys", "role": "team_lead"}]
    },
    "TSK008 a centre": centre(),
    "TSK009 bundled things": {
        **project(
            administrations=[{"organisation": "turku", "sources": ["thl-programme"]}],
            participants=["vsshp"],
        ),
        "grants": [{**GRANT, "project": "pirsote", "recipient": "turku"}],
        "bodies": [{"id": "ryhma-1", "name": {"fi": "E"}, "parent": "thl-project-office"}],
    },
    "TSK009 things of the document's own, before or after": {
        "grants": [{**GRANT, "call": "haku-1", "recipient": "saaja-1"}],
        "projects": [PROJECT],
        "calls": [{"id": "haku-1", "name": {"fi": "Esimerkki"}}],
        "organisations": [{"id": "saaja-1", "name": {"fi": "Esimerkki"}}],
    },
    "TSK009 codes are another rule's": centre(region="zzz", municipality="zzz"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_breaks_a_rule(name: str) -> None:
    """What breaks a rule is found once, where it stands, and said with its values."""
    code, case = name.partition(" ")[0], BROKEN[name]
    (finding,) = judge(code, case.registers).findings
    assert (finding.code, finding.path) == (code, case.path)
    assert finding.severity == tul.rulebook[code].severity
    assert case.says in finding.message(case.language)


@pytest.mark.parametrize("name", SOUND)
def test_what_keeps_a_rule(name: str) -> None:
    """What keeps a rule, and what is not known, is never held against a document."""
    assert found(judge(name.partition(" ")[0], SOUND[name]).findings) == []


def test_every_message_is_said() -> None:
    """Each message of each rule of the family is said of some case above."""
    assert messages_said(BROKEN) == messages_of("document")


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
