-- These held events have been applied.
DELETE FROM held_events AS h
USING unnest($1::text[], $2::bigint[]) AS r (stream, version)
WHERE h.stream = r.stream AND h.version = r.version
