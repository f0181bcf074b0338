-- Gives a claim back that may not be worked off yet, for another look after a pause. It waits for something else, so it
-- takes its place among its key's later rows: what it waits for may be one of them.
UPDATE public.due_work
SET
    claim_at = clock_timestamp() + $3::interval, turn_at = clock_timestamp() + $3::interval, lease = NULL,
    attempts = attempts - 1
WHERE id = $1 AND lease = $2
