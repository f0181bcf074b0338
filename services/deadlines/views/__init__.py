"""What deadlines answers lists from."""
