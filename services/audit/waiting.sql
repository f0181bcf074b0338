-- Events of a case that audit has received and not kept yet, and how far its partition is read.
SELECT
    (SELECT count(*) FROM views.parked_events WHERE key = $1) AS parked,
    (SELECT count(*) FROM views.held_events WHERE key = $1) AS held,
    coalesce((SELECT off FROM views.partition_positions WHERE partition = $2), 0) AS off
