-- Events of a case that audit has received and not kept yet.
SELECT
    (SELECT count(*) FROM views.parked_events WHERE key = $1) AS parked,
    (SELECT count(*) FROM views.held_events WHERE key = $1) AS held
