"""Words of the timeline, as data."""
