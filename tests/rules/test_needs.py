"""Rules name the fields without which they have nothing to find, and are not asked then."""

import json
from collections.abc import Iterator

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import document
from tulevaisuus.model.value import fields_of
from tulevaisuus.rules import Context, Problem, problem, rule

NEEDY = [each for each in tul.rulebook if each.needs]


def broken(each: tul.Rule) -> tul.Portfolio:
    """Return the example that breaks a rule."""
    return tul.loads(document(**json.loads(each.fails or "{}")))


def entities_of(portfolio: tul.Portfolio, each: tul.Rule) -> Iterator[tul.Entity]:
    """Return the entities that a rule looks at."""
    whole = [portfolio.programme] if portfolio.programme else []
    for entity in [*whole, *(e for register in portfolio.registers().values() for e in register)]:
        if isinstance(entity, each.classes):
            yield entity


def put(entity: tul.Entity, portfolio: tul.Portfolio) -> tul.Portfolio:
    """Return the portfolio with the entity in the place of the one with its key."""
    if isinstance(entity, tul.Programme):
        return attrs.evolve(portfolio, programme=entity)
    changed = {entity.plural: portfolio.registers()[entity.plural].with_(entity)}
    return tul.Portfolio.construct_unchecked({**portfolio.set_fields(), **changed})


@pytest.mark.parametrize("each", NEEDY, ids=lambda each: each.code)
def test_a_rule_finds_nothing_without_what_it_needs(each: tul.Rule) -> None:
    """To leave a rule out changes no report: asked all the same, it has no answer."""
    portfolio = broken(each)
    assert each.function is not None
    for entity in entities_of(portfolio, each):
        for name in fields_of(type(entity)).keys() & each.needs:
            without = type(entity).construct_unchecked({**entity.set_fields(), name: None})
            assert not [*each.function(without, Context(put(without, portfolio), tul.reference))]


@pytest.mark.parametrize("each", NEEDY, ids=lambda each: each.code)
def test_each_need_is_a_field(each: tul.Rule) -> None:
    """A name that no class of the rule has would be a slip."""
    known = {name for cls in each.classes for name in fields_of(cls)}
    assert known.issuperset(each.needs)


def test_a_rule_is_asked_about_what_has_all_it_needs() -> None:
    """A field that is not recorded spares the question; one that a class lacks does not."""
    texts = tul.rulebook["TSK313"]
    asked: list[str] = []

    @rule(
        tul.Grant,
        tul.Project,
        code="ACME002",
        slug="asked",
        title=texts.title,
        explanation=texts.explanation,
        remedy=texts.remedy,
        severity=tul.Severity.NOTE,
        messages=texts.messages,
        needs=("recipient", "case_number"),
    )
    def asking(entity: tul.Entity, _: Context) -> Iterator[Problem]:
        """Note who was asked about."""
        asked.append(str(entity.key))
        yield problem("", grant="g")

    grants = [
        tul.Grant(
            id=f"g{number}",
            call="shc-2021",
            project="p1",
            status=tul.GrantStatus.GRANTED,
            recipient="thl" if number & 1 else None,
            case_number="1" if number & 2 else None,
        )
        for number in range(4)
    ]
    project = tul.Project(id="p1", name=tul.Text("Hanke"), regions=("05",))
    portfolio = tul.Portfolio(projects=tul.Register([project]), grants=tul.Register(grants))
    report = tul.check(portfolio, rules=tul.rulebook.with_(asking), select="ACME002")
    assert asked == ["p1", "g3"]
    assert [each.path for each in report] == ["/projects/0", "/grants/3"]


def test_posts_of_no_known_programme_have_no_bounds() -> None:
    """Where neither the document nor a reference has a programme, no day lies outside of it."""
    post = tul.Post(id="t1", role="programme_lead", period=tul.Period.of_years(1999, 1999))
    portfolio = tul.Portfolio(posts=tul.Register([post]))
    assert not len(tul.check(portfolio, reference=tul.Portfolio(), select="TSK103"))
    assert len(tul.check(portfolio, select="TSK103")) == 2
