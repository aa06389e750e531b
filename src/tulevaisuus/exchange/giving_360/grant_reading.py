"""`GrantReader`: converts one grant of 360Giving to plain data of a `Grant`, with its recipient.

An `Entry` is the plain data of one entity; the `Intake` decodes it and collects the findings. Ids
are looked up in the reference, a portfolio with the known calls, projects and organisations: by
default, the bundled facts.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import attrs

from tulevaisuus.exchange import standards_messages
from tulevaisuus.exchange.giving_360 import amounts_and_dates
from tulevaisuus.exchange.giving_360.writing import description_of
from tulevaisuus.exchange.ids_by_name import id_by_name
from tulevaisuus.exchange.wrong_types import wrong_type_finding
from tulevaisuus.findings import expectations, found_values, json_pointers
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LANGUAGES
from tulevaisuus.formats.decoding import ALREADY_REPORTED
from tulevaisuus.formats.intake import Entry, Intake
from tulevaisuus.model.business_id import ORG_ID_PREFIX, BusinessId
from tulevaisuus.model.call import Call
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.organisation import Organisation
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.project import Project
from tulevaisuus.model.text import Text

__all__ = ["GrantReader", "UnreadFields"]

_AMOUNTS = {
    "amountAwarded": "amount_eur",
    "amountAppliedFor": "applied_eur",
    "amountDisbursed": "paid_eur",
}
"""The amounts of 360Giving, and our fields for them."""

_FIELDS_READ = {
    *_AMOUNTS,
    "id",
    "currency",
    "awardDate",
    "plannedDates",
    "grantProgramme",
    "relatedActivity",
    "recipientOrganization",
}
"""The fields of 360Giving that are read."""

_RECIPIENT_PATHS = {
    (): ("recipientOrganization", "0"),
    ("id",): ("recipientOrganization", "0", "id"),
    ("name",): ("recipientOrganization", "0", "name"),
}
"""The path in a grant of 360Giving for each path in our recipient, an organisation.

The whole organisation has the empty path.
"""


class UnreadFields:
    """Counts the fields that were not read, and remembers the first path of each."""

    def __init__(self) -> None:
        """Start without fields."""
        self._counts: dict[str, int] = {}  # by the name of the field
        self._first_paths: dict[str, tuple[str | int, ...]] = {}

    def add(self, name: str, *path: str | int) -> None:
        """Count a field at a path."""
        self._counts[name] = self._counts.get(name, 0) + 1
        self._first_paths.setdefault(name, path)

    def findings(self) -> Iterator[Finding]:
        """Yield a warning for each field, at its first path."""
        for name, count in self._counts.items():
            finding = standards_messages.FIELD_NOT_READ.finding(
                field=found_values.quote(name), count=count
            )
            yield finding.under(*self._first_paths[name])


class GrantReader:
    """Reads the grants of one package; unknown organisations become entries, too."""

    def __init__(
        self,
        intake: Intake,
        unread_fields: UnreadFields,
        *,
        prefix: str,
        constants: Mapping[str, str],
        reference: Portfolio,
    ) -> None:
        """Set what all grants share.

        Args:
            intake: Collects the findings.
            unread_fields: Counts the fields that are not read.
            prefix: Removed from the beginning of ids.
            constants: ``call`` and ``project`` for grants that do not name them.
            reference: Where calls, projects and organisations are looked up.
        """
        self.intake = intake
        self.unread_fields = unread_fields
        self.prefix = prefix
        self.constants = constants
        self.reference = reference
        self.names: dict[str, str] = {}  # the names of the recipients so far, by id
        # The id of each organisation, by its id in 360Giving.
        self.organisation_ids: dict[str, str] = {
            organisation.business_id.org_id: organisation.id
            for organisation in reference.organisations
            if organisation.business_id is not None
        }

    def entries(self, index: int, value: object) -> Iterator[Entry]:
        """Yield the entry of a grant, after the entry of its recipient if that is new."""
        if not isinstance(value, dict):
            yield Entry(Grant, "grants", index, value)
            return
        given = cast("dict[str, object]", value)
        grant = _OneGrant(self, index, given)
        plain = grant.read()
        if grant.organisation is not None:
            relocate = _SourcePaths(index, _RECIPIENT_PATHS).relocate
            position = len(self.names) - 1  # this one was the last to be added
            yield Entry(Organisation, "organisations", position, grant.organisation, relocate)
        yield Entry(Grant, "grants", index, plain, _SourcePaths(index, grant.origins).relocate)


@attrs.frozen
class _SourcePaths:
    """Maps the path of each of our fields to the path of its field in 360Giving."""

    index: int
    origins: Mapping[tuple[str, ...], tuple[str, ...]]

    def relocate(self, finding: Finding) -> Finding:
        """Return a finding about our field with the path in the source."""
        path = json_pointers.split(finding.path)
        known = [own for own in self.origins if tuple(path[: len(own)]) == own]
        # The longest known path is the nearest; without one, the finding is about the grant.
        source_path = self.origins[max(known, key=len)] if known else ()
        return attrs.evolve(
            finding, path=json_pointers.join("grants", str(self.index), *source_path)
        )


class _OneGrant:
    """Reads one grant: ``given`` is its JSON object in 360Giving, ``plain`` the one in our form."""

    def __init__(self, reader: GrantReader, index: int, given: Mapping[str, object]) -> None:
        self.reader = reader
        self.index = index
        self.given = given
        self.plain: dict[str, object] = {}
        # The path in 360Giving for each of our paths.
        self.origins: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.organisation: dict[str, object] | None = None  # the recipient, if it is new

    def read(self) -> dict[str, object]:
        """Return the plain data of the grant."""
        if "id" in self.given:
            self._set("id", self._without_prefix(self.given["id"]), "id")
        self.plain["status"] = "granted"
        self._read_call()
        self._read_project()
        self._read_amounts()
        if "awardDate" in self.given:
            self._set_value(
                "decided_on", amounts_and_dates.day(self.given["awardDate"]), "awardDate"
            )
        self._read_planned_dates()
        self._read_recipient()
        self._count_unread_fields()
        return self.plain

    def _set(self, field: str, value: object, *source_path: str) -> None:
        """Set a field of ours, and remember the path of its source."""
        self.origins[field,] = source_path
        self.plain[field] = value

    def _set_value(self, field: str, value: amounts_and_dates.Value, *source_path: str) -> None:
        """Report the findings about a value, and set the field unless the value is ``None``."""
        self._report(value.findings, *source_path)
        if value.plain is not None:
            self._set(field, value.plain, *source_path)

    def _report(self, findings: Sequence[Finding], *source_path: str) -> None:
        """Report findings about a path in the source."""
        subject = f"grant {self.plain['id']}" if isinstance(self.plain.get("id"), str) else ""
        self.reader.intake.report(
            finding.with_subject(subject).under("grants", self.index, *source_path)
            for finding in findings
        )

    def _without_prefix(self, given: object) -> object:
        """Return an id without the prefix of the publisher; other values stay, and are reported."""
        return given.removeprefix(self.reader.prefix) if isinstance(given, str) else given

    def _only(self, name: str) -> object:
        """Return the only element of a list; several are reported, as a `Grant` has one value."""
        value = self.given.get(name)
        if not isinstance(value, list):
            return value
        elements = cast("list[object]", value)
        if len(elements) > 1:
            self._report([standards_messages.SEVERAL_VALUES.finding(count=len(elements))], name)
        return elements[0] if len(elements) == 1 else None

    def _only_object(self, name: str) -> dict[str, object]:
        """Return the only object of a list, or an empty object if there is none."""
        element = self._only(name)
        if element is None or isinstance(element, dict):
            return cast("dict[str, object]", element or {})
        self._report([wrong_type_finding(element, expectations.OBJECT)], name)
        return {}

    def _read_call(self) -> None:
        """Set the call by its code, by its title, or from the constants; report an unknown one."""
        given = self._only_object("grantProgramme")
        title, constant = given.get("title"), self.reader.constants.get("call")
        if "code" in given:
            self._set("call", given["code"], "grantProgramme", "0", "code")
        elif isinstance(title, str):
            known = id_by_name(self.reader.reference, "calls", title)
            self._set("call", known or title, "grantProgramme", "0", "title")
        elif constant is not None:
            self._set("call", constant)
        else:
            self._report([standards_messages.NO_CALL.finding()])
            self._set("call", ALREADY_REPORTED)

    def _read_project(self) -> None:
        """Set the project by its id, by the title of the grant, from the constants, or as new."""
        related, title = self._only("relatedActivity"), self.given.get("title")
        reference = self.reader.reference
        named = id_by_name(reference, "projects", title) if isinstance(title, str) else None
        constant = self.reader.constants.get("project")
        if related is not None:
            self._set("project", related, "relatedActivity", "0")
        elif named is not None:
            self._set("project", named, "title")
        elif constant is not None:
            self._set("project", constant)
        else:
            self._report([standards_messages.PROJECT_WITH_ID_OF_GRANT.finding()])
            grant_id = self.plain.get("id")
            self._set("project", grant_id if isinstance(grant_id, str) else ALREADY_REPORTED, "id")

    def _read_amounts(self) -> None:
        """Set the amounts that are in euros."""
        if self.given.get("currency") is None and not self.given.keys().isdisjoint(_AMOUNTS):
            self._report([standards_messages.NO_CURRENCY.finding()])
        for source_name, field in _AMOUNTS.items():
            if source_name in self.given:
                value = amounts_and_dates.amount(
                    self.given[source_name], self.given.get("currency")
                )
                self._set_value(field, value, source_name)

    def _read_planned_dates(self) -> None:
        """Set the period in which the grant can be used."""
        event = self._only_object("plannedDates")
        if event:
            self._set_value("usable", amounts_and_dates.dates(event), "plannedDates", "0")
            for field, source_name in (("start", "startDate"), ("end", "endDate")):
                self.origins["usable", field] = ("plannedDates", "0", source_name)
            for name in event:
                if name not in {"startDate", "endDate", "duration"}:
                    self._count_unread(f"plannedDates/{name}", "plannedDates", "0", name)

    def _count_unread(self, name: str, *source_path: str) -> None:
        """Count a field of the source that is not read."""
        self.reader.unread_fields.add(name, "grants", self.index, *source_path)

    def _read_recipient(self) -> None:
        """Set the recipient; report a person, and count the other fields of an organisation."""
        if "recipientIndividual" in self.given:
            self._report([standards_messages.PERSON_AS_RECIPIENT.finding()], "recipientIndividual")
        recipient = self._only_object("recipientOrganization")
        if not recipient:
            return
        key, name = self._without_prefix(recipient.get("id")), recipient.get("name")
        if isinstance(key, str):
            self._set_recipient(key, name)
        else:
            self._set("recipient", key, "recipientOrganization", "0", "id")
        for other in recipient:
            if other not in {"id", "name"}:
                path = ("recipientOrganization", "0", other)
                self._count_unread(f"recipientOrganization/{other}", *path)

    def _set_recipient(self, key: str, name: object) -> None:
        """Set the recipient; an organisation that is not in the reference is a new entity."""
        organisation_id = self.reader.organisation_ids.get(key, key)
        self._set("recipient", organisation_id, "recipientOrganization", "0", "id")
        known = self.reader.reference.organisations.get(organisation_id)
        names = self.reader.names
        if known is not None:
            self._compare_name(name, known.name)
        elif organisation_id not in names:
            names[organisation_id] = str(name)
            self.organisation = {"id": organisation_id, "name": {"fi": name}, **_business_id(key)}
        elif names[organisation_id] != name:
            self._report_other_name(name, names[organisation_id])

    def _compare_name(self, name: object, known: Text) -> None:
        """Report a name that the reference does not have for the organisation."""
        if isinstance(name, str) and name not in {known.get(language) for language in LANGUAGES}:
            self._report_other_name(name, known.fi)

    def _report_other_name(self, name: object, known: str) -> None:
        """Report a name of the recipient that differs from the known one, which is kept."""
        finding = standards_messages.OTHER_NAME_FOR_ID.finding(
            found=found_values.quote(str(name)), known=found_values.quote(known)
        )
        self._report([finding], "recipientOrganization", "0", "name")

    def _count_unread_fields(self) -> None:
        """Count the fields that were not read, except those that repeat what the reference has."""
        for name in self.given:
            if (
                name not in _FIELDS_READ
                and name != "recipientIndividual"
                and not self._is_known(name)
            ):
                self._count_unread(name, name)

    def _is_known(self, name: str) -> bool:
        """Return whether a field only repeats what the reference has about call and project."""
        reference = self.reader.reference
        call, project = self.plain["call"], self.plain["project"]
        known_call = reference.calls.get(call) if isinstance(call, str) else None
        known_project = reference.projects.get(project) if isinstance(project, str) else None
        if name == "fundingOrganization":
            return known_call is not None and self._funder() == _programme_owner(reference)
        if known_project is None:
            return False
        if name == "title":
            names = [known_project.name.get(language) for language in LANGUAGES]
            return self.given[name] in names or self.origins["project",] == ("title",)
        return name == "description" and self._is_description_by_writer(known_call, known_project)

    def _is_description_by_writer(self, call: Call | None, project: Project) -> bool:
        """Return whether the description is the one that `to_360giving` writes."""
        if call is None:
            return False
        texts = [description_of(call, project, language) for language in LANGUAGES]
        return self.given["description"] in texts

    def _funder(self) -> str | None:
        """Return the id of the organisation that gives the grant."""
        key = self._only_object("fundingOrganization").get("id")
        return self.reader.organisation_ids.get(str(key), str(self._without_prefix(key)))


def _programme_owner(reference: Portfolio) -> str | None:
    return reference.programme.owner if reference.programme else None


def _business_id(key: str) -> dict[str, object]:
    """Return the business id in an identifier of FI-PRO (Finnish business ids), if it is one."""
    text = key.removeprefix(ORG_ID_PREFIX)
    try:
        return {"business_id": str(BusinessId(text))} if text != key else {}
    except InvalidValueError:
        return {}
