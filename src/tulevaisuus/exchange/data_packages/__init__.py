"""Data Packages: a folder or a zip archive of CSV files, with a description of them."""
