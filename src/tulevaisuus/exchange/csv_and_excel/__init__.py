"""CSV files and workbooks: how they are laid out, what their cells mean, how they are written."""
