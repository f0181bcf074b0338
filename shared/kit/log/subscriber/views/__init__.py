"""What a view is, and a view of rows; making their tables."""
