"""The rules on data frames (extra ``frames``): pandas, Polars, PyArrow, DuckDB and PySpark.

`check` takes the tables of `tulevaisuus.formats.to_rows` as frames of any of these libraries, and
returns the violations as a frame of the same library. The rules become expressions, which the
engine of the frames runs.

``checking.py`` does the steps of a check. ``engines/`` has the libraries of frames, ``tables/`` the
parsing of columns, ``table_rules/`` the rules as queries: those on objects are in ``rules/``.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.frames.check_result import Checked
    from tulevaisuus.frames.checking import check
    from tulevaisuus.frames.checking_large_files import check_files
    from tulevaisuus.frames.table_rules.all_rules import coverage
    from tulevaisuus.frames.table_rules.rule_declaration import Coverage

__all__ = ["Checked", "Coverage", "check", "check_files", "coverage"]

_NAMES_BY_MODULE = {
    "checking": ("check",),
    "check_result": ("Checked",),
    "checking_large_files": ("check_files",),
    "table_rules.all_rules": ("coverage",),
    "table_rules.rule_declaration": ("Coverage",),
}

_EXTRA = {"narwhals", "duckdb"}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        from tulevaisuus._lazy import open_name

        try:
            return open_name(__name__, _NAMES_BY_MODULE, name)
        except ModuleNotFoundError as error:
            if error.name not in _EXTRA:
                raise
            message = (
                "checking data frames needs the extra frames: pip install 'tulevaisuus[frames]'"
            )
            raise ModuleNotFoundError(message, name=error.name) from None

    def __dir__() -> list[str]:
        return list(__all__)
