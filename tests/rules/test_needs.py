"""Rules declare the fields that they need, and are not run on entities without them."""

import json
from collections.abc import Iterator
from decimal import Decimal

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import document
from tulevaisuus.model.value import fields_of
from tulevaisuus.rules import Context, Problem, problem, rule

NEEDY = [each for each in tul.rulebook if each.needs]
GRANTED = tul.GrantStatus.GRANTED
SEARCHING = [each for each in tul.rulebook if each.only_if]


def broken(each: tul.Rule) -> tul.Portfolio:
    """Return the failing example of a rule."""
    return tul.read(document(**json.loads(each.fails or "{}")).encode()).portfolio


def entities_of(portfolio: tul.Portfolio, each: tul.Rule) -> Iterator[tul.Entity]:
    """Return the entities that a rule looks at."""
    whole = [portfolio.programme] if portfolio.programme else []
    for entity in [*whole, *(e for register in portfolio.registers().values() for e in register)]:
        if isinstance(entity, each.classes):
            yield entity


def replaced(entity: tul.Entity, portfolio: tul.Portfolio) -> tul.Portfolio:
    """Return the portfolio with the entity in place of the one with its key."""
    if isinstance(entity, tul.Programme):
        return attrs.evolve(portfolio, programme=entity)
    changed = {entity.plural: portfolio.registers()[entity.plural].with_(entity)}
    return tul.Portfolio.construct_unchecked({**portfolio.set_fields(), **changed})


@pytest.mark.parametrize("each", NEEDY, ids=lambda each: each.code)
def test_rule_finds_nothing_without_its_fields(each: tul.Rule) -> None:
    """Skipping a rule changes no report: it has no findings on such entities."""
    portfolio = broken(each)
    assert each.function is not None
    for entity in entities_of(portfolio, each):
        for name in fields_of(type(entity)).keys() & each.needs:
            without = type(entity).construct_unchecked({**entity.set_fields(), name: None})
            assert not [
                *each.function(without, Context(replaced(without, portfolio), tul.reference))
            ]


@pytest.mark.parametrize("each", NEEDY, ids=lambda each: each.code)
def test_each_needed_field_exists(each: tul.Rule) -> None:
    """The fields are those of a class of the rule."""
    known = {name for cls in each.classes for name in fields_of(cls)}
    assert known.issuperset(each.needs)


def test_rule_is_run_on_entities_with_all_its_fields() -> None:
    """An unset field skips the rule; a field that the class does not have does not."""
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
    def record(entity: tul.Entity, _: Context) -> Iterator[Problem]:
        """Record the entities that the rule was run on."""
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
    report = tul.check(portfolio, rules=tul.rulebook.with_(record), select="ACME002")
    assert asked == ["p1", "g3"]
    assert [each.path for each in report] == ["/projects/0", "/grants/3"]


@pytest.mark.parametrize("each", SEARCHING, ids=lambda each: each.code)
def test_skipped_rule_finds_nothing(each: tul.Rule) -> None:
    """If the search of the whole document has no result, the rule has no finding in any entity."""
    assert each.function is not None
    assert each.only_if is not None
    assert Context(broken(each), tul.reference).shared(each.only_if)
    for other in tul.rulebook:
        portfolio = broken(other)
        context = Context(portfolio, tul.reference)
        if not context.shared(each.only_if):
            for entity in entities_of(portfolio, each):
                assert not [*each.function(entity, context)]


def test_rule_is_skipped_if_its_search_has_no_result() -> None:
    """The search is done once for all entities of a document."""
    texts = tul.rulebook["TSK313"]
    asked: list[str] = []

    def large_amounts(context: Context) -> dict[str, Decimal]:
        """Find grants of more than a million."""
        asked.append("search")
        amounts = {each.id: each.amount_eur or Decimal(0) for each in context.portfolio.grants}
        return {key: amount for key, amount in amounts.items() if amount > 1_000_000}

    @rule(
        tul.Grant,
        only_if=large_amounts,
        code="ACME003",
        slug="large",
        title=texts.title,
        explanation=texts.explanation,
        remedy=texts.remedy,
        severity=tul.Severity.NOTE,
        messages=texts.messages,
    )
    def large(grant: tul.Grant, context: Context) -> Iterator[Problem]:
        """Find large grants."""
        asked.append(grant.id)
        if grant.id in context.shared(large_amounts):
            yield problem("", grant=grant.id)

    def found(*euros: int) -> list[str]:
        grants = [
            tul.Grant(id=f"g{n}", call="c", project="p", status=GRANTED, amount_eur=Decimal(each))
            for n, each in enumerate(euros)
        ]
        portfolio = tul.Portfolio(grants=tul.Register(grants))
        report = tul.check(portfolio, rules=tul.rulebook.with_(large), select="ACME003")
        return [each.path for each in report]

    assert found(5, 6) == []
    assert asked == ["search"]
    assert found(5, 2_000_000) == ["/grants/1"]
    assert asked == ["search", "search", "g0", "g1"]


def test_posts_without_a_programme_have_no_bounds() -> None:
    """Without a programme in the document and the reference, no day is outside it."""
    post = tul.Post(id="t1", role="programme_lead", period=tul.Period.of_years(1999, 1999))
    portfolio = tul.Portfolio(posts=tul.Register([post]))
    assert not len(tul.check(portfolio, reference=tul.Portfolio(), select="TSK103"))
    assert len(tul.check(portfolio, select="TSK103")) == 2
