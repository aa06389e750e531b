"""`to_360giving`: makes a package of the 360Giving Data Standard, version 1.4, from grants.

The standard (https://standard.threesixtygiving.org/) is for awarded grants with an exact amount and
date. Unknown values are never filled in: the caller decides what to do with such grants. A register
is a collection of the entities of one class, by key. A portfolio is all entities of one document.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast

import attrs

from tulevaisuus.exchange import standards_messages
from tulevaisuus.exchange.formats_registry import WriteOptions
from tulevaisuus.exchange.lost_data import lost_fields, lost_registers
from tulevaisuus.exchange.standards_messages import phrase
from tulevaisuus.facts.reference_portfolio import reference
from tulevaisuus.findings.errors import DocumentError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import require_language
from tulevaisuus.formats.encoding import Json
from tulevaisuus.formats.files import replacing
from tulevaisuus.model.amount import Precision
from tulevaisuus.model.call import Call
from tulevaisuus.model.grant import Grant, GrantStatus
from tulevaisuus.model.money_and_percent_types import Money
from tulevaisuus.model.organisation import Organisation
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.project import Project

__all__ = [
    "Choice",
    "description_of",
    "losses_360giving",
    "losses_of_file",
    "org_id",
    "to_360giving",
    "write",
]

Choice: TypeAlias = Literal["refuse", "omit", "write"]
"""What to do with grants that the standard cannot hold as they are."""

_VERSION = "1.4"
_KEPT_FIELDS = {
    *("id", "call", "project", "status", "recipient", "amount_eur", "precision"),
    *("rounded_to_eur", "decided_on", "usable", "applied_eur", "paid_eur"),
}
"""The fields of grants that the standard can hold."""

_REGISTERS_KEPT_AS_NAMES = {"calls", "projects", "organisations"}
"""The registers of which the standard holds only ids and names."""

_ANNOUNCED = "announced"
_CHOICES = {
    "award_date": (_ANNOUNCED,),
    "rounded": ("refuse", "omit", "write"),
    "incomplete": ("refuse", "omit"),
}
"""The texts that the parameters of `to_360giving` accept."""


def to_360giving(
    portfolio: Portfolio,
    *,
    prefix: str = "",
    award_date: Literal["announced"] | Mapping[str, dt.date] | None = None,
    rounded: Choice = "refuse",
    incomplete: Literal["refuse", "omit"] = "refuse",
    funder: str | None = None,
    language: str = "fi",
    package: Mapping[str, Json] | None = None,
) -> dict[str, Json]:
    """Return the grants with the status ``granted`` as a package of 360Giving 1.4: a JSON value.

    A grant of 360Giving has an amount, an award date, a recipient and a funder. If one of these is
    unknown, or an amount is rounded, nothing is written unless the caller has said what to do: a
    `DocumentError` lists each such grant. `tulevaisuus.exchange.losses_360giving` lists the data
    that the standard cannot hold.

    Args:
        portfolio: The grants; calls, projects and organisations are also looked up in the bundled
            facts.
        prefix: Put before ids, such as ``360G-abc-``: the prefix that 360Giving has given to the
            publisher. Organisations with a business id get ``FI-PRO-...`` instead.
        award_date: ``"announced"`` writes the date of the announcement if the date of the decision
            is unknown, and says so in the description; a mapping has the dates by id of the grant.
        rounded: ``"write"`` writes rounded amounts and says so in the description; ``"omit"``
            leaves such grants out.
        incomplete: ``"omit"`` leaves out grants without amount, date or recipient.
        funder: The id of the organisation that gives the grants. For the bundled calls the default
            is the owner of the programme; for other calls it is required.
        language: The language of names and descriptions.
        package: Fields of the package from the publisher: ``title``, ``publisher``, ``license`` ...

    Raises:
        DocumentError: Grants cannot be written as they are; the error lists all of them.
        UnknownLanguageError: The language is not ``fi``, ``sv`` or ``en``.
    """
    writer = _GrantWriter(
        merged=portfolio.over(reference),
        prefix=prefix,
        award_date=award_date,
        rounded=rounded,
        incomplete=incomplete,
        funder=funder,
        language=language,
    )
    return writer.package(portfolio, package or {})


def losses_360giving(portfolio: Portfolio) -> list[Finding]:
    """List the data of a portfolio that a package of 360Giving cannot hold, as warnings.

    From calls, projects and organisations it holds ids and names, and nothing from other registers.
    Grants with another status than ``granted`` are left out.
    """
    findings = [*lost_registers(portfolio, {"grants"}, _REGISTERS_KEPT_AS_NAMES)]
    others = sum(grant.status is not GrantStatus.GRANTED for grant in portfolio.grants)
    if others:
        findings.append(standards_messages.GRANTS_NOT_AWARDED.finding("/grants", count=others))
    granted = (grant for grant in portfolio.grants if grant.status is GrantStatus.GRANTED)
    return [*findings, *lost_fields(granted, _KEPT_FIELDS)]


@attrs.define(kw_only=True)
class _GrantWriter:
    """Writes grants, and collects findings about grants that cannot be written.

    The parameters are those of `to_360giving`. ``merged`` has the entities of the portfolio and,
    for keys that it lacks, those of the facts. ``findings`` are errors, ``omitted`` has a warning
    for each grant that the caller has chosen to leave out.
    """

    merged: Portfolio
    prefix: str
    award_date: Literal["announced"] | Mapping[str, dt.date] | None
    rounded: Choice
    incomplete: Literal["refuse", "omit"]
    funder: str | None
    language: str
    findings: list[Finding] = attrs.field(factory=list[Finding])
    omitted: list[Finding] = attrs.field(factory=list[Finding])

    def __attrs_post_init__(self) -> None:
        """Reject unknown languages and choices."""
        require_language(self.language)
        for name, known in _CHOICES.items():
            choice: object = getattr(self, name)
            if isinstance(choice, str) and choice not in known:
                raise ValueError(f"{name} is one of {', '.join(known)}, not {choice!r}")

    def package(self, portfolio: Portfolio, fields: Mapping[str, Json]) -> dict[str, Json]:
        """Return the package of the grants, with other fields from the publisher.

        Raises:
            DocumentError: A grant cannot be written as it is.
        """
        grants = self.grants(portfolio)
        if self.findings:
            raise DocumentError(self.findings)
        return {"version": _VERSION, **fields, "grants": cast("Json", grants)}

    def grants(self, portfolio: Portfolio) -> list[dict[str, Json]]:
        """Return the grants that can be written, and collect findings about the others."""
        converted = (self.grant(index, grant) for index, grant in enumerate(portfolio.grants))
        grants = [grant for grant in converted if grant is not None]
        if not grants and not self.findings:
            self.findings.append(standards_messages.NO_GRANT_TO_WRITE.finding("/grants"))
        return grants

    def grant(self, index: int, grant: Grant) -> dict[str, Json] | None:
        """Return a grant in the form of the standard, or ``None`` if it is not written."""
        if grant.status is not GrantStatus.GRANTED:
            return None
        if self._is_omitted(grant):
            left_out = standards_messages.GRANT_OMITTED_AS_ASKED.finding().with_subject(
                f"grant {grant.id}"
            )
            self.omitted.append(left_out.under("grants", index))
            return None
        problems = [*self._problems(grant)]
        if problems:
            self.findings += [
                problem.with_subject(f"grant {grant.id}").under("grants", index)
                for problem in problems
            ]
            return None
        call, project = self.merged.calls[grant.call], self.merged.projects[grant.project]
        return {
            "id": f"{self.prefix}{grant.id}",
            "title": project.name.get(self.language),
            "description": self._description(grant, call, project),
            "currency": "EUR",
            **_amounts(grant),
            "awardDate": str(self._award_date(grant)),
            **_planned_dates(grant),
            "recipientOrganization": [self._organisation(str(grant.recipient))],
            "fundingOrganization": [self._organisation(str(self._funder(grant)))],
            "grantProgramme": [{"code": call.id, "title": call.name.get(self.language)}],
            "relatedActivity": [project.id],
        }

    def _is_omitted(self, grant: Grant) -> bool:
        """Return whether the caller has chosen to leave out such grants."""
        is_incomplete = None in {grant.amount_eur, grant.recipient, self._award_date(grant)}
        omit_rounded = self.rounded == "omit" and _is_rounded(grant)
        return omit_rounded or (self.incomplete == "omit" and is_incomplete)

    def _problems(self, grant: Grant) -> Iterator[Finding]:
        """Yield findings about a grant that cannot be written as it is."""
        if grant.amount_eur is None:
            yield standards_messages.NO_AMOUNT.finding("/amount_eur")
        elif self.rounded == "refuse" and _is_rounded(grant):
            yield standards_messages.ROUNDED_AMOUNT.finding("/amount_eur", found=grant.amount_eur)
        if self._award_date(grant) is None:
            yield standards_messages.NO_AWARD_DATE.finding("/decided_on")
        if grant.recipient is None:
            yield standards_messages.NO_RECIPIENT.finding("/recipient")
        yield from self._unresolved_references(grant)

    def _unresolved_references(self, grant: Grant) -> Iterator[Finding]:
        """Report references to entities whose names are not known."""
        if self.merged.calls.get(grant.call) is None:
            yield standards_messages.NO_NAME_FOR_ID.finding("/call", found=grant.call)
        if self.merged.projects.get(grant.project) is None:
            yield standards_messages.NO_NAME_FOR_ID.finding("/project", found=grant.project)
        funder = self._funder(grant)
        if funder is None:
            yield standards_messages.NO_FUNDER.finding("/call")
        for path, named in (("/recipient", grant.recipient), ("", funder)):
            if named is not None and self.merged.organisations.get(named) is None:
                yield standards_messages.NO_NAME_FOR_ID.finding(path, found=named)

    def _funder(self, grant: Grant) -> str | None:
        """Return the id of the organisation that gives a grant, if it is known."""
        owner = reference.programme.owner if reference.programme else None
        return self.funder or (owner if grant.call in reference.calls else None)

    def _award_date(self, grant: Grant) -> dt.date | None:
        """Return the date of the decision, or the date that the caller has chosen in its place."""
        if grant.decided_on is not None or self.award_date is None:
            return grant.decided_on
        if isinstance(self.award_date, str):
            return grant.announced_on
        return self.award_date.get(grant.id)

    def _description(self, grant: Grant, call: Call, project: Project) -> str:
        """Return the names of call and project, with remarks about rounding and the date."""
        text = description_of(call, project, self.language)
        if _is_rounded(grant):
            rounded_to = grant.rounded_to_eur
            name = "rounded" if rounded_to is None else "rounded_to"
            remark = phrase("remarks", name).fill({"amount": rounded_to or 0}, self.language)
            text += f" {remark}"
        if grant.decided_on is None and self.award_date == _ANNOUNCED:
            text += f" {phrase('remarks', 'announced').get(self.language)}"
        return text

    def _organisation(self, key: str) -> dict[str, Json]:
        """Return an organisation in the form of the standard."""
        organisation = self.merged.organisations[key]
        name = organisation.name.get(self.language)
        return {"id": org_id(organisation, self.prefix), "name": name}


def description_of(call: Call, project: Project, language: str) -> str:
    """Return the description of a grant: the names of its call and its project."""
    return f"{call.name.get(language)}: {project.name.get(language)}."


def org_id(organisation: Organisation, prefix: str) -> str:
    """Return the identifier of an organisation, from its business id or else from its id."""
    if organisation.business_id is not None:
        return organisation.business_id.org_id
    return f"{prefix}{organisation.id}"


def _is_rounded(grant: Grant) -> bool:
    return grant.precision not in {None, Precision.EXACT}


def _amounts(grant: Grant) -> dict[str, Json]:
    """Return the fields for the amounts that are known."""
    fields = {
        "amountAppliedFor": grant.applied_eur,
        "amountAwarded": grant.amount_eur,
        "amountDisbursed": grant.paid_eur,
    }
    return {name: Money().write(euros) for name, euros in fields.items() if euros is not None}


def _planned_dates(grant: Grant) -> dict[str, Json]:
    """Return the field for the period in which the grant can be used, if that is known."""
    if grant.usable is None:
        return {}
    dates = {"startDate": grant.usable.start, "endDate": grant.usable.end}
    event = {name: str(date) for name, date in dates.items() if isinstance(date, dt.date)}
    return {"plannedDates": [cast("Json", event)]}


def _writer_of(portfolio: Portfolio, options: WriteOptions) -> _GrantWriter:
    """Return the writer for the settings of the command, with the defaults of `to_360giving`."""
    settings: dict[str, Any] = {**options.settings}
    return _GrantWriter(
        merged=portfolio.over(reference),
        prefix=settings.get("prefix", ""),
        award_date=settings.get("award_date"),
        rounded=settings.get("rounded", "refuse"),
        incomplete=settings.get("incomplete", "refuse"),
        funder=settings.get("funder"),
        language=options.language,
    )


def write(portfolio: Portfolio, path: Path, options: WriteOptions) -> int:
    """Write a package to a file, and return how many grants it has.

    The settings are parameters of `to_360giving`.

    Raises:
        DocumentError: A grant cannot be written as it is.
    """
    package = _writer_of(portfolio, options).package(portfolio, {})
    with replacing(path) as file:
        file.write(f"{json.dumps(package, ensure_ascii=False, indent=2)}\n".encode())
    return len(cast("list[Json]", package["grants"]))


def losses_of_file(portfolio: Portfolio, options: WriteOptions) -> list[Finding]:
    """List the data that a file would not hold; errors mean that the file cannot be written."""
    writer = _writer_of(portfolio, options)
    writer.grants(portfolio)
    return [*writer.findings, *writer.omitted, *losses_360giving(portfolio)]
