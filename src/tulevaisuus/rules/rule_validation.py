"""Checks how a rule is declared and what it yields; the errors are for the author of the rule.

They are `TypeError` and `ValueError`, as for every wrong argument: invalid data is a finding, but a
wrong rule is a mistake in a program.
"""

from __future__ import annotations

import functools
import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import FunctionType
from typing import TypeVar, cast

from tulevaisuus.findings import json_pointers
from tulevaisuus.findings.argument_checks import require_argument, wrong_argument
from tulevaisuus.findings.found_values import quote
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.findings.severity import Ranked
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.model.entity import Entity, is_entity_class
from tulevaisuus.model.field_types import FieldType, ListOf, ObjectOf
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.programme import Programme
from tulevaisuus.model.value import FieldSpec, fields_of
from tulevaisuus.rules.problem_messages import Problem

__all__ = [
    "member_of",
    "missing_values",
    "placeholders",
    "require_classes",
    "require_distinct_names",
    "require_fields",
    "require_function",
    "require_messages",
    "require_name",
    "require_own_code",
    "require_problem",
    "require_problems",
    "require_registers",
    "require_texts",
    "unknown_name",
]

R = TypeVar("R", bound=Ranked)

_OUR_PREFIX = "tsk"
_OUR_MODULES = "tulevaisuus."

_NAME = re.compile(r"\S+")


def require_name(value: object, name: str) -> None:
    """Require a code or slug: a text without blanks."""
    require_argument(value, str, name, "a text without blanks")
    if not _NAME.fullmatch(cast("str", value)):
        raise ValueError(f"{name} takes a text without blanks, not '{quote(cast('str', value))}'")


def require_texts(values: object, name: str) -> None:
    """Require a tuple of texts; a single text would be read as a list of its letters."""
    takes = "a tuple of texts, such as ('amount_eur',)"
    require_argument(values, tuple, name, takes)
    for value in cast("tuple[object, ...]", values):
        require_argument(value, str, name, takes)
        if not cast("str", value).strip():
            raise ValueError(f"{name} takes {takes}; one of them is empty")


def member_of(cls: type[R], value: object, name: str) -> R:
    """Return the member of a code list that an argument names.

    Args:
        cls: The code list.
        value: The argument: a member, or its text.
        name: The name of the parameter.

    """
    example = next(iter(cls)).name
    require_argument(value, str, name, f"a member of {cls.__name__}, such as {example}")
    try:
        return cls(cast("str", value))
    except ValueError:
        raise unknown_name(name, cast("str", value), [*cls]) from None


def unknown_name(name: str, found: str, known: Iterable[str]) -> ValueError:
    """Return the error for a text that is none of the known ones.

    Args:
        name: What the text names, such as the name of a parameter.
        found: The text.
        known: The texts that are accepted; similar ones are suggested.

    """
    names = [str(each) for each in known]
    suggestions = suggest(found, names)
    message = f"{name} '{quote(found)}' is unknown"
    if suggestions:
        message += f"; did you mean {' or '.join(map(repr, suggestions))}?"
    elif names:
        message += f"; use {', '.join(names)}"
    return ValueError(message)


def require_classes(classes: Iterable[object]) -> None:
    """Require classes of entities that can be in a document."""
    known = (*REGISTERS.values(), Programme)
    takes = "classes of entities, such as tulevaisuus.Grant"
    for cls in classes:
        if not is_entity_class(cls):
            raise wrong_argument(cls, "rule", takes)
        entity_class = cast("type[Entity]", cls)
        is_base = any(issubclass(each, entity_class) for each in known)
        if not is_base and not issubclass(entity_class, known):
            raise ValueError(
                f"rule takes {takes}; a document has no {entity_class.__name__}, so the rule would"
                " never be applied"
            )


def require_fields(classes: Sequence[type[Entity]], needs: Sequence[str]) -> None:
    """Require names of fields that at least one of the classes, or a class derived from it, has."""
    known = {name for cls in classes for name in fields_of(cls)}
    if known.issuperset(needs):  # true for nearly all rules
        return
    known.update(name for cls in classes for name in _fields_of_derived(cls))
    for name in needs:
        if name not in known:
            raise unknown_name("needs: the field", name, sorted(known))


def _fields_of_derived(cls: type[Entity]) -> Iterator[str]:
    """Yield the fields of the classes that are derived from a class.

    Python also lists the classes that attrs has replaced by others; they have no fields.
    """
    for each in cls.__subclasses__():
        yield from (field.name for field in vars(each).get("__attrs_attrs__", ()))
        yield from _fields_of_derived(each)


def require_registers(sums: Iterable[str]) -> None:
    """Require names of registers: a rule lists those over which it adds up amounts or counts.

    If an entity of such a register could not be read, the rule is skipped: its sum would be wrong.
    """
    known = (Programme.singular, *REGISTERS)
    for name in sums:
        if name not in known:
            raise unknown_name("sums: the register", name, known)


def require_function(function: object) -> None:
    """Require a function that was written with ``def`` or ``lambda``, as pickle needs its name."""
    takes = "a function: write the decorator before its def"
    require_argument(function, FunctionType, "rule", takes)


def require_own_code(code: str, function: Callable[..., object]) -> None:
    """Require that only the library's rules have codes with its prefix."""
    is_ours = getattr(function, "__module__", "").startswith(_OUR_MODULES)
    if code.casefold().startswith(_OUR_PREFIX) and not is_ours:
        raise ValueError(
            f"codes that begin with TSK are those of the library, as '{quote(code)}' does; choose a"
            " prefix of your own, such as ACME"
        )


def require_messages(messages: object) -> None:
    """Require messages by name, each with the same placeholders in all languages."""
    takes = "a mapping such as {'broken': LocalizedText(fi=..., sv=..., en=...)}"
    require_argument(messages, Mapping, "messages", takes)
    for name, template in cast("Mapping[object, object]", messages).items():
        require_argument(name, str, "messages", takes)
        require_argument(template, LocalizedText, "messages", takes)
        text = cast("LocalizedText", template)
        placeholders(text.fi, text.sv, text.en)


@functools.lru_cache(maxsize=1000)
def placeholders(fi: str, sv: str, en: str) -> frozenset[str]:
    """Return the names of the values that a message shows.

    The arguments are texts because their hash is known, and this must be fast.

    Raises:
        ValueError: The languages show different values, or one is no template.
    """
    names = {"fi": _placeholders(fi), "sv": _placeholders(sv), "en": _placeholders(en)}
    first, *others = names.values()
    if any(other != first for other in others):
        shown = ", ".join(
            f"{language} has {' '.join(f'{{{name}}}' for name in sorted(found)) or 'none'}"
            for language, found in names.items()
        )
        raise ValueError(f"a message has the same placeholders in each language, but {shown}")
    return first


def _placeholders(template: str) -> frozenset[str]:
    """Return the names between braces in one language."""
    try:
        names = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]
        # Values are formatted as texts, so a template that shows empty texts shows all texts.
        template.format_map(dict.fromkeys(names, ""))
    except (ValueError, LookupError, AttributeError) as error:
        raise ValueError(f"'{quote(template)}' is no template of a message: {error}") from None
    for name in names:
        if not name.isidentifier():
            raise ValueError(f"'{quote(template)}' has a placeholder without a name: use {{name}}")
    return frozenset(names)


def missing_values(message: str, names: Iterable[str]) -> ValueError:
    """Return the error for a problem without some of the values that its message shows."""
    shown = ", ".join(f"{name}=..." for name in sorted(names))
    return ValueError(
        f"the message '{quote(message)}' shows values that the problem does not have: pass {shown}"
        " to problem()"
    )


def require_distinct_names(names: Iterable[tuple[object, Iterable[str]]]) -> None:
    """Require that no two rules have the same code or slug, in upper or lower case.

    Args:
        names: Each rule with its code and slug in lower case.

    """
    owners: dict[str, object] = {}
    for rule, called in names:
        for name in dict.fromkeys(called):
            if name in owners:
                raise ValueError(
                    f"{rule} and {owners[name]} have the same name '{quote(name)}': give your rule"
                    " another code and slug, or remove the other rule first:"
                    f" rulebook.without({quote(name)!r})"
                )
            owners[name] = rule


def require_problems(results: object) -> Iterable[object]:
    """Require what a rule returns if it is no generator: a list of problems, for example."""
    if not isinstance(results, Iterable) or isinstance(results, Problem):
        raise TypeError(f"a rule yields problems, but it returned {_class_of(results)}: use yield")
    return cast("Iterable[object]", results)


def require_problem(found: object, cls: type) -> Problem:
    """Require what a rule yields: a problem whose path leads to a value of the entity.

    Args:
        found: What the rule yields.
        cls: The class of the entity.

    """
    if not isinstance(found, Problem):
        raise TypeError(f"a rule yields problems, but it yielded {_class_of(found)}: use problem()")
    if found.path:
        _require_path(cls, found.path)
    return found


def _class_of(value: object) -> str:
    return "None" if value is None else f"a value of type {type(value).__name__}"


@functools.lru_cache(maxsize=10_000)
def _require_path(cls: type, path: str) -> None:
    """Require a path to a field of the entity, or to a part of it; neither needs to be set."""
    if not path.startswith("/"):
        raise ValueError(f"the path '{quote(path)}' begins with no slash: use '/{quote(path)}'")
    field_type: FieldType = ObjectOf(cls)
    for part in json_pointers.split(path):
        if isinstance(field_type, ListOf) and part.isdecimal():
            field_type = field_type.item
            continue
        known: Mapping[str, FieldSpec] = (
            fields_of(field_type.cls) if isinstance(field_type, ObjectOf) else {}
        )
        if part not in known:
            raise unknown_name(f"the path '{quote(path)}': the field", part, known)
        field_type = known[part].type
