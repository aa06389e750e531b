"""How a rule is declared: the `Rule`, the `Problem` it finds, and the texts that explain it."""

import functools
import importlib
import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import (
    Annotated,
    Any,
    ClassVar,
    NamedTuple,
    NotRequired,
    TypeAlias,
    TypedDict,
    Unpack,
    cast,
)

import attrs

from tulevaisuus._data import read_text
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LocalizedText, Param
from tulevaisuus.findings.severity import Severity
from tulevaisuus.model.annotations import Id
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import AnyObject
from tulevaisuus.model.register import Register
from tulevaisuus.model.text import Text
from tulevaisuus.rules.context import Context

__all__ = [
    "FAMILIES",
    "Judge",
    "Problem",
    "Rule",
    "RuleTexts",
    "problem",
    "rule",
    "rulebook",
    "texts",
]


class Problem(NamedTuple):
    """What a rule found: where in the thing, which of its messages says it, and with what values.

    ``severity`` is only given where it is milder than the rule's.
    """

    at: str
    message: str
    params: tuple[tuple[str, Param], ...]
    severity: Severity | None


def problem(
    at: str, message: str = "broken", severity: Severity | None = None, /, **params: Param
) -> Problem:
    """Make a problem at a JSON Pointer that is relative to the thing."""
    return Problem(at, message, tuple(params.items()), severity)


Judge: TypeAlias = Callable[[Any, Context], Iterator[Problem]]
"""A pure function from a thing and what is around it to what is wrong with it."""


class RuleTexts(TypedDict):
    """What is said of a rule, as keywords of `rule`; ours stand in ``texts/*.toml``."""

    code: str
    slug: str
    title: Text
    explanation: Text
    remedy: Text
    severity: Severity
    messages: Mapping[str, LocalizedText]
    evidence: NotRequired[Evidence]
    sources: NotRequired[tuple[str, ...]]
    passes: NotRequired[str]
    fails: NotRequired[str]
    sums: NotRequired[tuple[str, ...]]
    on_request: NotRequired[bool]


@attrs.frozen(kw_only=True, repr=False)
class Rule(Entity):
    """Something that must hold, under a code that is never used for anything else.

    ``severity`` is the highest that a finding of the rule has. ``evidence`` says how firmly the
    ``sources`` carry it; a rule that is inferred is never an error. ``of`` are the classes of
    things that ``judge`` looks at; rules that constructors and readers hold have neither. ``sums``
    names the registers that must have been read whole for the rule to be judged; a rule
    ``on_request`` is judged only if it is selected. ``passes`` and ``fails`` are documents, or
    their registers alone, that keep and break the rule.
    """

    singular: ClassVar[str] = "rule"
    plural: ClassVar[str] = "rules"
    key_fields: ClassVar[tuple[str, ...]] = ("code",)

    code: Id
    slug: Id
    title: Text
    explanation: Text
    remedy: Text
    severity: Severity
    evidence: Evidence | None = None
    messages: Annotated[Mapping[str, LocalizedText], AnyObject()] = attrs.field(hash=False)
    passes: str | None = None
    fails: str | None = None
    sums: tuple[Id, ...] = ()
    on_request: bool = False
    of: Annotated[tuple[type[Entity], ...], AnyObject()] = ()
    judge: Annotated[Judge | None, AnyObject()] = None

    def wordings(self) -> Iterator[str]:
        """Return what it can be found by: its code, slug and title."""
        yield from (*self.title.wordings(), self.slug, self.code)

    def finding(self, found: Problem) -> Finding:
        """Say a problem in the words of the rule."""
        return Finding(
            code=self.code,
            severity=found.severity or self.severity,
            path=found.at,
            template=self.messages[found.message],
            params=found.params,
            sources=self.sources,
        )

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        """Pickle the fields, and of the function its name: that leads to the rule it became."""
        said = {name: value for name, value in self.set_fields().items() if name != "judge"}
        place = (self.judge.__module__, self.judge.__qualname__) if self.judge else None
        return _rebuild_rule, (said, place)


def _rebuild_rule(said: dict[str, Any], place: tuple[str, str] | None) -> Rule:
    if place is None:
        return Rule(**said)
    found: Rule | Judge = getattr(importlib.import_module(place[0]), place[1])
    return Rule(**said, judge=found.judge if isinstance(found, Rule) else found)


def rule(*of: type[Entity], **fields: Unpack[RuleTexts]) -> Callable[[Judge], Rule]:
    """Make a rule of the function below: one that looks at things of these classes.

    The function takes a thing and a `Context` and yields a `problem` for everything that breaks
    the rule. What is said of the rule, in three languages, are the keywords.
    """

    def declare(judge: Judge) -> Rule:
        """Make the rule."""
        return Rule(of=of, judge=judge, **fields)

    return declare


@functools.cache
def texts(family: str) -> Mapping[str, RuleTexts]:
    """Return what is said of the rules of one of our families, by code."""
    entries = tomllib.loads(read_text("tulevaisuus.rules", "texts", f"{family}.toml"))
    return {code: _texts(code, entry) for code, entry in entries.items()}


def _texts(code: str, entry: dict[str, Any]) -> RuleTexts:
    words = {name: LocalizedText(**said) for name, said in entry.pop("messages", {}).items()}
    trilingual = {name: Text(**entry.pop(name)) for name in ("title", "explanation", "remedy")}
    lists = {name: tuple(entry.pop(name)) for name in ("sources", "sums") if name in entry}
    return cast("RuleTexts", {"code": code, "messages": words, **entry, **trilingual, **lists})


FAMILIES = ("document", "programme", "regions", "grants", "projects", "centres", "posts")
"""The modules of the families, in the order of their codes: TSK0xx to TSK6xx."""


def _rules() -> Iterator[Rule]:
    for family in FAMILIES:
        module = importlib.import_module(f"tulevaisuus.rules.{family}")
        rules = [value for value in vars(module).values() if isinstance(value, Rule)]
        yield from sorted(rules, key=lambda rule: rule.code)


rulebook: Register[Rule] = Register[Rule].lazily(_rules)
