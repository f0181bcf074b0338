"""What audit's answers need besides its log; rebuilt like any view."""
