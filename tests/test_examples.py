"""The examples work as they state."""

import contextlib
import importlib.util
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import tulevaisuus as tul
from tulevaisuus import formats
from tulevaisuus.model.portfolio import REGISTERS

GRANT: dict[str, Any] = {
    "id": "g1",
    "call": "shc-2021",
    "project": "p1",
    "status": "planned",
    "amount_eur": 11180062.5,
}


def run(name: str) -> Any:  # noqa: ANN401 - a module that no type checker knows
    """Run an example and return its module."""
    spec = importlib.util.spec_from_file_location(name, Path("examples", f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def service() -> TestClient:
    """Return a client of the web service."""
    return TestClient(run("api").app)


def test_service_returns_facts(service: TestClient) -> None:
    """The response has the same fields as a document."""
    answer = service.get("/calls/shc-2021")
    assert answer.json() == formats.unstructure(tul.calls["shc-2021"])
    assert service.get("/calls/shc").status_code == 404


def test_service_validates_a_grant(service: TestClient) -> None:
    """A valid grant is returned; for any other, each error has its code and location."""
    assert service.post("/grants", json=GRANT).json() == GRANT
    answer = service.post("/grants", json={**GRANT, "amount_eur": "12", "call": None})
    assert answer.status_code == 422
    reported = [(each["type"], each["loc"]) for each in answer.json()["detail"]]
    assert reported == [("TSK002", ["body", "call"]), ("TSK002", ["body", "amount_eur"])]


@pytest.mark.parametrize(
    "body",
    ['{"grant": {"id": NaN, "\\ud800": 1}}', '{"id": NaN, "call": "\\udc00"}', "[1e400]", "{"],
)
@pytest.mark.parametrize("path", ["/grants", "/applications"])
def test_service_answers_invalid_json_with_findings(
    service: TestClient, path: str, body: str
) -> None:
    """Whatever is sent, the response lists the errors in it."""
    answer = service.post(path, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_service_checks_an_application(service: TestClient) -> None:
    """The findings of rules are in the requested language."""
    project = {"id": "p1", "name": {"fi": "Esimerkki"}, "regions": ["05"]}
    wrong = {**GRANT, "usable": {"end": "2024-12-31"}}
    asked = {"grant": wrong, "project": project}
    answer = service.post("/applications?language=sv", json=asked).json()
    assert answer["application"] == asked
    assert any("2024" in message for message in answer["messages"])


def test_service_has_an_openapi_description(service: TestClient) -> None:
    """The body of a request is a grant, which OpenAPI describes by our schema."""
    described = service.get("/openapi.json").json()
    body = described["paths"]["/grants"]["post"]["requestBody"]["content"]
    assert body["application/json"]["schema"] == {"$ref": "#/components/schemas/Grant"}
    shown = described["components"]["schemas"]["Grant"]
    assert shown["required"] == formats.schema(tul.Grant)["required"]
    assert shown["properties"]["usable"] == {"$ref": "#/components/schemas/Period"}


@pytest.mark.parametrize("name", REGISTERS)
def test_facts_stored_in_sqlite_are_unchanged(name: str) -> None:
    """All bundled facts of a class are stored in a database and read back equal."""
    example = run("sqlite_rows")
    with contextlib.closing(example.connect(":memory:")) as database:
        example.save(database, tul.reference.registers()[name], REGISTERS[name])
        assert example.load(database, REGISTERS[name]) == tul.reference.registers()[name]


def test_sqlite_adds_cents() -> None:
    """The sum that the example shows is exact."""
    example = run("sqlite_rows")
    with contextlib.closing(example.connect(":memory:")) as database:
        example.save(database, tul.grants, tul.Grant)
        query = "select sum(cast(round(amount_eur * 100) as integer)) from grants"
        ((cents,),) = database.execute(query)
    assert cents == 100 * sum(grant.amount_eur or 0 for grant in tul.grants)
