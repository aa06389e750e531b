"""`Report`, the result of a check, and `CheckError`; `reports/` writes reports to files.

A register is a collection of the entities of one class, by key.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Never, SupportsIndex, TypeAlias, overload

import attrs

from tulevaisuus._grouping import group_by
from tulevaisuus.findings.argument_checks import only_instances, require_argument, require_limit
from tulevaisuus.findings.collector import Collector, Counts
from tulevaisuus.findings.errors import list_findings
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.findings_as_json_data import (
    JsonObject,
    make_part,
    plain_finding,
    plain_unchecked,
)
from tulevaisuus.findings.localization import (
    Localizable,
    escape_unprintable,
    require_language,
    split_language,
)
from tulevaisuus.findings.lookup_errors import TulevaisuusError
from tulevaisuus.findings.pydantic_and_notebooks import NotebookMethods, PydanticMethods
from tulevaisuus.findings.severity import Severity
from tulevaisuus.findings.unchecked import Unchecked

__all__ = ["CheckError", "Report", "Row", "is_reading_note", "title_of"]

_MAX_WHAT = 60
"""How many characters of a wrong argument an error quotes."""

_DOCUMENT_FAMILY = "TSK0"
"""How the codes of the rules about documents begin."""

Row: TypeAlias = dict[str, str | int | None]
"""A finding as a row of a table; every row has the same keys in the same order."""


@attrs.frozen(kw_only=True, repr=False)
class Report(PydanticMethods, NotebookMethods):
    """The findings of a check, in the order of the document.

    ``skipped`` are the codes of rules that were not checked, because data that they need was
    rejected. ``counts`` are the exact numbers of findings by code and severity; they include the
    findings beyond ``limit`` that are not listed, whose number is ``omitted``. ``unchecked`` are
    objects that could not be read, so that no rule was checked on them; ``unchecked_omitted`` is
    the number of such objects beyond the limit. ``titles`` are the titles of the rules in the
    report, by code; comparisons ignore them.

    A report is used like a list of its findings: it has a length and can be iterated over, and
    ``report[0]`` is the first finding. It has no truth value, because ``if report`` could mean "no
    errors" or "some findings": use `ok` or ``len()``.

    >>> report = Report()
    >>> report.ok, len(report), str(report)
    (True, 0, '0 errors, 0 warnings, 0 notes')
    """

    findings: tuple[Finding, ...] = ()
    skipped: tuple[str, ...] = ()
    counts: Counts = ()
    omitted: int = 0
    unchecked: tuple[Unchecked, ...] = ()
    unchecked_omitted: int = 0
    titles: tuple[tuple[str, Localizable], ...] = attrs.field(default=(), eq=False)

    @classmethod
    def of(
        cls,
        findings: Iterable[Finding],
        *,
        skipped: Iterable[str] = (),
        limit: int | None = None,
        titles: Mapping[str, Localizable] | None = None,
        omitted_counts: Counts = (),
    ) -> "Report":
        """Make a report: count the findings, and list them up to a limit.

        Args:
            findings: The findings, in the order of the document.
            skipped: The codes of rules that were not checked.
            limit: The maximum number of findings to list; ``None`` lists all.
            titles: The titles of rules by code; titles of other rules are dropped.
            omitted_counts: The counts of findings that the reader counted but did not keep.

        Raises:
            TypeError: The findings or the limit have a wrong type.
            ValueError: The limit is below zero.
        """
        require_limit(limit)
        collector = Collector(limit)
        collector.extend(only_instances(findings, Finding, "findings", "a list of findings"))
        collector.extend((), counts=omitted_counts)
        skipped_codes = tuple(skipped)
        named = {*skipped_codes, *(code for code, _, _ in collector.counts)}
        return cls(
            findings=tuple(collector.findings),
            skipped=skipped_codes,
            counts=collector.counts,
            omitted=collector.total - len(collector.findings),
            titles=tuple(each for each in (titles or {}).items() if each[0] in named),
        )

    @property
    def ok(self) -> bool:
        """Whether there are no errors, listed or omitted."""
        return not self.count(Severity.ERROR)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The listed findings that are errors."""
        return self._of_severity(Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The listed findings that are warnings."""
        return self._of_severity(Severity.WARNING)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """The listed findings that are notes."""
        return self._of_severity(Severity.NOTE)

    def __iter__(self) -> Iterator[Finding]:
        """Iterate over the listed findings."""
        return iter(self.findings)

    def __len__(self) -> int:
        """Return the number of the listed findings; `count` includes the omitted ones."""
        return len(self.findings)

    def __bool__(self) -> Never:
        """Raise `TypeError`: a report is neither true nor false."""
        raise TypeError("a Report is neither true nor false; use report.ok or len(report)")

    def count(self, what: Severity | str | None = None) -> int:
        """Return the exact number of findings with a severity or a code, or of all findings.

        A code or the family of codes may be in any case: ``TSK302``, ``tsk302``, ``TSK3``.

        Raises:
            ValueError: It is neither a severity nor the code of a rule.
            TypeError: It is no text.
        """
        if what is None:
            return sum(number for _, _, number in self.counts)
        require_argument(what, str, "count", "a severity or the code of a rule")
        wanted = what.casefold()
        severities = [severity.value for severity in Severity]
        codes = {code.casefold() for code, _, _ in self.counts}
        if wanted not in {*severities, *codes} and not any(map(str.isdecimal, wanted)):
            known = ", ".join(severities)
            raise ValueError(
                f"count takes a severity ({known}) or the code of a rule, such as TSK302, not"
                f" '{escape_unprintable(what[:_MAX_WHAT])}'"
            )
        return sum(
            number
            for code, severity, number in self.counts
            if wanted in {code.casefold(), severity.value, *_families(code)}
        )

    @property
    def errors_omitted(self) -> int:
        """The number of errors among the omitted findings."""
        return self.count(Severity.ERROR) - len(self.errors)

    @property
    def unchecked_count(self) -> int:
        """The exact number of objects that no rule was checked on.

        A register or document that could not be read at all counts as one object.
        """
        return len(self.unchecked) + self.unchecked_omitted

    def by_subject(self) -> Mapping[str, tuple[Finding, ...]]:
        """Return the listed findings by `Finding.subject`, in the order of the document.

        A key is the class and key of an object (``grant g21``). Findings that are not about one
        object are under ``""``.
        """
        return group_by(self.findings, lambda finding: finding.subject)

    def by_code(self) -> Mapping[str, tuple[Finding, ...]]:
        """Return the listed findings by the code of their rule, in the order of codes."""
        return dict(sorted(group_by(self.findings, lambda finding: finding.code).items()))

    def raise_for_errors(self) -> None:
        """Raise `CheckError` if there are errors."""
        if not self.ok:
            raise CheckError(self)

    def to_dict(self, language: str | None = None) -> JsonObject:
        """Return the report as data for JSON, as ``reports/schemas/report.json`` describes it.

        With a language, each message is a text; without, it is an object with all three languages.

        Raises:
            UnknownLanguageError: The language is none of ``fi``, ``sv`` and ``en``.
        """
        if language is not None:
            require_language(language)
        return {name: make() for name, make in self._makers(language).items()}

    def _makers(self, language: str | None) -> Mapping[str, Callable[[], object]]:
        """Return the function that makes each value of `to_dict`."""
        return {
            "ok": lambda: self.ok,
            "counts": lambda: [
                {"code": code, "severity": severity.value, "count": number}
                for code, severity, number in self.counts
            ],
            "omitted": lambda: self.omitted,
            "skipped": lambda: list(self.skipped),
            "unchecked": lambda: [plain_unchecked(each) for each in self.unchecked],
            "unchecked_omitted": lambda: self.unchecked_omitted,
            "findings": lambda: [plain_finding(finding, language) for finding in self.findings],
        }

    def keys(self) -> Iterable[str]:
        """Return the keys of `to_dict`.

        With them, ``dict(report)``, and so FastAPI's ``jsonable_encoder``, makes the same data.
        """
        return self._makers(None).keys()

    @overload
    def __getitem__(self, key: SupportsIndex) -> Finding: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Finding, ...]: ...
    @overload
    def __getitem__(self, key: str) -> object: ...
    def __getitem__(self, key: SupportsIndex | slice | str) -> object:
        """Return a listed finding by its position, several by a slice, or a value of `to_dict`.

        Raises:
            IndexError: There is no finding at the position.
            UnknownCodeError: `to_dict` has no such value.
        """
        if isinstance(key, str):
            return make_part(self._makers(None), key, "a report")
        return self.findings[key]

    def __reversed__(self) -> Iterator[Finding]:
        """Iterate over the listed findings from the last to the first."""
        return reversed(self.findings)

    def to_json(self, language: str | None = None) -> str:
        """Return the data of `to_dict` as JSON text.

        Raises:
            UnknownLanguageError: The language is none of ``fi``, ``sv`` and ``en``.
        """
        import json

        return json.dumps(self.to_dict(language), ensure_ascii=False, indent=2) + "\n"

    def to_rows(self, language: str = "en", *, document: str | None = None) -> list[Row]:
        """Return the listed findings as flat rows, for a table or a data frame.

        Args:
            language: The language of titles and messages: ``fi``, ``sv`` or ``en``.
            document: The name of the document in the rows; by default the file that was read.

        Raises:
            UnknownLanguageError: The language is none of the three.
        """
        from tulevaisuus.reports import finding_rows

        require_language(language)
        return finding_rows.rows_of(self, language, document)

    def to_sarif(self, name: str = "portfolio.json", *, language: str = "en") -> str:
        """Return the report in SARIF, as `tulevaisuus.reports.to_sarif` does for several reports.

        Args:
            name: The name of the checked document in the SARIF file.
            language: The language of messages: ``fi``, ``sv`` or ``en``.
        """
        from tulevaisuus.reports import sarif_report

        return sarif_report.to_sarif(self, name=name, language=language)

    def to_junit(self, name: str = "portfolio.json", *, language: str = "en") -> str:
        """Return the report in JUnit XML, as `tulevaisuus.reports.to_junit` does for several.

        Args:
            name: The name of the checked document in the XML file.
            language: The language of messages: ``fi``, ``sv`` or ``en``.
        """
        from tulevaisuus.reports import junit_report

        return junit_report.to_junit(self, name=name, language=language)

    def __format__(self, spec: str) -> str:
        """Return the summary in a language, ``f"{report:sv}"``, or `str`, padded as a text.

        Raises:
            UnknownLanguageError: The format begins with a word that is none of the languages.
        """
        from tulevaisuus.reports.report_texts import report_phrase

        language, text_spec = split_language(spec)
        if language is None:
            return format(str(self), spec)
        counts = (
            report_phrase(severity.value, "count").fill({"n": self.count(severity)}, language)
            for severity in Severity
        )
        return format(", ".join(counts), text_spec)

    def __str__(self) -> str:
        """Return a summary of one line, in English."""
        return ", ".join(_format_count(self, severity) for severity in Severity)

    def __repr__(self) -> str:
        """Return a short description, however many findings there are."""
        skipped = f"; {len(self.skipped)} skipped" if self.skipped else ""
        unchecked = f"; {self.unchecked_count} unchecked" if self.unchecked_count else ""
        return f"<Report: {self}{skipped}{unchecked}>"

    def _of_severity(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity is severity)


class CheckError(TulevaisuusError):
    """A check found errors; ``report`` is the report of the check."""

    __module__ = "tulevaisuus"  # as users import it

    def __init__(self, report: Report) -> None:
        """Keep the report."""
        self.report: Report = report
        super().__init__(report)

    def __str__(self) -> str:
        """Return the number of errors and the first errors, one on each line."""
        listed = list_findings(self.report.errors, self.report.count(Severity.ERROR))
        number = _format_count(self.report, Severity.ERROR)
        return f"{number}\n{listed}" if listed else number

    def __repr__(self) -> str:
        """Return a short description, however many errors there are."""
        return f"<CheckError: {_format_count(self.report, Severity.ERROR)}>"


def _families(code: str) -> tuple[str, str]:
    """Return the names of a code's family in lower case: ``tsk3`` and ``tsk3xx``."""
    family = code[:-2].casefold()
    return family, f"{family}xx"


def is_reading_note(code: str, severity: Severity) -> bool:
    """Return whether a finding only says how a file was read, such as its encoding."""
    return severity is Severity.NOTE and code.startswith(_DOCUMENT_FAMILY)


def title_of(code: str, severity: Severity, titles: Mapping[str, str]) -> str:
    """Return the title to show with a finding, or ``""`` if none fits.

    The title of a rule about documents names an error. It would mislead beside a note under the
    same code.

    Args:
        code: The code of the finding.
        severity: Its severity.
        titles: The titles of rules by code, in one language.
    """
    return "" if is_reading_note(code, severity) else titles.get(code, "")


def _format_count(report: Report, severity: Severity) -> str:
    """Return the number of findings with a severity: ``1 error``."""
    count = report.count(severity)
    return f"1 {severity.value}" if count == 1 else f"{count} {severity.value}s"
