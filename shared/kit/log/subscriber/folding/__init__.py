"""A batch folded in one transaction: what is applied, held, parked, and owed."""
