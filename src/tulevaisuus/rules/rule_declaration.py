"""Classes and functions to declare rules: `Rule`, its texts, and the `Rulebook`.

A rule has a code (TSK302), a family (the rules whose code begins with TSK3) and a slug, a name that
can be read. Its evidence is how firmly the sources support it. A register is a collection of the
entities of one class, by key.
"""

from __future__ import annotations

import functools
import importlib
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import NoneType
from typing import (
    Any,
    ClassVar,
    NotRequired,
    Self,
    TypeAlias,
    TypedDict,
    Unpack,
    cast,
)

import attrs

from tulevaisuus._text_files import read_text
from tulevaisuus.findings.argument_checks import only_instances, require_argument, require_callable
from tulevaisuus.findings.finding import Finding, make_finding
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.findings.pydantic_and_notebooks import NotebookMethods
from tulevaisuus.findings.severity import Severity
from tulevaisuus.model import _hooks
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.entity import Entity, Key
from tulevaisuus.model.name_search import Keyed
from tulevaisuus.model.register import Register
from tulevaisuus.model.text import Text
from tulevaisuus.rules import rule_validation as validation
from tulevaisuus.rules.lookups import Context
from tulevaisuus.rules.problem_messages import Problem

__all__ = [
    "FAMILIES",
    "Rule",
    "RuleFunction",
    "RuleTexts",
    "Rulebook",
    "read_texts",
    "rule",
    "rulebook",
    "texts",
]


RuleFunction: TypeAlias = Callable[[Any, Context], Iterator[Problem]]
"""The pure function of a rule: it takes an entity and its context, and yields problems."""


class RuleTexts(TypedDict):
    """The texts of a rule, its severity and sources, as keywords of `rule`.

    Ours are in ``severities_and_texts``.
    """

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


def _severity(value: Severity) -> Severity:
    return validation.member_of(Severity, value, "severity")


def _evidence(value: Evidence) -> Evidence:
    return validation.member_of(Evidence, value, "evidence")


@attrs.frozen(kw_only=True, repr=False)
class Rule(NotebookMethods):
    """A condition that data must fulfil; its code is never used for another rule.

    ``severity`` is the highest severity of its findings. ``evidence`` is how well the ``sources``
    support the rule; an inferred rule is never an error. ``function`` takes entities of one of
    ``classes``; rules that constructors and readers apply have neither. ``needs`` lists fields that
    must be set: the function is not called for an entity where one of them is missing (fields that
    the class does not have are ignored). ``only_if`` is a function of the context: if its result is
    empty, the rule finds nothing in the document and is skipped. ``sums`` lists the registers that
    must be complete: if an entity of them could not be read, the rule is skipped. A rule
    ``on_request`` is only checked if it is selected. ``passes`` and ``fails`` are examples:
    documents, or only their registers, that comply with the rule or violate it.
    """

    singular: ClassVar[str] = "rule"
    plural: ClassVar[str] = "rules"

    code: str
    slug: str
    title: Text
    explanation: Text
    remedy: Text
    severity: Severity = attrs.field(converter=_severity)
    evidence: Evidence | None = attrs.field(
        default=None, converter=attrs.converters.optional(_evidence)
    )
    messages: Mapping[str, LocalizedText] = attrs.field(hash=False)
    sources: tuple[str, ...] = ()
    passes: str | None = None
    fails: str | None = None
    sums: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    only_if: Callable[[Context], object] | None = None
    on_request: bool = False
    classes: tuple[type[Entity], ...] = ()
    function: RuleFunction | None = None

    def __attrs_post_init__(self) -> None:
        """Check every argument; a note of the error names the rule.

        Raises:
            TypeError: An argument has a wrong type.
            ValueError: An argument has a wrong value, such as a field that no class has.
        """
        try:
            self._require_valid_texts()
            self._require_valid_function()
        except (TypeError, ValueError) as error:
            error.add_note(f"in rule {self.code}")
            raise

    def _require_valid_texts(self) -> None:
        """Require what explains the rule, and its messages."""
        for name in ("code", "slug"):
            validation.require_name(getattr(self, name), name)
        for name in ("title", "explanation", "remedy"):
            require_argument(getattr(self, name), Text, name, "a text: tulevaisuus.Text(...)")
        for name in ("passes", "fails"):
            require_argument(getattr(self, name), (str, NoneType), name, "a document as text")
        validation.require_messages(self.messages)
        validation.require_texts(self.sources, "sources")
        if self.evidence is Evidence.INFERRED and self.severity is Severity.ERROR:
            raise ValueError("an inferred rule is never an error: use Severity.WARNING")

    def _require_valid_function(self) -> None:
        """Require what the function is called with, and when."""
        validation.require_texts(self.sums, "sums")
        validation.require_registers(self.sums)
        validation.require_texts(self.needs, "needs")
        validation.require_fields(self.classes, self.needs)
        require_callable(self.only_if, "only_if", "the context")
        require_argument(self.on_request, bool, "on_request", "true or false")
        if self.function is not None:
            require_callable(self.function, "function", "an entity and the context")
            validation.require_classes(self.classes)
            validation.require_own_code(self.code, self.function)

    @property
    def key(self) -> str:
        """The key in a register of rules: the code."""
        return self.code

    @property
    def called(self) -> tuple[str, str]:
        """The code and the slug in lower case, for look-ups."""
        return self.code.casefold(), self.slug.casefold()

    def names(self) -> Iterator[str]:
        """Return all names for searches: the title in each language, the slug and the code.

        The first is the English title, because errors of look-ups are in English.
        """
        yield from dict.fromkeys((self.title.get("en"), *self.title.wordings()))
        yield from (self.slug, self.code)

    def finding(self, found: Problem, path: str = "", subject: str = "") -> Finding:
        """Make a finding from a problem, with the message of the rule.

        Args:
            found: The problem.
            path: The JSON Pointer of the entity.
            subject: The class and key of the entity (``grant g21``).

        Raises:
            ValueError: The rule has no such message, the problem lacks a value that the message
                shows, or the severity of the problem is higher than that of the rule.

        """
        template = self.messages.get(found.message)
        if template is None:
            raise validation.unknown_name("the message", found.message, self.messages)
        names = validation.placeholders(template.fi, template.sv, template.en)
        if missing := names.difference(dict(found.params)):
            raise validation.missing_values(found.message, missing)
        if found.severity is not None and found.severity > self.severity:
            raise ValueError(
                f"a problem is never worse than its rule: {found.severity} is above {self.severity}"
            )
        return make_finding(
            code=self.code,
            severity=found.severity or self.severity,
            path=path + found.path,
            subject=subject,
            template=template,
            params=found.params,
            sources=self.sources,
        )

    def may_apply(self, cls: type[Entity], context: Context) -> bool:
        """Return whether the rule may find something in entities of a class, in a document.

        Args:
            cls: The class of the entities.
            context: The context of the document.

        """
        if self.function is None or not issubclass(cls, self.classes):
            return False
        if self.only_if is None:
            return True
        try:
            return bool(context.shared(self.only_if))
        except Exception as error:
            error.add_note(f"in rule {self.code}, in its function only_if")
            raise

    def __repr__(self) -> str:
        """Return code and slug in one line."""
        return f"<Rule {self.code} {self.slug}>"


_hooks.announce(Rule)


def rule(
    *classes: type[Entity],
    needs: tuple[str, ...] = (),
    only_if: Callable[[Context], object] | None = None,
    on_request: bool = False,
    **fields: Unpack[RuleTexts],
) -> Callable[[RuleFunction], Rule]:
    """Return a decorator that makes a rule from a function.

    The function takes an entity and a `Context`, and yields a `problem` for each violation.

    Args:
        classes: The classes of entities that the function takes; `Entity` means all classes.
        needs: The fields that must be set; otherwise the function is not called.
        only_if: A function of the context that searches the whole document once. If its result is
            false, such as an empty mapping, the rule is skipped. The function of the rule gets the
            same result from ``context.shared``.
        on_request: Whether the rule is only checked if it is selected.
        fields: The texts of the `Rule` in three languages, its severity and sources.

    Raises:
        TypeError: An argument has a wrong type, or an argument is missing or unknown.
        ValueError: An argument has a wrong value: a field that no class has, a register that does
            not exist, a message whose languages show different values, a code of the library.

    """
    validation.require_classes(classes)
    if not classes:
        raise TypeError("rule takes at least one class of entities, such as tulevaisuus.Grant")

    def declare(function: RuleFunction) -> Rule:
        """Make the rule; in its module it replaces the function."""
        validation.require_function(function)
        # The name of the function is now that of the rule: pickle must find it as `RULE.function`.
        function.__qualname__ = f"{function.__qualname__}.function"
        return Rule(
            classes=classes,
            function=function,
            needs=needs,
            only_if=only_if,
            on_request=on_request,
            **fields,
        )

    return declare


@functools.cache
def texts(family: str) -> Mapping[str, RuleTexts]:
    """Return the texts and options of one family of our rules, by code."""
    return read_texts("tulevaisuus.rules", f"tsk{FAMILIES.index(family)}_{family}")


def read_texts(package: str, name: str) -> Mapping[str, RuleTexts]:
    """Return the texts and options of rules, by code, from ``severities_and_texts/NAME.toml``."""
    entries = tomllib.loads(read_text(package, "severities_and_texts", f"{name}.toml"))
    return {code: _rule_texts(code, entry) for code, entry in entries.items()}


def _rule_texts(code: str, entry: dict[str, Any]) -> RuleTexts:
    """Convert an entry of a TOML file to the keywords of `rule`."""
    templates = {name: LocalizedText(**texts) for name, texts in entry.pop("messages", {}).items()}
    trilingual = {name: Text(**entry.pop(name)) for name in ("title", "explanation", "remedy")}
    lists = {name: tuple(entry.pop(name)) for name in ("sources", "sums") if name in entry}
    return cast("RuleTexts", {"code": code, "messages": templates, **entry, **trilingual, **lists})


class Rulebook(Register[Rule]):
    """A register of rules, with look-ups by code or slug, in any case; no two rules share one.

    >>> from tulevaisuus import rulebook
    >>> rulebook["no-goal"], rulebook["tsk401"] is rulebook["TSK401"]
    (<Rule TSK401 no-goal>, True)
    """

    __slots__ = ()

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        """Keep the rules by code, in their order.

        Raises:
            TypeError: One of them is no rule.
            ValueError: Two of them have the same code or slug, in any case.
        """
        takes = "rules, which the decorator rule makes"
        checked = [*only_instances(rules, Rule, "Rulebook", takes)]
        validation.require_distinct_names((rule, rule.called) for rule in checked)
        super().__init__(checked)

    def with_(self, *entities: Keyed) -> Self:
        """Return a rulebook with more rules; a rule that it contains already is not added again.

        Raises:
            TypeError: One of them is no rule.
            ValueError: Another rule has the same code or slug. To replace a rule, remove it first:
                ``rulebook.without("TSK307").with_(...)``.
        """
        new = [rule for rule in entities if rule not in self]
        return type(self)([*self, *cast("list[Rule]", new)])

    def get(self, key: Key | Keyed) -> Rule | None:
        """Return the rule with a code or slug, or ``None``."""
        rule = super().get(key)
        if rule is None and isinstance(key, str):
            name = key.casefold()
            return next((each for each in self if name in each.called), None)
        return rule

    def __contains__(self, key_or_rule: object) -> bool:
        """Return whether the register contains a rule with this code or slug, or an equal rule."""
        if isinstance(key_or_rule, str):
            return self.get(key_or_rule) is not None
        return super().__contains__(key_or_rule)


FAMILIES = (
    "document",
    "programme",
    "regions_counties_and_municipalities",
    "grants",
    "projects",
    "centres",
    "posts",
)
"""The modules of the families, in the order of their codes: TSK0xx to TSK6xx."""


def _load_rules() -> Iterator[Rule]:
    for family in FAMILIES:
        module = importlib.import_module(f"tulevaisuus.rules.{family}")
        rules = [value for value in vars(module).values() if isinstance(value, Rule)]
        yield from sorted(rules, key=lambda rule: rule.code)


rulebook: Rulebook = Rulebook.lazily(_load_rules)
