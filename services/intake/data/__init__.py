"""Words and tables of intake, as data."""
