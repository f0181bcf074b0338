-- Events of a case that audit has received and not kept yet, and how far every partition is read.
SELECT
    (SELECT count(*) FROM views.parked_events WHERE key = $1) AS parked,
    (SELECT count(*) FROM views.held_events WHERE key = $1) AS held,
    coalesce(array_agg(p.partition), '{}') AS partitions,
    coalesce(array_agg(p.off), '{}') AS offs
FROM views.partition_positions AS p
