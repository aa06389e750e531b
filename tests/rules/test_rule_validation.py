"""Mistakes in a rule of one's own are errors when it is declared, added or run."""

import functools
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, cast

import attrs
import pytest

import tulevaisuus as tul
from tulevaisuus.findings import LocalizedText
from tulevaisuus.rules import Context, Problem, Rule, problem, rule

TEXT = tul.Text("Asianumero puuttuu")
GRANT_MESSAGE = LocalizedText(fi="{grant} puuttuu", sv="{grant} saknas", en="{grant} is missing")
FIELDS: dict[str, Any] = {
    "code": "ACME001",
    "slug": "no-case-number",
    "title": TEXT,
    "explanation": TEXT,
    "remedy": TEXT,
    "severity": tul.Severity.WARNING,
    "messages": {"broken": GRANT_MESSAGE},
}
GRANT = tul.Grant(id="g1", call="shc-2021", project="pirsote", status=tul.GrantStatus.GRANTED)
PORTFOLIO = tul.Portfolio(grants=tul.Register([GRANT]))


def nothing(_grant: tul.Grant, _context: Context) -> Iterator[Problem]:
    """Find nothing."""
    yield from ()


def own_rule(function: Callable[..., Any] = nothing, **fields: Any) -> Rule:  # noqa: ANN401 - of any field
    """Return a rule on grants, with some other fields."""
    return rule(tul.Grant, **{**FIELDS, **fields})(functools.wraps(function)(_copy_of(function)))


def _copy_of(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that does the same, because `rule` changes the name of its function."""

    def called(grant: tul.Grant, context: Context) -> object:
        return cast("object", function(grant, context))

    return called


def message(fi: str, sv: str = "", en: str = "") -> dict[str, LocalizedText]:
    """Return the only message of a rule."""
    return {"broken": LocalizedText(fi=fi, sv=sv or fi, en=en or fi)}


@attrs.frozen(kw_only=True, repr=False)
class Visit(tul.Entity):
    """An entity of one's own, which no document has."""

    singular = "visit"
    plural = "visits"
    id: str


@attrs.frozen(kw_only=True, repr=False)
class CaseGrant(tul.Grant):
    """A grant with a field of one's own."""

    desk: str | None = None


WRONG_FIELDS: dict[str, tuple[dict[str, Any], type[Exception], str]] = {
    "code that is a number": ({"code": 5}, TypeError, "code takes a text without blanks, not a"),
    "code with a blank": ({"code": "ACME 1"}, ValueError, "without blanks, not 'ACME 1'"),
    "no slug": ({"slug": ""}, ValueError, "slug takes a text without blanks, not ''"),
    "title that is a text": (
        {"title": "Asianumero"},
        TypeError,
        r"title takes a text: tulevaisuus\.Text\(...\), not a value of type str",
    ),
    "no remedy": ({"remedy": None}, TypeError, "remedy takes .*, not None"),
    "example that is a dict": ({"fails": {}}, TypeError, "fails takes a document as text, not"),
    "severity that is a number": ({"severity": 1}, TypeError, "severity takes a member of"),
    "unknown severity": (
        {"severity": "eror"},
        ValueError,
        "severity 'eror' is unknown; did you mean 'error'",
    ),
    "severity unlike any": ({"severity": "x"}, ValueError, "'x' is unknown; use error, warning"),
    "unknown evidence": ({"evidence": "statd"}, ValueError, "did you mean 'stated'"),
    "error by inference": (
        {"severity": "error", "evidence": "inferred"},
        ValueError,
        "an inferred rule is never an error",
    ),
    "messages in a list": ({"messages": []}, TypeError, r"messages takes a mapping such as \{'br"),
    "message that is a text": (
        {"messages": {"broken": "plain text"}},
        TypeError,
        r"messages takes .* LocalizedText\(.*\)\}, not a value of type str",
    ),
    "message with a number": ({"messages": {1: GRANT_MESSAGE}}, TypeError, "of type int"),
    "placeholders that differ": (
        {"messages": message("x {foo}", "x", "x {grant}")},
        ValueError,
        r"fi has \{foo\}, sv has none, en has \{grant\}",
    ),
    "half a placeholder": (
        {"messages": message("x {grant")},
        ValueError,
        r"'x \{grant' is no template of a message: ",
    ),
    "placeholder with a number": ({"messages": message("{0}")}, ValueError, "template.*: "),
    "placeholder in a format": ({"messages": message("{a:{b}}")}, ValueError, "template.*: 'b'"),
    "attribute of a text": ({"messages": message("{grant.id}")}, ValueError, "template.*: "),
    "placeholder with blanks": (
        {"messages": message("{ grant }")},
        ValueError,
        r"'\{ grant \}' has a placeholder without a name",
    ),
    "a single source": (
        {"sources": "our-handbook"},
        TypeError,
        "sources takes a tuple of texts, .*, not a value of type str",
    ),
    "source that is a number": ({"sources": (1,)}, TypeError, "sources takes a tuple of texts"),
    "blank source": ({"sources": (" ",)}, ValueError, "one of them is empty"),
    "a list of registers": ({"sums": ["grants"]}, TypeError, "sums takes a tuple of texts"),
    "unknown register": (
        {"sums": ("grantz",)},
        ValueError,
        "sums: the register 'grantz' is unknown; did you mean 'grants'",
    ),
    "unknown field": (
        {"needs": ("decidedon",)},
        ValueError,
        "needs: the field 'decidedon' is unknown; did you mean 'decided_on'",
    ),
    "search that is no function": ({"only_if": True}, TypeError, "only_if takes a function that"),
    "text on request": ({"on_request": "no"}, TypeError, "on_request takes true or false"),
    "code of the library": (
        {"code": "tsk999"},
        ValueError,
        "begin with TSK are those of the library, as 'tsk999' does",
    ),
    "unknown option": ({"need": ()}, TypeError, "need"),
}


@pytest.mark.parametrize("name", WRONG_FIELDS)
def test_wrong_field_of_a_rule_is_an_error(name: str) -> None:
    """It says what the field takes; a note names the rule, except for an enumeration or option."""
    fields, error, expected = WRONG_FIELDS[name]
    with pytest.raises(error, match=expected) as caught:
        own_rule(**fields)
    assert len(str(caught.value)) < 400
    code = fields.get("code", "ACME001")
    if not fields.keys() & {"severity", "evidence", "need"}:
        assert caught.value.__notes__ == [f"in rule {code}"]


WRONG_CLASSES: dict[str, tuple[tuple[Any, ...], type[Exception], str]] = {
    "none": ((), TypeError, "rule takes at least one class"),
    "a number": ((int,), TypeError, r"rule takes classes of entities, such as tulevaisuus\.Grant"),
    "a function": ((nothing,), TypeError, "not a value of type function"),
    "a value": ((tul.Period,), TypeError, "not a value of type type"),
    "own entities": ((tul.Grant, Visit), ValueError, "a document has no Visit, so the rule would"),
}


@pytest.mark.parametrize("name", WRONG_CLASSES)
def test_wrong_class_of_a_rule_is_an_error(name: str) -> None:
    """A rule on a class that is never in a document would never be applied."""
    classes, error, expected = WRONG_CLASSES[name]
    with pytest.raises(error, match=expected):
        rule(*classes, **FIELDS)


def test_decorator_takes_a_function() -> None:
    """A class, or the result of another decorator, has no place where pickle finds the function."""
    decorator = rule(tul.Grant, **FIELDS)
    for wrong in (Visit, functools.partial(nothing), own_rule(), None):
        with pytest.raises(TypeError, match="write the decorator before its def, not"):
            decorator(cast("Any", wrong))
    with pytest.raises(TypeError, match="function takes a function that is called with an entity"):
        attrs.evolve(own_rule(), function=cast("Any", 5))


def test_fields_of_derived_classes_may_be_needed() -> None:
    """An object of a class of one's own may be in a register of the library."""
    desk = CaseGrant(id="g2", call="shc-2021", project="pirsote", status=GRANT.status, desk="a-12")

    def at_desk(grant: CaseGrant, _: Context) -> Iterator[Problem]:
        yield problem("/desk", grant=grant.id)

    needy = own_rule(at_desk, needs=("desk",), sums=("programme", "grants"))
    report = tul.check(
        tul.Portfolio(grants=tul.Register([desk])), rules=tul.rulebook.with_(needy), select="ACME"
    )
    assert [each.path for each in report] == ["/grants/0/desk"]


def test_rule_of_a_derived_class_and_of_all_classes() -> None:
    """A class of one's own may be derived from ours; `Entity` means all classes."""
    for cls in (CaseGrant, tul.Entity, tul.Programme):
        assert rule(cls, **FIELDS)(_copy_of(nothing)).classes == (cls,)


TAKEN: dict[str, dict[str, Any]] = {
    "code in other letters": {"code": "acme001", "slug": "other"},
    "slug of the library": {"code": "ACME002", "slug": "rounded-amount"},
    "slug in other letters": {"code": "ACME002", "slug": "No-Case-Number"},
    "slug that is a code": {"code": "ACME002", "slug": "tsk307"},
    "same code": {"severity": tul.Severity.NOTE},
}


@pytest.mark.parametrize("name", TAKEN)
def test_rules_never_share_a_code_or_slug(name: str) -> None:
    """A rule is neither replaced silently nor hidden by another one."""
    first, second = own_rule(), own_rule(**TAKEN[name])
    with pytest.raises(ValueError, match=r"have the same name '.*rulebook\.without\('"):
        tul.rulebook.with_(first, second)
    with pytest.raises(ValueError, match="have the same name"):
        tul.rulebook.with_(first).with_(second)


def test_rules_of_a_register_never_share_a_slug() -> None:
    """A register that is no rulebook is checked when it is used."""
    with pytest.raises(ValueError, match=r"ACME002 rounded-amount.*TSK307 rounded-amount.*same"):
        tul.check(
            PORTFOLIO,
            rules=tul.Register([*tul.rulebook, own_rule(code="ACME002", slug="rounded-amount")]),
        )


def test_rule_is_added_once_and_replaced_on_purpose() -> None:
    """The same rule may be added again; another one needs its place to be free."""
    own = own_rule()
    book = tul.rulebook.with_(own)
    assert book.with_(own, tul.rulebook["TSK302"]) == book
    milder = attrs.evolve(tul.rulebook["TSK302"], severity=tul.Severity.NOTE)
    with pytest.raises(ValueError, match="have the same name 'tsk302'"):
        book.with_(milder)
    replaced = book.without("tsk302").with_(milder)
    assert len(replaced) == len(book)
    assert replaced["TSK302"].severity is tul.Severity.NOTE
    with pytest.raises(TypeError, match="Rulebook takes rules, which the decorator rule makes"):
        book.with_(cast("Any", nothing))
    with pytest.raises(TypeError, match="not a value of type Grant"):
        book.with_(GRANT)


def returned(result: object) -> Callable[..., object]:
    """Return a function that returns something whatever it is called with."""

    def function(_grant: tul.Grant, _context: Context) -> object:
        return result

    return function


WRONG_RESULTS: dict[str, tuple[Callable[..., object], type[Exception], str]] = {
    "nothing": (returned(None), TypeError, "a rule yields problems, but it returned None: use"),
    "one problem": (
        returned(problem("", grant="g1")),
        TypeError,
        "it returned a value of type Problem: use yield",
    ),
    "a truth value": (returned(result=True), TypeError, "it returned a value of type bool"),
    "texts": (returned(["x"]), TypeError, r"it yielded a value of type str: use problem\(\)"),
    "nothing in a list": (returned([None]), TypeError, "it yielded None"),
    "path without a slash": (
        returned([problem("case_number", grant="g1")]),
        ValueError,
        "the path 'case_number' begins with no slash: use '/case_number'",
    ),
    "unknown path": (
        returned([problem("/case_numbr", grant="g1")]),
        ValueError,
        "the path '/case_numbr': the field 'case_numbr' is unknown; did you mean 'case_number'",
    ),
    "unknown part": (
        returned([problem("/usable/until", grant="g1")]),
        ValueError,
        "the path '/usable/until': the field 'until' is unknown; use start, end",
    ),
    "part of a number": (
        returned([problem("/amount_eur/0", grant="g1")]),
        ValueError,
        "the field '0' is unknown(?!;)",
    ),
    "name in a list": (
        returned([problem("/sources/first", grant="g1")]),
        ValueError,
        "the field 'first' is unknown(?!;)",
    ),
    "unknown message": (
        returned([problem("", "brokn", grant="g1")]),
        ValueError,
        "the message 'brokn' is unknown; did you mean 'broken'",
    ),
    "missing value": (
        returned([problem("/id", project="g1")]),
        ValueError,
        r"the message 'broken' shows values .*: pass grant=\.\.\. to problem\(\)",
    ),
    "higher severity": (
        returned([problem("", "broken", tul.Severity.ERROR, grant="g1")]),
        ValueError,
        "a problem is never worse than its rule: error is above warning",
    ),
    "a mistake": (lambda *_: 1 // 0, ZeroDivisionError, "zero"),
    "too few arguments": (lambda: (), TypeError, "takes 0 positional arguments"),
}


@pytest.mark.parametrize("name", WRONG_RESULTS)
def test_wrong_result_of_a_rule_is_an_error(name: str) -> None:
    """A note names the rule and the entity."""
    function, error, expected = WRONG_RESULTS[name]
    rules = tul.rulebook.with_(own_rule(function))
    with pytest.raises(error, match=expected) as caught:
        tul.check(PORTFOLIO, rules=rules, select="ACME")
    assert caught.value.__notes__ == ["in rule ACME001, at grant g1"]


def test_right_results_are_found() -> None:
    """A list of problems is as good as a generator, and a part of a field may be unset."""
    noted = tul.Note(field="id", text="x")
    portfolio = tul.Portfolio(grants=tul.Register([attrs.evolve(GRANT, notes=(noted,))]))
    paths = ["", "/case_number", "/usable/end", "/notes/0/field", "/notes/0/sources/0"]
    rules = [
        own_rule(returned([problem(path, grant="g1", extra=1) for path in paths])),
        own_rule(returned(()), code="ACME002", slug="none"),
    ]
    report = tul.check(portfolio, rules=tul.Register(rules))
    assert [each.path for each in report] == [f"/grants/0{path}" for path in paths]
    assert report.findings[0].message("fi") == "g1 puuttuu"


def test_error_in_a_search_names_its_rule() -> None:
    """The search of the whole document has no entity."""

    def fails(_: Context) -> object:
        raise LookupError

    rules = tul.rulebook.with_(own_rule(only_if=fails))
    with pytest.raises(LookupError) as caught:
        tul.check(PORTFOLIO, rules=rules, select="ACME")
    assert caught.value.__notes__ == ["in rule ACME001, in its function only_if"]


WRONG_PROBLEMS: dict[str, tuple[Callable[[], object], str]] = {
    "path": (lambda: problem(cast("Any", 0)), "problem takes the JSON Pointer of a value"),
    "message": (lambda: problem("", cast("Any", tul.Severity)), "problem takes the name of a mes"),
    "severity": (lambda: problem("", "x", cast("Any", "note")), "problem takes a Severity after"),
    "list": (lambda: problem("", ids=cast("Any", ["g1"])), "ids takes what a message shows"),
    "entity": (lambda: problem("", grant=cast("Any", GRANT)), "not a value of type Grant"),
    "float": (lambda: problem("", share=cast("Any", 0.5)), "share takes .* of type float"),
}


@pytest.mark.parametrize("name", WRONG_PROBLEMS)
def test_wrong_argument_of_a_problem_is_an_error(name: str) -> None:
    """A message shows texts and numbers, and what has a text in each language."""
    call, expected = WRONG_PROBLEMS[name]
    with pytest.raises(TypeError, match=expected):
        call()


@pytest.mark.parametrize(
    "value",
    [True, Decimal(5), tul.Severity.NOTE, tul.GrantStatus.GRANTED, tul.Period.of_years(2021, 2022)],
)
def test_values_that_a_message_shows_are_kept(value: Any) -> None:  # noqa: ANN401 - of any type
    """Members of code lists and our values have a text in each language."""
    assert problem("", value=value).params == (("value", value),)
