"""Pages, as templates."""
