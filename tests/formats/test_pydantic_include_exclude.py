"""Pydantic's ``include`` and ``exclude`` apply to our objects, at any depth."""

import datetime as dt
import json
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter

import tulevaisuus as tul
from tulevaisuus.formats.pydantic_include_exclude import select

POST = tul.Post(id="p1", role="project_manager", organisation="turku", holder="X Y")
PLAIN = {"id": "p1", "role": "project_manager", "organisation": "turku", "holder": "X Y"}
GRANT = tul.Grant(
    id="g",
    call="shc-2021",
    project="p",
    status=tul.GrantStatus.GRANTED,
    usable=tul.Period.of_years(2021, 2023),
)


class Team(BaseModel):
    """A user's model."""

    post: tul.Post
    posts: tul.Register[tul.Post] = tul.Register()
    grant: tul.Grant = GRANT


TEAM = Team(post=POST, posts=tul.Register([POST, tul.Post(id="p2", role="x", holder="Z")]))


def test_excluded_fields_are_not_written() -> None:
    """Personal data that a program excludes is excluded in JSON and Python mode."""
    exclude: Any = {"post": {"holder"}, "posts": {"__all__": {"holder": True, "role": ...}}}
    for mode in ("json", "python"):
        written = TEAM.model_dump(mode=mode, exclude=exclude)
        assert "holder" not in written["post"]
        assert [sorted(each) for each in written["posts"]] == [["id", "organisation"], ["id"]]
    assert "X Y" not in TEAM.model_dump_json(exclude=exclude)
    assert TEAM.model_dump()["post"] is POST


def test_only_included_fields_are_written() -> None:
    """Fields that are not included are left out."""
    include: Any = {"post": {"id"}, "posts": {-1: {"holder"}}, "grant": {"usable": {"end"}}}
    assert TEAM.model_dump(mode="json", include=include) == {
        "post": {"id": "p1"},
        "posts": [{"holder": "Z"}],
        "grant": {"usable": {"end": "2023-12-31"}},
    }
    python = TEAM.model_dump(include={"grant": {"usable": {"end"}}})
    assert python == {"grant": {"usable": {"end": dt.date(2023, 12, 31)}}}


def test_adapters_and_services_select_alike() -> None:
    """`TypeAdapter` and ``response_model_exclude`` of FastAPI apply to our objects."""
    assert "X Y" not in TypeAdapter(tul.Post).dump_json(POST, exclude={"holder"}).decode()
    app = FastAPI()

    @app.get("/post", response_model_exclude={"holder"})
    def show() -> tul.Post:
        """Return a post."""
        return POST

    @app.get("/id", response_model=tul.Post, response_model_include={"id"})
    def show_id() -> object:
        """Return a part of a post."""
        return POST

    client = TestClient(app)
    assert client.get("/post").json() == {k: v for k, v in PLAIN.items() if k != "holder"}
    assert client.get("/id").json() == {"id": "p1"}


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [
        (None, None, {"a": [{"b": 1, "c": 2}, {"b": 3}], "d": 4}),
        ({"d"}, None, {"d": 4}),
        ({"d": False, "a": {0}}, None, {"a": [{"b": 1, "c": 2}]}),
        (None, {"d", "x"}, {"a": [{"b": 1, "c": 2}, {"b": 3}]}),
        (None, {"a": {0: {"b"}, "__all__": {"c"}}}, {"a": [{}, {"b": 3}], "d": 4}),
        ({"a": {0: {"b": True}, "__all__": {"c"}}}, None, {"a": [{"b": 1, "c": 2}, {}]}),
        ({"a": {"__all__"}}, {"a": {-1}}, {"a": [{"b": 1, "c": 2}]}),
        ({"a": {0: {"b": {"x"}}, "__all__": {"b": {"y"}}}}, None, {"a": [{"b": 1}, {"b": 3}]}),
        ({"d": {"x"}}, {"d": {"x"}}, {"d": 4}),
        (None, {"a": {-2}}, {"a": [{"b": 3}], "d": 4}),
        (None, {"a": {2, -3}}, {"a": [{"b": 1, "c": 2}, {"b": 3}], "d": 4}),
        (None, {"a": {0: {"b": {"x"}}, "__all__": {"b": True}}}, {"a": [{"c": 2}, {}], "d": 4}),
    ],
)
def test_include_and_exclude_combine(include: object, exclude: object, expected: object) -> None:
    """Keys, indices from either end and ``__all__`` are combined; exclusion takes precedence."""
    assert select({"a": [{"b": 1, "c": 2}, {"b": 3}], "d": 4}, include, exclude) == expected


KEYS = st.sampled_from(["a", "b"])
TREES: st.SearchStrategy[Any] = st.recursive(
    st.integers(), lambda inner: st.dictionaries(KEYS, inner, max_size=2)
)
SELECTIONS: st.SearchStrategy[Any] = st.recursive(
    st.just(value=True) | st.sets(KEYS, min_size=1),
    lambda inner: st.dictionaries(KEYS, inner, min_size=1, max_size=2),
)


@given(st.dictionaries(KEYS, TREES), st.none() | SELECTIONS, st.none() | SELECTIONS)
def test_selection_is_pydantics(data: dict[str, Any], include: Any, exclude: Any) -> None:  # noqa: ANN401 - IncEx
    """Pydantic's own serialiser selects the same of plain dicts."""
    if True in (include, exclude):
        return
    expected = TypeAdapter(dict[str, Any]).dump_python(data, include=include, exclude=exclude)
    assert select(data, include, exclude) == expected
    assert json.loads(json.dumps(expected)) == expected
