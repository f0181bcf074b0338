-- What one person is, and whether their events wait for a repair.
SELECT
    (SELECT to_jsonb(s)::text FROM views.staff AS s WHERE s.person_id = $1) AS facts,
    EXISTS(SELECT FROM views.parked_keys AS p WHERE p.key = $1) AS parked
