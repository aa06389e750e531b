"""Laws of all values."""

import copy
import io
import pickle
from collections.abc import Callable
from typing import Any, cast

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.helpers import REPLACE_FUNCTIONS, found, rejected
from tests.strategies import JUNK, VALUES, made_of
from tulevaisuus.findings.localization import escape_unprintable
from tulevaisuus.model.value import fields_of, rebuild

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)

few = settings(max_examples=25)
"""For laws that are tried on each of the many classes."""


@attrs.frozen(kw_only=True, repr=False)
class OldGrant(tul.Value):
    """A grant of an early release."""

    id: str
    amount: tul.GoalNumber | None = None


@attrs.frozen(kw_only=True, repr=False)
class NewGrant(tul.Value):
    """A grant of a later release: with more fields, in another order."""

    note: str = "none"
    amount: tul.GoalNumber | None = None
    id: str
    tags: tuple[str, ...] = ()


class LaterRelease(pickle.Unpickler):
    """An unpickler of the later release."""

    def find_class(self, module_name: str, global_name: str, /) -> object:
        """Return the present class for the earlier name."""
        found_class: object = super().find_class(module_name, global_name)
        return NewGrant if found_class is OldGrant else found_class


def require_equality_by_value(one: tul.Value, other: tul.Value) -> None:
    """Check that equal fields make equal values with equal hashes, and other fields do not."""
    fields = {name: getattr(one, name) for name in fields_of(type(one))}
    again = type(one)(**fields)
    assert again == one
    assert hash(again) == hash(one)
    same = all(getattr(other, name) == value for name, value in fields.items())
    assert (other == one) is same
    assert (other != one) is not same


def require_equal_pickles(value: tul.Value) -> None:
    """Check that a pickle of every protocol gives an equal value of the same class."""
    for protocol in PROTOCOLS:
        twin = pickle.loads(pickle.dumps(value, protocol))
        assert type(twin) is type(value)
        assert twin == value
        assert hash(twin) == hash(value)
        assert repr(twin) == repr(value)


def require_small_pickles(value: tul.Value) -> None:
    """Check that fields with their defaults are not pickled, so later releases can add fields."""
    reduced = cast("tuple[object, tuple[type[tul.Value], dict[str, object]]]", value.__reduce__())
    function, (pickled, fields) = reduced
    defaults = {name: spec.default for name, spec in fields_of(type(value)).items()}
    assert (function, pickled) == (rebuild, type(value))
    assert all(fields[name] != defaults[name] for name in fields)
    assert all(getattr(value, name) == defaults[name] for name in defaults.keys() - fields.keys())


def require_one_line(value: tul.Value) -> None:
    """Check that the repr of a value is one line that begins with its class."""
    name = type(value).__name__
    assert repr(value).startswith((f"{name}(", f"{name}.parse(", f"<{name}"))
    assert repr(value)[-1] in ")>"
    assert len(repr(value).splitlines()) == 1


@pytest.mark.parametrize("cls", VALUES)
@few
@given(data=st.data())
def test_every_value_can_be_compared_copied_pickled_and_shown(
    cls: type[tul.Value], data: st.DataObject
) -> None:
    """All laws are checked on one example, as generating it is the slow part."""
    value = data.draw(made_of(cls))
    assert type(value) is cls
    require_equality_by_value(value, data.draw(made_of(cls)))
    require_equal_pickles(value)
    require_small_pickles(value)
    require_one_line(value)
    assert copy.copy(value) is copy.deepcopy(value) is value


@pytest.mark.parametrize("changed", REPLACE_FUNCTIONS)
@pytest.mark.parametrize("cls", VALUES)
@few
@given(data=st.data())
def test_changed_copy_equals_a_constructed_one(
    cls: type[tul.Value], changed: Callable[..., Any], data: st.DataObject
) -> None:
    """Changing a field gives what the constructor makes of the fields, or the same findings."""
    value = data.draw(made_of(cls))
    name = data.draw(st.sampled_from([*fields_of(cls)]))
    given_value = data.draw(JUNK)
    fields = {each: getattr(value, each) for each in fields_of(cls)} | {name: given_value}
    findings = findings_of(cls, fields)
    if findings:
        assert rejected(changed, value, **{name: given_value}) == findings
    else:
        assert changed(value, **{name: given_value}) == cls(**fields)
    assert changed(value) == value


def findings_of(cls: type[tul.Value], fields: dict[str, Any]) -> list[str]:
    """Return the findings of the constructor on the fields; nothing else may be raised."""
    try:
        cls(**fields)
    except tul.InvalidValueError as error:
        findings = found(error.findings)
    else:
        return []
    assert findings
    return findings


CHECKED_AS_A_WHOLE = {tul.BusinessId, tul.Period, tul.Text}
"""What is wrong with one of their fields may hide, or be, what is wrong with two of them."""


@pytest.mark.parametrize("cls", [cls for cls in VALUES if cls not in CHECKED_AS_A_WHOLE])
@few
@given(data=st.data())
def test_errors_do_not_hide_each_other(cls: type[tul.Value], data: st.DataObject) -> None:
    """Findings on single fields are reported together, field by field."""
    valid = data.draw(made_of(cls))
    fields: dict[str, Any] = {name: getattr(valid, name) for name in fields_of(cls)}
    junk = data.draw(st.dictionaries(st.sampled_from([*fields]), JUNK, min_size=1))
    alone = [findings_of(cls, {**fields, name: junk[name]}) for name in fields if name in junk]
    assert findings_of(cls, {**fields, **junk}) == [each for findings in alone for each in findings]


@given(JUNK, JUNK)
def test_period_has_dates_or_is_rejected(start: object, end: object) -> None:
    """Bounds of another type are each reported, two dates as a pair."""
    findings = findings_of(tul.Period, {"start": start, "end": end})
    assert set(findings) <= {"TSK002 /start", "TSK002 /end", "TSK003 /start", "TSK011 /end"}


@given(JUNK)
def test_business_id_is_valid_or_rejected(value: object) -> None:
    """Any other text is rejected as a whole."""
    assert findings_of(tul.BusinessId, {"value": value}) in ([], ["TSK002"], ["TSK006"])


@given(grant=made_of(OldGrant), protocol=st.sampled_from(PROTOCOLS))
def test_pickle_of_an_old_release_is_loaded_by_a_newer_one(grant: OldGrant, protocol: int) -> None:
    """New fields have their defaults; the others are unchanged."""
    pickled = io.BytesIO(pickle.dumps([grant, {grant}], protocol))
    loaded, among = LaterRelease(pickled).load()
    assert loaded == NewGrant(id=grant.id, amount=grant.amount)
    assert among == {loaded}


@given(
    text=made_of(tul.Text),
    language=st.sampled_from([*tul.Language]),
)
def test_text_has_each_language(text: tul.Text, language: tul.Language) -> None:
    """All methods agree, and fall back to Finnish only."""
    own = {"fi": text.fi, "sv": text.sv, "en": text.en}[language]
    assert text.get(language) == f"{text:{language.value}}" == (own or text.fi)
    assert text.localize(language) == escape_unprintable(text.get(language))
    assert text.get(language) in text.wordings()
    assert str(text) == text.wordings()[0] == text.fi


@given(made_of(tul.BusinessId), st.integers(0, 7), st.integers(1, 9))
def test_business_id_finds_every_wrong_digit(
    business_id: tul.BusinessId, place: int, shift: int
) -> None:
    """A single wrong digit never gives another valid business id."""
    digits = business_id.value.replace("-", "")
    wrong = str((int(digits[place]) + shift) % 10)
    mistyped = digits[:place] + wrong + digits[place + 1 :]
    with pytest.raises(tul.InvalidValueError):
        tul.BusinessId(f"{mistyped[:7]}-{mistyped[7]}")


@given(JUNK)
def test_findings_are_plain_data(junk: object) -> None:
    """Findings on any value can be pickled and hashed, and have one printable line."""
    fields: dict[str, Any] = dict.fromkeys(fields_of(tul.Project), junk)
    with pytest.raises(tul.InvalidValueError) as caught:
        tul.Project(**fields)
    for finding in caught.value.findings:
        assert pickle.loads(pickle.dumps(finding)) == finding
        assert hash(finding) == hash(copy.deepcopy(finding))
        assert str(finding).isprintable()
