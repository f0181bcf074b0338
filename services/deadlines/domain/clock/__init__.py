"""The clocks of one case: which run, from when, until when, and what became of each."""
