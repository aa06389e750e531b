"""What seldom happens where files and pydantic are met."""

from pathlib import Path
from typing import cast

import pydantic
import pytest

import tulevaisuus as tul
from tulevaisuus import formats
from tulevaisuus.formats.class_schema import Definitions, schema_of
from tulevaisuus.model.field_types import ObjectOf


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    """What cannot be opened for another reason than a missing folder has its own name."""
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError) as raised:
        tul.dump(tul.Portfolio(), tmp_path / "file" / "copy.json")
    assert raised.value.filename == str(tmp_path / "file" / "copy.json")


def test_lines_need_a_class(tmp_path: Path) -> None:
    """A file of JSON Lines does not say what it holds."""
    (tmp_path / "grants.jsonl").touch()
    with pytest.raises(TypeError, match="does not say what it holds"):
        formats.read(tmp_path / "grants.jsonl")


def test_the_schema_of_any_entity_lists_all_classes() -> None:
    """A field that holds entities of any class may be of each of them."""
    definitions: Definitions = {}
    reference = schema_of(ObjectOf(tul.Entity), definitions)
    assert reference == {"$ref": "#/$defs/Entity"}
    options = cast("list[dict[str, str]]", definitions["Entity"]["anyOf"])
    assert {"$ref": "#/$defs/Grant"} in options
    assert {"$ref": "#/$defs/Region"} in options
    assert "Grant" in str(pydantic.TypeAdapter(tul.Entity).json_schema())


@pytest.mark.parametrize("document", [{}, {"format": "tulevaisuus", "format_version": "1.0"}])
def test_a_reading_comes_back_from_its_data(document: dict[str, object]) -> None:
    """A service may answer with a reading, and its caller has the same one."""
    adapter = pydantic.TypeAdapter(tul.Reading)
    reading = tul.read({**document, "grants": [{"id": "g1"}]})
    again = adapter.validate_python(adapter.dump_python(reading, mode="json"))
    assert [each.message("fi") for each in again.findings] == [
        each.message("fi") for each in reading.findings
    ]
    assert again.rejected == reading.rejected
    assert adapter.validate_python(reading) is reading
    assert adapter.json_schema()


@pytest.mark.parametrize("cls", [tul.Report, tul.Finding])
def test_reports_and_findings_come_back(cls: type[tul.Report | tul.Finding]) -> None:
    """So may reports and findings, whose messages stay."""
    report = tul.check(tul.read({"format": "tulevaisuus", "format_version": "1.0", "grants": 5}))
    value = report if cls is tul.Report else report.findings[0]
    adapter: pydantic.TypeAdapter[tul.Report | tul.Finding] = pydantic.TypeAdapter(cls)
    again = adapter.validate_python(adapter.dump_python(value, mode="json"))
    assert str(again) == str(value)
