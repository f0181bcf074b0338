"""The view of cases: which reference is which case, and who answers for it."""
