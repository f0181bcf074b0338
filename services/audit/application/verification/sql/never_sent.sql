-- Rows whose transaction id this server has not given out: no relay will send them. One more than $1 says that there are
-- others.
SELECT e.originator_id AS stream, e.originator_version AS version, e.source, e.transaction_id
FROM public.stored_events AS e
WHERE e.transaction_id >= pg_snapshot_xmax(pg_current_snapshot())
ORDER BY e.transaction_id, e.notification_id
LIMIT $1
