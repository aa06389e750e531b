"""The header map: what its file holds, and what that means."""

import pytest

import tulevaisuus as tul
from tulevaisuus.exchange.csv_and_excel.header_meanings import (
    HeaderMap,
    column_fields,
    fields_without_column,
    normalise,
    words_meaning,
)
from tulevaisuus.findings import LANGUAGES
from tulevaisuus.model.portfolio import REGISTERS

MAPPED = [tul.Grant, tul.Project, tul.Organisation, tul.ServiceCentre]


@pytest.mark.parametrize("cls", MAPPED)
def test_each_field_has_headers_in_each_language(cls: type[tul.Entity]) -> None:
    """All that one cell can hold has a header to write, which means just that field."""
    headers = HeaderMap(cls)
    for name in column_fields(cls):
        for language in LANGUAGES:
            written = headers.header(name, language)
            assert headers.find(written) is not None
            if written != name:
                meaning = headers.find(written)
                assert meaning is not None
                assert meaning.field.name == name


@pytest.mark.parametrize("cls", MAPPED)
def test_no_wording_means_two_fields(cls: type[tul.Entity]) -> None:
    """A later one would take the place of the former in silence."""
    headers = HeaderMap(cls)
    meanings: dict[str, set[str]] = {}
    for field, languages in headers.sections.items():
        for wording in (each for language in LANGUAGES for each in languages[language]):
            meanings.setdefault(normalise(wording), set()).add(field)
    assert {wording: fields for wording, fields in meanings.items() if len(fields) > 1} == {}


@pytest.mark.parametrize("cls", REGISTERS.values(), ids=REGISTERS)
def test_every_class_has_columns(cls: type[tul.Entity]) -> None:
    """Its fields are columns by their names, or are listed as what no cell can hold."""
    headers = HeaderMap(cls)
    assert all(headers.find(name) for name in column_fields(cls))
    assert "notes" in fields_without_column(cls)


def test_words_are_known_in_each_language() -> None:
    """No word means both yes and no, or a sum and nothing."""
    sets = [{*words_meaning(name)} for name in ("sum", "none", "true", "false")]
    assert sum(map(len, sets)) == len(set[str]().union(*sets))
