-- Marks keys as parked: their later events queue.
INSERT INTO parked_keys (key, partition, error)
SELECT * FROM unnest($1::uuid[], $2::integer[], $3::text[])
ON CONFLICT DO NOTHING
