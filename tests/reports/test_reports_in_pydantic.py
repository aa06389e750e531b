"""`Report` and `Finding` as fields of pydantic models and responses of web services."""

import json
from importlib import resources
from typing import Any, cast

import attrs
import jsonschema
import pydantic
import pydantic_core
import pytest
from fastapi.encoders import jsonable_encoder

import tulevaisuus as tul
from tulevaisuus.findings import LANGUAGES, Location

BROKEN = "examples/varsinais-suomi-broken.json"
WHERE = Location(source="a.json", line=2, column=7, snippet="  1", caret=2)


class Answer(pydantic.BaseModel):
    """The response model of a service."""

    report: tul.Report
    first: tul.Finding | None = None


def placed() -> tul.Report:
    """Check the broken example, and give each finding a location."""
    report = tul.check(tul.read(BROKEN))
    return attrs.evolve(
        report, findings=tuple(attrs.evolve(each, location=WHERE) for each in report)
    )


def test_object_is_kept_in_python() -> None:
    """A model accepts reports and findings, and dumps them unchanged in Python mode."""
    report = placed()
    answer = Answer(report=report, first=report.findings[0])
    assert answer.report is report
    assert answer.model_dump() == {"report": report, "first": report.findings[0]}


def test_json_is_that_of_the_report() -> None:
    """The JSON of a model equals `to_dict`, and follows the model's schema."""
    report = placed()
    answer = Answer(report=report, first=report.findings[0])
    written = json.loads(answer.model_dump_json())
    assert written["report"] == report.to_dict()
    assert written["first"] == written["report"]["findings"][0]
    assert answer.model_dump(mode="json") == written
    jsonschema.validate(written, Answer.model_json_schema())


@pytest.mark.parametrize("language", [None, *LANGUAGES])
def test_report_is_read_back(language: str | None) -> None:
    """It has the same messages, locations and counts, also in one language."""
    report = placed()
    again = pydantic.TypeAdapter(tul.Report).validate_python(report.to_dict(language))
    assert isinstance(again, tul.Report)
    assert again.to_dict(language) == report.to_dict(language)
    assert (again.ok, again.counts, again.skipped) == (report.ok, report.counts, report.skipped)
    assert [each.location for each in again] == [WHERE] * len(report)
    hash(again)


def test_braces_in_a_message_are_read_back() -> None:
    """The text of a message is not a template."""
    finding = attrs.evolve(
        placed().findings[0], params=(("found", "{x}"), ("code", ""), ("name", ""))
    )
    data = tul.Report.of([finding]).to_dict()
    again = pydantic.TypeAdapter(tul.Report).validate_json(json.dumps(data))
    assert again.findings[0].message("en") == finding.message("en")
    assert "{x}" in again.findings[0].message("en")


@pytest.mark.parametrize(
    "data",
    [{}, {"ok": 1}, [], "x", {**tul.Report().to_dict(), "more": 1}],
    ids=["empty", "type", "list", "text", "unknown"],
)
def test_other_data_is_rejected(data: object) -> None:
    """Other data is an error of pydantic."""
    with pytest.raises(pydantic.ValidationError):
        pydantic.TypeAdapter(tul.Report).validate_python(data)


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_schema_is_the_shipped_one(mode: pydantic.json_schema.JsonSchemaMode) -> None:
    """The schema of a field equals the shipped file, with definitions moved."""
    file = resources.files("tulevaisuus.reports") / "schemas" / "report.json"
    shipped = json.loads(file.read_text("utf-8"))
    shown = pydantic.TypeAdapter(tul.Report).json_schema(mode=mode)
    assert shown["required"] == shipped["required"]
    assert shown["description"] == shipped["description"]
    assert "$ref" not in json.dumps(shown)
    finding = pydantic.TypeAdapter(tul.Finding).json_schema(mode=mode)
    assert finding["required"] == shipped["$defs"]["finding"]["required"]


def test_service_responds_with_reports() -> None:
    """FastAPI accepts both as responses, and describes them in OpenAPI."""
    fastapi = pytest.importorskip("fastapi")
    testclient = pytest.importorskip("fastapi.testclient")
    app = fastapi.FastAPI()
    report = placed()

    def check() -> object:
        """Return a report."""
        return report

    def findings() -> object:
        """Return a list of findings."""
        return list(report)

    app.get("/check", response_model=tul.Report)(check)
    app.get("/findings", response_model=list[tul.Finding])(findings)
    client = testclient.TestClient(app)
    assert client.get("/check").json() == report.to_dict()
    assert client.get("/findings").json() == report.to_dict()["findings"]
    assert "TSK302" in json.dumps(client.get("/openapi.json").json())


def test_excluded_fields_are_not_written() -> None:
    """``include`` and ``exclude`` apply to reports, findings and readings, in both modes."""
    answer = Answer(report=placed(), first=placed().findings[0])
    written = json.loads(
        answer.model_dump_json(
            include={"report": {"ok": True, "findings": {"__all__": {"code"}}}, "first": {"code"}}
        )
    )
    assert written["first"] == {"code": "TSK005"}
    assert set(written["report"]) == {"ok", "findings"}
    assert all(set(each) == {"code"} for each in written["report"]["findings"])
    left_out = {"findings", "counts", "unchecked"}
    kept = answer.model_dump(exclude={"report": left_out, "first": True})
    skipped = [*placed().skipped]
    assert kept == {
        "report": {"ok": False, "omitted": 0, "skipped": skipped, "unchecked_omitted": 0}
    }
    reading = pydantic.TypeAdapter(tul.Reading).dump_python(tul.read(BROKEN), exclude={"portfolio"})
    assert set(reading) == {"ok", "counts", "findings", "rejected"}


def test_reading_is_data_for_json() -> None:
    """``to_dict`` has the findings as in a report and the document; ``dict`` makes the same."""
    reading = tul.read(BROKEN)
    data = reading.to_dict()
    assert [*data] == ["ok", "counts", "findings", "rejected", "portfolio"]
    assert data["findings"] == tul.Report.of(reading.findings).to_dict()["findings"]
    assert tul.read(json.dumps(data["portfolio"]).encode()).portfolio == reading.portfolio
    assert data["rejected"] == [each._asdict() for each in reading.rejected]
    assert jsonable_encoder(reading) == dict(reading) == data
    assert pydantic.TypeAdapter(tul.Reading).dump_python(reading, mode="json") == data


def test_reading_is_not_a_list() -> None:
    """It has values by name only, and says which."""
    reading = tul.read(BROKEN)
    with pytest.raises(
        tul.UnknownCodeError, match=r"a reading has no value 'grants'; .* portfolio"
    ):
        _ = reading["grants"]
    with pytest.raises(TypeError, match=r"a reading takes the name of a value, such as 'findings'"):
        _ = reading[cast("Any", 0)]
    with pytest.raises(TypeError, match="'Reading' object is not iterable"):
        list(cast("Any", reading))


def test_messages_of_a_reading_are_in_one_language() -> None:
    """With a language each message is a text; an unknown language is an error."""
    reading = tul.read(BROKEN)
    assert (
        reading.to_dict("sv")["findings"]
        == tul.Report.of(reading.findings).to_dict("sv")["findings"]
    )
    with pytest.raises(tul.UnknownLanguageError):
        reading.to_dict("de")


def test_results_are_written_where_no_field_declares_them() -> None:
    """A field of type ``Any``, and ``serialize_as_any``, write the same as a declared field."""
    report = placed()
    answer = Answer(report=report, first=report.findings[0])
    written = json.loads(answer.model_dump_json())
    assert pydantic_core.to_jsonable_python([report, report.findings[0]]) == [*written.values()]
    assert answer.model_dump_json(serialize_as_any=True) == answer.model_dump_json()
