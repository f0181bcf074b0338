-- The events of a stream after a version, in order; the columns in the order of Envelope's fields, then the state.
SELECT
    event_id, originator_id, originator_version, topic, source, key,
    happened_at, recorded_at, principal, correlation_id, causation_id,
    state
FROM public.stored_events
WHERE originator_id = $1 AND originator_version > $2
ORDER BY originator_version
