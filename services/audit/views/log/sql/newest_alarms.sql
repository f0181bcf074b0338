-- The newest alarms, the newest first.
SELECT number, at, kind, stream, version, event_id, partition, log_offset AS "offset", headers, value
FROM public.alarms
ORDER BY number DESC
LIMIT $1
