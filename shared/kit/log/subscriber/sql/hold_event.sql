-- Holds an event whose predecessor hasn't come yet.
INSERT INTO held_events (stream, version, key, partition, off, sent_at, header_names, header_values, value)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT DO NOTHING
