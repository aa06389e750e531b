"""`GrantReader`: one grant of 360Giving as plain data of ours, and its recipient."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import attrs

from tulevaisuus.exchange import standard_messages
from tulevaisuus.exchange.threesixty import values
from tulevaisuus.exchange.threesixty.writing import description_of
from tulevaisuus.exchange.unread_fields import UnreadFields
from tulevaisuus.findings import expectations, messages, pointers
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LANGUAGES
from tulevaisuus.findings.lookup_errors import AmbiguousNameError, UnknownCodeError
from tulevaisuus.formats.already_reported import ALREADY_REPORTED
from tulevaisuus.formats.intake import Entry, Intake
from tulevaisuus.model.business_id import BusinessId
from tulevaisuus.model.call import Call
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.organisation import Organisation
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.project import Project
from tulevaisuus.model.text import Text

__all__ = ["GrantReader"]

_AMOUNTS = {
    "amountAwarded": "amount_eur",
    "amountAppliedFor": "applied_eur",
    "amountDisbursed": "paid_eur",
}
_READ = {
    *_AMOUNTS,
    "id",
    "currency",
    "awardDate",
    "plannedDates",
    "grantProgramme",
    "relatedActivity",
    "recipientOrganization",
}
_FINNISH = "FI-PRO-"
_RECIPIENT = {
    (): ("recipientOrganization", "0"),
    ("id",): ("recipientOrganization", "0", "id"),
    ("name",): ("recipientOrganization", "0", "name"),
}


class GrantReader:
    """Reads the grants of one package; organisations that are not known become entries, too."""

    def __init__(
        self,
        intake: Intake,
        dropped: UnreadFields,
        *,
        prefix: str,
        constants: Mapping[str, str],
        reference: Portfolio,
    ) -> None:
        """Take what all grants share.

        Args:
            intake: What collects findings.
            dropped: What counts the fields that are not read.
            prefix: What is taken off before ids.
            constants: ``call`` and ``project`` for grants that do not name theirs.
            reference: Where calls, projects and organisations are looked up.
        """
        self.intake = intake
        self.dropped = dropped
        self.prefix = prefix
        self.constants = constants
        self.reference = reference
        self.names: dict[str, str] = {}
        self.owners: dict[str, str] = {
            each.business_id.org_id: each.id
            for each in reference.organisations
            if each.business_id is not None
        }

    def entries(self, index: int, value: object) -> Iterator[Entry]:
        """Yield the entry of a grant, after that of its recipient where this is new."""
        if not isinstance(value, dict):
            yield Entry(Grant, "grants", index, value)
            return
        given = cast("dict[str, object]", value)
        grant = _OneGrant(self, index, given)
        plain = grant.read()
        if grant.organisation is not None:
            place = _Places(index, _RECIPIENT).relocate
            number = len(self.names) - 1
            yield Entry(Organisation, "organisations", number, grant.organisation, place)
        yield Entry(Grant, "grants", index, plain, _Places(index, grant.origins).relocate)


@attrs.frozen
class _Places:
    """Knows which of their fields each of ours was made of."""

    index: int
    origins: Mapping[tuple[str, ...], tuple[str, ...]]

    def relocate(self, finding: Finding) -> Finding:
        """Return a finding on our field as one on theirs."""
        path = pointers.split(finding.path)
        known = [own for own in self.origins if tuple(path[: len(own)]) == own]
        theirs = self.origins[max(known, key=len)] if known else ()
        moved = pointers.join("grants", str(self.index), *theirs)
        return attrs.evolve(finding, path=moved)


class _OneGrant:
    """Reads one grant."""

    def __init__(self, reader: GrantReader, index: int, given: Mapping[str, object]) -> None:
        self.reader = reader
        self.index = index
        self.given = given
        self.plain: dict[str, object] = {}
        self.origins: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.organisation: dict[str, object] | None = None

    def read(self) -> dict[str, object]:
        """Return the grant as a document would have it."""
        if "id" in self.given:
            self._set("id", self._without_prefix(self.given["id"]), "id")
        self.plain["status"] = "granted"
        self._call()
        self._project()
        self._amounts()
        if "awardDate" in self.given:
            self._value("decided_on", values.day(self.given["awardDate"]), "awardDate")
        self._dates()
        self._recipient()
        self._rest()
        return self.plain

    def _set(self, field: str, value: object, *theirs: str) -> None:
        self.origins[field,] = theirs
        self.plain[field] = value

    def _value(self, field: str, value: values.Value, *theirs: str) -> None:
        self._report(value.findings, *theirs)
        if value.plain is not None:
            self._set(field, value.plain, *theirs)

    def _report(self, findings: Sequence[Finding], *theirs: str) -> None:
        subject = f"grant {self.plain['id']}" if isinstance(self.plain.get("id"), str) else ""
        self.reader.intake.report(
            each.with_subject(subject).under("grants", self.index, *theirs) for each in findings
        )

    def _without_prefix(self, given: object) -> object:
        return given.removeprefix(self.reader.prefix) if isinstance(given, str) else given

    def _only(self, name: str) -> object:
        """Return the only element of a list; several are a finding, as there is one place."""
        listed = self.given.get(name)
        if not isinstance(listed, list):
            return listed
        elements = cast("list[object]", listed)
        if len(elements) > 1:
            self._report([standard_messages.SEVERAL.finding(count=len(elements))], name)
        return elements[0] if len(elements) == 1 else None

    def _only_object(self, name: str) -> dict[str, object]:
        """Return the only object of a list; an empty one if there is none, or something else."""
        found = self._only(name)
        if found is None or isinstance(found, dict):
            return cast("dict[str, object]", found or {})
        shown = expectations.describe(found)
        wrong = messages.WRONG_TYPE.finding(found=shown, expected=expectations.OBJECT)
        self._report([wrong], name)
        return {}

    def _call(self) -> None:
        given = self._only_object("grantProgramme")
        title, constant = given.get("title"), self.reader.constants.get("call")
        if "code" in given:
            self._set("call", given["code"], "grantProgramme", "0", "code")
        elif isinstance(title, str):
            known = _found(self.reader.reference, "calls", title)
            self._set("call", known or title, "grantProgramme", "0", "title")
        elif constant is not None:
            self._set("call", constant)
        else:
            self._report([standard_messages.NO_CALL.finding()])
            self._set("call", ALREADY_REPORTED)

    def _project(self) -> None:
        related, title = self._only("relatedActivity"), self.given.get("title")
        named = isinstance(title, str) and _found(self.reader.reference, "projects", title)
        constant = self.reader.constants.get("project")
        if related is not None:
            self._set("project", related, "relatedActivity", "0")
        elif named:
            self._set("project", named, "title")
        elif constant is not None:
            self._set("project", constant)
        else:
            self._report([standard_messages.PROJECT_OF_GRANT.finding()])
            own = self.plain.get("id")
            self._set("project", own if isinstance(own, str) else ALREADY_REPORTED, "id")

    def _amounts(self) -> None:
        if self.given.get("currency") is None and not self.given.keys().isdisjoint(_AMOUNTS):
            self._report([standard_messages.NO_CURRENCY.finding()])
        for theirs, ours in _AMOUNTS.items():
            if theirs in self.given:
                value = values.amount(self.given[theirs], self.given.get("currency"))
                self._value(ours, value, theirs)

    def _dates(self) -> None:
        event = self._only_object("plannedDates")
        if event:
            self._value("usable", values.dates(event), "plannedDates", "0")
            for ours, theirs in (("start", "startDate"), ("end", "endDate")):
                self.origins["usable", ours] = ("plannedDates", "0", theirs)
            for name in event:
                if name not in {"startDate", "endDate", "duration"}:
                    self._drop(f"plannedDates/{name}", "plannedDates", "0", name)

    def _drop(self, name: str, *theirs: str) -> None:
        self.reader.dropped.add(name, "grants", self.index, *theirs)

    def _recipient(self) -> None:
        if "recipientIndividual" in self.given:
            self._report([standard_messages.PERSON.finding()], "recipientIndividual")
        given = self._only_object("recipientOrganization")
        if not given:
            return
        key, name = self._without_prefix(given.get("id")), given.get("name")
        if isinstance(key, str):
            self._known(key, name)
        else:
            self._set("recipient", key, "recipientOrganization", "0", "id")
        for other in (each for each in given if each not in {"id", "name"}):
            self._drop(f"recipientOrganization/{other}", "recipientOrganization", "0", other)

    def _known(self, key: str, name: object) -> None:
        """Take an organisation that is known for it, and any other as a new one."""
        own = self.reader.owners.get(key, key)
        self._set("recipient", own, "recipientOrganization", "0", "id")
        known = self.reader.reference.organisations.get(own)
        if known is not None:
            self._compare_name(name, known.name)
        elif own not in self.reader.names:
            self.reader.names[own] = str(name)
            self.organisation = {"id": own, "name": {"fi": name}, **_business_id(key)}
        elif self.reader.names[own] != name:
            self._other_name(name, self.reader.names[own])

    def _compare_name(self, name: object, known: Text) -> None:
        if isinstance(name, str) and name not in {known.get(each) for each in LANGUAGES}:
            self._other_name(name, known.fi)

    def _other_name(self, name: object, known: str) -> None:
        found = standard_messages.OTHER_NAME.finding(
            found=expectations.quote(str(name)), known=expectations.quote(known)
        )
        self._report([found], "recipientOrganization", "0", "name")

    def _rest(self) -> None:
        """Count the fields that were not read, except names that are known."""
        for name in self.given:
            if name not in _READ and name != "recipientIndividual" and not self._is_known(name):
                self._drop(name, name)

    def _is_known(self, name: str) -> bool:
        """Return whether a field says what is known of call and project anyway."""
        reference = self.reader.reference
        call, project = self.plain["call"], self.plain["project"]
        known_call = reference.calls.get(call) if isinstance(call, str) else None
        known_project = reference.projects.get(project) if isinstance(project, str) else None
        if name == "fundingOrganization":
            return known_call is not None and self._funder() == _owner(reference)
        if known_project is None:
            return False
        if name == "title":
            names = [known_project.name.get(each) for each in LANGUAGES]
            return self.given[name] in names or self.origins["project",] == ("title",)
        return name == "description" and self._describes(known_call, known_project)

    def _describes(self, call: Call | None, project: Project) -> bool:
        if call is None:
            return False
        texts = [description_of(call, project, language) for language in LANGUAGES]
        return self.given["description"] in texts

    def _funder(self) -> str | None:
        key = self._only_object("fundingOrganization").get("id")
        return self.reader.owners.get(str(key), str(self._without_prefix(key)))


def _owner(reference: Portfolio) -> str | None:
    return reference.programme.owner if reference.programme else None


def _found(reference: Portfolio, register: str, name: str) -> str | None:
    """Return the id of the one entity of that name."""
    try:
        return str(reference.registers()[register].find(name).key)
    except (AmbiguousNameError, UnknownCodeError):
        return None


def _business_id(key: str) -> dict[str, object]:
    """Return the business id that an identifier of the scheme FI-PRO holds, if it is one."""
    text = key.removeprefix(_FINNISH)
    try:
        return {"business_id": str(BusinessId(text))} if text != key else {}
    except InvalidValueError:
        return {}
