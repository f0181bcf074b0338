"""Use cases: commands of officers, what is owed, the calendar; and what they work with."""
