"""Audit's copy of the log, and what its answers need besides; all but the copy is rebuilt like any view."""
