-- Reactors start for a rebuild where they started for the live views.
INSERT INTO views_next.reactors SELECT * FROM views.reactors
