"""A web service over the bundled facts: `uvicorn --app-dir examples api:app`, then open /docs.

Requests are validated as strictly as documents. The response to an error has its code, its path and
messages in three languages. `Body()` marks a grant as the JSON body, not a query parameter.
"""

from typing import Annotated

from fastapi import Body, FastAPI, HTTPException, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel

import tulevaisuus as tul

app = FastAPI(title="Grants of the programme")


class Application(BaseModel):
    """A grant that is applied for, with the project if it is new."""

    grant: tul.Grant
    project: tul.Project | None = None


class Answer(BaseModel):
    """The result of an application."""

    application: Application
    messages: list[str]


@app.exception_handler(RequestValidationError)
def answer_mistakes(_: Request, error: RequestValidationError) -> JSONResponse:
    """Return all errors without the input, which may contain `NaN`, which is not valid JSON."""
    reported = [{name: each[name] for name in each if name != "input"} for each in error.errors()]
    return JSONResponse({"detail": jsonable_encoder(reported)}, 422)


@app.get("/calls/{key}")
def show_call(key: str) -> tul.Call:
    """Return one of the bundled calls."""
    call = tul.calls.get(key)
    if call is None:
        raise HTTPException(404, f"there is no call {key}")
    return call


@app.post("/grants")
def look_at_grant(grant: Annotated[tul.Grant, Body()]) -> tul.Grant:
    """Read a grant and return it as in a document."""
    return grant


@app.post("/applications")
def apply(application: Application, language: tul.Language = tul.Language.FI) -> Answer:
    """Check an application by the rules, with look-ups in the bundled facts."""
    projects = tul.Register([application.project] if application.project else [])
    portfolio = tul.Portfolio(projects=projects, grants=tul.Register([application.grant]))
    findings = tul.check(portfolio).findings
    return Answer(
        application=application, messages=[finding.message(language) for finding in findings]
    )
