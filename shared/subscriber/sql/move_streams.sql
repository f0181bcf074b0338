-- Remembers the last version applied of each stream.
INSERT INTO stream_positions AS p (stream, version)
SELECT * FROM unnest($1::text[], $2::bigint[])
ON CONFLICT (stream) DO UPDATE SET version = excluded.version
