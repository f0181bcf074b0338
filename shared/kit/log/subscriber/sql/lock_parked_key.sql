-- The partition of a parked key.
SELECT partition FROM parked_keys WHERE key = $1
