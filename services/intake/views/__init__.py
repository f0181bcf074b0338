"""Lists, computed from the log."""
