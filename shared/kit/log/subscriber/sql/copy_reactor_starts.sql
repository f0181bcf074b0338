-- Their offsets, too.
INSERT INTO views_next.reactor_starts SELECT * FROM views.reactor_starts
