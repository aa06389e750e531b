"""The project's own format: JSON documents, JSON Lines, tables of rows; nothing may be lost.

The formats of others (CSV, Excel, Parquet, 360Giving) are in ``exchange``. To follow a document,
read ``reading.py`` (`read`, `load`), ``intake.py`` (collects entities and findings),
``decoding.py`` (reads one value) and ``writing.py`` (`dump`). ``cattrs.py`` and ``pydantic.py`` use
the same decoding in those libraries.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.formats.cattrs import register, structure, unstructure
    from tulevaisuus.formats.findings_of_errors import findings_of
    from tulevaisuus.formats.format_version import FORMAT_VERSION
    from tulevaisuus.formats.json_lines import RejectedLine, read_lines, write_lines
    from tulevaisuus.formats.json_schema import schema
    from tulevaisuus.formats.limits import Limits
    from tulevaisuus.formats.reading import load, loads, read
    from tulevaisuus.formats.reading_result import Reading, Rejected
    from tulevaisuus.formats.row_reading import from_rows, read_rows
    from tulevaisuus.formats.row_writing_and_columns import Column, columns_of, to_rows
    from tulevaisuus.formats.writing import dump, dumps

__all__ = [
    "FORMAT_VERSION",
    "Column",
    "Limits",
    "Reading",
    "Rejected",
    "RejectedLine",
    "columns_of",
    "dump",
    "dumps",
    "findings_of",
    "from_rows",
    "load",
    "loads",
    "read",
    "read_lines",
    "read_rows",
    "register",
    "schema",
    "structure",
    "to_rows",
    "unstructure",
    "write_lines",
]

_NAMES_BY_MODULE = {
    "cattrs": ("register", "structure", "unstructure"),
    "findings_of_errors": ("findings_of",),
    "json_lines": ("RejectedLine", "read_lines", "write_lines"),
    "json_schema": ("schema",),
    "row_writing_and_columns": ("Column", "columns_of", "to_rows"),
    "limits": ("Limits",),
    "reading_result": ("Reading", "Rejected"),
    "reading": ("load", "loads", "read"),
    "row_reading": ("from_rows", "read_rows"),
    "format_version": ("FORMAT_VERSION",),
    "writing": ("dump", "dumps"),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        from tulevaisuus._lazy import open_name

        return open_name(__name__, _NAMES_BY_MODULE, name)

    def __dir__() -> list[str]:
        return list(__all__)
