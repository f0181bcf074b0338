-- Keeps the error of a try that failed; the next one comes after a pause.
UPDATE public.due_work
SET claim_at = clock_timestamp() + $3::interval, lease = NULL, failures = failures + 1, error = $4
WHERE id = $1 AND lease = $2
