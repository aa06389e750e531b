"""How a rule is declared: the `Rule`, the `Problem` it finds, and the texts that explain it."""

from __future__ import annotations

import functools
import importlib
import itertools
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import (
    Any,
    ClassVar,
    NamedTuple,
    NotRequired,
    TypeAlias,
    TypedDict,
    TypeVar,
    Unpack,
    cast,
)

import attrs

from tulevaisuus._text_files import read_text
from tulevaisuus.findings._output_hooks import NotebookOutput
from tulevaisuus.findings.finding import Finding, make_finding
from tulevaisuus.findings.localization import LANGUAGES, LocalizedText, Param
from tulevaisuus.findings.severity import Severity
from tulevaisuus.model import _hooks
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.entity import Entity, Key
from tulevaisuus.model.name_search import Keyed
from tulevaisuus.model.register import Register
from tulevaisuus.model.text import Text
from tulevaisuus.rules.context import Context

__all__ = [
    "FAMILIES",
    "Judge",
    "Problem",
    "Rule",
    "RuleTexts",
    "Rulebook",
    "first_for_message",
    "problem",
    "read_texts",
    "rule",
    "rulebook",
    "shortened",
    "texts",
]


A = TypeVar("A")

_MAX_TEXT = 200
_MAX_ELEMENTS = 25
"""How many characters of a text, and how many elements of a list, a problem keeps."""

_LONG = (str, tuple, Text)
"""The types of parameters that may be longer."""


class Problem(NamedTuple):
    """What a rule found: the place in the entity, the message of the rule, and its parameters.

    ``severity`` is only given where it is milder than the rule's.
    """

    at: str
    message: str
    params: tuple[tuple[str, Param], ...]
    severity: Severity | None


def problem(
    at: str, message: str = "broken", severity: Severity | None = None, /, **params: Param
) -> Problem:
    """Make a problem.

    Args:
        at: The JSON Pointer of the value that is wrong, relative to the entity (``/usable/end``).
        message: The name of the rule's message.
        severity: Where it is milder than the rule's.
        params: The values that the message names. Of long texts and lists only the beginning is
            kept, so that a report of many findings stays small.

    """
    for name, value in params.items():
        if type(value) is str:  # nearly all, and nearly all of them are short
            if len(value) > _MAX_TEXT:
                params[name] = shortened(value)
        elif isinstance(value, _LONG):
            params[name] = shortened(value)
    return Problem(at, message, tuple(params.items()), severity)


def first_for_message(values: Iterable[A]) -> tuple[A, ...]:
    """Return the values that a message shows, and one more, which becomes an ellipsis.

    Rules that list values need no more of them, and do not compute the rest.
    """
    return tuple(itertools.islice(values, _MAX_ELEMENTS + 1))


def shortened(value: Param) -> Param:
    """Cut a long text or list for a message, and end it with an ellipsis."""
    if isinstance(value, str):
        return value if len(value) <= _MAX_TEXT else f"{value[:_MAX_TEXT]}…"
    if isinstance(value, tuple):
        shown = tuple([shortened(each) for each in value[:_MAX_ELEMENTS]])
        return shown if len(value) <= _MAX_ELEMENTS else (*shown, "…")
    if isinstance(value, Text) and any(len(each) > _MAX_TEXT for each in value.wordings()):
        return LocalizedText(*(str(shortened(value.get(each))) for each in LANGUAGES))
    return value


_NAME = attrs.validators.and_(
    attrs.validators.instance_of(str), attrs.validators.matches_re(r"\S+")
)
_TEXT = attrs.validators.instance_of(Text)

Judge: TypeAlias = Callable[[Any, Context], Iterator[Problem]]
"""A pure function from an entity and its context to what is wrong with it."""


class RuleTexts(TypedDict):
    """The texts and options of a rule, as keywords of `rule`; ours are in ``texts/*.toml``."""

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
class Rule(NotebookOutput):
    """A condition that data must fulfil; its code is never used for another one.

    ``severity`` is the highest that a finding of the rule has. ``evidence`` is how well the
    ``sources`` support it; an inferred rule is never an error. ``of`` are the classes of
    entities that ``judge`` looks at; rules that constructors and readers apply have neither.
    ``needs`` names fields without which the rule has nothing to find: it is not asked about an
    entity in which one of them is not recorded; a class without the field does not mind.
    ``sums`` names the registers that must have been read whole for the rule to be checked; a rule
    ``on_request`` is checked only if it is selected. ``passes`` and ``fails`` are documents, or
    their registers alone, that keep and break the rule.
    """

    singular: ClassVar[str] = "rule"
    plural: ClassVar[str] = "rules"

    code: str = attrs.field(validator=_NAME)
    slug: str = attrs.field(validator=_NAME)
    title: Text = attrs.field(validator=_TEXT)
    explanation: Text = attrs.field(validator=_TEXT)
    remedy: Text = attrs.field(validator=_TEXT)
    severity: Severity = attrs.field(converter=Severity)
    evidence: Evidence | None = attrs.field(
        default=None, converter=attrs.converters.optional(Evidence)
    )
    messages: Mapping[str, LocalizedText] = attrs.field(hash=False)
    sources: tuple[str, ...] = ()
    passes: str | None = None
    fails: str | None = None
    sums: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    on_request: bool = False
    of: tuple[type[Entity], ...] = ()
    judge: Judge | None = None

    @property
    def key(self) -> str:
        """The key in a register of rules: the code."""
        return self.code

    @property
    def called(self) -> tuple[str, str]:
        """The code and the slug in lower case, for comparisons."""
        return self.code.casefold(), self.slug.casefold()

    def names(self) -> Iterator[str]:
        """Return the names for searches: the title in each language, the slug and the code."""
        yield from (*self.title.wordings(), self.slug, self.code)

    def finding(self, found: Problem, path: str = "", subject: str = "") -> Finding:
        """Make the finding of a problem, with a message of the rule.

        Args:
            found: The problem.
            path: The JSON Pointer of the entity that has it.
            subject: The kind and key of the entity (``grant g21``).

        """
        return make_finding(
            code=self.code,
            severity=found.severity or self.severity,
            path=path + found.at,
            subject=subject,
            template=self.messages[found.message],
            params=found.params,
            sources=self.sources,
        )

    def __repr__(self) -> str:
        """Return code and slug in one line."""
        return f"<Rule {self.code} {self.slug}>"


_hooks.announce(Rule)


def rule(
    *of: type[Entity], needs: tuple[str, ...] = (), **fields: Unpack[RuleTexts]
) -> Callable[[Judge], Rule]:
    """Make a rule of the function below: one that looks at entities of these classes.

    The function takes an entity and a `Context` and yields a `problem` for everything that breaks
    the rule. The keywords are the rule's texts, in three languages, and its options.

    Args:
        of: The classes of entities that the function takes; `Entity` takes all.
        needs: The fields without which the function has nothing to find; it is not called then.
        fields: The texts and options of the `Rule`.

    """

    def declare(judge: Judge) -> Rule:
        """Make the rule, which takes the function's name in its module."""
        # Pickles look a function up by that name, and find it again as the rule's judge.
        judge.__qualname__ = f"{judge.__qualname__}.judge"
        return Rule(of=of, judge=judge, needs=needs, **fields)

    return declare


@functools.cache
def texts(family: str) -> Mapping[str, RuleTexts]:
    """Return the texts and options of the rules of one of our families, by code."""
    return read_texts("tulevaisuus.rules", f"tsk{FAMILIES.index(family)}_{family}")


def read_texts(package: str, name: str) -> Mapping[str, RuleTexts]:
    """Return the texts and options of rules, by code: those of ``texts/NAME.toml`` in a package."""
    entries = tomllib.loads(read_text(package, "texts", f"{name}.toml"))
    return {code: _texts(code, entry) for code, entry in entries.items()}


def _texts(code: str, entry: dict[str, Any]) -> RuleTexts:
    messages = entry.pop("messages", {}).items()
    words = {name: LocalizedText(**texts) for name, texts in messages}
    trilingual = {name: Text(**entry.pop(name)) for name in ("title", "explanation", "remedy")}
    lists = {name: tuple(entry.pop(name)) for name in ("sources", "sums") if name in entry}
    return cast("RuleTexts", {"code": code, "messages": words, **entry, **trilingual, **lists})


class Rulebook(Register[Rule]):
    """A register of rules, which are looked up by their code or their slug, in any case.

    >>> from tulevaisuus import rulebook
    >>> rulebook["no-goal"], rulebook["tsk401"] is rulebook["TSK401"]
    (<Rule TSK401 no-goal>, True)
    """

    __slots__ = ()

    def get(self, key: Key | Keyed) -> Rule | None:
        """Return the rule of a code or a slug, or ``None``."""
        found = super().get(key)
        if found is None and isinstance(key, str):
            wanted = key.casefold()
            return next((rule for rule in self if wanted in rule.called), None)
        return found

    def __contains__(self, key_or_rule: object) -> bool:
        """Whether the register holds a rule of this code or slug, or a rule equal to this one."""
        if isinstance(key_or_rule, str):
            return self.get(key_or_rule) is not None
        return super().__contains__(key_or_rule)


FAMILIES = ("document", "programme", "regions", "grants", "projects", "centres", "posts")
"""The modules of the families, in the order of their codes: TSK0xx to TSK6xx."""


def _rules() -> Iterator[Rule]:
    for family in FAMILIES:
        module = importlib.import_module(f"tulevaisuus.rules.{family}")
        rules = [value for value in vars(module).values() if isinstance(value, Rule)]
        yield from sorted(rules, key=lambda rule: rule.code)


rulebook: Rulebook = Rulebook.lazily(_rules)
