"""The shape of every decision."""
