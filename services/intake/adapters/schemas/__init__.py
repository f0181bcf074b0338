"""The formats that we publish or check, as JSON Schemas of our own."""
