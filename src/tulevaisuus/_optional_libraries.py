"""Imports optional libraries; if one is missing, the error names the extra to install."""

import importlib
from typing import Any

__all__ = ["duckdb", "openpyxl", "pyarrow"]


def duckdb() -> Any:  # noqa: ANN401 - a module that may not be there
    """Import DuckDB, which is not available for every version of Python.

    Raises:
        ModuleNotFoundError: It is not installed; the message names the extra.
    """
    return _import("duckdb", "this needs DuckDB, of the extra frames")


def openpyxl(module: str = "openpyxl") -> Any:  # noqa: ANN401 - as above
    """Import openpyxl, or a module of it.

    Raises:
        ModuleNotFoundError: It is not installed; the message names the extra.
    """
    return _import(module, "Excel workbooks need the extra excel")


def pyarrow(module: str = "pyarrow", need: str = "Arrow and Parquet need the extra arrow") -> Any:  # noqa: ANN401 - as above
    """Import pyarrow, or a module of it.

    Args:
        module: The full name of the module.
        need: What needs it; this text begins the error message, and its last word is the extra.

    Raises:
        ModuleNotFoundError: It is not installed; the message names the extra.
    """
    return _import(module, need)


def _import(module: str, need: str) -> Any:  # noqa: ANN401 - as above
    """Import a module; ``need`` begins the error message and ends with the name of the extra."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        extra = need.rpartition(" ")[2]
        message = f"{need}: pip install 'tulevaisuus[{extra}]'"
        raise ModuleNotFoundError(message, name=module.partition(".")[0]) from None
