-- Lets the parked rows of a key be tried again from the start.
UPDATE public.due_work
SET parked_at = NULL, attempts = 0, failures = 0, lease = NULL, claim_at = clock_timestamp()
WHERE key = $1 AND parked_at IS NOT NULL
RETURNING id
