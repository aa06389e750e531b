"""`documents` can be read, and `broken_documents` break one rule at the place they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.helpers import read_text
from tests.testing.drawn import few, simplest
from tulevaisuus.formats import structure
from tulevaisuus.testing import BROKEN, broken_documents, documents


@few
@given(documents())
def test_valid_documents_are_read(text: str) -> None:
    """They have no errors, however they are written."""
    assert tul.check(tul.loads(text)).ok


@few
@pytest.mark.parametrize("code", BROKEN)
@given(data=st.data())
def test_the_expected_errors_are_found_and_no_other(code: str, data: st.DataObject) -> None:
    """Code and pointer are those that are found, without follow-up errors."""
    broken = data.draw(broken_documents(code))
    report = tul.check(read_text(broken.text))
    assert sorted((each.code, each.path) for each in report.errors) == sorted(broken.expected)
    assert {each.code for each in broken.expected} == {code}


@few
@pytest.mark.parametrize("code", sorted({*BROKEN} - {"TSK001", "TSK005", "TSK009"}))
@given(data=st.data())
def test_plain_data_is_broken_in_the_same_way(code: str, data: st.DataObject) -> None:
    """Readers of plain data find the same as readers of text."""
    broken = data.draw(broken_documents(code))
    with pytest.raises(tul.DocumentError) as caught:
        structure(broken.data, tul.Portfolio)
    assert [(each.code, each.path) for each in caught.value.findings] == [*broken.expected]


@pytest.mark.parametrize(
    ("code", "part"),
    [
        *(("TSK006", "/decided_on"), ("TSK006", "/project"), ("TSK006", "/business_id")),
        *(("TSK006", "/applications"), ("TSK003", "/format"), ("TSK004", "/name/huomautus")),
        *(("TSK008", "/projects/1/id"), ("TSK011", "/usable/end"), ("TSK012", "/amount_eur")),
        *(("TSK007", "/format_version"), ("TSK013", "/name/fi"), ("TSK002", "/regions/0")),
    ],
)
def test_a_rule_is_broken_wherever_there_is_room(code: str, part: str) -> None:
    """Not only where the rule's own example has it."""
    drawn = simplest(broken_documents(code), lambda each: each.expected[0].path.endswith(part))
    assert drawn.expected[0].code == code


def test_a_broken_text_has_no_data() -> None:
    """There is nothing to be read."""
    assert simplest(broken_documents("TSK001")).data is None


def test_other_codes_are_refused() -> None:
    """The error names the strategy that serves the code."""
    with pytest.raises(ValueError, match=r"TSK302 is no rule on documents; violating\('TSK302'\)"):
        broken_documents("TSK302")
    with pytest.raises(tul.UnknownCodeError, match="TSK009"):
        broken_documents("TSK00")
