-- What stands aside: keys parked, events held.
SELECT
    (SELECT count(*) FROM parked_keys) AS parked,
    (SELECT count(*) FROM held_events) AS held
