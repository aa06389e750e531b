"""The known headers of tables, and the fields that they mean."""

import pytest

import tulevaisuus as tul
from tulevaisuus.exchange.csv_and_excel.header_meanings import (
    HeaderMap,
    column_fields,
    fields_without_column,
    normalise,
)
from tulevaisuus.exchange.csv_and_excel.words_in_cells import words_meaning
from tulevaisuus.findings import LANGUAGES
from tulevaisuus.model.portfolio import REGISTERS

MAPPED = [tul.Grant, tul.Project, tul.Organisation, tul.ServiceCentre]


@pytest.mark.parametrize("cls", MAPPED)
def test_each_field_has_headers_in_each_language(cls: type[tul.Entity]) -> None:
    """Every field with a cell form has a header to write, which means only that field."""
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
def test_no_header_means_two_fields(cls: type[tul.Entity]) -> None:
    """A later one would replace the earlier silently."""
    headers = HeaderMap(cls)
    meanings: dict[str, set[str]] = {}
    for field, languages in headers.sections.items():
        for header in (each for language in LANGUAGES for each in languages[language]):
            meanings.setdefault(normalise(header), set()).add(field)
    assert {header: fields for header, fields in meanings.items() if len(fields) > 1} == {}


@pytest.mark.parametrize("cls", REGISTERS.values(), ids=REGISTERS)
def test_every_class_has_columns(cls: type[tul.Entity]) -> None:
    """Its fields are columns with their names, or listed as without a cell form."""
    headers = HeaderMap(cls)
    assert all(headers.find(name) for name in column_fields(cls))
    assert "notes" in fields_without_column(cls)


def test_words_in_cells_are_unambiguous() -> None:
    """No word means both yes and no, or a sum and none."""
    sets = [{*words_meaning(name)} for name in ("sum", "none", "true", "false")]
    assert sum(map(len, sets)) == len(set[str]().union(*sets))
