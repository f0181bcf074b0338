-- The parked keys, oldest first, with the length of their queues.
SELECT k.key, k.partition, k.error, k.parked_at, count(e.number) AS events
FROM parked_keys AS k
LEFT JOIN parked_events AS e ON k.key = e.key
GROUP BY k.key ORDER BY k.parked_at
