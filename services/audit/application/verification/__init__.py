"""Compares what the services stored, what lies on the log and what audit keeps, event by event."""
