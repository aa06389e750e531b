"""Explains references that are business ids: an organisation is referred to by its own id."""

import re
import string
from collections.abc import Mapping

from tulevaisuus.findings import found_values
from tulevaisuus.findings.suggestions import NamedCode
from tulevaisuus.model.business_id import BusinessId, check_digit, number_in_org_id
from tulevaisuus.model.organisation import Organisation
from tulevaisuus.rules.lookups import Context
from tulevaisuus.rules.problem_messages import Problem, problem
from tulevaisuus.rules.references import Reference

__all__ = ["business_id_problem", "owners_of_business_ids"]

_FORM = re.compile(
    "(?P<digits>[0-9]{7})[-\u2010-\u2015\u2212](?P<check>[0-9])"
    "|FI(?P<vat_digits>[0-9]{7})(?P<vat_check>[0-9])",
    re.IGNORECASE,
)
"""A business id, or a VAT number made of one."""


def owners_of_business_ids(context: Context) -> Mapping[str, Organisation]:
    """Map each business id to its organisation: a bundled one, or the first in the document."""
    return context.shared(_owners)


def business_id_problem(reference: Reference, context: Context) -> Problem | None:
    """Explain a business id in place of the id of an organisation; ``None`` for any other text."""
    if "organisations" not in reference.registers:
        return None
    found = found_values.quote(reference.key)
    owners = owners_of_business_ids(context)
    number = number_in_org_id(reference.key) or reference.key
    owner = owners.get(BusinessId.intended(number) or "")
    if owner is not None:
        return problem(
            reference.path, "business_id", found=found, suggestions=(_suggestion(owner),)
        )
    match = _FORM.fullmatch(number)
    if match is None:
        return None
    digits, check = match["digits"] or match["vat_digits"], match["check"] or match["vat_check"]
    if int(check) == check_digit(digits):
        return None
    meant = _intended_owner(f"{digits}{check}", owners)
    if meant is None:
        return problem(reference.path, "check_digit", found=found)
    return problem(
        reference.path, "check_digit_near", found=found, suggestions=(_suggestion(meant),)
    )


def _suggestion(organisation: Organisation) -> NamedCode:
    return NamedCode(organisation.id, organisation.name)


def _intended_owner(digits: str, owners: Mapping[str, Organisation]) -> Organisation | None:
    """Return the only organisation whose business id differs by one digit or two swapped ones."""
    near = [owners[number] for number in _ids_with_one_mistake(digits) if number in owners]
    return near[0] if len(near) == 1 else None


def _ids_with_one_mistake(digits: str) -> set[str]:
    """Return the business ids that differ in one digit, or in the order of two neighbours."""
    replaced = {
        f"{digits[:index]}{digit}{digits[index + 1 :]}"
        for index in range(len(digits))
        for digit in string.digits
    }
    swapped = {
        f"{digits[:index]}{digits[index + 1]}{digits[index]}{digits[index + 2 :]}"
        for index in range(len(digits) - 1)
    }
    return {f"{number[:-1]}-{number[-1]}" for number in replaced | swapped}


def _owners(context: Context) -> Mapping[str, Organisation]:
    owners: dict[str, Organisation] = {}
    for register in (context.reference.organisations, context.portfolio.organisations):
        for organisation in register:
            if organisation.business_id is not None:
                owners.setdefault(str(organisation.business_id), organisation)
    return owners
