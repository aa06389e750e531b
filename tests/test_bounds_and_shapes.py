"""Bounds of values, text forms and locations at their limits: off-by-one errors fail here."""

import json

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import document
from tulevaisuus import formats
from tulevaisuus.findings import Location
from tulevaisuus.findings.found_values import quote
from tulevaisuus.model.money_and_percent_types import SignedMoney

GRANT = {"id": "g1", "call": "shc-2021", "project": "varsinais-suomi", "status": "granted"}


def found(**fields: object) -> list[tul.Finding]:
    """Return what reading a grant with these fields finds."""
    return [*tul.read(document(grants=[{**GRANT, **fields}]).encode()).findings]


@pytest.mark.parametrize("value", [-1, -0.01])
def test_own_contribution_is_not_negative(value: float) -> None:
    """Zero is valid; a negative value is rejected by the first and by the hundredth grant."""
    assert not found(own_contribution_eur=0)
    assert [each.code for each in found(own_contribution_eur=value)] == ["TSK012"]
    many = [{**GRANT, "id": f"g{n}", "own_contribution_eur": -1} for n in range(100)]
    assert tul.read(document(grants=many).encode()).counts[0][2] == 100


@pytest.mark.parametrize(
    ("field", "value", "count"),
    [
        ("amount_eur", 0, 300),
        ("amount_eur", 1, 0),
        ("amount_eur", 0.0, 300),
        ("amount_eur", -0.5, 300),
        ("amount_eur", 0.01, 0),
        ("own_contribution_eur", -0.01, 300),
        ("own_contribution_eur", 0.0, 0),
        ("own_contribution_eur", -1, 300),
        ("own_contribution_eur", 0, 0),
        ("amount_eur", 10**12, 300),
        ("amount_eur", 10**12 - 1, 0),
    ],
)
def test_bounds_apply_to_the_last_of_many_values(field: str, value: float, count: int) -> None:
    """The function that is generated after many values accepts the same values."""
    many = [{**GRANT, "id": f"g{n}", field: value} for n in range(300)]
    counts = tul.read(document(grants=many).encode()).counts
    assert sum(each[2] for each in counts) == count


@pytest.mark.parametrize("value", [True, "12", None])
def test_amount_in_json_is_described_in_json_terms(value: object) -> None:
    """Where JSON is read, the message names no Python class."""
    (finding,) = found(amount_eur=value)
    assert "euros" in finding.message("en")
    assert "decimal" not in finding.message("en").replace("decimals", "")


def test_type_of_a_code_is_named() -> None:
    """A code list of texts expects a text, one of numbers a whole number."""
    assert "as text in quotes" in found(status=5)[0].message("en")
    project = {"id": "p", "name": {"fi": "x"}, "regions": ["05"], "goals": ["1"]}
    (finding,) = tul.read(document(projects=[project]).encode()).findings
    assert "expected a whole number" in finding.message("en")


@pytest.mark.parametrize("amount", [10**12, -(10**12), 10**13, -(10**13)])
def test_signed_amount_has_two_bounds(amount: int) -> None:
    """A signed amount is below a trillion in absolute value."""
    with pytest.raises(tul.InvalidValueError):
        SignedMoney().validate(amount)
    assert SignedMoney().validate(-(10**12) + 1) == -(10**12) + 1


def test_counts_begin_at_zero_and_ordinals_at_one() -> None:
    """A call may have no applications; a report is due after one month at the earliest."""
    call = tul.Call(id="c", name=tul.Text("x"), applications=0, final_report_months=1)
    assert (call.applications, call.final_report_months) == (0, 1)
    with pytest.raises(tul.InvalidValueError):
        attrs.evolve(call, applications=-1)
    with pytest.raises(tul.InvalidValueError):
        attrs.evolve(call, final_report_months=0)


def test_finding_on_the_whole_document_is_at_its_first_character() -> None:
    """A finding about the type of the document is located at its beginning."""
    (finding,) = tul.read(b"[1]").findings
    location = finding.location
    assert location is not None
    assert (location.line, location.column) == (1, 1)


@pytest.mark.parametrize(
    ("count", "more"), [(1, ""), (2, " ... and 1 more"), (3, " ... and 2 more")]
)
def test_the_repr_of_an_error_counts_the_others(count: int, more: str) -> None:
    """One finding is shown, and the number of the others."""
    with pytest.raises(tul.InvalidValueError) as caught:
        formats.structure({**GRANT, **{f"x{n}": 1 for n in range(count)}}, tul.Grant)
    assert repr(caught.value).removesuffix(">").endswith(more or 'did you mean "id"?') or not more
    assert repr(caught.value).count("more") == (more != "")


@pytest.mark.parametrize(
    ("location", "text"),
    [
        (Location(source="a.xlsx", sheet="S", row=7, cell="B7"), "a.xlsx:S!B7"),
        (Location(source="a.xlsx", sheet="S", row=7), "a.xlsx:S!7"),
        (Location(source="a.json", line=1, column=2), "a.json:1:2"),
        (Location(), ""),
    ],
)
def test_location_is_written_as_programs_write_it(location: Location, text: str) -> None:
    """A location is a cell, a row, or a line and a column."""
    assert str(location) == text


def test_data_of_a_finding_has_the_known_parts_of_its_location() -> None:
    """A line of text has no sheet and no cell."""
    report = tul.check(tul.read(b'{"x": 1}'))
    first = json.loads(report.to_json())["findings"][0]
    assert set(first["location"]) == {"line", "column", "snippet", "caret"}


def test_very_long_numbers_are_described_by_their_length() -> None:
    """A number of more than sixty digits is not written out."""
    assert quote(10**75) == "≈ 2^250"
    assert quote(10**50) == str(10**50)


def test_open_period_sorts_after_closed_ones() -> None:
    """Periods with the same start are sorted by their ends."""
    ends = [tul.Period.parse(f"2021-01-01/{end}") for end in ("2021-06-30", "2022-01-01", "..")]
    assert sorted([ends[2], ends[0], ends[1]]) == ends


def test_writing_a_newer_document_needs_consent() -> None:
    """Members of a newer version are lost only if the caller accepts that."""
    newer = tul.read(document(format_version="1.9", grants=[GRANT]).encode()).portfolio
    with pytest.raises(tul.DocumentError):
        tul.dumps(newer)
    with pytest.raises(tul.TulevaisuusError):
        formats.unstructure(newer)
    assert '"1.0"' in tul.dumps(newer, downgrade=True)


VALUES = [
    tul.Text("x"),
    tul.Note(field="name", text="x"),
    tul.Alias(scheme="s", value="v"),
    tul.BusinessId("0204819-8"),
    tul.Period.of_years(2021, 2021),
    tul.Administration(organisation="turku"),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_repr_leaves_out_default_values(value: tul.Value) -> None:
    """The repr of a value has no fields that have their defaults."""
    assert "None" not in repr(value)
    assert "frozenset" not in repr(value)
    assert "()" not in repr(value)
