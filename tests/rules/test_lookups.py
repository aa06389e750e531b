"""Look-ups of rules: first in the document, then in the facts."""

import inspect

import attrs
import pytest

import tulevaisuus as tul
from tulevaisuus.rules import Context

OWN = tul.Portfolio(
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


def lookups() -> Context:
    """Return look-ups in the document above and the bundled facts."""
    return Context(OWN, tul.reference)


@pytest.mark.parametrize(
    ("method", "register", "own", "bundled"),
    [
        ("call", "calls", "shc-2020", "shc-2021"),
        ("project", "projects", "pirsote", "varsinais-suomi"),
        ("organisation", "organisations", "turku", "thl"),
        ("municipality", "municipalities", "853", "837"),
    ],
)
def test_document_precedes_the_facts(method: str, register: str, own: str, bundled: str) -> None:
    """An entity of the document is found, else one of the facts, else None."""
    find = getattr(lookups(), method)
    assert find(own).name == tul.Text("Oma")
    assert find(bundled) is tul.reference.registers()[register][bundled]
    assert find("zzz") is None
    assert find(None) is None


def test_regions_and_services_are_found() -> None:
    """A region and a service are found by their codes."""
    assert lookups().region("05") is tul.regions["05"]
    assert lookups().service("oral_health_care") is tul.services["oral_health_care"]
    assert EMPTY.region("05") is None


def test_entity_is_called_by_its_name() -> None:
    """Messages have the name of an entity, or its key if it is unknown or has no name."""
    assert lookups().name_of("organisations", "saaja-1") == tul.Text("Saaja")
    assert lookups().name_of("organisations", "saaja-9") == "saaja-9"
    assert lookups().name_of("grants", "g1") == "g1"


def test_grants_of_a_project_are_those_of_both() -> None:
    """The document's grants come first, then the bundled ones that it does not replace."""
    assert [grant.id for grant in lookups().grants_of("pirsote")] == ["g1", "pirkanmaa-2021"]
    assert [grant.id for grant in lookups().grants_of("hanke-1")] == ["pirkanmaa-2020"]
    assert lookups().grants_of("hanke-1", "shc-2021") == ()
    assert [grant.id for grant in lookups().grants_of("hanke-1", "shc-2020")] == ["pirkanmaa-2020"]
    assert lookups().grants_of("hanke-9") == ()


def test_all_entities_are_returned_once() -> None:
    """Entities of the document come first, and each key occurs once."""
    keys = [entity.key for entity in lookups().everything("organisations")]
    assert keys[:2] == ["saaja-1", "turku"]
    assert len(keys) == len({*keys}) == len(tul.organisations) + 1


@pytest.mark.parametrize("least", tul.Evidence)
def test_links_have_at_least_the_given_evidence(least: tul.Evidence) -> None:
    """Links are in their order."""
    context = Context(tul.Portfolio(), tul.reference, least)
    for goal in tul.goals:
        assert context.links_of(goal.number) == tuple(
            link
            for link in tul.goal_links
            if link.goal == goal.number and link.evidence.rank >= least.rank
        )


def test_unknown_goal_has_no_links() -> None:
    """A number that is not a goal has no links."""
    assert lookups().links_of(6) == ()
    assert EMPTY.links_of(1) == ()


def test_unknown_register_is_a_key_error() -> None:
    """The name of a register is an argument of a rule, so a wrong one is an error at once."""
    with pytest.raises(KeyError, match="grantz"):
        lookups().find("grantz", "g1")


def test_rejected_entities_hide_those_of_the_facts() -> None:
    """A document with an invalid entity has its key, so the bundled one is not taken for it."""
    rejected = frozenset({("grants", "pirkanmaa-2020"), ("projects", "pirsote")})
    context = Context(tul.Portfolio(), tul.reference, rejected=rejected)
    assert context.project("pirsote") is None
    assert context.call("shc-2020") is tul.calls["shc-2020"]
    assert [grant.id for grant in context.grants_of("pirsote")] == ["pirkanmaa-2021"]
    ids = [grant.key for grant in context.everything("grants")]
    assert ids == [grant.id for grant in tul.grants if grant.id != "pirkanmaa-2020"]


def test_entities_with_a_value_are_those_of_both() -> None:
    """Those of the document come first, then those of the facts that it does not replace."""
    context = lookups()
    assert context.with_value("grants", "project", "hanke-9") == ()
    found = context.with_value("grants", "call", "shc-2021")
    assert found[0].key == "g1"
    assert len(found) > 1
    assert found == tuple(
        grant
        for grant in context.everything("grants")
        if isinstance(grant, tul.Grant) and grant.call == "shc-2021"
    )


def test_contexts_are_independent() -> None:
    """The context of one document is not equal to that of another."""
    context = lookups()
    assert len({context, context, lookups()}) == 2
    assert [*inspect.signature(Context).parameters] == [
        "portfolio",
        "reference",
        "link_evidence",
        "rejected",
    ]


def test_once_computes_a_value_once() -> None:
    """A value is computed once for its name, even if it is None."""
    asked: list[str] = []
    context = lookups()

    def compute() -> None:
        asked.append("again")

    assert context.once("nothing", compute) is context.once("nothing", compute) is None
    assert asked == ["again"]
    context.once("another name", compute)
    assert asked == ["again", "again"]


def test_shared_value_is_computed_once() -> None:
    """The result of a function of the context is computed once for each context."""
    asked: list[Context] = []

    def compute(context: Context) -> None:
        asked.append(context)

    one, other = lookups(), lookups()
    assert one.shared(compute) is one.shared(compute) is other.shared(compute) is None
    assert asked == [one, other]


def test_result_on_the_facts_is_kept_for_all_documents() -> None:
    """It is computed once, unless a document has entities of one of the registers."""
    calls: list[str] = []

    def result(context: Context, *registers: str) -> str:
        """Return a result on some registers, and count how often it is computed."""
        return context.once_for_facts("test of results on facts", registers, compute)

    def compute() -> str:
        """Count a call."""
        calls.append("")
        return f"result {len(calls)}"

    first, second = Context(tul.Portfolio(), tul.reference), Context(OWN, tul.reference)
    assert result(first, "themes", "regions") == result(second, "themes", "regions") == "result 1"
    assert result(second, "themes", "calls") == "result 2"
    rejected = frozenset({("themes", "t1")})
    assert result(Context(OWN, tul.reference, rejected=rejected), "themes") == "result 3"
    assert result(Context(OWN, tul.reference, rejected=rejected), "roles") == "result 1"
    other = Context(tul.Portfolio(), tul.Portfolio())
    assert result(other, "themes") == result(other, "themes") == "result 4"
