"""A web service over the bundled facts: `uvicorn --app-dir examples api:app`, then open /docs.

What is sent is read as strictly as a document; a mistake is answered with its code, its place and
messages in three languages. `Body()` says that a grant comes as JSON, not as a query parameter.
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
    """What became of an application."""

    application: Application
    messages: list[str]


@app.exception_handler(RequestValidationError)
def answer_mistakes(_: Request, error: RequestValidationError) -> JSONResponse:
    """Tell all that is wrong, without what was sent: there may be `NaN` in it, which is no JSON."""
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
    """Read a grant and return it as documents have it."""
    return grant


@app.post("/applications")
def apply(application: Application, language: tul.Language = tul.Language.FI) -> Answer:
    """Check an application by the rules, in the light of the bundled facts."""
    projects = tul.Register([application.project] if application.project else [])
    portfolio = tul.Portfolio(projects=projects, grants=tul.Register([application.grant]))
    findings = tul.check(portfolio).findings
    return Answer(
        application=application, messages=[finding.message(language) for finding in findings]
    )
