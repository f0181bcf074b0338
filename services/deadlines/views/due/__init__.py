"""The view of what is due: one row a run of a clock."""
