-- How far audit has read each partition, and what it has set aside.
SELECT
    p.partition,
    p.off,
    (SELECT coalesce(array_agg(e.off), '{}') FROM views.parked_events AS e WHERE e.partition = p.partition)
    || (SELECT coalesce(array_agg(h.off), '{}') FROM views.held_events AS h WHERE h.partition = p.partition)
    AS set_aside
FROM views.partition_positions AS p
