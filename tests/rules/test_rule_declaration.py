"""Declaring rules, the library's and users', and what a `Rule` can do."""

import copy
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import found
from tulevaisuus.findings import LocalizedText, Param
from tulevaisuus.rules import Context, Problem, Rule, problem, rule
from tulevaisuus.rules.rule_declaration import FAMILIES, RuleTexts, texts

OWN_TEXTS: RuleTexts = {
    "code": "OMA101",
    "slug": "unnamed-case",
    "title": tul.Text("Asianumero puuttuu", sv="Diarienummer saknas", en="No case number"),
    "explanation": tul.Text("Meillä jokaisella avustuksella on asianumero."),
    "remedy": tul.Text("Lisää asianumero."),
    "severity": tul.Severity.ERROR,
    "messages": {
        "broken": LocalizedText(
            fi="avustus {grant}, {day}", sv="understöd {grant}, {day}", en="grant {grant}, {day}"
        ),
        "old": LocalizedText(fi="vanha {grant}", sv="gammalt {grant}", en="old {grant}"),
    },
    "evidence": tul.Evidence.STATED,
    "sources": ("our-handbook",),
}


def own_texts(code: str, slug: str) -> RuleTexts:
    """Return the texts of another rule of the user."""
    return {**OWN_TEXTS, "code": code, "slug": slug}


CASELESS = tul.Grant(id="g1", call="shc-2021", project="pirsote", status=tul.GrantStatus.GRANTED)
PORTFOLIO = tul.Portfolio(
    grants=tul.Register(
        [
            CASELESS,
            attrs.evolve(CASELESS, id="g2", call="shc-2020"),
            attrs.evolve(CASELESS, id="g3", case_number="STM/1"),
        ]
    )
)


@rule(tul.Grant, **OWN_TEXTS)
def unnamed_case(grant: tul.Grant, context: Context) -> Iterator[Problem]:
    """Find grants without a case number, except those of the older call."""
    call = context.call(grant.call)
    if grant.case_number is None and call is not None:
        if call.continues is None:
            yield problem("/case_number", "old", tul.Severity.NOTE, grant=grant.id)
        else:
            yield problem("/case_number", grant=grant.id, day=call.announced_on)


@rule(tul.Entity, **own_texts("OMA102", "anything"))
def anything(entity: tul.Entity, _: Context) -> Iterator[Problem]:
    """Find every entity."""
    yield problem("", "old", grant=entity.singular)


@rule(tul.Project, tul.Grant, **own_texts("OMA103", "two-classes"))
def two_classes(entity: tul.Project | tul.Grant, _: Context) -> Iterator[Problem]:
    """Find every project and grant."""
    yield problem("/id", "old", grant=entity.id)


def test_rule_of_a_user_is_checked() -> None:
    """Alone or beside ours it finds entities, and has its own message."""
    alone = tul.check(PORTFOLIO, rules=tul.Register([unnamed_case]))
    assert found(alone.findings) == [
        "OMA101 /grants/0/case_number",
        "OMA101 /grants/1/case_number",
    ]
    first, second = alone.findings
    assert (first.severity, second.severity) == (tul.Severity.ERROR, tul.Severity.NOTE)
    assert first.message("fi") == "avustus g1, 21.12.2021"
    assert second.message("sv") == "gammalt g2"
    assert (first.subject, first.sources) == ("grant g1", ("our-handbook",))
    beside = tul.check(PORTFOLIO, rules=tul.rulebook.with_(unnamed_case))
    ours = tul.check(PORTFOLIO)
    assert beside.count("OMA101") == 2
    assert beside.count() == ours.count() + 2


@pytest.mark.parametrize("word", ["OMA101", "OMA1", "OMA1xx", "unnamed-case"])
def test_rule_of_a_user_is_selected(word: str) -> None:
    """It is selected by its code, its family or its slug."""
    rules = tul.rulebook.with_(unnamed_case)
    assert tul.check(PORTFOLIO, rules=rules, select=word).count("OMA101") == 2
    assert tul.check(PORTFOLIO, rules=rules, ignore=word).count("OMA101") == 0


def test_repr_has_code_and_slug() -> None:
    """The representation of a rule is one line."""
    assert repr(unnamed_case) == "<Rule OMA101 unnamed-case>"


def test_rule_looks_at_its_classes() -> None:
    """A rule sees every entity of its classes and of their subclasses, and no other."""
    entities = tul.Portfolio(
        projects=tul.Register([tul.Project(id="h1", name=tul.Text("E"), regions=("05",))]),
        grants=tul.Register([CASELESS]),
        posts=tul.Register([tul.Post(id="p1", role="team_lead")]),
    )
    report = tul.check(entities, rules=tul.Register([anything, two_classes]))
    assert found(report.findings) == [
        "OMA102 /projects/0",
        "OMA103 /projects/0/id",
        "OMA102 /grants/0",
        "OMA103 /grants/0/id",
        "OMA102 /posts/0",
    ]
    assert [finding.message("en") for finding in report.findings][::2] == [
        "old project",
        "old grant",
        "old post",
    ]


def test_rule_without_a_function_finds_nothing() -> None:
    """A rule that readers apply is in the rulebook, but checks no entity."""
    explained = attrs.evolve(unnamed_case, function=None)
    assert tul.check(PORTFOLIO, rules=tul.Register([explained])).findings == ()


def test_problem_has_a_message_and_values() -> None:
    """It has the first message by default, and a value may have any name."""
    assert problem("/x") == Problem("/x", "broken", (), None)
    assert problem("/x", "m", tul.Severity.NOTE, at=1, message="a", severity=None) == Problem(
        "/x", "m", (("at", 1), ("message", "a"), ("severity", None)), tul.Severity.NOTE
    )


def test_rule_is_validated_when_it_is_made() -> None:
    """A code with blanks, a title that is no `Text` and an unknown severity are rejected."""
    broken: list[dict[str, Any]] = [{"code": "OMA 1"}, {"title": "Asianumero"}, {"severity": "x"}]
    for fields in broken:
        with pytest.raises((TypeError, ValueError)):
            attrs.evolve(unnamed_case, **fields)


COPIES: dict[str, Callable[[Rule], object]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    **{
        f"pickle {protocol}": lambda each, protocol=protocol: pickle.loads(  # type: ignore[misc]
            pickle.dumps(each, protocol)
        )
        for protocol in range(4, pickle.HIGHEST_PROTOCOL + 1)
    },
}


@pytest.mark.parametrize("way", COPIES)
def test_rule_can_be_copied_and_pickled(way: str) -> None:
    """A copy is equal, with an equal hash and its function.

    Pickles of protocols before 4 do not support nested names, and so no rules.
    """
    for each in (*tul.rulebook, unnamed_case):
        again = COPIES[way](each)
        assert isinstance(again, Rule)
        assert again == each
        assert hash(again) == hash(each)
        assert again.function is each.function


def test_changed_rule_can_be_pickled() -> None:
    """A rule with a changed severity keeps it in a pickle."""
    milder = attrs.evolve(tul.rulebook["TSK302"], severity=tul.Severity.NOTE)
    again = pickle.loads(pickle.dumps(milder))
    assert again == milder
    assert again.severity is tul.Severity.NOTE


@pytest.mark.parametrize("value", ["x" * 200, ("x",) * 25, 12, None, tul.Text("Lyhyt")])
def test_values_of_a_usual_size_are_kept(value: Param) -> None:
    """Names and lists that fit into a message are not cut."""
    assert problem("", value=value).params == (("value", value),)


def test_large_values_are_cut_in_messages() -> None:
    """A message has the beginning of a long text, a long name and a long list."""
    name = tul.Text("x" * 1000, sv="kort")
    found = problem("", text="x" * 1000, name=name, names=("x" * 1000,) * 1000)
    values = dict(found.params)
    assert values["text"] == "x" * 200 + "…"
    assert values["names"] == ("x" * 200 + "…",) * 25 + ("…",)
    assert isinstance(values["name"], LocalizedText)
    assert values["name"] == LocalizedText(fi="x" * 200 + "…", sv="kort", en="x" * 200 + "…")


@pytest.mark.parametrize("name", ["TSK302", "tsk302", "grant-outside-cost-period", "No-Goal"])
def test_rulebook_accepts_codes_and_slugs_in_any_case(name: str) -> None:
    """So does a register with users' own rules."""
    own = tul.rulebook.with_(unnamed_case)
    for book in (tul.rulebook, own):
        assert name in book
        assert book[name].code in {"TSK302", "TSK401"}
    assert own["Unnamed-Case"] is unnamed_case
    assert "unnamed-case" not in tul.rulebook
    assert tul.rulebook["TSK302"] in own
    assert tul.rulebook.get(302) is None
    with pytest.raises(tul.UnknownCodeError, match="TSK401"):
        tul.rulebook["no-gaol"]


def test_rules_compare_by_value() -> None:
    """Rules with the same fields are equal, others are not."""
    ours = tul.rulebook["TSK302"]
    assert attrs.evolve(ours, slug=ours.slug) == ours
    assert attrs.evolve(ours, slug="another") != ours
    assert attrs.evolve(ours, messages={}) != ours


@pytest.mark.parametrize("family", FAMILIES)
def test_texts_are_read_once(family: str) -> None:
    """The texts of a family are the same object each time, by the codes of its rules."""
    assert texts(family) is texts(family)
    digit = str(FAMILIES.index(family))
    assert {code for code, each in texts(family).items() if each["code"] == code} == {
        each.code for each in tul.rulebook if each.code[3] == digit
    }
