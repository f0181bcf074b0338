"""Use cases: write a message down, send it once, show it; and what this service knows of cases."""
