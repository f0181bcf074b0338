-- Queues a record behind its parked key.
INSERT INTO parked_events (key, partition, off, sent_at, header_names, header_values, value, error)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
