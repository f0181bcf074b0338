"""The view `desk`."""
