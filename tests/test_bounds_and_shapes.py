"""Bounds, short forms and places that only a change of one character in the code would move."""

import json

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import document
from tulevaisuus import formats
from tulevaisuus.findings import Location
from tulevaisuus.findings.found_values import quote
from tulevaisuus.model.signed_money_type import SignedMoney

GRANT = {"id": "g1", "call": "shc-2021", "project": "varsinais-suomi", "status": "granted"}


def found(**fields: object) -> list[tul.Finding]:
    """Return what reading a grant with these fields finds."""
    return [*tul.read(document(grants=[{**GRANT, **fields}]).encode()).findings]


@pytest.mark.parametrize("value", [-1, -0.01])
def test_an_own_contribution_is_never_below_zero(value: float) -> None:
    """Zero is one; anything less is rejected by the first and by the hundredth grant."""
    assert not found(own_contribution_eur=0)
    assert [each.code for each in found(own_contribution_eur=value)] == ["TSK012"]
    many = [{**GRANT, "id": f"g{n}", "own_contribution_eur": -1} for n in range(100)]
    assert tul.read(document(grants=many).encode()).counts[0][2] == 100


@pytest.mark.parametrize(
    ("field", "value", "count"),
    [
        ("amount_eur", 0, 300),
        ("amount_eur", 1, 0),
        ("own_contribution_eur", -1, 300),
        ("own_contribution_eur", 0, 0),
        ("amount_eur", 10**12, 300),
        ("amount_eur", 10**12 - 1, 0),
    ],
)
def test_the_last_of_many_is_held_to_the_same_bounds(field: str, value: int, count: int) -> None:
    """What is met often is read by functions made for it, which take no more and no less."""
    many = [{**GRANT, "id": f"g{n}", field: value} for n in range(300)]
    counts = tul.read(document(grants=many).encode()).counts
    assert sum(each[2] for each in counts) == count


@pytest.mark.parametrize("value", [True, "12", None])
def test_an_amount_of_a_document_is_told_in_the_document_s_terms(value: object) -> None:
    """Where JSON is read, no class of Python is named."""
    (finding,) = found(amount_eur=value)
    assert "euros" in finding.message("en")
    assert "decimal" not in finding.message("en").replace("decimals", "")


def test_the_type_of_a_code_is_named() -> None:
    """A code list of text wants text, one of numbers a whole number."""
    assert "as text in quotes" in found(status=5)[0].message("en")
    project = {"id": "p", "name": {"fi": "x"}, "regions": ["05"], "goals": ["1"]}
    (finding,) = tul.read(document(projects=[project]).encode()).findings
    assert "expected a whole number" in finding.message("en")


@pytest.mark.parametrize("amount", [10**12, -(10**12), 10**13, -(10**13)])
def test_a_correction_has_bounds_on_both_sides(amount: int) -> None:
    """An amount with a sign is below a trillion either way."""
    with pytest.raises(tul.InvalidValueError):
        SignedMoney().validate(amount)
    assert SignedMoney().validate(-(10**12) + 1) == -(10**12) + 1


def test_counts_begin_at_zero_and_ordinals_at_one() -> None:
    """Nobody may have applied to a call; no report is due after zero months."""
    call = tul.Call(id="c", name=tul.Text("x"), applications=0, final_report_months=1)
    assert (call.applications, call.final_report_months) == (0, 1)
    with pytest.raises(tul.InvalidValueError):
        attrs.evolve(call, applications=-1)
    with pytest.raises(tul.InvalidValueError):
        attrs.evolve(call, final_report_months=0)


def test_a_finding_on_the_whole_document_is_at_its_first_character() -> None:
    """What is no object is pointed at where it begins."""
    (finding,) = tul.read(b"[1]").findings
    location = finding.location
    assert location is not None
    assert (location.line, location.column) == (1, 1)


@pytest.mark.parametrize(
    ("count", "more"), [(1, ""), (2, " ... and 1 more"), (3, " ... and 2 more")]
)
def test_the_repr_of_an_error_counts_the_others(count: int, more: str) -> None:
    """One finding is shown, and the number of the rest."""
    with pytest.raises(tul.InvalidValueError) as caught:
        formats.structure({**GRANT, **{f"x{n}": 1 for n in range(count)}}, tul.Grant)
    assert repr(caught.value).removesuffix(">").endswith(more or 'did you mean "id"?') or not more
    assert repr(caught.value).count("more") == (more != "")


@pytest.mark.parametrize(
    ("location", "text"),
    [
        (Location(source="a.xlsx", sheet="S", row=7, cell="B7"), "a.xlsx:S!B7"),
        (Location(source="a.xlsx", sheet="S", row=7), "a.xlsx:S!7:7"),
        (Location(source="a.json", line=1, column=2), "a.json:1:2"),
        (Location(), ""),
    ],
)
def test_a_location_is_written_as_programs_write_it(location: Location, text: str) -> None:
    """A cell, a whole row, or a line and a column."""
    assert str(location) == text


def test_data_of_a_finding_has_what_is_known_of_its_place() -> None:
    """Of a line of text the sheet and the cell are not there at all."""
    report = tul.check(tul.read(b'{"x": 1}'))
    first = json.loads(report.to_json())["findings"][0]
    assert set(first["location"]) == {"line", "column", "snippet", "caret"}


def test_very_long_numbers_are_told_by_their_size() -> None:
    """A number of more than sixty digits is not written out."""
    assert quote(10**75) == "≈ 2^250"
    assert quote(10**50) == str(10**50)


def test_a_period_without_an_end_comes_after_those_that_end() -> None:
    """Periods of one start are in the order of their ends."""
    ends = [tul.Period.parse(f"2021-01-01/{end}") for end in ("2021-06-30", "2022-01-01", "..")]
    assert sorted([ends[2], ends[0], ends[1]]) == ends


def test_a_newer_document_is_not_written_without_a_word() -> None:
    """What a newer version says is lost only if the caller accepts that."""
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
def test_what_is_not_said_is_not_shown(value: tul.Value) -> None:
    """The repr of a value has no fields that have their defaults."""
    assert "None" not in repr(value)
    assert "frozenset" not in repr(value)
    assert "()" not in repr(value)
