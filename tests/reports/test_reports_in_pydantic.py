"""`Report` and `Finding` as fields of pydantic's models and answers of a web service."""

import json
from importlib import resources

import attrs
import jsonschema
import pydantic
import pytest

import tulevaisuus as tul
from tulevaisuus.findings import LANGUAGES, Location

BROKEN = "examples/varsinais-suomi-broken.json"
WHERE = Location(source="a.json", line=2, column=7, snippet="  1", caret=2)


class Answer(pydantic.BaseModel):
    """What a service answers."""

    report: tul.Report
    first: tul.Finding | None = None


def placed() -> tul.Report:
    """Check the broken example, and give each finding a location."""
    report = tul.check(tul.read(BROKEN))
    return attrs.evolve(
        report, findings=tuple(attrs.evolve(each, location=WHERE) for each in report)
    )


def test_an_object_stays_itself_in_python() -> None:
    """A model takes reports and findings as they are, and dumps them so."""
    report = placed()
    answer = Answer(report=report, first=report.findings[0])
    assert answer.report is report
    assert answer.model_dump() == {"report": report, "first": report.findings[0]}


def test_json_is_the_report_s_own() -> None:
    """What a model writes as JSON is what `to_dict` says, and keeps to the model's schema."""
    report = placed()
    answer = Answer(report=report, first=report.findings[0])
    written = json.loads(answer.model_dump_json())
    assert written["report"] == report.to_dict()
    assert written["first"] == written["report"]["findings"][0]
    assert answer.model_dump(mode="json") == written
    jsonschema.validate(written, Answer.model_json_schema())


@pytest.mark.parametrize("language", [None, *LANGUAGES])
def test_a_report_is_read_back(language: str | None) -> None:
    """What was written is read, with the same messages, places and counts; also in one language."""
    report = placed()
    again = pydantic.TypeAdapter(tul.Report).validate_python(report.to_dict(language))
    assert isinstance(again, tul.Report)
    assert again.to_dict(language) == report.to_dict(language)
    assert (again.ok, again.counts, again.skipped) == (report.ok, report.counts, report.skipped)
    assert [each.location for each in again] == [WHERE] * len(report)
    hash(again)


def test_braces_in_a_message_are_read_back() -> None:
    """A message is no template: what looks like a name in it stays so."""
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
    """What is no report is an error of pydantic's, not a report."""
    with pytest.raises(pydantic.ValidationError):
        pydantic.TypeAdapter(tul.Report).validate_python(data)


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_the_schema_is_the_shipped_one(mode: pydantic.json_schema.JsonSchemaMode) -> None:
    """The schema of a field is the file of the wheel, with its definitions in their places."""
    file = resources.files("tulevaisuus.reports") / "schemas" / "report.json"
    shipped = json.loads(file.read_text("utf-8"))
    shown = pydantic.TypeAdapter(tul.Report).json_schema(mode=mode)
    assert shown["required"] == shipped["required"]
    assert shown["description"] == shipped["description"]
    assert "$ref" not in json.dumps(shown)
    finding = pydantic.TypeAdapter(tul.Finding).json_schema(mode=mode)
    assert finding["required"] == shipped["$defs"]["finding"]["required"]


def test_a_service_answers_with_reports() -> None:
    """FastAPI takes both as answers, and describes them in its OpenAPI."""
    fastapi = pytest.importorskip("fastapi")
    testclient = pytest.importorskip("fastapi.testclient")
    app = fastapi.FastAPI()
    report = placed()

    def check() -> object:
        """Answer with a report."""
        return report

    def findings() -> object:
        """Answer with a list of findings."""
        return list(report)

    app.get("/check", response_model=tul.Report)(check)
    app.get("/findings", response_model=list[tul.Finding])(findings)
    client = testclient.TestClient(app)
    assert client.get("/check").json() == report.to_dict()
    assert client.get("/findings").json() == report.to_dict()["findings"]
    assert "TSK302" in json.dumps(client.get("/openapi.json").json())


def test_parts_that_are_left_out_are_not_written() -> None:
    """``include`` and ``exclude`` hold for reports, findings and readings, in JSON and Python."""
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
