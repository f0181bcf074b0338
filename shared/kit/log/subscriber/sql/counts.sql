-- What stands aside: keys parked, events held, and of those the ones that have waited for more than a minute.
SELECT
    (SELECT count(*) FROM parked_keys) AS parked,
    (SELECT count(*) FROM held_events) AS held,
    (SELECT count(*) FROM held_events WHERE held_at < clock_timestamp() - interval '1 minute') AS overdue
