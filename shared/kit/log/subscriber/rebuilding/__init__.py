"""Views made anew beside the live ones, compared, and switched."""
