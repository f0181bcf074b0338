"""Use cases: load, decide, append; and what intake owes when it reads the log."""
