"""Everything that happened in a case, one line an event, as at any moment."""
