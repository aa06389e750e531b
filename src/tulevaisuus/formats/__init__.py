"""Our own format: strict reading, deterministic writing, and our types in other converters."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.formats.cattrs import findings_of, register, structure, unstructure
    from tulevaisuus.formats.json_schema import schema
    from tulevaisuus.formats.lines import Problem, read_lines, write_lines
    from tulevaisuus.formats.parsing import Limits
    from tulevaisuus.formats.reading import Reading, Rejected, load, loads, read
    from tulevaisuus.formats.rows import columns_of, from_rows, to_rows
    from tulevaisuus.formats.version import FORMAT_VERSION
    from tulevaisuus.formats.writing import dump, dumps

__all__ = [
    "FORMAT_VERSION",
    "Limits",
    "Problem",
    "Reading",
    "Rejected",
    "columns_of",
    "dump",
    "dumps",
    "findings_of",
    "from_rows",
    "load",
    "loads",
    "read",
    "read_lines",
    "register",
    "schema",
    "structure",
    "to_rows",
    "unstructure",
    "write_lines",
]

_HOMES = {
    "cattrs": ("findings_of", "register", "structure", "unstructure"),
    "lines": ("Problem", "read_lines", "write_lines"),
    "json_schema": ("schema",),
    "rows": ("columns_of", "from_rows", "to_rows"),
    "parsing": ("Limits",),
    "reading": ("Reading", "Rejected", "load", "loads", "read"),
    "version": ("FORMAT_VERSION",),
    "writing": ("dump", "dumps"),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        from tulevaisuus._lazy import open_name

        return open_name(__name__, _HOMES, name)

    def __dir__() -> list[str]:
        return list(__all__)
