-- Which of these keys are parked.
SELECT key FROM parked_keys WHERE key = any($1::uuid[])
