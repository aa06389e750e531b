"""`to_va`: writes the national grant sheet, in which authorities publish their grants.

The name ``va`` is short for *valtionavustukset* (state grants). A portfolio is all entities of
one document.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from tulevaisuus.exchange import standards_messages
from tulevaisuus.exchange.csv_and_excel.writing import csv_bytes
from tulevaisuus.exchange.formats_registry import WriteOptions
from tulevaisuus.exchange.lost_data import findings_on_fields, lost_fields, lost_registers
from tulevaisuus.exchange.official_grant_tables.header_row_and_columns import official_table
from tulevaisuus.facts.reference_portfolio import reference
from tulevaisuus.findings.argument_checks import require_argument
from tulevaisuus.findings.errors import DocumentError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.files import replacing
from tulevaisuus.model.amount import Precision
from tulevaisuus.model.call import Call
from tulevaisuus.model.grant import Grant, GrantStatus
from tulevaisuus.model.period import Period
from tulevaisuus.model.portfolio import Portfolio

__all__ = ["Cell", "losses_of_file", "losses_va", "to_va", "write"]

Cell: TypeAlias = str | Decimal | dt.date | None
"""The value of a cell; ``None`` is an empty one."""

_KEPT_FIELDS = {
    *("id", "call", "project", "status", "recipient", "amount_eur", "applied_on", "decided_on"),
    *("usable", "case_number", "applied_eur", "paid_eur"),
}
"""The fields of grants that the sheet can hold."""

_REGISTERS_KEPT_AS_NAMES = {"calls", "projects", "organisations"}
_DECISIONS = {GrantStatus.GRANTED: "Myönteinen", GrantStatus.REJECTED: "Kielteinen"}
"""The words of officials for a decision; a grant without one has an empty cell."""

_AMOUNT_OF_REJECTED = Decimal(0)
_ENDINGS = (".csv", ".xlsx")


def to_va(portfolio: Portfolio, path: str | os.PathLike[str], *, rounded: bool = False) -> None:
    """Write the applied, granted and rejected grants to the national grant sheet.

    It has the 34 columns of ``exchange/data/official_tables.toml``; unknown values stay empty. The
    amount of a rejected application is zero, as officials write it.
    `tulevaisuus.exchange.losses_va` lists the data that the sheet cannot hold.

    Args:
        portfolio: The grants; names are also looked up in the bundled facts.
        path: The path of the file; its suffix is ``.xlsx`` or ``.csv``.
        rounded: Whether to write rounded amounts, although the sheet cannot mark them as rounded.

    Raises:
        DocumentError: Amounts are rounded; the error lists all of them.
        ModuleNotFoundError: The file is a workbook, and the extra ``excel`` is not installed.
        ValueError: The path has another suffix.
    """
    require_argument(portfolio, Portfolio, "to_va", "a Portfolio first, then a path")
    require_argument(path, (str, os.PathLike), "to_va", "a Portfolio first, then a path")
    ending = Path(path).suffix.lower()
    if ending not in _ENDINGS:
        raise ValueError(f"give a path that ends in .xlsx or .csv, not {os.fspath(path)!r}")
    wrong = [] if rounded else _rounded_amounts(portfolio)
    if wrong:
        raise DocumentError(wrong)
    table = official_table("va")
    # The entities of the portfolio and, for keys that it lacks, those of the facts.
    merged = portfolio.over(reference)
    cells_of_grants = [_row(grant, merged) for grant in _written_grants(portfolio)]
    rows = [[cells.get(column) for column in table.columns] for cells in cells_of_grants]
    if ending == ".csv":
        with replacing(path) as file:
            file.write(csv_bytes([*table.columns], rows, "fi"))
        return
    from tulevaisuus.exchange.csv_and_excel.xlsx_writing import save_table  # only workbooks need it

    save_table(path, table.sheet, [*table.columns], rows)


def _written_grants(portfolio: Portfolio) -> list[Grant]:
    return [grant for grant in portfolio.grants if _is_written(grant)]


def _is_written(grant: Grant) -> bool:
    """Return whether the sheet holds a grant: a planned one has not been applied for."""
    return grant.status is not GrantStatus.PLANNED


def _rounded_amounts(portfolio: Portfolio) -> list[Finding]:
    """Return a finding for each amount that would be written, and is not exact."""
    exact = {None, Precision.EXACT}  # an amount without a precision is taken for exact
    return [
        standards_messages.ROUNDED_AMOUNT.finding("/amount_eur", found=grant.amount_eur)
        .with_subject(f"grant {grant.id}")
        .under("grants", index)
        for index, grant in enumerate(portfolio.grants)
        if _is_written(grant) and grant.precision not in exact and grant.amount_eur is not None
    ]


def losses_va(portfolio: Portfolio) -> list[Finding]:
    """List the data of a portfolio that the national grant sheet cannot hold, as warnings.

    Of calls, projects and organisations it holds names and business ids, the days of the call and
    the regions of the project. Planned grants are left out. The id of a grant is lost if it is not
    the case number.
    """
    found = [*lost_registers(portfolio, {"grants"}, _REGISTERS_KEPT_AS_NAMES)]
    planned = sum(grant.status is GrantStatus.PLANNED for grant in portfolio.grants)
    if planned:
        found.append(standards_messages.PLANNED_GRANTS.finding("/grants", count=planned))
    found += [*_lost_amounts(portfolio), *_unnamed(portfolio)]
    others = sum(grant.id != grant.case_number for grant in portfolio.grants)
    found += findings_on_fields("grants", {"id": others})
    return [*found, *lost_fields(portfolio.grants, _KEPT_FIELDS)]


def _lost_amounts(portfolio: Portfolio) -> Iterator[Finding]:
    """Report the amounts that are not written, as the sheet has one amount for each status.

    Without a decision it is the amount that was applied for; for a rejected application it is zero.
    """
    grants = portfolio.grants
    counts = {
        "amount_eur": sum(_is_rejected(grant) and bool(grant.amount_eur) for grant in grants),
        "applied_eur": sum(
            grant.status is GrantStatus.APPLIED
            and grant.applied_eur not in {None, grant.amount_eur}
            for grant in grants
        ),
    }
    return findings_on_fields("grants", counts)


def _unnamed(portfolio: Portfolio) -> Iterator[Finding]:
    """Report references to entities whose names are not known."""
    # The entities of the portfolio and, for keys that it lacks, those of the facts.
    merged = portfolio.over(reference)
    written = _written_grants(portfolio)
    registers = {
        "call": merged.calls,
        "project": merged.projects,
        "recipient": merged.organisations,
    }
    for field, register in registers.items():
        ids: list[str | None] = [getattr(grant, field) for grant in written]
        count = sum(key is not None and register.get(key) is None for key in ids)
        if count:
            yield standards_messages.ID_WRITTEN_AS_NAME.finding("/grants", field=field, count=count)


def _row(grant: Grant, merged: Portfolio) -> Mapping[str, Cell]:
    """Return the cells of a grant by the headers of their columns."""
    call, project = merged.calls.get(grant.call), merged.projects.get(grant.project)
    return {
        **_call(grant.call, call),
        "avustusasiaAsianumero": grant.case_number,
        "avustusasiaVireilletuloPvm": grant.applied_on,
        **_recipient(grant, merged),
        "avustushakemusAlueHyvinvointialueet": _region_names(
            project.regions if project else (), merged
        ),
        "avustuspaatosPvm": grant.decided_on,
        "avustuspaatosTyyppi": _DECISIONS.get(grant.status),
        **_amounts(grant),
        "avustuspaatosHyvaksyttyKayttotarkoitus": project.name.fi if project else grant.project,
        "avustuspaatosKayttoaikaAlkaaPvm": _bound(grant.usable, "start"),
        "avustuspaatosKayttoaikaPaattyyPvm": _bound(grant.usable, "end"),
    }


def _recipient(grant: Grant, merged: Portfolio) -> Mapping[str, Cell]:
    """Return the business id and the name of the recipient, or its id in place of the name."""
    known = merged.organisations.get(grant.recipient) if grant.recipient else None
    number = known.business_id if known else None
    return {
        "avustusasiaVireillepanijaYhteisoTunnus": None if number is None else str(number),
        "avustusasiaVireillepanijaYhteisoNimi": known.name.fi if known else grant.recipient,
    }


def _amounts(grant: Grant) -> Mapping[str, Cell]:
    """Return the amounts that were applied for, granted and paid."""
    is_applied = grant.status is GrantStatus.APPLIED
    granted = None if is_applied else grant.amount_eur
    return {
        "avustushakemusHaettuAvustus": grant.amount_eur if is_applied else grant.applied_eur,
        "avustuspaatosMyonnettyAvustus": _AMOUNT_OF_REJECTED if _is_rejected(grant) else granted,
        "avustuspaatosMaksettuAvustus": grant.paid_eur,
    }


def _is_rejected(grant: Grant) -> bool:
    return grant.status is GrantStatus.REJECTED


def _call(key: str, call: Call | None) -> Mapping[str, Cell]:
    """Return the name of the call, or its id in place of the name, and its days."""
    period = call.application_period if call else None
    return {
        "avustushakuNimi": call.name.fi if call else key,
        "avustushakuAlkaaPvm": _bound(period, "start"),
        "avustushakuPaattyyPvm": _bound(period, "end"),
    }


def _region_names(codes: tuple[str, ...], merged: Portfolio) -> str | None:
    """Return the names of regions in one cell."""
    known = [merged.regions.get(code) for code in codes]
    return "; ".join(region.name.fi for region in known if region) or None


def _bound(period: Period | None, side: str) -> dt.date | None:
    """Return the ``start`` or ``end`` of a period, if it is known."""
    day: object = getattr(period, side, None)
    return day if isinstance(day, dt.date) else None


def write(portfolio: Portfolio, path: Path, options: WriteOptions) -> int:
    """Write the sheet, and return its number of grants; the entry in the registry of formats."""
    to_va(portfolio, path, rounded=options.settings.get("rounded") == "write")
    return len(_written_grants(portfolio))


def losses_of_file(portfolio: Portfolio, options: WriteOptions) -> list[Finding]:
    """List the data that a file would not hold; errors mean that the file cannot be written."""
    wrong = [] if options.settings.get("rounded") == "write" else _rounded_amounts(portfolio)
    return [*wrong, *losses_va(portfolio)]
