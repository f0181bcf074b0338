-- What waits behind a parked key, in order.
SELECT partition, off, sent_at, key, header_names, header_values, value
FROM parked_events WHERE key = $1 ORDER BY number
