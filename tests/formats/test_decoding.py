"""Values from decoders other than JSON are validated as strictly."""

import datetime as dt
from decimal import Decimal
from typing import cast

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import rejected
from tulevaisuus.formats import decoding
from tulevaisuus.formats.decoding import decode, unknown_fields
from tulevaisuus.model.annotations import Id

GRANT: dict[object, object] = {"id": "g", "call": "c", "project": "p", "status": "granted"}


@pytest.mark.parametrize(("count", "last"), [(30, "n29"), (31, "…")])
def test_thirty_known_fields_are_listed(count: int, last: str) -> None:
    """Of more than thirty the first are listed, and a mark shows that there are others."""
    names = [f"n{number}" for number in range(count)]
    (finding,) = unknown_fields(["xyz"], names)
    known = cast("tuple[str, ...]", dict(finding.params)["known"])
    assert known[:30] == tuple(names[:30])
    assert (known[-1], len(known)) == (last, count)


class OddlyPrintedFloat(float):
    """A float with its own repr, as floats of some libraries have."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return a text that is not a number."""
        return "odd"


@pytest.mark.parametrize(
    ("amount", "kept"),
    [
        pytest.param(11180062.5, "11180062.5", id="shortest form"),
        pytest.param(0.1, "0.1", id="no binary fraction"),
        pytest.param(5.0, "5.0", id="whole"),
        pytest.param(OddlyPrintedFloat(1.5), "1.5", id="subclass of float"),
        pytest.param(Decimal("1.50"), "1.50", id="decimal"),
        pytest.param(7, "7", id="whole number"),
    ],
)
def test_shortest_form_of_a_float_is_read(amount: object, kept: str) -> None:
    """An amount given as a float keeps exactly the digits that Python shows."""
    assert str(decode(tul.Grant, {**GRANT, "amount_eur": amount}).amount_eur) == kept


@pytest.mark.parametrize(
    "amount",
    [
        pytest.param(0.1 + 0.2, id="a sum of floats"),
        pytest.param(1e-7, id="tiny"),
        pytest.param(1e22, id="huge"),
        pytest.param(float("nan"), id="NaN"),
        pytest.param(float("inf"), id="infinity"),
        pytest.param(Decimal("sNaN"), id="signalling NaN"),
        pytest.param(Decimal("1E+3"), id="exponent"),
        pytest.param(Decimal("1E+999999"), id="exponent that would take minutes"),
        pytest.param(Decimal("1E-999999"), id="exponent far below zero"),
        pytest.param(10**5000, id="more digits than Python writes"),
        pytest.param(-(10**5000), id="the same below zero"),
    ],
)
def test_amounts_out_of_range(amount: object) -> None:
    """What is not an amount in euros and cents is rejected, whatever its type."""
    assert rejected(decode, tul.Grant, {**GRANT, "amount_eur": amount}) == ["TSK012 /amount_eur"]


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        pytest.param("decided_on", dt.datetime(2021, 12, 20, tzinfo=dt.UTC), "TSK002", id="time"),
        pytest.param("decided_on", 1640000000, "TSK002", id="seconds"),
        pytest.param("id", b"g", "TSK002", id="bytes"),
        pytest.param("id", "\ud800", "TSK006", id="half a character"),
        pytest.param("status", tul.Precision.EXACT, "TSK002", id="member of another enum"),
        pytest.param("sources", {"a"}, "TSK002", id="set"),
        pytest.param("sources", "ab", "TSK002", id="text for a list"),
        pytest.param("usable", tul.Period.of_years(2021, 2023), "TSK002", id="made already"),
    ],
)
def test_other_types_are_rejected(field: str, value: object, expected: str) -> None:
    """Nothing is converted, and every invalid value leads to a finding."""
    assert rejected(decode, tul.Grant, {**GRANT, field: value}) == [f"{expected} /{field}"]


def test_dates_and_tuples_are_accepted() -> None:
    """YAML and TOML have dates, some decoders make tuples."""
    day = dt.date(2021, 12, 20)
    grant = decode(tul.Grant, {**GRANT, "decided_on": day, "sources": ("a", "b")})
    assert (grant.decided_on, grant.sources) == (day, ("a", "b"))


@pytest.mark.parametrize(
    ("key", "path"),
    [
        pytest.param(1, "/1", id="number"),
        pytest.param(None, "/None", id="nothing"),
        pytest.param((1, 2), "/(1, 2)", id="pair"),
    ],
)
def test_key_that_is_not_text_is_an_unknown_field(key: object, path: str) -> None:
    """A key of another type is an unknown field."""
    assert rejected(decode, tul.Grant, {**GRANT, key: 1}) == [f"TSK004 {path}"]


@pytest.mark.parametrize(
    ("cls", "raw", "expected"),
    [
        pytest.param(tul.Period, {"start": "2020-01-01", "end": "2019-12-31"}, "TSK011 /end"),
        pytest.param(tul.Period, {}, "TSK003 /start"),
        pytest.param(tul.Period, "2020-01-01/2023-12-31", "TSK002"),
        pytest.param(tul.Text, {"fi": "", "sv": "x"}, "TSK013 /fi"),
        pytest.param(tul.BusinessId, "0204819-7", "TSK006"),
        pytest.param(tul.BusinessId, "", "TSK006"),
        pytest.param(tul.BusinessId, {"value": "0204819-8"}, "TSK002"),
        pytest.param(tul.Tile, {"row": 1}, "TSK003 /column"),
        pytest.param(tul.Note, {"field": "name", "text": "x", "sources": [1]}, "TSK002 /sources/0"),
    ],
)
def test_paths_begin_at_the_value(cls: type[tul.Value], raw: object, expected: str) -> None:
    """The paths of a single value are relative to that value."""
    assert rejected(decode, cls, raw) == [expected]


def test_reader_and_constructor_find_the_same() -> None:
    """Both report the same errors with the same messages."""
    fields = {"id": "", "call": 5, "project": "p", "status": "?", "amount_eur": -1}
    assert rejected(decode, tul.Grant, fields) == rejected(tul.Grant, **fields)


def test_unknown_fields_are_reported_in_their_order() -> None:
    """Each unknown name is one finding, known names have none."""
    findings = unknown_fields(["colour", "call", "cal"], ["call", "id"])
    assert [finding.path for finding in findings] == ["/colour", "/cal"]


@pytest.mark.parametrize(
    ("cls", "keys"),
    [
        (tul.Grant, '"id", "call", "project", "status"'),
        (tul.Text, '"fi"'),
        (tul.Period, '"start", "end"'),
    ],
)
def test_the_fields_of_an_expected_object_are_named(cls: type[tul.Value], keys: str) -> None:
    """Required fields, or all of a class that requires none."""
    with pytest.raises(tul.InvalidValueError) as raised:
        decode(cls, 5)
    assert f"expected an object with {keys}, found" in raised.value.findings[0].message("en")


@attrs.frozen(repr=False)
class Wide(tul.Value):
    """A value with seven fields that may all be absent."""

    a: Id | None = None
    b: Id | None = None
    c: Id | None = None
    d: Id | None = None
    e: Id | None = None
    f: Id | None = None
    g: Id | None = None


@attrs.frozen(repr=False)
class Empty(tul.Value):
    """A value without fields."""


@pytest.mark.parametrize(
    ("cls", "expected"),
    [(Wide, 'an object with "a", "b", "c", "d", "e", "f", found'), (Empty, "an object, found")],
)
def test_six_fields_of_an_expected_object_are_named(cls: type[tul.Value], expected: str) -> None:
    """More would hide what was found."""
    with pytest.raises(tul.InvalidValueError) as raised:
        decode(cls, [])
    assert expected in str(raised.value)


@pytest.mark.parametrize("raw", [GRANT, {**GRANT, "sources": []}, {"row": 1, "column": 2}])
def test_known_fields_are_not_searched_for_unknown_ones(
    raw: dict[object, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking for unknown fields takes long, so that objects without any are left alone."""
    monkeypatch.setattr(decoding, "unknown_fields", None)
    cls = tul.Grant if "id" in raw else tul.Tile
    assert isinstance(decoding.decode_slowly(cls, raw), cls)


def test_number_of_suggestions_and_lists_is_limited() -> None:
    """Of very many unknown fields, twenty get a suggestion, and three the list of known names."""
    near = [*unknown_fields([f"amount_eu{number}" for number in range(22)], ["amount_eur"])]
    assert ["suggestions" in dict(each.params) for each in near] == [True] * 20 + [False] * 2
    far = [*unknown_fields([f"x{number}" for number in range(5)], ["amount_eur"])]
    assert ["known" in dict(each.params) for each in far] == [True] * 3 + [False] * 2
