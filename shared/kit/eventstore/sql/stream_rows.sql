-- The rows of a stream from one version to another, as they were stored.
SELECT
    event_id, originator_id, originator_version, topic, source, key,
    happened_at, recorded_at, principal, correlation_id, causation_id,
    state,
    transaction_id,
    notification_id
FROM public.stored_events
WHERE originator_id = $1 AND originator_version BETWEEN $2 AND $3
ORDER BY originator_version
