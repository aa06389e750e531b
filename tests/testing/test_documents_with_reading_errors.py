"""`documents` are valid, and `broken_documents` break one rule at a known path."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.helpers import document, read_text
from tests.testing.generated import few, simplest
from tulevaisuus.formats import structure
from tulevaisuus.testing import BROKEN, broken_documents, documents
from tulevaisuus.testing.documents_with_reading_errors import CHANGES, changed


@few
@given(documents())
def test_valid_documents_are_read(text: str) -> None:
    """They have no errors, in any form of JSON."""
    assert tul.check(tul.loads(text)).ok


@few
@pytest.mark.parametrize("code", BROKEN)
@given(data=st.data())
def test_expected_errors_are_found_and_no_others(code: str, data: st.DataObject) -> None:
    """Code and path are as stated, without follow-up errors."""
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


NAME = {"fi": "Esimerkki"}
WHOLE = document(
    organisations=[{"id": "o1", "name": NAME, "business_id": "0204819-8"}],
    calls=[{"id": "c1", "name": NAME, "applications": 3, "own_contribution_required": True}],
    projects=[{"id": "p1", "name": NAME, "regions": ["05"], "goals": [1]}],
    grants=[
        {
            "id": "g1",
            "call": "c1",
            "project": "p1",
            "status": "granted",
            "amount_eur": 1000000,
            "own_contribution_eur": 0,
            "decided_on": "2021-12-21",
            "usable": {"start": "2021-01-01", "end": "2022-12-31"},
        }
    ],
)
"""A document with entities of most classes."""


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("TSK002", ["/regions/0", "/own_contribution_required", "/goals/0", "/usable"]),
        ("TSK003", ["/format", "/name/fi", "/status"]),
        ("TSK004", ["/huomautus", "/usable/huomautus"]),
        ("TSK006", ["/decided_on", "/project", "/business_id", "/applications"]),
        ("TSK007", ["/format", "/format_version"]),
        ("TSK008", ["/grants/1/id", "/calls/1/id"]),
        ("TSK011", ["/usable/end"]),
        ("TSK012", ["/amount_eur", "/own_contribution_eur"]),
        ("TSK013", ["/name/fi"]),
    ],
)
def test_every_mutation_of_a_rule_is_found_at_every_place(code: str, parts: list[str]) -> None:
    """Each way to break a rule at each place is found there, and nothing else."""
    changes = [*CHANGES[code](json.loads(WHOLE))]
    paths = {change.path for change in changes if change.values}
    assert all(any(path.endswith(part) for path in paths) for part in parts)
    for place, change in enumerate(changes):
        for choice in range(len(change.values)):
            data = json.loads(WHOLE)
            again = [*CHANGES[code](data)][place]
            broken = changed(code, data, again, again.values[choice])
            errors = tul.check(read_text(broken.text)).errors
            assert [(each.code, each.path) for each in errors] == [*broken.expected]


def test_broken_text_has_no_data() -> None:
    """A document that is not JSON has only a text."""
    assert simplest(broken_documents("TSK001")).data is None


def test_other_codes_are_rejected() -> None:
    """The error names the strategy for the code."""
    with pytest.raises(ValueError, match=r"TSK302 is no rule on documents; violating\('TSK302'\)"):
        broken_documents("TSK302")
    with pytest.raises(tul.UnknownCodeError, match="TSK00"):
        broken_documents("TSK00")
