"""Selecting rules by code, family, slug and evidence."""

from typing import Any

import pytest

import tulevaisuus as tul
from tulevaisuus.rules.rule_selection import select_rules

BY_DEFAULT = [rule.code for rule in tul.rulebook if not rule.on_request]
FAMILY_5 = ["TSK501", "TSK502"]


@pytest.mark.parametrize(
    ("select", "codes"),
    [
        (None, BY_DEFAULT),
        ((), []),
        ("TSK302", ["TSK302"]),
        ("grant-outside-cost-period", ["TSK302"]),
        ("TSK5", FAMILY_5),
        ("TSK5xx", FAMILY_5),
        (["TSK5", "TSK501"], FAMILY_5),
        ({"TSK502", "services-missing"}, FAMILY_5),
        ((word for word in ("TSK604", "TSK302")), ["TSK302", "TSK604"]),
        ("TSK605", ["TSK605"]),
        ("tsk302", ["TSK302"]),
        ("No-Goal", ["TSK401"]),
        ("tsk5XX", FAMILY_5),
        ("TSK6", ["TSK601", "TSK602", "TSK603", "TSK604", "TSK605"]),
    ],
    ids=[
        "all",
        "none",
        "code",
        "slug",
        "family",
        "family with x",
        "overlapping",
        "set",
        "generator",
        "on request",
        "code in small letters",
        "slug in capitals",
        "family in another case",
        "on request, by family",
    ],
)
def test_select_by_code_slug_or_family(select: list[str] | None, codes: list[str]) -> None:
    """The selected rules are in the order of the rulebook."""
    assert [rule.code for rule in select_rules(tul.rulebook, select, ())] == codes


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        ("TSK5", "TSK502", ["TSK501"]),
        ("TSK5", "TSK5", []),
        ("TSK501", ["TSK3xx", "no-goal"], ["TSK501"]),
        (None, [f"TSK{digit}" for digit in range(5)], [*FAMILY_5, *BY_DEFAULT[-4:]]),
    ],
    ids=["one of a family", "all of it", "others", "families of all"],
)
def test_ignore_removes_from_the_selection(
    select: str | None, ignore: str | list[str], codes: list[str]
) -> None:
    """Without a selection it removes from all rules."""
    assert [rule.code for rule in select_rules(tul.rulebook, select, ignore)] == codes


@pytest.mark.parametrize("least", tul.Evidence)
def test_select_by_evidence(least: tul.Evidence) -> None:
    """Rules with a lower level of evidence are left out; those on documents have none."""
    chosen = select_rules(tul.rulebook, None, (), least)
    assert [rule.code for rule in chosen] == [
        rule.code
        for rule in tul.rulebook
        if not rule.on_request and (rule.evidence is None or rule.evidence.rank >= least.rank)
    ]
    assert {rule.code for rule in chosen} > {f"TSK00{digit}" for digit in range(1, 10)}


def test_higher_evidence_selects_fewer_rules() -> None:
    """Each higher level of evidence leaves out some of our rules."""
    counts = [len(select_rules(tul.rulebook, None, (), least)) for least in tul.Evidence]
    assert counts[0] < counts[1] < counts[2] == counts[3]


@pytest.mark.parametrize(
    ("word", "suggest"),
    [
        ("grant-outside-cost", "grant-outside-cost-period"),
        ("no-gaol", "no-goal"),
        ("TSK3O2", "TSK302"),
    ],
)
@pytest.mark.parametrize("option", ["select", "ignore"])
def test_unknown_name_has_suggestions(word: str, suggest: str, option: str) -> None:
    """A text that matches no rule is an error with the nearest names."""
    chosen = {"select": ["TSK302"], "ignore": ["TSK302"]} | {option: ["TSK302", word]}
    with pytest.raises(tul.UnknownCodeError) as caught:
        select_rules(tul.rulebook, chosen["select"], chosen["ignore"])
    assert caught.value.key == word
    assert suggest in caught.value.suggestions
    assert str(caught.value).startswith(f"no rule or family is called {word!r}; did you mean ")
    assert repr(suggest) in str(caught.value)


@pytest.mark.parametrize("word", ["", "xx", "€€€", "TS", "TSK3x2", "302"])
def test_incomplete_code_is_an_error(word: str) -> None:
    """A family is selected by its prefix or its first digit, a rule by its full code or slug."""
    with pytest.raises(tul.UnknownCodeError, match="no rule or family is called"):
        select_rules(tul.rulebook, word, ())


def test_rule_object_selects_itself() -> None:
    """It is accepted in place of its code, alone or among others."""
    rule = tul.rulebook["TSK302"]
    assert [each.code for each in select_rules(tul.rulebook, rule, ())] == ["TSK302"]
    assert [each.code for each in select_rules(tul.rulebook, [rule, "TSK5"], ["TSK5"])] == [
        "TSK302"
    ]


def test_other_types_are_rejected() -> None:
    """The error on a number names its type, and what to pass."""
    for selection in (["TSK301", 5], 5):
        options: dict[str, Any] = {"select": selection}
        with pytest.raises(TypeError, match="as text, or as a Rule, not by int"):
            tul.check(tul.Portfolio(), **options)
