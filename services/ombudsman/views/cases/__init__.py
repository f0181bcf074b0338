"""The view `cases`."""
