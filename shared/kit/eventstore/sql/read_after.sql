-- The rows after a position, in reading order, none of which can still get a neighbour before it: every row whose
-- transaction is below the oldest one still running. What is committed beyond that is met later, not missed.
SELECT
    event_id, originator_id, originator_version, topic, source, key,
    happened_at, recorded_at, principal, correlation_id, causation_id,
    state,
    transaction_id,
    notification_id
FROM public.stored_events
WHERE
    (transaction_id, notification_id) > ($1::xid8, $2::bigint)
    AND transaction_id < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY transaction_id, notification_id
LIMIT $3
