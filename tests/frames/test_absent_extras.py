"""Errors where an extra is not installed."""

import sys

import pytest

from tulevaisuus import _lazy, frames


def test_names_are_listed() -> None:
    """Completion shows them."""
    assert dir(frames) == ["Checked", "Coverage", "check", "check_files", "coverage"]


@pytest.mark.parametrize(
    ("missing", "message"),
    [("narwhals", r"pip install 'tulevaisuus\[frames\]'"), ("other", "no other")],
)
def test_missing_extra_is_named(
    missing: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line states what to install; another missing module is not explained."""

    def absent(*_: object) -> object:
        """Raise the error of an import."""
        raise ModuleNotFoundError("no other", name=missing)

    monkeypatch.setattr(_lazy, "open_name", absent)
    with pytest.raises(ModuleNotFoundError, match=message):
        vars(frames)["__getattr__"]("check")


def test_pandas_needs_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Frames of pandas reach the engines through Arrow."""
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("narwhals")
    from tulevaisuus import Grant

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ModuleNotFoundError, match="needs pyarrow, of the extra arrow: pip install"):
        frames.check(pandas.DataFrame({"id": ["g1"]}), Grant)


def test_files_need_duckdb(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line states so where DuckDB is absent, as it has no wheel for a Python."""
    pytest.importorskip("narwhals")
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(ModuleNotFoundError, match="needs DuckDB, of the extra frames: pip"):
        frames.check_files({})
