"""Formats of others: CSV, Excel, Parquet, Data Packages, 360Giving, official tables of grants.

Each has a folder with a ``reading.py`` and a ``writing.py``. ``formats_registry.py`` lists them,
and ``reading.py`` (`tulevaisuus.read`) chooses one. The readers convert files to plain data; then
the `Intake` of ``formats``, where the project's own JSON format is, makes entities of it.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.exchange.csv_and_excel.checked_copy import write_checked
    from tulevaisuus.exchange.csv_and_excel.csv_encoding_and_delimiter import Dialect
    from tulevaisuus.exchange.csv_and_excel.reading import read_table
    from tulevaisuus.exchange.csv_and_excel.streamed_csv_entities import read_csv
    from tulevaisuus.exchange.csv_and_excel.table_mapping import read_mapping
    from tulevaisuus.exchange.csv_and_excel.writing import write_table
    from tulevaisuus.exchange.data_packages.writing import write_package
    from tulevaisuus.exchange.dcat_description import (
        Distribution,
        Publication,
        Publisher,
        describe,
        read_publication,
    )
    from tulevaisuus.exchange.giving_360.reading import from_360giving
    from tulevaisuus.exchange.giving_360.writing import losses_360giving, to_360giving
    from tulevaisuus.exchange.official_grant_tables.reading import from_tutkiavustuksia, from_va
    from tulevaisuus.exchange.official_grant_tables.writing import losses_va, to_va
    from tulevaisuus.exchange.parquet.arrow_tables_and_metadata import to_arrow
    from tulevaisuus.exchange.parquet.reading import read_parquet
    from tulevaisuus.exchange.parquet.writing import write_parquet
    from tulevaisuus.exchange.reading import load, read

__all__ = [
    "Dialect",
    "Distribution",
    "Publication",
    "Publisher",
    "describe",
    "from_360giving",
    "from_tutkiavustuksia",
    "from_va",
    "load",
    "losses_360giving",
    "losses_va",
    "read",
    "read_csv",
    "read_mapping",
    "read_parquet",
    "read_publication",
    "read_table",
    "to_360giving",
    "to_arrow",
    "to_va",
    "write_checked",
    "write_package",
    "write_parquet",
    "write_table",
]

_NAMES_BY_MODULE = {
    "dcat_description": (
        "Distribution",
        "Publication",
        "Publisher",
        "describe",
        "read_publication",
    ),
    "csv_and_excel.checked_copy": ("write_checked",),
    "csv_and_excel.streamed_csv_entities": ("read_csv",),
    "csv_and_excel.csv_encoding_and_delimiter": ("Dialect",),
    "csv_and_excel.table_mapping": ("read_mapping",),
    "data_packages.writing": ("write_package",),
    "official_grant_tables.reading": ("from_tutkiavustuksia", "from_va"),
    "parquet.arrow_tables_and_metadata": ("to_arrow",),
    "parquet.reading": ("read_parquet",),
    "parquet.writing": ("write_parquet",),
    "reading": ("load", "read"),
    "csv_and_excel.reading": ("read_table",),
    "csv_and_excel.writing": ("write_table",),
    "giving_360.reading": ("from_360giving",),
    "giving_360.writing": ("losses_360giving", "to_360giving"),
    "official_grant_tables.writing": ("losses_va", "to_va"),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        from tulevaisuus._lazy import open_name

        return open_name(__name__, _NAMES_BY_MODULE, name)

    def __dir__() -> list[str]:
        return list(__all__)
