-- The queue of a key has been folded.
DELETE FROM parked_events WHERE key = $1
