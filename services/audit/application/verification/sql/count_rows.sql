-- The next $2 rows of a store after a number, by their numbers: how many, how many of them stand in the reading order up
-- to a position, and the last number.
SELECT
    count(*) AS rows,
    count(*) FILTER (WHERE (r.transaction_id, r.notification_id) <= ($3::xid8, $4::bigint)) AS read,
    max(r.notification_id) AS last
FROM (
    SELECT e.transaction_id, e.notification_id
    FROM public.stored_events AS e
    WHERE e.notification_id > $1
    ORDER BY e.notification_id
    LIMIT $2
) AS r
