"""`Reading`: the result of reading a source: valid entities, findings and what was rejected.

A register is the collection of the entities of one class, by key, such as all grants. A portfolio
is all entities of one document.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol, TypeVar, cast

import attrs

from tulevaisuus.findings.argument_checks import (
    only_instances,
    require_argument,
    wrong_argument,
)
from tulevaisuus.findings.collector import Counts, count_findings
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.findings_as_json_data import JsonObject, make_part
from tulevaisuus.findings.pydantic_and_notebooks import NotebookMethods, PydanticMethods
from tulevaisuus.findings.report import Report
from tulevaisuus.findings.severity import Severity
from tulevaisuus.findings.unchecked import Located
from tulevaisuus.formats.writing import document_of
from tulevaisuus.model import _hooks
from tulevaisuus.model.entity import Entity, Key, is_entity_class
from tulevaisuus.model.portfolio import REGISTERS, Portfolio
from tulevaisuus.model.register import Register

__all__ = ["Locator", "Reading", "Rejected", "Repeated"]

E = TypeVar("E", bound=Entity)


class Rejected(NamedTuple):
    """An entity that is not valid: its register, its index there, and its key if that is valid.

    ``place`` is the index. It is ``None`` if the whole register was rejected, or the programme, of
    which a document has only one.
    """

    register: str
    place: int | None
    key: Key | None


class Repeated(NamedTuple):
    """A valid entity that was left out, because an earlier one has its key; and its index."""

    place: int | None
    entity: Entity


class Locator(Protocol):
    """Translates paths of findings into locations: line and column, or sheet and cell."""

    def locate(self, findings: Iterable[Located]) -> list[Located]:
        """Return findings, or objects that no rule was checked on, with their locations."""
        ...


@attrs.frozen(kw_only=True, repr=False)
class Reading(PydanticMethods, NotebookMethods):
    """The result of reading a source: the valid entities, and findings about the others.

    ``findings`` are in the order of the source. If there are very many, only the first are kept
    (`Limits.findings`); ``counts`` has the exact numbers by code and severity. ``rejected`` lists
    the entities that are not in ``portfolio``; ``repeated`` has the valid ones among them, which
    have the key of an earlier entity.
    """

    portfolio: Portfolio = Portfolio()
    findings: tuple[Finding, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    counts: Counts = ()
    repeated: tuple[Repeated, ...] = attrs.field(default=(), eq=False)
    # Registers of classes that no portfolio holds, such as the costs of a ledger.
    _others: tuple[tuple[str, Register[Entity]], ...] = attrs.field(default=(), alias="others")
    _indices: Mapping[str, tuple[int, ...]] = attrs.field(
        factory=dict[str, tuple[int, ...]], alias="indices", eq=False
    )
    _locator: Locator | None = attrs.field(default=None, alias="locator", eq=False)

    @property
    def locator(self) -> Locator | None:
        """The locator of the source; ``None`` if the source is not a text or table."""
        return self._locator

    def __repr__(self) -> str:
        """Return a short description, however many findings there are."""
        found = sum(number for _, _, number in self.counts)
        return f"<Reading: {self.portfolio!r}; {found} findings, {len(self.rejected)} rejected>"

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return all(severity < Severity.ERROR for _, severity, _ in self.counts)

    def to_dict(self, language: str | None = None) -> JsonObject:
        """Return the reading as data for JSON: the findings as in a report, and the document.

        The document is under ``portfolio``. With a language, each message is a text; without, it is
        an object with all three languages.

        Raises:
            UnknownLanguageError: The language is none of ``fi``, ``sv`` and ``en``.
            DocumentError: The document is of a newer version; fields of it would be lost.
        """
        return {name: make() for name, make in self._parts(language).items()}

    def _parts(self, language: str | None = None) -> Mapping[str, Callable[[], object]]:
        """Return the function that makes each value of `to_dict`."""
        report = Report(findings=self.findings, counts=self.counts)
        return {
            "ok": lambda: self.ok,
            "counts": lambda: report["counts"],
            "findings": lambda: report.to_dict(language)["findings"],
            "rejected": lambda: [rejected._asdict() for rejected in self.rejected],
            "portfolio": lambda: document_of(self.portfolio),
        }

    def keys(self) -> Iterable[str]:
        """Return the keys of `to_dict`.

        With them, ``dict(reading)``, and so FastAPI's ``jsonable_encoder``, makes the same data.
        """
        return self._parts().keys()

    def __getitem__(self, key: str) -> object:
        """Return a value of `to_dict`; only that value is made.

        Raises:
            UnknownCodeError: `to_dict` has no such value.
            TypeError: The key is no text: a reading is not a list.
        """
        require_argument(key, str, "a reading", "the name of a value, such as 'findings'")
        return make_part(self._parts(), key, "a reading")

    # Without it, Python would iterate by ``__getitem__`` and numbers.
    __iter__ = None

    def entities_of(self, cls: type[E]) -> Register[E]:
        """Return the valid entities of a class.

        The class may be one that no portfolio holds, such as the costs of a ledger, or a class of
        your own.

        Raises:
            TypeError: It is not a class of entities.
        """
        if not is_entity_class(cls):
            takes = "a class of entities, such as tulevaisuus.Grant"
            raise wrong_argument(cls, "entities_of", takes)
        registers = {**self.portfolio.registers(), **dict(self._others)}
        return cast("Register[E]", registers.get(cls.plural, Register[Entity]()))

    @property
    def omitted(self) -> int:
        """The number of findings that are not in ``findings``."""
        return sum(number for _, _, number in self.counts) - len(self.findings)

    @property
    def omitted_counts(self) -> Counts:
        """The counts of the findings that are not in ``findings``."""
        found = Counter({(code, severity): number for code, severity, number in self.counts})
        kept = Counter((finding.code, finding.severity) for finding in self.findings)
        return tuple((*key, number) for key, number in (found - kept).items())

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Reading":
        """Return a reading without entities, with these findings."""
        kept = tuple(only_instances(findings, Finding, "findings", "a list of findings"))
        return cls(findings=kept, counts=count_findings(kept))

    def indices_in(self, register: str) -> Iterator[int]:
        """Return the positions of the valid entities of a register in the source, from zero."""
        known = self._indices.get(register)
        if known is None:
            is_known = register in REGISTERS
            return iter(range(len(getattr(self.portfolio, register)) if is_known else 0))
        return iter(known)

    def located(self, findings: Iterable[Located]) -> list[Located]:
        """Return findings, or objects that no rule was checked on, with their locations.

        Paths are JSON Pointers into the source. Findings that already have a location keep it.
        """
        return list(findings) if self._locator is None else self._locator.locate(findings)


_hooks.announce(Reading)
