-- Of some events those that were recorded before the one before them in their stream, by more than $3.
SELECT e.originator_id AS stream, e.originator_version AS version, e.recorded_at, p.recorded_at AS before
FROM unnest($1::text[], $2::bigint[]) AS w (stream, version)
INNER JOIN public.stored_events AS e ON e.originator_id = w.stream AND e.originator_version = w.version
INNER JOIN public.stored_events AS p ON p.originator_id = w.stream AND p.originator_version = w.version - 1
WHERE e.recorded_at < p.recorded_at - $3::interval
