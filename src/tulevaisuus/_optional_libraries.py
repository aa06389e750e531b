"""Libraries that are extras: opened when they are needed; one that is absent is named."""

import importlib
from typing import Any

__all__ = ["duckdb", "openpyxl", "pyarrow"]


def duckdb() -> Any:  # noqa: ANN401 - a module that may not be there
    """Import DuckDB, of which not every Python has a wheel.

    Raises:
        ModuleNotFoundError: It is not installed; the message names the extra.
    """
    return _opened("duckdb", "this needs DuckDB, of the extra frames")


def openpyxl(module: str = "openpyxl") -> Any:  # noqa: ANN401 - as above
    """Import openpyxl, or a module of it.

    Raises:
        ModuleNotFoundError: It is not installed; the message names the extra.
    """
    return _opened(module, "Excel workbooks need the extra excel")


def pyarrow(module: str = "pyarrow", need: str = "Arrow and Parquet need the extra arrow") -> Any:  # noqa: ANN401 - as above
    """Import pyarrow, or a module of it.

    Args:
        module: The module.
        need: What needs it, ending with the name of the extra.

    Raises:
        ModuleNotFoundError: It is not installed; the message begins with what needs it.
    """
    return _opened(module, need)


def _opened(module: str, need: str) -> Any:  # noqa: ANN401 - as above
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        extra = need.rpartition(" ")[2]
        message = f"{need}: pip install 'tulevaisuus[{extra}]'"
        raise ModuleNotFoundError(message, name=module.partition(".")[0]) from None
