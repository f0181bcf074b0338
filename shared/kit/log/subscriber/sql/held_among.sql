-- What is held of these streams.
SELECT stream, version, key, partition, off, sent_at, header_names, header_values, value
FROM held_events
WHERE stream = any($1::text[])
