"""`Report`: what a check found, with exact counts, and `CheckError` for who insists."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import cast

import attrs

from tulevaisuus.findings.errors import TulevaisuusError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LANGUAGES, LocalizedText
from tulevaisuus.findings.severity import Severity
from tulevaisuus.model.text import Text

__all__ = ["OMITTED", "SKIPPED", "CheckError", "Report"]

SKIPPED = LocalizedText(
    fi="sääntö {code} ohitettiin, koska jotakin sen tarvitsemaa ei voitu lukea; korjaa lukemisen "
    "virheet ja tarkista uudelleen",
    sv="regeln {code} hoppades över, eftersom något som den behöver inte kunde läsas; rätta felen "
    "i läsningen och kontrollera igen",
    en="rule {code} was skipped, as something that it needs could not be read; correct the errors "
    "of reading and check again",
)
"""What other formats say of each skipped rule."""

OMITTED = LocalizedText(
    fi="raportti jättää pois havaintoja, määrä {count}, joista virheitä {errors}; nosta "
    "enimmäismäärää nähdäksesi ne",
    sv="rapporten utelämnar {count} iakttagelser, av vilka {errors} är fel; höj det högsta antalet "
    "för att se dem",
    en="the report leaves out {count} findings, {errors} of them errors; raise the cap to see them",
)
"""What other formats say of findings that a cap kept from being listed."""


class CheckError(TulevaisuusError):
    """A check that found errors; ``report`` has them."""

    __module__ = "tulevaisuus"  # where users meet it

    def __init__(self, report: "Report") -> None:
        """Carry the report."""
        self.report = report
        super().__init__(report)

    def __str__(self) -> str:
        """Say how many errors there are, and list them."""
        lines = [str(finding) for finding in self.report.errors]
        return "\n".join([f"{self.report.count(Severity.ERROR)} errors", *lines])


@attrs.frozen(kw_only=True)
class Report:
    """The findings of a check, in the order of documents.

    ``skipped`` are the codes of rules that could not be judged because something was refused.
    ``counts`` are exact, by code and severity, also of the ``omitted`` findings that a cap kept
    from being listed.
    """

    findings: tuple[Finding, ...] = ()
    skipped: tuple[str, ...] = ()
    counts: tuple[tuple[str, Severity, int], ...] = ()
    omitted: int = 0

    @classmethod
    def of(
        cls, findings: Iterable[Finding], *, skipped: Iterable[str] = (), limit: int | None = None
    ) -> "Report":
        """Count findings and list them, all or at most so many."""
        listed: list[Finding] = []
        counts: Counter[tuple[str, Severity]] = Counter()
        for finding in findings:
            counts[finding.code, finding.severity] += 1
            if limit is None or len(listed) < limit:
                listed.append(finding)
        return cls(
            findings=tuple(listed),
            skipped=tuple(skipped),
            counts=tuple((*key, count) for key, count in sorted(counts.items())),
            omitted=counts.total() - len(listed),
        )

    @property
    def ok(self) -> bool:
        """Whether there is no error, listed or left out."""
        return not self.count(Severity.ERROR)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The listed findings that are errors."""
        return self._of(Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The listed findings that are warnings."""
        return self._of(Severity.WARNING)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """The listed findings that are notes."""
        return self._of(Severity.NOTE)

    def count(self, what: Severity | str | None = None) -> int:
        """Return the exact number of findings: of a severity, of a code, or of all."""
        return sum(
            number for code, severity, number in self.counts if what in {None, code, severity}
        )

    @property
    def errors_omitted(self) -> int:
        """How many of the findings that a cap kept from being listed are errors."""
        return self.count(Severity.ERROR) - len(self.errors)

    def by_subject(self) -> Mapping[str, tuple[Finding, ...]]:
        """Return the listed findings by the thing they are about, in the order of documents.

        Things are named as in `Finding.subject` (``grant g21``); what concerns no single thing
        stands under the empty text.
        """
        return _grouped(self.findings, lambda finding: finding.subject)

    def by_code(self) -> Mapping[str, tuple[Finding, ...]]:
        """Return the listed findings by the code of their rule, in the order of codes."""
        return dict(sorted(_grouped(self.findings, lambda finding: finding.code).items()))

    def raise_for_errors(self) -> None:
        """Raise `CheckError` if there are errors."""
        if not self.ok:
            raise CheckError(self)

    def to_json(self) -> str:
        """Return the report as JSON, each message in all three languages.

        ``tulevaisuus/rules/schemas/report.json`` is its JSON Schema.
        """
        counts = [
            {"code": code, "severity": severity.value, "count": number}
            for code, severity, number in self.counts
        ]
        data = {
            "ok": self.ok,
            "counts": counts,
            "left_out": self.omitted,
            "skipped": list(self.skipped),
            "findings": [_plain(finding) for finding in self.findings],
        }
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"

    def to_sarif(self, uri: str = "portfolio.json", *, language: str = "en") -> str:
        """Return the report as SARIF 2.1.0, for code-scanning tools.

        ``uri`` says where the document is: an address, or a path relative to the repository, both
        percent-encoded. `UnknownLanguageError` for a language that is none of ours. Several
        documents make one log with `tulevaisuus.rules.sarif_log`.
        """
        from tulevaisuus.rules.sarif import sarif_log

        return sarif_log([(uri, self)], language=language)

    def to_junit(self, name: str = "portfolio.json", *, language: str = "en") -> str:
        """Return the report as JUnit XML, for continuous integration; write it as UTF-8.

        ``name`` is what the suite of the document is called. `UnknownLanguageError` for a language
        that is none of ours. Several documents make one file with `tulevaisuus.rules.junit_log`.
        """
        from tulevaisuus.rules.junit import junit_log

        return junit_log([(name, self)], language=language)

    def _of(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity is severity)


def _grouped(
    findings: Iterable[Finding], name_of: Callable[[Finding], str]
) -> dict[str, tuple[Finding, ...]]:
    groups: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[name_of(finding)].append(finding)
    return {name: tuple(group) for name, group in groups.items()}


def _plain(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "path": finding.path,
        "subject": finding.subject,
        "message": {language: finding.message(language) for language in LANGUAGES},
        "params": {name: _plain_param(value) for name, value in finding.params},
        "sources": list(finding.sources),
    }


def _plain_param(value: object) -> object:
    """Write a parameter as data: numbers stay numbers, lists lists, the rest is text."""
    if isinstance(value, tuple):
        return [_plain_param(each) for each in cast("tuple[object, ...]", value)]
    if isinstance(value, LocalizedText | Text):
        return value.localize("en")
    return value if isinstance(value, int | None) else str(value)
