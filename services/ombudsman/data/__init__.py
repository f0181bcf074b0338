"""Words of the Ombudsmen, as data."""
