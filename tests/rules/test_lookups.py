"""What is around an entity: the document first, then the facts."""

import inspect

import attrs
import pytest

import tulevaisuus as tul
from tulevaisuus.rules import Context

MINE = tul.Portfolio(
    municipalities=tul.Register([tul.Municipality(code="853", name=tul.Text("Oma"), region="05")]),
    organisations=tul.Register(
        [
            tul.Organisation(id="saaja-1", name=tul.Text("Saaja")),
            tul.Organisation(id="turku", name=tul.Text("Oma")),
        ]
    ),
    calls=tul.Register([tul.Call(id="shc-2020", name=tul.Text("Oma"))]),
    projects=tul.Register([tul.Project(id="pirsote", name=tul.Text("Oma"), regions=())]),
    grants=tul.Register(
        [
            tul.Grant(
                id="g1",
                call="shc-2021",
                project="pirsote",
                status=tul.GrantStatus.PLANNED,
            ),
            attrs.evolve(tul.grants["pirkanmaa-2020"], project="hanke-1"),
        ]
    ),
)
EMPTY = Context(tul.Portfolio(), tul.Portfolio())


def around() -> Context:
    """Return the document above over the bundled facts, with nothing computed yet."""
    return Context(MINE, tul.reference)


@pytest.mark.parametrize(
    ("kind", "register", "mine", "theirs"),
    [
        ("call", "calls", "shc-2020", "shc-2021"),
        ("project", "projects", "pirsote", "varsinais-suomi"),
        ("organisation", "organisations", "turku", "thl"),
        ("municipality", "municipalities", "853", "837"),
    ],
)
def test_the_document_goes_before_the_facts(
    kind: str, register: str, mine: str, theirs: str
) -> None:
    """What the document has is found there, the rest in the facts, and else nowhere."""
    find = getattr(around(), kind)
    assert find(mine).name == tul.Text("Oma")
    assert find(theirs) is tul.reference.registers()[register][theirs]
    assert find("zzz") is None
    assert find(None) is None


def test_regions_and_services_are_found() -> None:
    """A region and a service are found by their codes."""
    assert around().region("05") is tul.regions["05"]
    assert around().service("oral_health_care") is tul.services["oral_health_care"]
    assert EMPTY.region("05") is None


def test_an_entity_is_called_by_its_name() -> None:
    """Messages call an entity by its name, one that is unknown or nameless by its key."""
    assert around().name_of("organisations", "saaja-1") == tul.Text("Saaja")
    assert around().name_of("organisations", "saaja-9") == "saaja-9"
    assert around().name_of("grants", "g1") == "g1"


def test_grants_of_a_project_are_gathered_from_both() -> None:
    """A project's grants are the document's, then the bundled ones that it does not tell anew."""
    assert [grant.id for grant in around().grants_of("pirsote")] == ["g1", "pirkanmaa-2021"]
    assert [grant.id for grant in around().grants_of("hanke-1")] == ["pirkanmaa-2020"]
    assert around().grants_of("hanke-1", "shc-2021") == ()
    assert [grant.id for grant in around().grants_of("hanke-1", "shc-2020")] == ["pirkanmaa-2020"]
    assert around().grants_of("hanke-9") == ()


def test_everything_is_each_entity_once() -> None:
    """Entities of the document come first, and each key comes once."""
    keys = [entity.key for entity in around().everything("organisations")]
    assert keys[:2] == ["saaja-1", "turku"]
    assert len(keys) == len({*keys}) == len(tul.organisations) + 1


@pytest.mark.parametrize("least", tul.Evidence)
def test_links_are_as_firm_as_asked(least: tul.Evidence) -> None:
    """Only links of at least the evidence asked for count, in their order."""
    context = Context(tul.Portfolio(), tul.reference, least)
    for goal in tul.goals:
        assert context.links_of(goal.number) == tuple(
            link
            for link in tul.goal_links
            if link.goal == goal.number and link.evidence.rank >= least.rank
        )


def test_links_of_no_goal() -> None:
    """A number that is no goal's has no links."""
    assert around().links_of(6) == ()
    assert EMPTY.links_of(1) == ()


def test_a_context_is_itself_alone() -> None:
    """What is around one document is never taken for what is around another."""
    context = around()
    assert len({context, context, around()}) == 2
    assert [*inspect.signature(Context).parameters] == [
        "portfolio",
        "reference",
        "link_evidence",
        "rejected",
    ]


def test_once_asks_once() -> None:
    """What is computed under a name is computed once, even if it is nothing."""
    asked: list[str] = []
    context = around()

    def compute() -> None:
        asked.append("again")

    assert context.once("nothing", compute) is context.once("nothing", compute) is None
    assert asked == ["again"]
    context.once("another name", compute)
    assert asked == ["again", "again"]


def test_what_is_shared_is_made_once() -> None:
    """What a function makes of the whole context is made once, for each context."""
    asked: list[Context] = []

    def compute(context: Context) -> None:
        asked.append(context)

    one, other = around(), around()
    assert one.shared(compute) is one.shared(compute) is other.shared(compute) is None
    assert asked == [one, other]
