"""The tables of a check: their schemas, their cells, the facts that are added to them."""
