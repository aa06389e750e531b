"""DuckDB, opened when it is needed: not every Python has a wheel of it."""

import importlib
from typing import Any

__all__ = ["open_duckdb"]


def open_duckdb() -> Any:  # noqa: ANN401 - a module that may not be there
    """Import DuckDB.

    Raises:
        ModuleNotFoundError: It is not installed; the message names the extra.
    """
    try:
        return importlib.import_module("duckdb")
    except ModuleNotFoundError:
        message = "this needs DuckDB, of the extra frames: pip install 'tulevaisuus[frames]'"
        raise ModuleNotFoundError(message, name="duckdb") from None
