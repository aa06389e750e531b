"""Parquet files, read and written through PyArrow."""
