-- Takes a row out until somebody has repaired what it fails on; its key's other rows wait for it.
UPDATE public.due_work
SET parked_at = clock_timestamp(), lease = NULL, failures = failures + 1, error = $3
WHERE id = $1 AND lease = $2
RETURNING id
