"""`OfficialRows`: replaces the names in an official table by our codes.

Names are looked up in the reference, a portfolio with the known calls, projects and organisations:
by default, the bundled facts.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

import attrs

from tulevaisuus.exchange import standards_messages
from tulevaisuus.exchange.business_ids import with_hyphen
from tulevaisuus.exchange.csv_and_excel.grid import CellProblem, Grid, Position, as_text
from tulevaisuus.exchange.ids_by_name import id_by_name
from tulevaisuus.findings import found_values
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.model.business_id import BusinessId
from tulevaisuus.model.call import Call
from tulevaisuus.model.name_search import normalise_name
from tulevaisuus.model.organisation import Organisation
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.text import Text

__all__ = ["OfficialRows"]

_NAME_AND_BRACKETS = re.compile(r"(?P<name>.*\S)\s*\((?P<inside>[^()]*)\)\s*", re.DOTALL)
_WORDS_FOR_REJECTED = {"kielteinen", "kielteinen paatos"}  # without accents
_ZERO = re.compile("0+([.,]0+)?")


class OfficialRows:
    """Replaces names in a sheet by our codes.

    A column of an official table has a meaning: a field of grants, or one of `MEANINGS`. Calls and
    organisations that the reference does not have, and the findings, are attributes.
    """

    MEANINGS: ClassVar[frozenset[str]] = frozenset(
        {"recipient", "recipient_name", "business_id", "call", "call_name", "call_number"}
        | {"purpose", "person"}
    )
    """The meanings that are no fields of a grant."""

    def __init__(
        self,
        grid: Grid,
        header_row: int,
        meanings: Mapping[int, str],
        constants: Mapping[str, str],
        reference: Portfolio,
    ) -> None:
        """Set the sheet and how it is read.

        Args:
            grid: The cells of the sheet.
            header_row: The number of the row of the headers.
            meanings: The meanings of the known columns.
            constants: ``call`` and ``project`` for rows that do not name them.
            reference: Where calls, projects and organisations are looked up.
        """
        self.grid = grid
        self.header_row = header_row
        self.meanings = meanings
        self.constants = constants
        self.reference = reference
        self.findings: list[Finding] = []
        self.units: dict[Position, CellProblem] = {**grid.units}  # a unit moves with its amount
        self.calls: dict[str, Call] = {}  # the new ones, by id
        self.organisations: dict[str, Organisation] = {}  # the new ones, by id
        self.columns: dict[str, list[int]] = {}  # by meaning
        for column, meaning in meanings.items():
            self.columns.setdefault(meaning, []).append(column)
        self.ids_by_business_id: dict[str, str] = {
            str(organisation.business_id): organisation.id
            for organisation in reference.organisations
            if organisation.business_id
        }

    def replace_names(self, status: str, *, makes_ids: bool) -> Grid:
        """Return the sheet with our headers and codes.

        Args:
            status: The status of rows without a status.
            makes_ids: Whether to add a column with ids.
        """
        column_of = self._columns_by_header()
        if makes_ids:
            column_of.setdefault("id", max(column_of.values()) + 1)
        rows: dict[int, dict[int, object]] = {}
        for number, cells in self.grid.rows.items():
            if number < self.header_row:
                rows[number] = {**cells}
            elif number == self.header_row:
                rows[number] = {column: header for header, column in column_of.items()}
            else:
                rows[number] = self._new_row(number, cells, column_of, status)
        self._report_unread()
        return attrs.evolve(self.grid, rows=rows, units=self.units)

    def _columns_by_header(self) -> dict[str, int]:
        """Return the column to which each of our headers is written."""
        last = max([*self.grid.rows[self.header_row], *self.meanings], default=0)
        meanings_of_header = {
            "recipient:code": ("business_id", "recipient", "recipient_name"),
            "call:code": ("call_number", "call", "call_name"),
            "project:code": ("purpose",),
            "status": ("status",),
        }
        column_of: dict[str, int] = {}
        for header, sources in meanings_of_header.items():
            columns = [column for source in sources for column in self.columns.get(source, [])]
            last += 1
            column_of[header] = columns[0] if columns else last
        for column, meaning in self.meanings.items():
            if meaning and meaning not in self.MEANINGS and meaning != "status":
                column_of.setdefault(meaning, column)
        return column_of

    def _new_row(
        self, number: int, cells: Mapping[int, object], column_of: Mapping[str, int], status: str
    ) -> dict[int, object]:
        """Return the cells of a row under our headers.

        Args:
            number: The number of the row.
            cells: The cells under the headers of the official table.
            column_of: The column of each of our headers.
            status: The status of rows without a status.
        """
        # Headers with a colon are those of codes, which `_codes` returns.
        kept = {column for header, column in column_of.items() if ":" not in header}
        new_cells = {column: cells[column] for column in kept.intersection(cells)}
        codes = self._codes(number)
        new_cells |= {column_of[header]: code for header, code in codes.items() if code}
        if "id" in column_of:
            new_cells.setdefault(column_of["id"], self._id(number, codes))
        given = self._text(number, "status")
        new_cells.setdefault(column_of["status"], self.constants.get("status", status))
        final_status = normalise_name(given or str(new_cells[column_of["status"]]))
        self._adjust_amount(number, new_cells, column_of, final_status)
        return {
            column: new_cells[column]
            for column in sorted(new_cells)
            if new_cells[column] is not None
        }

    def _id(self, row: int, codes: Mapping[str, str | None]) -> str | None:
        """Return the case number; without one the project and the call."""
        parts = [codes["project:code"], codes["call:code"]]
        made_id = "-".join(map(str, parts)) if all(parts) else None
        return self._text(row, "case_number") or made_id

    def _codes(self, row: int) -> Mapping[str, str | None]:
        """Return the codes for the names in a row; without a project, that is the case number."""
        project = self._project(row) or self.constants.get("project")
        case_number = self._text(row, "case_number")
        if project is None and case_number:
            column = self.columns["case_number"][0]
            self._report(standards_messages.PROJECT_WITH_ID_OF_GRANT.finding(), row, column)
        return {
            "recipient:code": self._unless_invalid(
                self._recipient, row, "business_id", "recipient"
            ),
            "call:code": self._unless_invalid(self._call, row, "call_number", "call")
            or self.constants.get("call"),
            "project:code": project or case_number,
        }

    def _unless_invalid(
        self, read: Callable[[int], str | None], row: int, *meanings: str
    ) -> str | None:
        """Return a code, or ``None``; report the error at the first column of these meanings."""
        try:
            return read(row)
        except InvalidValueError as error:
            columns = [column for name in meanings for column in self.columns.get(name, [])]
            for finding in error.findings:
                self._report(finding, row, next(iter(columns), None))
            return None

    def _adjust_amount(
        self,
        row: int,
        new_cells: dict[int, object],
        column_of: Mapping[str, int],
        status: str,
    ) -> None:
        """Move or remove the amount, depending on the status.

        An amount of zero is removed if the application was rejected, or has no decision yet. If it
        has no decision yet, the amount is the one that was applied for.
        """
        # Columns count from 1, so 0 is none.
        granted, applied = column_of.get("amount_eur", 0), column_of.get("applied_eur", 0)
        is_undecided = status == "applied"
        is_zero = granted in new_cells and _ZERO.fullmatch(as_text(new_cells[granted]))
        if is_zero and (status in _WORDS_FOR_REJECTED or is_undecided):
            del new_cells[granted]
        if is_undecided and granted and applied in new_cells and granted not in new_cells:
            new_cells[granted] = new_cells.pop(applied)
            self.units.pop((row, granted), None)
            if (row, applied) in self.units:
                self.units[row, granted] = self.units[row, applied]

    def _text(self, row: int, meaning: str) -> str:
        """Return the first text of a row under a meaning."""
        columns = self.columns.get(meaning, [])
        texts = (self.grid.text(row, column).strip() for column in columns)
        return next(filter(None, texts), "")

    def _report(self, finding: Finding, row: int, column: int | None = None) -> None:
        """Collect a finding about a cell, or about a whole row."""
        self.findings.append(attrs.evolve(finding, location=self.grid.location(row, column)))

    def _recipient(self, row: int) -> str | None:
        """Return the id of the recipient that a row names by a business id, a name or both."""
        name, inside = _split_brackets(self._text(row, "recipient"))
        name = self._text(row, "recipient_name") or name
        number = self._text(row, "business_id") or inside
        business_id = with_hyphen(number)
        if business_id is None:
            found = id_by_name(self.reference, "organisations", name) if name else None
            return found or self._remember_organisation(number or name, name, None)
        owner = self.ids_by_business_id.get(business_id)
        return owner or self._remember_organisation(business_id, name, BusinessId(business_id))

    def _remember_organisation(
        self, key: str, name: str, business_id: BusinessId | None
    ) -> str | None:
        """Remember a new organisation, if it has a name; return its id."""
        if name and key not in self.organisations:
            self.organisations[key] = Organisation(id=key, name=Text(name), business_id=business_id)
        return key or None

    def _call(self, row: int) -> str | None:
        """Return the id of the call that a row names by a case number, a name or both."""
        name, inside = _split_brackets(self._text(row, "call"))
        name = self._text(row, "call_name") or name
        number = self._text(row, "call_number") or inside
        found = id_by_name(self.reference, "calls", name) if name else None
        if found is not None:
            return found
        key = number or name
        if key and name and key not in self.calls:
            self.calls[key] = Call(id=key, name=Text(name))
        return key or None

    def _project(self, row: int) -> str | None:
        """Return the project that a purpose names; other purposes are reported at the end."""
        for column in self.columns.get("purpose", []):
            text = self.grid.text(row, column).strip()
            found = id_by_name(self.reference, "projects", text) if text else None
            if found is not None:
                return found
        return None

    def _report_unread(self) -> None:
        """Report the columns whose cells were not read, with one finding for each column."""
        for column, text in self.grid.texts(self.header_row):
            meaning = self.meanings.get(column, "")
            rows = [*self._filled_rows(column)]
            if meaning == "person" and rows:
                self._report(standards_messages.PERSON_AS_RECIPIENT.finding(), rows[0], column)
            elif meaning in {"", "purpose"} and (
                unread := self._count_unread(rows, column, meaning)
            ):
                header = found_values.quote(text)
                finding = standards_messages.FIELD_NOT_READ.finding(field=header, count=unread)
                self._report(finding, self.header_row, column)

    def _filled_rows(self, column: int) -> Iterable[int]:
        """Return the rows below the headers that have a cell in a column."""
        return (
            row
            for row, cells in self.grid.rows.items()
            if row > self.header_row and column in cells
        )

    def _count_unread(self, rows: list[int], column: int, meaning: str) -> int:
        """Return how many cells were not read; a purpose is read if it names a known project."""
        if not meaning:
            return len(rows)
        return sum(
            id_by_name(self.reference, "projects", self.grid.text(row, column).strip()) is None
            for row in rows
        )


def _split_brackets(text: str) -> tuple[str, str]:
    """Return a text and the text in brackets at its end."""
    match = _NAME_AND_BRACKETS.fullmatch(text)
    return (match["name"], match["inside"].strip()) if match else (text.strip(), "")
