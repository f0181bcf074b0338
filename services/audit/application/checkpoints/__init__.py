"""Signed sizes and roots of all trees, made on a schedule and taken out of the database."""
